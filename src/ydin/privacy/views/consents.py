"""What one agreed to, and what coordinators key in from paper."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.networks.policies import can_keep_companies, known_networks
from ydin.people.views.editing import attempt, see_other, signed_in
from ydin.people.views.links import by_link
from ydin.privacy.documents.consents import EFFECTS, KIND_CHOICES, TEXTS
from ydin.privacy.emails import END_CONSENT
from ydin.privacy.forms import PaperForm
from ydin.privacy.policies import (
    leads_of,
    networks_of_person,
    own_consent,
    people_to_record,
    recorded_consents,
    visible_consents,
)
from ydin.privacy.rules import TEXT_VERSION, ConsentKind
from ydin.privacy.services.consents import (
    give_consent,
    record_paper_consent,
    record_withdrawal,
    withdraw_consent,
)
from ydin.privacy.views.own import private

ROWS_A_PAGE = 50


@login_required
@require_safe
def consents(request: HttpRequest) -> HttpResponse:
    """Show what one agreed to in each network, and what one could agree to."""
    person = signed_in(request)
    known = list(visible_consents(person))
    rows = []
    for network in networks_of_person(person):
        readers = [str(person), *(str(lead) for lead in leads_of(network))]
        for kind, text in TEXTS.items():
            given = next(
                (c for c in known if (c.network_id, c.kind, c.withdrawn_at) == (network.pk, kind, None)), None
            )
            rows.append(
                {
                    "network": network,
                    "kind": kind.value,
                    "text": text,
                    "given": given,
                    "readers": _readers(readers, given),
                }
            )
    past = [(c, EFFECTS[ConsentKind(c.kind)][1]) for c in known if c.withdrawn_at is not None]
    return private(request, "privacy/consents.html", {"rows": rows, "past": past})


def _readers(names: list[str], given: Any) -> list[str]:
    more = [str(given.recorded_by)] if given and given.recorded_by else []
    return list(dict.fromkeys([*names, *more]))


@login_required
@require_POST
def consent_give(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Agree to the text that was shown."""
    person = signed_in(request)
    network = get_object_or_404(networks_of_person(person), slug=slug)
    if kind not in set(ConsentKind):
        raise Http404
    give_consent(actor=person, network=network, kind=ConsentKind(kind), language=get_language() or "fi")
    messages.success(request, _("Noted. You can take it back whenever you like."))
    return see_other("privacy:consents")


@login_required
@require_POST
def consent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a consent back."""
    person = signed_in(request)
    consent = get_object_or_404(visible_consents(person), pk=pk)
    withdraw_consent(actor=person, consent=consent)
    messages.success(request, str(EFFECTS[ConsentKind(consent.kind)][1]))
    return see_other("privacy:consents")


@require_http_methods(["GET", "HEAD", "POST"])
@by_link(END_CONSENT, own_consent)
def withdraw_by_link(request: HttpRequest, token: str, consent: Any, person: Any) -> HttpResponse:
    """Take back what was keyed in from paper, without signing in. Looking changes nothing."""
    del token
    if request.method == "POST":
        withdraw_consent(actor=person, consent=consent)
        consent.refresh_from_db()
    kind = ConsentKind(consent.kind)
    context = {"consent": consent, "text": TEXTS[kind], "effect": EFFECTS[kind][1]}
    return private(request, "privacy/consent_link.html", context)


def _load(request: HttpRequest, slug: str) -> Any:
    """Return the network in which the reader coordinates: 404 for a stranger to it, 403 for its other people."""
    person = signed_in(request)
    network = get_object_or_404(known_networks(person), slug=slug)
    if not can_keep_companies(person, network):
        raise PermissionDenied
    return network


@login_required
@require_safe
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a coordinator the consents that they look after, and the form for a signed paper."""
    found = _load(request, slug)
    first = {"language": found.default_language, "version": TEXT_VERSION}
    return _network_page(request, found, PaperForm(initial=first, people=_people(request, found)))


def _people(request: HttpRequest, network: Any) -> list[tuple[int, str]]:
    return [(person.pk, str(person)) for person in people_to_record(signed_in(request), network)]


def _network_page(
    request: HttpRequest, network: Any, form: PaperForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    rows = recorded_consents(signed_in(request), network)
    context = {
        "network": network,
        "form": form,
        "languages": settings.LANGUAGES,
        "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "readers": [str(lead) for lead in leads_of(network)],
    }
    return private(request, "privacy/network_consents.html", context, status)


@login_required
@require_POST
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Key a signed paper in."""
    found, person = _load(request, slug), signed_in(request)
    form = PaperForm(request.POST, people=_people(request, found))
    if not form.is_valid():
        return _network_page(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    data, new = dict(form.cleaned_data), 0
    whose = get_object_or_404(people_to_record(person, found), pk=data.pop("person"))
    kinds = [ConsentKind(kind) for kind in data.pop("kinds")]

    def key_in() -> None:
        nonlocal new
        new = record_paper_consent(actor=person, network=found, person=whose, kinds=kinds, **data)

    status = attempt(form, key_in)
    if status != HTTPStatus.SEE_OTHER:
        return _network_page(request, found, form, status)
    if new:
        said = ngettext("Written down: %(count)d consent. %(name)s gets a letter.",
                        "Written down: %(count)d consents. %(name)s gets a letter of each.", new)  # fmt: skip
        messages.success(request, said % {"count": new, "name": whose})
    else:
        messages.info(request, _("This was agreed to before. Nothing changes."))
    return see_other("privacy:network_consents", slug)


@login_required
@require_POST
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Key in that somebody took a consent back."""
    found, person = _load(request, slug), signed_in(request)
    consent = get_object_or_404(recorded_consents(person, found), pk=pk)
    record_withdrawal(actor=person, consent=consent)
    messages.success(
        request, _("Taken back. %(name)s gets a letter that confirms it.") % {"name": consent.person}
    )
    return see_other("privacy:network_consents", slug)


@login_required
@require_safe
def text(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Show the text of today for printing, in one of the languages."""
    found = _load(request, slug)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with override(language):
        labels = dict(KIND_CHOICES)
        texts = [(labels[kind.value], said, EFFECTS[kind][1]) for kind, said in TEXTS.items()]
        context = {"network": found, "texts": texts, "version": TEXT_VERSION, "paper_language": language}
        return private(request, "privacy/paper.html", context)
