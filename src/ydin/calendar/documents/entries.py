"""Meetings and events as VEVENT text, for feeds and for CalDAV.

The same text as `ydin.meetings.documents.ical` writes for single meetings; here PostgreSQL spells out the
moments, so that ten thousand events cost a third of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ydin.calendar.models import Event
from ydin.calendar.rules import EventState
from ydin.meetings.documents.ical import escape, fold
from ydin.meetings.models import Meeting
from ydin.meetings.rules.states import Audience

_CHUNK = 500
_LOCAL, _UTC = 'YYYYMMDD"T"HH24MISS', 'YYYYMMDD"T"HH24MISS"Z"'
_MORNING = "05"
"""Before this hour a moment is told in UTC: in autumn the clocks show an hour of the night twice (3.3.5)."""


class Detail(StrEnum):
    """How much an entry tells.

    PUBLIC: what strangers may read, the reader's choice of rows made sure that they may. BARE: the same of
    public entries; of others that something takes place, where about and when. FULL: all, with address and link.
    """

    PUBLIC = "public"
    BARE = "bare"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Vevent:
    """A written entry. `start` and `end` are UTC as in RFC 5545 (20270204T153000Z), so they sort as text."""

    start: str
    end: str
    zone: str
    uid: str
    text: str


def moments() -> dict[str, Func]:
    """Return the columns of moments as text: on the UTC clock and on their own, and the last change."""
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


_SHARED = ("pk", "sequence", "state", "time_zone", "municipality", "audience", *moments())


def _vevent(
    row: tuple[Any, ...], title: str, texts: Iterable[str], places: Iterable[str], url: str
) -> Vevent:
    """Return one entry. `row` begins with the columns of `_SHARED`."""
    _pk, sequence, state, zone, _town, _who, start_utc, end_utc, start, end, stamp, uid = row[: len(_SHARED)]
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
    return Vevent(start_utc, end_utc, zone, uid, text)


def _moment(zone: str, own: str, utc: str) -> str:
    if zone == "UTC" or own[9:11] < _MORNING:
        return f":{utc}"
    return f";TZID={zone}:{own}"


def meeting_entries(meetings: QuerySet[Meeting], detail: Detail) -> Iterator[Vevent]:
    """Write meetings that the reader may see, by start, with no more than `detail` allows."""
    untitled, video, hosted = _("Core-group evening"), _("Video meeting"), _("Host: %s")
    base = f"{settings.BASE_URL}/calendar/meetings/"
    company = {"company": Coalesce(F("host__name"), Value(""))}
    more = ("theme", "description", "group__name", "company", "place", "address", "video_link")
    rows = meetings.annotate(**moments(), **company).order_by("starts_at", "pk").values_list(*_SHARED, *more)
    full = detail is Detail.FULL
    for row in rows.iterator(chunk_size=_CHUNK):
        theme, text, group, host, place, address, link = row[len(_SHARED) :]
        url = f"{base}{row[0]}/"
        if detail is Detail.BARE and row[5] != Audience.PUBLIC:
            yield _vevent(row, f"{untitled} – {group}", (url,), (row[4],), url)
            continue
        said = (text, hosted % host if host else "", f"{video}: {link}" if link and full else "", url)
        places = (place, address if full else "", row[4])
        yield _vevent(row, f"{theme or untitled} – {group}", said, places, url)


def event_entries(events: QuerySet[Event], detail: Detail) -> Iterator[Vevent]:
    """Write events that the reader may see, by start, with no more than `detail` allows."""
    inside = _("Event of the network")
    base = f"{settings.BASE_URL}/events/"
    more = ("title", "description", "link", "place", "address", "network__name")
    rows = events.annotate(**moments()).order_by("starts_at", "pk").values_list(*_SHARED, *more)
    for row in rows.iterator(chunk_size=_CHUNK):
        title, text, link, place, address, network = row[len(_SHARED) :]
        url = f"{base}{row[0]}/"
        if detail is Detail.BARE and row[5] != Audience.PUBLIC:
            yield _vevent(row, f"{inside} – {network}", (url,), (row[4],), url)
            continue
        yield _vevent(row, title, (text, link, url), (place, address, row[4]), url)
