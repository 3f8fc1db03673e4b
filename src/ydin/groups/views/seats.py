"""The seats of a group, and bringing a company in on one page."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ydin.groups.forms.companies import AddCompanyForm, ContactForm, SeatChangeForm, SeatVersionForm
from ydin.groups.queries import contacts_of, member_seats, same_trade, seats_to_manage
from ydin.groups.rules import SEAT_CHANGES, UNDO_TIME, SeatState
from ydin.groups.services import Company, Contact, add_company, change_seat, undo_seat_change
from ydin.groups.views.shared import group_page, load_group
from ydin.kernel.clock import now
from ydin.kernel.errors import YdinError
from ydin.networks.queries import find_enterprise, municipalities_of
from ydin.networks.rules import is_micro
from ydin.people.views.editing import attempt, see_other, signed_in


def _words_of_change(before: str, after: str) -> str:
    return {
        (SeatState.VISITOR, SeatState.MEMBER): _("Make it a member"),
        (SeatState.VISITOR, SeatState.LEFT): _("The visit is over"),
        (SeatState.MEMBER, SeatState.PAUSED): _("Take a break"),
        (SeatState.MEMBER, SeatState.LEFT): _("Leaves the group"),
        (SeatState.PAUSED, SeatState.MEMBER): _("Back from the break"),
        (SeatState.PAUSED, SeatState.LEFT): _("Leaves the group"),
    }[SeatState(before), SeatState(after)]


@login_required
@require_GET
def manage(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the first page of a group's set-up."""
    return redirect("groups:seats", load_group(request, pk).pk)


@login_required
@require_GET
def seats(request: HttpRequest, pk: int) -> HttpResponse:
    """List the seats with their people and what may be done."""
    group = load_group(request, pk)
    found = list(seats_to_manage(group))
    people = contacts_of(s.enterprise_id for s in found)
    rows = [
        {
            "seat": seat,
            "people": people.get(seat.enterprise_id, []),
            "changes": [
                (to.value, _words_of_change(seat.state, to)) for to in SEAT_CHANGES[SeatState(seat.state)]
            ],
            "can_undo": bool(seat.previous_state)
            and seat.changed_at is not None
            and now() - seat.changed_at < UNDO_TIME,
        }
        for seat in found
    ]
    count = {state: sum(1 for s in found if s.state == state) for state in SeatState}
    return group_page(
        request,
        "groups/seats.html",
        group,
        "seats",
        rows=rows,
        import_url=reverse("groups:import_companies"),
        members=count[SeatState.MEMBER],
        visitors=count[SeatState.VISITOR],
        paused=count[SeatState.PAUSED],
        free=max(group.max_size - count[SeatState.MEMBER] - count[SeatState.PAUSED], 0),
    )


def _seat(group: Any, pk: int) -> Any:
    return get_object_or_404(seats_to_manage(group), pk=pk)


@login_required
@require_POST
def seat_change(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Move a seat to another state."""
    group = load_group(request, pk)
    row = _seat(group, seat)
    form = SeatChangeForm(request.POST)
    if form.is_valid():
        actor, values = signed_in(request), form.cleaned_data
        try:
            change_seat(actor=actor, seat=row, **values)
        except YdinError as error:
            messages.error(request, str(error))
        else:
            words = {"company": row.enterprise.name, "state": row.get_state_display()}
            messages.success(request, _("%(company)s: %(state)s. You can take it back for an hour.") % words)
    return see_other("groups:seats", pk)


@login_required
@require_POST
def seat_undo(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Take the last change of a seat back."""
    group = load_group(request, pk)
    row = _seat(group, seat)
    form = SeatVersionForm(request.POST)
    if form.is_valid():
        try:
            undo_seat_change(actor=signed_in(request), seat=row, version=form.cleaned_data["version"])
        except YdinError as error:
            messages.error(request, str(error))
        else:
            words = {"company": row.enterprise.name, "state": row.get_state_display()}
            messages.success(request, _("%(company)s is again: %(state)s.") % words)
    return see_other("groups:seats", pk)


@login_required
@require_http_methods(["GET", "POST"])
def company_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a company into the group: facts, people and seat on one page."""
    group = load_group(request, pk)
    data = request.POST or None
    form = AddCompanyForm(
        data,
        network=group.network,
        initial={"state": SeatState.MEMBER, "languages": [group.language]},
    )
    first = ContactForm(data, prefix="first")
    second = ContactForm(data, prefix="second", empty_permitted=True, use_required_attribute=False)
    warnings: list[str] = []
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if all([form.is_valid(), first.is_valid(), second.is_valid()]):
            warnings = _warnings(group, form.cleaned_data)
            if not warnings or form.cleaned_data["anyway"]:
                status = _bring_in(request, group, form, [first, second])
                if status == HTTPStatus.SEE_OTHER:
                    return see_other("groups:seats", pk)
    return group_page(
        request,
        "groups/company_add.html",
        group,
        "seats",
        form=form,
        first=first,
        second=second,
        warnings=warnings,
        municipalities=municipalities_of(group.network),
        status=status,
    )


def _bring_in(
    request: HttpRequest, group: Any, form: AddCompanyForm, contacts: list[ContactForm]
) -> HTTPStatus:
    facts = {k: v for k, v in form.cleaned_data.items() if k not in {"state", "anyway"}}
    people = [Contact(**c.cleaned_data) for c in contacts if c.cleaned_data.get("email")]
    known = find_enterprise(group.network, business_id=facts["business_id"], name=facts["name"])
    actor, state = signed_in(request), form.cleaned_data["state"]
    status = attempt(
        form,
        lambda: add_company(actor=actor, group=group, company=Company(**facts), people=people, state=state),
    )
    if status == HTTPStatus.SEE_OTHER:
        words = {"company": facts["name"], "n": len(people)}
        if known is not None:
            messages.info(
                request, _("%(company)s was already known in the network. Its facts stayed.") % words
            )
        messages.success(
            request,
            ngettext(
                "%(company)s has its seat. A welcome went to %(n)d person.",
                "%(company)s has its seat. A welcome went to %(n)d people.",
                len(people),
            )
            % words,
        )
    return status


def _warnings(group: Any, facts: dict[str, Any]) -> list[str]:
    """Return what the coordinator may want to know before adding; none of it forbids anything."""
    said = []
    if not is_micro(facts["head_count"]):
        said.append(_("The company has ten people or more. The network is meant for smaller ones."))
    if facts["state"] == SeatState.MEMBER and member_seats(group).count() >= group.max_size:
        said.append(_("The group is full: it was meant for at most %(n)d companies.") % {"n": group.max_size})
    place = facts["municipality"]
    others = same_trade(group, facts["industry_code"], place.pk if place else None)
    if others:
        names = ", ".join(other.name for other in others)
        said.append(
            _("In the same trade in %(place)s: %(companies)s.") % {"place": place, "companies": names}
        )
    return said
