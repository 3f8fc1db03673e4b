"""Languages and kinds of message."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum

DEFAULT_TIME_ZONE = "Europe/Helsinki"


class Language(StrEnum):
    """BCP 47 tags of the languages that the product speaks."""

    FINNISH = "fi"
    SWEDISH = "sv"
    ENGLISH = "en"


class MailKind(StrEnum):
    """Kinds of message that a person may turn off. Invitations, changes and cancellations are not among them.

    Links in old letters name a kind by its place in this list: add at the end only.
    """

    REMINDER = "reminder"
    SUMMARY = "summary"
    NEWS = "news"
    DIGEST = "digest"
    EXPERIMENT = "experiment"


class Rhythm(StrEnum):
    """How often a person gets what is not urgent, gathered in one letter."""

    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


DIGEST_AT = time(7, 30)
"""When the gathered letter goes out on the person's clock, unless they chose otherwise."""
LONGEST_PAUSE = timedelta(days=366)


SPREAD = timedelta(hours=1)
"""Over how long the gathered letters of one hour are spread, so that they do not all leave at once."""
CATCH_UP = {Rhythm.DAILY: timedelta(hours=10), Rhythm.WEEKLY: timedelta(days=2, hours=10)}
"""So late a gathered letter may still come, after the worker stood still."""
LATEST_HOUR = 21
FRIDAY = 4


def digest_slot(local: datetime, rhythm: str, at: time) -> datetime:
    """Return the latest moment, not after `local`, at which a gathered letter was due.

    Args:
        local: now, on the person's clock (aware).
        rhythm: daily means weekdays, weekly means Monday.
        at: the hour chosen.

    """
    day = local.date()
    if datetime.combine(day, at, tzinfo=local.tzinfo) > local:
        day -= timedelta(days=1)
    back = day.weekday() if rhythm == Rhythm.WEEKLY else max(day.weekday() - FRIDAY, 0)
    return datetime.combine(day - timedelta(days=back), at, tzinfo=local.tzinfo)


def spread_of(person_id: int) -> timedelta:
    """Return how long after their hour a person's gathered letter leaves: always the same, below an hour."""
    return SPREAD * (person_id * 2654435761 % 2**32 / 2**32)


def digest_is_due(local: datetime, slot: datetime, rhythm: str, person_id: int) -> bool:
    """Tell whether the letter of a slot may leave now: its turn has come, it is not too late, nor night."""
    late = local - slot - spread_of(person_id)
    return timedelta(0) <= late <= CATCH_UP[Rhythm(rhythm)] and local.hour < LATEST_HOUR


SOFT_FAILURES = 3
"""So many temporary failures in a row make an address a failing one …"""
SOFT_WINDOW = timedelta(days=14)
"""… when no more than this lies between two of them."""


def is_failing(*, permanent: bool, count: int) -> bool:
    """Tell whether an address counts as failing: refused for good, or in vain too many times."""
    return permanent or count >= SOFT_FAILURES
