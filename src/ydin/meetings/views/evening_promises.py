"""Promises: written down on the evening, and what became of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ydin.kernel.errors import Conflict, Refused
from ydin.meetings.forms.evening import OutcomeForm, PromiseForm
from ydin.meetings.policies import visible_promises
from ydin.meetings.queries.evening import promises_around
from ydin.meetings.queries.evening_choices import companies_to_promise, promising_company
from ydin.meetings.services.record_promises import add_promise, carry_promise, drop_promise, keep_promise
from ydin.meetings.views.evening_base import UNPROCESSABLE, Room, read, rules_first, way_back
from ydin.people.policies import as_person
from ydin.people.views.editing import see_other


@require_http_methods(["GET", "HEAD", "POST"])
@read
def promises(request: HttpRequest, room: Room) -> HttpResponse:
    """Show what was promised (GET); write down one more (POST)."""
    rules_url = rules_first(room, request.path)
    if rules_url and request.method != "POST":
        return see_other(rules_url)
    group = room.meeting.group
    whose = None if room.place.prepares else room.person
    form = PromiseForm(request.POST or None, companies=companies_to_promise(group, whose))
    if request.method == "POST" and form.is_valid():
        try:
            _add(room, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The promise is written down."))
            return see_other(way_back(request, reverse("meetings:promises", args=[room.pk])))
    last, made = ([], []) if rules_url else promises_around(room.meeting)
    context = {
        "meeting": room.meeting,
        "group": group,
        "place": room.place,
        "form": form,
        "own": _own(room),
        "last_promises": last,
        "made_promises": made,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "meetings/evening/promises.html", context, status=status)


def _add(room: Room, data: dict[str, Any]) -> None:
    company = promising_company(room.meeting.group, data["enterprise"])
    if company is None:
        raise Refused(_("This company has no seat in the group."))
    add_promise(
        actor=room.person, meeting=room.meeting, enterprise=company, what=data["what"], due=data["due"]
    )


def _own(room: Room) -> set[int]:
    """Return the companies whose promises the reader may close; host and coordinator: the whole group's."""
    whose = None if room.place.prepares else room.person
    return {pk for pk, _name in companies_to_promise(room.meeting.group, whose)}


@login_required
@require_POST
def promise_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a promise as done."""
    return _closed(request, pk, keep_promise, _("Done: well kept."))


@login_required
@require_POST
def promise_dropped(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a promise as dropped."""
    return _closed(request, pk, drop_promise, _("The promise is dropped."))


@login_required
@require_POST
def promise_carried(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry a promise on to the next evening."""
    return _closed(request, pk, carry_promise, _("The promise goes on to the next evening."))


def _closed(request: HttpRequest, pk: int, service: Any, said: str) -> HttpResponse:
    person = as_person(request.user)
    promise = get_object_or_404(visible_promises(person).select_related("group"), pk=pk)
    form = OutcomeForm(request.POST)
    back = way_back(request, reverse("meetings:promises", args=[promise.meeting_id]))
    if not form.is_valid():
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
        return see_other(back)
    data = dict(form.cleaned_data)
    if service is carry_promise:
        data.pop("outcome")
    try:
        service(actor=person, promise=promise, **data)
    except Conflict as conflict:
        messages.error(request, str(conflict))
    else:
        messages.success(request, said)
    return see_other(back)
