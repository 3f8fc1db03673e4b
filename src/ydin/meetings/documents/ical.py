"""iCalendar objects (RFC 5545), written straight to text: a feed of thousands costs microseconds an event.

The same events give the same bytes: DTSTAMP is the moment of the last change, never the moment of writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ydin.meetings.documents.ical_zones import vtimezone

PRODUCT = "-//Ydin//Ydin//EN"
LINE_OCTETS = 75
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f]")
_PARAMETER = str.maketrans({'"': "'"} | {chr(code): " " for code in (*range(32), 127)})


@dataclass(frozen=True, slots=True)
class Party:
    """An organizer or attendee; `status` is the attendee's PARTSTAT. `asked`: their answer is read by us."""

    name: str
    email: str
    status: str = "NEEDS-ACTION"
    asked: bool = False


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """What one VEVENT says. Moments are aware; `time_zone` is an IANA name; `geo` latitude and longitude.

    `status` is empty where a message must not say one (RFC 5546, 3.2.5: CANCEL for one attendee only).
    `alarm`: hours before the beginning at which the calendar reminds; none where it shall not.
    """

    uid: str
    sequence: int
    status: str
    summary: str
    description: str
    location: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    url: str
    last_modified: datetime
    organizer: Party | None = None
    attendee: Party | None = None
    geo: tuple[float, float] | None = None
    alarm: int | None = None


def vcalendar(events: Iterable[CalendarEvent], *, method: str | None = None, name: str | None = None) -> str:
    """Return a whole calendar with the zones that its events use.

    Args:
        events: in the order in which they shall stand.
        method: iTIP method of a message (RFC 5546): REQUEST, CANCEL; none for feeds and downloads.
        name: name of a feed that calendar programs subscribe to.

    """
    spans: dict[str, tuple[int, int]] = {}
    blocks = []
    for event in events:
        blocks.append(event_lines(event))
        low, high = event.starts_at.year, event.ends_at.year
        if (known := spans.get(event.time_zone)) is not None:
            low, high = min(known[0], low), max(known[1], high)
        spans[event.time_zone] = (low, high)
    zones = [vtimezone(zone, low, high + 1) for zone, (low, high) in sorted(spans.items()) if zone != "UTC"]
    return "".join([_head(method, name), *zones, *blocks, "END:VCALENDAR\r\n"])


def event_lines(event: CalendarEvent) -> str:
    """Return one VEVENT, its lines escaped, folded and ended with CRLF."""
    stamp = event.last_modified.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    status = f"STATUS:{event.status}\r\n" if event.status else ""
    head = (
        f"BEGIN:VEVENT\r\nUID:{event.uid}\r\nDTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\n"
        f"SEQUENCE:{event.sequence}\r\n{status}"
        f"DTSTART{_moment(event.starts_at, event.time_zone)}\r\n"
        f"DTEND{_moment(event.ends_at, event.time_zone)}\r\n"
    )
    lines = [
        head,
        fold(f"SUMMARY:{escape(event.summary)}"),
    ]
    if event.location:
        lines.append(fold(f"LOCATION:{escape(event.location)}"))
    if event.geo:
        lines.append(f"GEO:{event.geo[0]:.6f};{event.geo[1]:.6f}\r\n")
    if event.description:
        lines.append(fold(f"DESCRIPTION:{escape(event.description)}"))
    if event.url:
        lines.append(fold(f"URL:{event.url}"))
    if event.organizer:
        lines.append(fold(f"ORGANIZER;{_named(event.organizer)}:mailto:{event.organizer.email}"))
    if event.attendee:
        asked = "TRUE" if event.attendee.asked else "FALSE"
        role = f"CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={event.attendee.status};RSVP={asked}"
        lines.append(fold(f"ATTENDEE;{_named(event.attendee)};{role}:mailto:{event.attendee.email}"))
    if event.alarm is not None:
        lines.append(_alarm(event))
    lines.append("END:VEVENT\r\n")
    return "".join(lines)


def _alarm(event: CalendarEvent) -> str:
    said = fold(f"DESCRIPTION:{escape(event.summary)}")
    return f"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT{event.alarm}H\r\n{said}END:VALARM\r\n"


def escape(text: str) -> str:
    """Return the text as a TEXT value (3.3.11); control characters are left out."""
    if _CONTROLS.search(text):
        text = _CONTROLS.sub("", text)
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> str:
    """Return the content line with CRLF, folded so that no part is longer than 75 octets (3.1).

    Parts are cut between characters, so that every part is valid UTF-8.
    """
    if len(line) <= LINE_OCTETS and (line.isascii() or len(line.encode()) <= LINE_OCTETS):
        return line + "\r\n"
    if line.isascii():
        cuts = range(LINE_OCTETS, len(line), LINE_OCTETS - 1)
        return "\r\n ".join([line[:LINE_OCTETS], *[line[i : i + LINE_OCTETS - 1] for i in cuts]]) + "\r\n"
    raw, parts, limit = line.encode(), [], LINE_OCTETS
    while len(raw) > limit:
        cut = limit
        while raw[cut] & 0xC0 == 0x80:  # noqa: PLR2004 - inside a UTF-8 character
            cut -= 1
        parts.append(raw[:cut])
        raw, limit = raw[cut:], LINE_OCTETS - 1
    return b"\r\n ".join([*parts, raw]).decode() + "\r\n"


def _head(method: str | None, name: str | None) -> str:
    lines = ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", f"PRODID:{PRODUCT}\r\nCALSCALE:GREGORIAN\r\n"]
    if method:
        lines.append(f"METHOD:{method}\r\n")
    if name:
        said = escape(name)
        lines += [fold(f"NAME:{said}"), fold(f"X-WR-CALNAME:{said}")]
        lines.append("REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n")
    return "".join(lines)


def _moment(value: datetime, zone: str) -> str:
    if zone == "UTC":
        return f":{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    local = value.astimezone(ZoneInfo(zone))
    if local.fold and local.utcoffset() != local.replace(fold=0).utcoffset():
        # the second of two equal hours cannot be said with a zone (3.3.5)
        return f":{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f";TZID={zone}:{local:%Y%m%dT%H%M%S}"


def _named(party: Party) -> str:
    return f'CN="{(party.name or party.email).translate(_PARAMETER)}"'


def partstat(answer: str, standing: str = "") -> str:
    """Return the PARTSTAT of an answer (`rules.states.Answer`); whoever waits for a place is tentative."""
    if standing == "waiting":
        return "TENTATIVE"
    said = {"coming": "ACCEPTED", "maybe": "TENTATIVE", "not_coming": "DECLINED"}
    return said.get(answer, "NEEDS-ACTION")
