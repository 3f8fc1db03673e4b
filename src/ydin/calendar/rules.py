"""States of an event, the calendar's months and its place marks: facts without a database."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

PAGE = 40
MOST_IN_MONTH = 400
"""Entries that a month's grid and a map show at most."""

"""Entries on one page of the calendar."""

FEED_DAYS_BACK = 90
"""A feed keeps what took place or was cancelled so long."""

DAV_DAYS_BACK = 365
"""A calendar that is kept in sync (CalDAV) goes back so long, to the first of that month."""

KEEP_SYNC_DAYS = 60
"""A device that was away longer is told everything anew."""

SYNC_STATES = 4
"""So many states are kept for a device: the last, and some for answers that were lost on the way."""

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_FEED_ADDRESSES = 20
MOST_APP_PASSWORDS = 20
SECRET_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - what passwords are drawn from
"""Letters and figures that nobody confuses."""

SECRET_LENGTH, SECRET_PART = 20, 5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_MARK = re.compile(r"(\d{1,17})-([em])(\d{1,18})")


class EventState(StrEnum):
    """An event's life."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


class Look(StrEnum):
    """How the calendar is shown."""

    LIST = "list"
    MONTH = "month"
    MAP = "map"


class Kind(StrEnum):
    """What an entry of the calendar is."""

    EVENT = "e"
    MEETING = "m"


EVENT_CHANGES: dict[EventState, tuple[EventState, ...]] = {
    EventState.DRAFT: (EventState.ANNOUNCED, EventState.CANCELLED),
    EventState.ANNOUNCED: (EventState.CANCELLED,),
    EventState.CANCELLED: (EventState.ANNOUNCED,),
}


@dataclass(frozen=True)
class EventDetails:
    """What an event says. Moments are aware; `region_id` is of the event's network."""

    title: str
    description: str
    audience: str
    language: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    address: str = ""
    municipality: str = ""
    link: str = ""
    region_id: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page of the calendar ended: the last entry's start, kind and id."""

    starts_at: datetime
    kind: str
    id: int

    def __str__(self) -> str:
        """Return it as it stands in an address."""
        return f"{(self.starts_at - _EPOCH) // timedelta(microseconds=1)}-{self.kind}{self.id}"


def read_mark(text: str) -> Mark | None:
    """Return the mark of an address, or nothing when it is none."""
    found = _MARK.fullmatch(text)
    if not found:
        return None
    try:
        return Mark(_EPOCH + timedelta(microseconds=int(found[1])), found[2], int(found[3]))
    except OverflowError:
        return None


def read_month(text: str) -> date | None:
    """Return the first day of a month such as "2027-02", or nothing when it is none."""
    found = _MONTH.fullmatch(text)
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):  # noqa: PLR2004 - months of a year
        return None
    return date(year, month, 1)


def grouped(secret: str) -> str:
    """Return an app password as people copy it: abcde-fghjk-mnpqr-stuvw."""
    return "-".join(secret[i : i + SECRET_PART] for i in range(0, len(secret), SECRET_PART))


def digest_of(secret: str) -> str:
    """Return what is kept of an app password; hyphens, spaces and letter case do not count."""
    plain = "".join(c for c in secret.lower() if c.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def dav_since(moment: datetime) -> datetime:
    """Return since when a calendar that is kept in sync tells: the first of a month, so that it rarely moves."""
    return (moment - timedelta(days=DAV_DAYS_BACK)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
