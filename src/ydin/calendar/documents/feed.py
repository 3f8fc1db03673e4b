"""Feeds: the calendar as iCalendar text for programs that subscribe to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ydin.calendar.models import Event
from ydin.calendar.rules import EventState
from ydin.meetings.documents.ical import CalendarEvent, vcalendar
from ydin.meetings.models import Meeting
from ydin.meetings.rules.states import MeetingState

_CHUNK = 2000
_CONFIRMED = "CONFIRMED"
_CANCELLED = "CANCELLED"
_SHARED = (
    "pk",
    "uid",
    "sequence",
    "state",
    "starts_at",
    "ends_at",
    "time_zone",
    "changed_at",
    "municipality",
)


def public_feed(name: str, meetings: QuerySet[Meeting], events: QuerySet[Event]) -> str:
    """Return the feed that anybody may read: no street address, no video link of a meeting.

    Args:
        name: what calendar programs call it.
        meetings: to be shown; they must be visible to everybody. Events likewise.
        events: see above.

    """
    return vcalendar(_in_order(_meetings(meetings, inside=False), _events(events)), name=name)


def personal_feed(name: str, meetings: QuerySet[Meeting], events: QuerySet[Event]) -> str:
    """Return the feed of one person: with address and video link, never with memo or answers."""
    return vcalendar(_in_order(_meetings(meetings, inside=True), _events(events)), name=name)


def _in_order(*parts: Iterable[CalendarEvent]) -> list[CalendarEvent]:
    return sorted((e for part in parts for e in part), key=_by_time)


def _by_time(event: CalendarEvent) -> tuple[datetime, str]:
    return event.starts_at, event.uid


def _site() -> tuple[str, str]:
    return settings.BASE_URL, urlsplit(settings.BASE_URL).hostname or "ydin"


def _meetings(meetings: QuerySet[Meeting], *, inside: bool) -> Iterator[CalendarEvent]:
    base, host_name = _site()
    untitled, video, hosted = _("Core-group evening"), _("Video meeting"), _("Host: %s")
    rows = (
        meetings.annotate(company=Coalesce(F("host__name"), Value("")))
        .values_list(*_SHARED, "theme", "description", "group__name", "company", *_place(inside=inside))
        .iterator(chunk_size=_CHUNK)
    )
    for (
        pk,
        uid,
        sequence,
        state,
        starts,
        ends,
        zone,
        changed,
        town,
        theme,
        text,
        group,
        host,
        place,
        address,
        link,
    ) in rows:
        url = f"{base}/calendar/meetings/{pk}/"
        said = [text, hosted % host if host else "", f"{video}: {link}" if link else "", url]
        yield CalendarEvent(
            uid=f"{uid}@{host_name}",
            sequence=sequence,
            status=_CANCELLED if state == MeetingState.CANCELLED else _CONFIRMED,
            summary=f"{theme or untitled} – {group}",
            description="\n".join([s for s in said if s]),
            location=", ".join([s for s in (place, address, town) if s]),
            starts_at=starts,
            ends_at=ends,
            time_zone=zone,
            url=url,
            last_modified=changed,
        )


def _place(*, inside: bool) -> tuple[Any, ...]:
    """Return the columns of place, address and link; of a stranger's feed only the place's name."""
    if inside:
        return ("place", "address", "video_link")
    nothing = Value("")
    return ("place", nothing, nothing)


def _events(events: QuerySet[Event]) -> Iterator[CalendarEvent]:
    base, host_name = _site()
    rows = events.values_list(*_SHARED, "title", "description", "place", "address", "link")
    for (
        pk,
        uid,
        sequence,
        state,
        starts,
        ends,
        zone,
        changed,
        town,
        title,
        text,
        place,
        address,
        link,
    ) in rows.iterator(chunk_size=_CHUNK):
        url = f"{base}/events/{pk}/"
        yield CalendarEvent(
            uid=f"{uid}@{host_name}",
            sequence=sequence,
            status=_CANCELLED if state == EventState.CANCELLED else _CONFIRMED,
            summary=title,
            description="\n".join([s for s in (text, link, url) if s]),
            location=", ".join([s for s in (place, address, town) if s]),
            starts_at=starts,
            ends_at=ends,
            time_zone=zone,
            url=url,
            last_modified=changed,
        )
