"""Languages and kinds of message."""

from __future__ import annotations

from datetime import time, timedelta
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


class Rhythm(StrEnum):
    """How often a person gets what is not urgent, gathered in one letter."""

    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


DIGEST_AT = time(7, 30)
"""When the gathered letter goes out on the person's clock, unless they chose otherwise."""
LONGEST_PAUSE = timedelta(days=366)


SOFT_FAILURES = 3
"""So many temporary failures in a row make an address a failing one …"""
SOFT_WINDOW = timedelta(days=14)
"""… when no more than this lies between two of them."""


def is_failing(*, permanent: bool, count: int) -> bool:
    """Tell whether an address counts as failing: refused for good, or in vain too many times."""
    return permanent or count >= SOFT_FAILURES
