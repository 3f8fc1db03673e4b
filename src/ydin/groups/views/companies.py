"""A company's own page: facts and people. For its own people, its groups and its coordinators."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ydin.groups.documents.seen import card_change as card_change_of
from ydin.groups.forms.companies import CardForm, ContactForm, EndForm, EnterpriseForm
from ydin.groups.policies import (
    can_edit_card,
    can_edit_enterprise,
    can_share_card,
    inside_or_managed,
    visible_enterprises,
)
from ydin.groups.queries import contacts_of, is_card_shared, seats_of_company
from ydin.groups.services import (
    FACTS,
    Contact,
    add_colleague,
    end_representative,
    update_contact_card,
    update_enterprise,
)
from ydin.networks.queries import current_representatives, municipalities_of, utc_today
from ydin.people.views.editing import attempt, differences, see_other, signed_in
from ydin.ui.audience import ask_first


def _load(request: HttpRequest, pk: int) -> Any:
    rows = visible_enterprises(signed_in(request)).select_related("network", "municipality")
    return get_object_or_404(rows, pk=pk)


def _load_to_edit(request: HttpRequest, pk: int) -> Any:
    company = _load(request, pk)
    if not can_edit_enterprise(signed_in(request), company):
        raise PermissionDenied
    return company


def _page(request: HttpRequest, found: Any, form: ContactForm, status: HTTPStatus) -> HttpResponse:
    person = signed_in(request)
    known = set(inside_or_managed(person).values_list("pk", flat=True))
    can_edit = can_edit_enterprise(person, found)
    people = contacts_of([found.pk]).get(found.pk, [])
    names = dict(django_settings.LANGUAGES)
    languages = ", ".join(names.get(code, code) for code in found.languages)
    context = {
        "company": found,
        "seats": [s for s in seats_of_company(found) if s.group_id in known],
        "people": [
            {"acts": p.representative, "card": p.card, "mine": can_edit_card(person, p.representative)}
            for p in people
        ],
        "can_edit": can_edit,
        "languages": languages,
        "form": form,
        "today": utc_today(),
    }
    return render(request, "groups/company.html", context, status=status)


@login_required
@require_GET
def company(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the company."""
    return _page(request, _load(request, pk), ContactForm(), HTTPStatus.OK)


@login_required
@require_http_methods(["GET", "POST"])
def company_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the company's facts."""
    found = _load_to_edit(request, pk)
    actor = signed_in(request)
    before = _before(found)
    form = EnterpriseForm(
        request.POST or None, network=found.network, initial={**before, "version": found.version}
    )
    context: dict[str, Any] = {"version": form["version"].value(), "conflict": []}
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            version, values = form.cleaned_data["version"], form.values()
            status = attempt(
                form, lambda: update_enterprise(actor=actor, enterprise=found, version=version, **values)
            )
            if status == HTTPStatus.SEE_OTHER:
                messages.success(request, _("The facts are saved."))
                return see_other("groups:company", pk)
            if status == HTTPStatus.CONFLICT:
                found.refresh_from_db()
                context = {
                    "version": found.version,
                    "conflict": differences(form, values, _before(found)),
                }
    places = municipalities_of(found.network)
    full = {"company": found, "form": form, "municipalities": places, **context}
    return render(request, "groups/company_edit.html", full, status=status)


def _before(found: Any) -> dict[str, Any]:
    """Return the facts as the form shows them."""
    return {name: getattr(found, name) for name in FACTS}


@login_required
@require_POST
def colleague_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another person act for the company."""
    found = _load_to_edit(request, pk)
    actor = signed_in(request)
    form = ContactForm(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        contact = Contact(**form.cleaned_data)
        status = attempt(form, lambda: add_colleague(actor=actor, enterprise=found, contact=contact))
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("%(name)s now acts for the company.") % {"name": contact.name})
            return see_other("groups:company", pk)
    return _page(request, found, form, status)


def _representative(found: Any, pk: int) -> Any:
    return get_object_or_404(current_representatives().filter(enterprise=found), pk=pk)


@login_required
@require_POST
def card_change(request: HttpRequest, pk: int, acts: int) -> HttpResponse:
    """Change somebody's phone number, and who sees it."""
    found = _load(request, pk)
    row = _representative(found, acts)
    person = signed_in(request)
    if not can_edit_card(person, row):
        raise PermissionDenied
    form = CardForm(request.POST)
    if not form.is_valid():
        for error in form["phone"].errors:
            messages.error(request, str(error))
        return _page(request, found, ContactForm(), HTTPStatus.UNPROCESSABLE_ENTITY)
    values = form.cleaned_data
    was_shared = is_card_shared(row)
    if values["shared"] != was_shared and (can_share_card(person, row) or was_shared):
        question = ask_first(request, card_change_of(row, shared=values["shared"]))
        if question is not None:
            return question
    attempt(form, lambda: update_contact_card(actor=person, representative=row, **values))
    messages.success(request, _("The contact details are saved."))
    return see_other("groups:company", pk)


@login_required
@require_POST
def representative_end(request: HttpRequest, pk: int, acts: int) -> HttpResponse:
    """End somebody's acting for the company."""
    found = _load_to_edit(request, pk)
    row = _representative(found, acts)
    actor = signed_in(request)
    form = EndForm(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        status = attempt(form, lambda: end_representative(actor=actor, representative=row, last_day=last_day))
    if status != HTTPStatus.SEE_OTHER:
        for error in [*form.non_field_errors(), *form["last_day"].errors]:
            messages.error(request, str(error))
        return _page(request, found, ContactForm(), status)
    messages.success(request, _("Saved: the last day is set."))
    still_mine = visible_enterprises(actor).filter(pk=pk).exists()
    return see_other("groups:company", pk) if still_mine else see_other("home:front")
