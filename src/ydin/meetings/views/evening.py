"""The meeting's own page, and the evening itself as host and coordinator have it in their hand."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ydin.kernel.clock import now
from ydin.kernel.errors import Refused
from ydin.meetings.documents.audience import seen_by_preparers, seen_now
from ydin.meetings.documents.check_in import qr_picture
from ydin.meetings.documents.ical_meeting import practicalities
from ydin.meetings.forms.evening import LatenessForm, MemoForm, PromiseForm, VisitorForm
from ydin.meetings.queries.answers import answer_counts
from ydin.meetings.queries.evening import (
    Row,
    attendances_of,
    loaded,
    next_evening,
    promises_around,
    roll_call,
    rules_in_force,
    seats_of,
)
from ydin.meetings.rules.evening import agenda_with_times, is_check_in_open, may_tick
from ydin.meetings.rules.states import MeetingState
from ydin.meetings.services import record as holding
from ydin.meetings.services import record_attendance as attendance
from ydin.meetings.views.answers import answer_context
from ydin.meetings.views.evening_base import UNPROCESSABLE, Room, entered, prepared, rules_first
from ydin.people.views.editing import see_other


@require_safe
@entered
def meeting(request: HttpRequest, room: Room) -> HttpResponse:
    """Show the meeting to whoever sees it, each as much as they may."""
    found, place = room.meeting, room.place
    begun = found.starts_at <= now()
    last, made = promises_around(found) if place.reads else ([], [])
    memo, summary = loaded(found) if begun else (None, None)
    rules_url = rules_first(room, request.path) if memo or last or made else ""
    context: dict[str, Any] = {
        **_facts(room),
        **(_no_answer() if begun else _answer(room)),
        "begun": begun,
        "seen": seen_now(found) if place.reads or place.oversees else None,
        "where": practicalities(found),
        "address_parts": [p for p in (found.place, found.address, found.municipality) if p],
        "last_promises": [] if rules_url or _is_over(room) else last,
        "made_promises": [] if rules_url else made,
        "memo": None if rules_url else (memo if place.reads else None),
        "rules_url": rules_url,
        "summary": summary,
        "preparers": seen_by_preparers(found).names if summary and place.prepares else (),
        "present": list(attendances_of(found)) if begun and (place.reads or place.oversees) else [],
        "next_evening": next_evening(found) if place.reads and begun else None,
        "may_promise": place.reads and begun and _was_announced(room),
    }
    return render(request, "meetings/evening/meeting.html", context)


def _facts(room: Room) -> dict[str, Any]:
    found = room.meeting
    return {
        "meeting": found,
        "group": found.group,
        "place": room.place,
        "host": found.host.name if found.host else "",
        "agenda": agenda_with_times(found.agenda, found.starts_at, now()),
        "zone": found.time_zone,
        "links": _links(room),
    }


def _answer(room: Room) -> dict[str, Any]:
    """Return what the answer box needs; without an invitation `box` is None."""
    if not room.place.invited:
        counts = answer_counts(room.meeting, None) if room.place.is_inside else None
        return {**_no_answer(), "counts": counts}
    action = reverse("meetings:answer_own", args=[room.pk])
    context = answer_context(room.meeting, room.person, action=action, needs_csrf=True)
    return {**context, "calendar_url": reverse("meetings:meeting_calendar", args=[room.pk])}


def _no_answer() -> dict[str, Any]:
    return {"box": None, "counts": None}


def _was_announced(room: Room) -> bool:
    return room.meeting.state in {MeetingState.ANNOUNCED, MeetingState.HELD}


def _is_over(room: Room) -> bool:
    return bool(room.meeting.state == MeetingState.HELD or room.meeting.ends_at <= now())


def _links(room: Room) -> list[tuple[str, str, bool]]:
    """Return (address, words, whether it is the thing to do now) for host and coordinator."""
    if not room.place.prepares:
        return []
    found, links = room.meeting, []
    begins_soon = may_tick(found.starts_at, found.ends_at, now(), coordinates=room.place.coordinates)

    def add(name: str, words: str, *args: Any, main: bool = False) -> None:
        links.append((reverse(f"meetings:{name}", args=[room.pk, *args]), words, main))

    if _was_announced(room):
        add("evening", _("Open the evening"), main=begins_soon)
    if found.state == MeetingState.DRAFT:
        add("prepare", _("Prepare"), "theme", main=True)
        add("announce", _("Send the invitations"))
    if _was_announced(room) or found.state == MeetingState.CANCELLED:
        add("answers", _("Answers"), main=not begins_soon and found.state == MeetingState.ANNOUNCED)
    if found.state in {MeetingState.DRAFT, MeetingState.ANNOUNCED} and found.starts_at > now():
        add("change", _("Change"))
        add("cancel", _("Cancel the evening"))
    return links


@require_safe
@prepared
def evening(request: HttpRequest, room: Room) -> HttpResponse:
    """Show the evening: what is now, who is here, what was promised, what to write down."""
    return _evening_page(request, room)


def _evening_page(request: HttpRequest, room: Room, *, status: int = 200, **more: Any) -> HttpResponse:
    found, place = room.meeting, room.place
    rows, seats = roll_call(found), seats_of(found.group)
    last, made = promises_around(found)
    memo, _summary = loaded(found)
    rules_url = rules_first(room, request.path) if memo or last or made else ""
    is_others = bool(memo and memo.written_by_id != room.person.pk)
    context = {
        **_facts(room),
        **_door(room),
        **_list_context(room, rows),
        "ground_rules": rules_in_force(found.group),
        "rules_url": rules_url,
        "last_promises": [] if rules_url else last,
        "made_promises": [] if rules_url else made,
        "memo_form": None if rules_url and is_others else memo_form(memo),
        "promise_form": PromiseForm(companies=seats.companies),
        "visitor_form": VisitorForm(),
        "next_evening": next_evening(found),
        "may_hold": found.state == MeetingState.ANNOUNCED and found.starts_at <= now(),
        "may_undo": place.coordinates and holding.can_be_undone(found),
        "problem": "",
        **more,
    }
    return render(request, "meetings/evening/evening.html", context, status=status)


def memo_form(memo: Any) -> MemoForm:
    """Return the form with what the memo says."""
    names = ("version", "discussed", "advice", "next_time")
    return MemoForm(initial={name: getattr(memo, name) for name in names} if memo else {"version": 0})


def _door(room: Room) -> dict[str, Any]:
    """Return the code on the wall, its address and QR picture."""
    found = room.meeting
    code = found.check_in_code if _was_announced(room) else ""
    path = reverse("meetings:check_in", args=[code]) if code else ""
    return {
        "code": code,
        "check_in_path": path,
        "check_in_host": settings.BASE_URL.partition("://")[2],
        "qr": qr_picture(f"{settings.BASE_URL}{path}") if code else None,
        "door_is_open": is_check_in_open(found.starts_at, found.ends_at, now()),
    }


def _list_context(room: Room, rows: list[Row]) -> dict[str, Any]:
    found = room.meeting
    return {
        "rows": rows,
        "count": sum(row.is_present for row in rows),
        "may_tick": _was_announced(room)
        and may_tick(found.starts_at, found.ends_at, now(), coordinates=room.place.coordinates),
    }


@require_POST
@prepared
def tick(request: HttpRequest, room: Room, key: str) -> HttpResponse:
    """Record that somebody on the list is here."""
    return _changed(
        request, room, key, lambda: attendance.mark_present(actor=room.person, meeting=room.meeting, key=key)
    )


@require_POST
@prepared
def untick(request: HttpRequest, room: Room, key: str) -> HttpResponse:
    """Take somebody off the list again."""
    return _changed(
        request, room, key, lambda: attendance.mark_absent(actor=room.person, meeting=room.meeting, key=key)
    )


@require_POST
@prepared
def lateness(request: HttpRequest, room: Room, key: str) -> HttpResponse:
    """Note that somebody came late or left early."""
    form = LatenessForm(request.POST)
    form.is_valid()
    data = form.cleaned_data
    return _changed(
        request,
        room,
        key,
        lambda: attendance.note_lateness(
            actor=room.person,
            meeting=room.meeting,
            key=key,
            late=data["late"],
            left_early=data["left_early"],
        ),
    )


def _changed(request: HttpRequest, room: Room, key: str, action: Any) -> HttpResponse:
    """Do it and show the list again: the row alone for htmx, the page at that row for everybody else."""
    try:
        action()
    except Refused as refused:
        if not getattr(request, "htmx", False):
            return _evening_page(request, room, status=UNPROCESSABLE, problem=str(refused))
        messages.error(request, str(refused))
        return HttpResponse(headers={"HX-Redirect": reverse("meetings:evening", args=[room.pk])})
    if not getattr(request, "htmx", False):
        return see_other(f"{reverse('meetings:evening', args=[room.pk])}#row-{key}")
    rows = roll_call(room.meeting)
    row = next((one for one in rows if one.key == key), None)
    context = {**_list_context(room, rows), "meeting": room.meeting, "row": row, "swaps": True}
    return render(request, "meetings/evening/_row_answer.html", context)


@require_POST
@prepared
def visitor(request: HttpRequest, room: Room) -> HttpResponse:
    """Record a visitor by name."""
    form, problem = VisitorForm(request.POST), ""
    if form.is_valid():
        try:
            attendance.add_visitor(actor=room.person, meeting=room.meeting, **form.cleaned_data)
        except Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, _("%(name)s is on the list.") % form.cleaned_data)
            return see_other(f"{reverse('meetings:evening', args=[room.pk])}#here")
    return _evening_page(request, room, status=UNPROCESSABLE, visitor_form=form, problem=problem)


@require_POST
@prepared
def hold(request: HttpRequest, room: Room) -> HttpResponse:
    """Mark the evening as held."""
    try:
        holding.hold_meeting(actor=room.person, meeting=room.meeting)
    except Refused as refused:
        return _evening_page(request, room, status=UNPROCESSABLE, problem=str(refused))
    messages.success(request, _("The evening is marked as held."))
    return see_other(reverse("meetings:evening", args=[room.pk]))


@require_POST
@prepared
def hold_undo(request: HttpRequest, room: Room) -> HttpResponse:
    """Take "held" back."""
    try:
        holding.undo_hold(actor=room.person, meeting=room.meeting)
    except Refused as refused:
        return _evening_page(request, room, status=UNPROCESSABLE, problem=str(refused))
    messages.success(request, _("The evening is no longer marked as held."))
    return see_other(reverse("meetings:evening", args=[room.pk]))
