"""Languages and kinds of message."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

DEFAULT_TIME_ZONE = "Europe/Helsinki"


class Language(StrEnum):
    """BCP 47 tags of the languages that the product speaks."""

    FINNISH = "fi"
    SWEDISH = "sv"
    ENGLISH = "en"


class MailKind(StrEnum):
    """Kinds of message that a person may turn off. Invitations, changes and cancellations are not among them."""

    REMINDER = "reminder"
    SUMMARY = "summary"
    HOST_TIPS = "host_tips"


SOFT_FAILURES = 3
"""So many temporary failures in a row make an address a failing one …"""
SOFT_WINDOW = timedelta(days=14)
"""… when no more than this lies between two of them."""


def is_failing(*, permanent: bool, count: int) -> bool:
    """Tell whether an address counts as failing: refused for good, or in vain too many times."""
    return permanent or count >= SOFT_FAILURES
