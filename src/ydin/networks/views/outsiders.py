"""People from outside, for the network's coordinators; the commitment, for those people, signed in or by link."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from ydin.kernel.errors import Conflict, YdinError
from ydin.networks.emails import COMMITMENT_LINK
from ydin.networks.forms.outsiders import CommitmentForm, NumberForm, OutsiderForm
from ydin.networks.forms.setup import LastDayForm
from ydin.networks.policies import asked_to_commit
from ydin.networks.queries import (
    commitment_now,
    commitment_texts_of,
    commitments_of,
    network_coordinators,
    organisations_of,
    outsider_assignments,
    utc_today,
    workplaces,
)
from ydin.networks.rules.outsiders import SignedHow, outsider_state
from ydin.networks.services.outsiders import (
    end_outsider_role,
    invite_outsider,
    publish_commitment,
    record_paper_commitment,
    send_commitment_again,
    sign_commitment,
)
from ydin.networks.views.setup import load_network, network_tabs
from ydin.people.views.editing import attempt, see_other, signed_in
from ydin.people.views.links import by_link

TAB = "networks:outsiders"


def _coordinators(network: Any) -> list[str]:
    today = utc_today()
    return [str(role.person) for role in network_coordinators(network) if role.starts_on <= today]


def _form(network: Any, data: Any = None) -> OutsiderForm:
    initial = {"language": network.default_language}
    return OutsiderForm(data, organisations=organisations_of(network), initial=initial)


def _list(
    request: HttpRequest, network: Any, form: OutsiderForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    number = commitment_now(network, network.default_language).number
    signed, works_at = commitments_of(network), workplaces(network)
    rows = [
        {
            "role": role,
            "state": outsider_state(set(signed.get(role.person_id, {})), number).value,
            "signed": signed.get(role.person_id, {}).get(number),
            "workplaces": ", ".join(str(one) for one in works_at.get(role.person_id, [])),
        }
        for role in outsider_assignments(network)
    ]
    context = {
        "network": network,
        "tabs": network_tabs(network, TAB),
        "rows": rows,
        "number": number,
        "form": form,
        "today": utc_today(),
        "coordinators": _coordinators(network),
    }
    return render(request, "networks/outsiders/list.html", context, status=status)


@login_required
@require_GET
def outsiders(request: HttpRequest, slug: str) -> HttpResponse:
    """List people from outside and how far they are, with a form to ask one in."""
    network = load_network(request, slug)
    return _list(request, network, _form(network))


@login_required
@require_POST
def outsider_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody in, by e-mail address."""
    network, actor = load_network(request, slug), signed_in(request)
    form = _form(network, request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        values = form.cleaned_data
        status = attempt(form, lambda: invite_outsider(actor=actor, network=network, **values))
        if status == HTTPStatus.SEE_OTHER:
            messages.success(
                request,
                _("%(name)s got a letter with the commitment to sign.") % {"name": values["name"]},
            )
            return see_other(TAB, slug)
    return _list(request, network, form, status)


def _one(request: HttpRequest, slug: str, pk: int) -> tuple[Any, Any]:
    network = load_network(request, slug)
    return network, get_object_or_404(outsider_assignments(network), pk=pk)


def _done(request: HttpRequest, slug: str, words: str, action: Callable[[], object]) -> HttpResponse:
    try:
        action()
    except YdinError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return see_other(TAB, slug)


@login_required
@require_POST
def outsider_letter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the letter again."""
    _network, row = _one(request, slug, pk)
    actor, words = signed_in(request), _("The letter was sent again.")
    return _done(request, slug, words, lambda: send_commitment_again(actor=actor, assignment=row))


@login_required
@require_POST
def outsider_paper(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down that somebody signed on paper."""
    network, row = _one(request, slug, pk)
    actor, form = signed_in(request), NumberForm(request.POST)
    if not form.is_valid():
        return _list(request, network, _form(network), HTTPStatus.UNPROCESSABLE_ENTITY)
    number = form.cleaned_data["number"]
    return _done(
        request,
        slug,
        _("Written down."),
        lambda: record_paper_commitment(actor=actor, network=network, person=row.person, number=number),
    )


@login_required
@require_POST
def outsider_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End a role."""
    _network, row = _one(request, slug, pk)
    actor, form = signed_in(request), LastDayForm(request.POST)
    if not form.is_valid():
        for error in form["last_day"].errors:
            messages.error(request, str(error))
        return see_other(TAB, slug)
    day = form.cleaned_data["last_day"]
    words = _("The role ends as you asked.")
    return _done(request, slug, words, lambda: end_outsider_role(actor=actor, assignment=row, last_day=day))


@login_required
@require_http_methods(["GET", "POST"])
def commitment_text(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the versions of the commitment; a POST writes a new one."""
    network, actor = load_network(request, slug), signed_in(request)
    versions = [
        {"number": number, "texts": list(rows)}
        for number, rows in groupby(commitment_texts_of(network), key=lambda row: row.number)
    ]
    newest = {f"text_{code}": commitment_now(network, code).text for code in network.languages}
    form = CommitmentForm(request.POST or None, languages=network.languages, initial=newest)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            texts = form.by_language()
            status = attempt(form, lambda: publish_commitment(actor=actor, network=network, texts=texts))
            if status == HTTPStatus.SEE_OTHER:
                messages.success(
                    request, _("The new text is kept. Everybody from outside is asked to sign it.")
                )
                return see_other("networks:commitment", slug)
    context = {"network": network, "tabs": network_tabs(network, TAB), "form": form, "versions": versions}
    outside = [str(role.person) for role in outsider_assignments(network)]
    context["readers"] = list(dict.fromkeys([*_coordinators(network), *outside]))
    return render(request, "networks/outsiders/text.html", context, status=status)


def _pledge(
    request: HttpRequest, network: Any, person: Any, *, action: str, by_mail: bool, problem: str = ""
) -> HttpResponse:
    language = get_language() or ""
    current = commitment_now(network, language)
    mine = commitments_of(network).get(person.pk, {})
    context = {
        "network": network,
        "now": current,
        "said": current.said(language),
        "signed": mine.get(current.number),
        "is_changed": bool(mine) and current.number not in mine,
        "action": action,
        "by_mail": by_mail,
        "coordinators": [] if by_mail else _coordinators(network),
        "problem": problem,
    }
    status = HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    return render(request, "networks/outsiders/pledge.html", context, status=status)


def _sign(
    request: HttpRequest, network: Any, person: Any, *, back: str, how: SignedHow, **page: Any
) -> HttpResponse:
    form = NumberForm(request.POST)
    problem = _("Press the button below to sign.")
    if form.is_valid():
        number = form.cleaned_data["number"]
        try:
            sign_commitment(actor=person, network=network, number=number, how=how)
        except Conflict as conflict:
            problem = str(conflict)
        else:
            messages.success(request, _("Thank you, it is written down."))
            return see_other(back)
    return _pledge(request, network, person, problem=problem, **page)


@login_required
@require_safe
def pledge_own(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the commitment in force to somebody from outside, with the button that signs it."""
    network = get_object_or_404(asked_to_commit(request.user), slug=slug)
    action = reverse("networks:pledge_own_sign", args=[slug])
    return _pledge(request, network, signed_in(request), action=action, by_mail=False)


@login_required
@require_POST
def pledge_own_sign(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign the version that was shown."""
    network = get_object_or_404(asked_to_commit(request.user), slug=slug)
    person, back = signed_in(request), reverse("networks:pledge_own", args=[slug])
    return _sign(request, network, person, back=back, how=SignedHow.SITE, action=request.path, by_mail=False)


linked = by_link(COMMITMENT_LINK, lambda person, pk: asked_to_commit(person).filter(pk=pk).first())


@require_safe
@linked
def pledge(request: HttpRequest, token: str, network: Any, person: Any) -> HttpResponse:
    """Show the commitment to whoever came by the link of their letter."""
    action = reverse("networks:pledge_sign", args=[token])
    return _pledge(request, network, person, action=action, by_mail=True)


# The token in the address is the secret that a forged request would need; no cookie takes part.
@csrf_exempt
@require_POST
@linked
def pledge_sign(request: HttpRequest, token: str, network: Any, person: Any) -> HttpResponse:
    """Sign the version that was shown, without signing in."""
    back = reverse("networks:pledge", args=[token])
    return _sign(request, network, person, back=back, how=SignedHow.LINK, action=request.path, by_mail=True)
