"""One event: read by those who may, written by coordinators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.calendar.documents.audience import event_change, seen_event
from ydin.calendar.documents.linked import about_event
from ydin.calendar.forms import EventForm, NewEventForm, VersionForm
from ydin.calendar.policies import can_edit_event, event_groups, event_networks, visible_events
from ydin.calendar.rules import EventState
from ydin.calendar.services import announce_event, cancel_event, change_event, create_event
from ydin.calendar.views.pages import revalidated
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.meetings.rules.states import Audience
from ydin.people.policies import Reader, as_person
from ydin.people.rules import DEFAULT_TIME_ZONE
from ydin.ui.audience import ask_first, thought_again


def _see_other(url: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": url})


def _event_or_404(reader: Reader, pk: int) -> Any:
    events = visible_events(reader).select_related("network", "region", "group", "group__network")
    return get_object_or_404(events, pk=pk)


@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one event."""
    found = _event_or_404(as_person(request.user), pk)
    person = as_person(request.user)
    context = {
        "event": found,
        "is_draft": found.state == EventState.DRAFT,
        "is_cancelled": found.state == EventState.CANCELLED,
        "is_public": found.audience == Audience.PUBLIC,
        "can_edit": person is not None and can_edit_event(person, found),
        "seen": seen_event(found, found.audience) if person is not None else None,
        "about": about_event(found),
    }
    return revalidated(render(request, "calendar/event.html", context))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a new event."""
    person = as_person(request.user)
    networks = list(event_networks(person)) if person else []
    groups = list(event_groups(person)[:500]) if person else []
    if not networks and not groups:
        raise PermissionDenied
    arrangers = {f"network-{n.pk}": (n, None) for n in networks} | {
        f"group-{g.pk}": (g.network, g) for g in groups
    }
    network, group = arrangers.get(request.POST.get("arranger", ""), next(iter(arrangers.values())))
    zone = group.time_zone if group else network.time_zone
    choices = [(key, (g or n).name) for key, (n, g) in arrangers.items()]
    ids = sorted({n.pk for n, _group in arrangers.values()})
    offered: dict[str, Any] = {"arrangers": choices, "zone": zone, "networks": ids}
    if request.method != "POST":
        initial = {"audience": Audience.PUBLIC, "language": network.default_language}
        return _form_page(request, NewEventForm(**offered, initial=initial), None)
    form = NewEventForm(request.POST, **offered)
    if not form.is_valid():
        return _form_page(request, form, None, 422)
    try:
        made = create_event(actor=person, network=network, group=group, details=form.details())
    except Refused as refusal:
        form.add_error("region_id", str(refusal))
        return _form_page(request, form, None, 422)
    messages.success(request, _("Saved. Only coordinators see it until you announce it."))
    return _see_other(reverse("calendar:event", args=[made.pk]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an event."""
    person = as_person(request.user)
    found = _event_or_404(person, pk)
    if not can_edit_event(person, found):
        raise PermissionDenied
    offered: dict[str, Any] = {"zone": found.time_zone, "networks": [found.network_id]}
    if request.method != "POST":
        return _form_page(request, EventForm(**offered, initial=_initial(found)), found)
    form = EventForm(request.POST, **offered)
    if thought_again(request) or not form.is_valid():
        return _form_page(request, form, found, 200 if form.is_valid() else 422)
    audience = form.cleaned_data["audience"]
    question = ask_first(request, event_change(found, audience)) if audience != found.audience else None
    if question is not None:
        return question
    try:
        changed = change_event(
            actor=person, event=found, version=form.cleaned_data["version"] or 0, details=form.details()
        )
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        form.data = {**request.POST.dict(), "version": str(found.version)}
        return _form_page(request, form, found, 409, is_conflict=True)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, form, found, 422)
    messages.success(request, _("Saved."))
    return _see_other(reverse("calendar:event", args=[changed.pk]))


def _initial(found: Any) -> dict[str, Any]:
    zone = ZoneInfo(found.time_zone or DEFAULT_TIME_ZONE)
    starts, ends = localtime(found.starts_at, zone), localtime(found.ends_at, zone)
    names = (
        "title",
        "description",
        "place",
        "address",
        "municipality",
        "link",
        "audience",
        "language",
        "region_id",
        "version",
    )
    return {name: getattr(found, name) for name in names} | {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "last_day": ends.date() if ends.date() != starts.date() else None,
    }


def _form_page(
    request: HttpRequest, form: EventForm, found: Any, status: int = 200, *, is_conflict: bool = False
) -> HttpResponse:
    is_new = found is None
    context = {
        "form": form,
        "event": found,
        "is_new": is_new,
        "is_conflict": is_conflict,
        "back_url": reverse("calendar:calendar") if is_new else reverse("calendar:event", args=[found.pk]),
    }
    return render(request, "calendar/event_form.html", context, status=status)


@login_required
@require_POST
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an event into the calendar."""
    return _act(request, pk, announce_event, _("The event is in the calendar now."))


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel an event."""
    return _act(request, pk, cancel_event, _("The event is cancelled. Calendars show it so."))


def _act(request: HttpRequest, pk: int, service: Callable[..., Any], done: str) -> HttpResponse:
    found = _event_or_404(as_person(request.user), pk)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        service(actor=as_person(request.user), event=found, version=version)
    except NotAllowed as refusal:
        raise PermissionDenied from refusal
    except (Refused, Conflict) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return _see_other(reverse("calendar:event", args=[found.pk]))
