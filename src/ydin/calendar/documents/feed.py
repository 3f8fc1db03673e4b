"""Feeds: the calendar as iCalendar text for programs that subscribe to it.

The same text as `ydin.meetings.documents.ical` writes for single meetings; here PostgreSQL spells out the
moments, so that ten thousand events cost a third of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ydin.calendar.models import Event
from ydin.calendar.rules import EventState
from ydin.meetings.documents.ical import escape, fold, vcalendar
from ydin.meetings.documents.ical_zones import vtimezone
from ydin.meetings.models import Meeting

_CHUNK = 2000
_END = "END:VCALENDAR\r\n"
_LOCAL, _UTC = 'YYYYMMDD"T"HH24MISS', 'YYYYMMDD"T"HH24MISS"Z"'
_MORNING = "05"
"""Before this hour a moment is told in UTC: in autumn the clocks show an hour of the night twice (3.3.5)."""

Block = tuple[str, str, str]
"""Sorting key, zone, and the VEVENT of an event."""


def public_feed(name: str, meetings: QuerySet[Meeting], events: QuerySet[Event]) -> str:
    """Return the feed that anybody may read: no street address, no video link of a meeting.

    Args:
        name: what calendar programs call it.
        meetings: to be shown; they must be visible to everybody. Events likewise.
        events: see above.

    """
    return _calendar(name, [*_meetings(meetings, inside=False), *_events(events)])


def personal_feed(name: str, meetings: QuerySet[Meeting], events: QuerySet[Event]) -> str:
    """Return the feed of one person: with address and video link, never with memo or answers."""
    return _calendar(name, [*_meetings(meetings, inside=True), *_events(events)])


def _calendar(name: str, blocks: list[Block]) -> str:
    blocks.sort()
    head = vcalendar((), name=name).removesuffix(_END)
    zones = []
    if blocks:
        first, last = int(blocks[0][0][:4]), int(blocks[-1][0][:4])
        zones = [vtimezone(zone, first, last + 2) for zone in sorted({b[1] for b in blocks}) if zone != "UTC"]
    return "".join([head, *zones, *(block[2] for block in blocks), _END])


def _columns() -> dict[str, Func]:
    """Return moments as text: start and end on the UTC clock and on their own, and the last change."""
    utc, own = Value("UTC"), F("time_zone")
    return {
        "start_utc": _text("starts_at", utc, _UTC),
        "end_utc": _text("ends_at", utc, _UTC),
        "start_own": _text("starts_at", own, _LOCAL),
        "end_own": _text("ends_at", own, _LOCAL),
        "stamp": _text("changed_at", utc, _UTC),
        "uid_text": Func(F("uid"), function="text", output_field=TextField()),
    }


def _text(moment: str, zone: Value | F, pattern: str) -> Func:
    local = Func(zone, F(moment), function="timezone")
    return Func(local, Value(pattern), function="to_char", output_field=TextField())


_SHARED = ("pk", "sequence", "state", "time_zone", "municipality", *_columns())


def _block(row: tuple[Any, ...], title: str, texts: Iterable[str], places: Iterable[str], url: str) -> Block:
    """Return one VEVENT. `row` begins with the columns of `_SHARED`."""
    _pk, sequence, state, zone, _town, start_utc, end_utc, start, end, stamp, uid = row[: len(_SHARED)]
    status = "CANCELLED" if state == EventState.CANCELLED else "CONFIRMED"
    location = ", ".join([p for p in places if p])
    text = (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\n"
        f"SEQUENCE:{sequence}\r\nSTATUS:{status}\r\n"
        f"DTSTART{_moment(zone, start, start_utc)}\r\nDTEND{_moment(zone, end, end_utc)}\r\n"
        f"{fold('SUMMARY:' + escape(title))}{fold('LOCATION:' + escape(location)) if location else ''}"
        f"{fold('DESCRIPTION:' + escape(chr(10).join([t for t in texts if t])))}{fold('URL:' + url)}"
        "END:VEVENT\r\n"
    )
    return start_utc, zone, text


def _moment(zone: str, own: str, utc: str) -> str:
    if zone == "UTC" or own[9:11] < _MORNING:
        return f":{utc}"
    return f";TZID={zone}:{own}"


def _meetings(meetings: QuerySet[Meeting], *, inside: bool) -> Iterator[Block]:
    untitled, video, hosted = _("Core-group evening"), _("Video meeting"), _("Host: %s")
    base = f"{settings.BASE_URL}/calendar/meetings/"
    company = {"company": Coalesce(F("host__name"), Value(""))}
    more = ("theme", "description", "group__name", "company", "place", "address", "video_link")
    rows = meetings.annotate(**_columns(), **company).values_list(*_SHARED, *more)
    for row in rows.iterator(chunk_size=_CHUNK):
        theme, text, group, host, place, address, link = row[len(_SHARED) :]
        url = f"{base}{row[0]}/"
        said = (text, hosted % host if host else "", f"{video}: {link}" if link and inside else "", url)
        places = (place, address if inside else "", row[4])
        yield _block(row, f"{theme or untitled} – {group}", said, places, url)


def _events(events: QuerySet[Event]) -> Iterator[Block]:
    base = f"{settings.BASE_URL}/events/"
    rows = events.annotate(**_columns()).values_list(
        *_SHARED, "title", "description", "link", "place", "address"
    )
    for row in rows.iterator(chunk_size=_CHUNK):
        title, text, link, place, address = row[len(_SHARED) :]
        url = f"{base}{row[0]}/"
        yield _block(row, title, (text, link, url), (place, address, row[4]), url)
