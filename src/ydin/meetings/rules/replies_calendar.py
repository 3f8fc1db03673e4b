"""Reading calendar messages that come back (RFC 5546). Nothing is expanded, whatever rules they carry. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ydin.kernel.lazy import lazy
from ydin.meetings.rules.states import Answer

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = lazy("icalendar")

LARGEST = 64 * 1024
MOST_LINES = 2000
MOST_EVENTS = 5
LONGEST_COMMENT = 500
LONGEST_NAME = 200
LATEST_YEAR = 2200

_BROKEN = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    OverflowError,
    Warning,
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_FOLD = re.compile(r"\r?\n[ \t]")
_ADDRESS = re.compile(r"mailto:([^\s<>\"'()\[\],;:\\]{1,64}@[a-z0-9.-]{1,189})", re.IGNORECASE)
ANSWERS = {"ACCEPTED": Answer.COMING, "DECLINED": Answer.NOT_COMING, "TENTATIVE": Answer.MAYBE}


class Method(StrEnum):
    """What a calendar message that comes back does."""

    REPLY = "REPLY"
    COUNTER = "COUNTER"


@dataclass(frozen=True, slots=True)
class CalendarReply:
    """One attendee's message about one event. `answer` None: it gives none.

    `substitute` is (name, address) of whom the attendee sends instead. `starts_at`, `ends_at` are what a
    COUNTER asks for, or what a REPLY believes; None where it does not say, or says it without a zone.
    """

    method: Method
    uid: str
    sequence: int
    answer: Answer | None
    comment: str
    attendee: str
    substitute: tuple[str, str] | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    stamp: datetime | None = None


def read_calendar(raw: bytes) -> CalendarReply | None:
    """Return the reply that an iCalendar object carries, or None when it is none or cannot be read.

    Exactly one event and one answering attendee make a reply; anything else is left to a person.
    """
    if len(raw) > LARGEST or raw.count(b"\n") > MOST_LINES:
        return None
    try:
        calendar = icalendar.Calendar.from_ical(_without_zones(raw.decode("utf-8", "replace")))
        return _read(calendar)
    except _BROKEN:
        return None


def _without_zones(text: str) -> str:
    """Leave out VTIMEZONE: the library would expand its rules, and remember it for the next mail.

    Zones are known by their IANA and Windows names.
    """
    kept, inside = [], False
    for line in _FOLD.sub("", text).splitlines():
        word = line.strip().upper()
        if word == "BEGIN:VTIMEZONE":
            inside = True
        if not inside and word:
            kept.append(line)
        if word == "END:VTIMEZONE":
            inside = False
    return "\r\n".join([*kept, ""])


def _read(calendar: Any) -> CalendarReply | None:
    method = str(calendar.get("METHOD", "")).upper()
    if calendar.name != "VCALENDAR" or method not in list(Method):
        return None
    events = calendar.walk("VEVENT")
    if not 1 <= len(events) <= MOST_EVENTS or len({str(e.get("UID")) for e in events}) != 1:
        return None
    plain = [event for event in events if "RECURRENCE-ID" not in event]
    if len(plain) != 1:
        return None
    return _reply(Method(method), plain[0])


def _reply(method: Method, event: Any) -> CalendarReply | None:
    attendees = _several(event.get("ATTENDEE"))
    given_by = [one for one in attendees if "DELEGATED-FROM" not in one.params]
    if len(given_by) != 1:
        return None
    [attendee] = given_by
    status = str(attendee.params.get("PARTSTAT", "")).upper()
    substitute = _substitute(attendee, attendees) if status == "DELEGATED" else None
    if status == "DELEGATED" and substitute is None:
        return None
    return CalendarReply(
        method=method,
        uid=_one_line(event.get("UID"))[:100],
        sequence=_number(event.get("SEQUENCE", 0)),
        answer=Answer.COMING if substitute else ANSWERS.get(status),
        comment=" ".join(_one_line(c) for c in _several(event.get("COMMENT")))[:LONGEST_COMMENT].strip(),
        attendee=_mail_address(attendee),
        substitute=substitute,
        starts_at=_moment(event.get("DTSTART")),
        ends_at=_moment(event.get("DTEND")),
        stamp=_moment(event.get("DTSTAMP")),
    )


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return value[:50] if isinstance(value, list) else [value]


def _substitute(attendee: Any, attendees: list[Any]) -> tuple[str, str] | None:
    addresses = [_mail_address(one) for one in _several(attendee.params.get("DELEGATED-TO"))]
    if len(addresses) != 1 or not addresses[0]:
        return None
    [address] = addresses
    names = [one.params.get("CN") for one in attendees if _mail_address(one) == address]
    name = _one_line(next((n for n in names if n), ""))[:LONGEST_NAME].strip()
    return name or address.partition("@")[0], address


def _mail_address(value: Any) -> str:
    found = _ADDRESS.fullmatch(str(value).strip()[:300])
    return found[1].lower() if found else ""


def _one_line(value: Any) -> str:
    return " ".join(_CONTROL.sub("", str(value if value is not None else "")[:4000]).split())


def _number(value: Any) -> int:
    number = int(value)
    if not 0 <= number < 2**31:
        raise ValueError(value)
    return number


def _moment(value: Any) -> datetime | None:
    """Return a date-time that has a zone, in UTC; a bare date or a floating time says nothing to us."""
    moment = getattr(value, "dt", None)
    if not isinstance(moment, datetime) or moment.tzinfo is None or not 1980 < moment.year < LATEST_YEAR:  # noqa: PLR2004
        return None
    return moment.astimezone(UTC)
