"""States, spans and small arithmetic of offers, needs, introductions and collaborations. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What a listing says."""

    OFFER = "offer"
    NEED = "need"


class ListingState(StrEnum):
    """Whether a listing still holds. It also lapses by its last day."""

    OPEN = "open"
    CLOSED = "closed"


class Shown(StrEnum):
    """Who reads a listing."""

    GROUP = "group"
    NETWORK = "network"


class SuggestionState(StrEnum):
    """What became of a suggested match."""

    SHOWN = "shown"
    DISMISSED = "dismissed"
    ASKED = "asked"


class IntroductionState(StrEnum):
    """Of an introduction. While it is open nobody is told what the other side answered."""

    OPEN = "open"
    MET = "met"
    CLOSED = "closed"


class Consent(StrEnum):
    """What one side answered."""

    NONE = "none"
    YES = "yes"
    NO = "no"


class Together(StrEnum):
    """What two companies do together."""

    SUPPORT = "support"
    SALES = "sales"
    MARKETING = "marketing"
    PROJECT = "project"
    RECRUITMENT = "recruitment"
    PURCHASE = "purchase"


class TogetherState(StrEnum):
    """A collaboration counts when both have said that it is so."""

    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Told(StrEnum):
    """Who may know that two companies work together."""

    PAIR = "pair"
    GROUP = "group"
    NETWORK = "network"


class Band(StrEnum):
    """How much a collaboration was worth, in euros; read by the two companies alone."""

    UNKNOWN = "unknown"
    NONE = "none"
    HUNDREDS = "to_1000"
    THOUSANDS = "to_5000"
    MORE = "to_20000"
    MUCH = "to_100000"
    MOST = "over_100000"


LONGEST = 280
"""Signs of an offer or a need."""
VALID = timedelta(days=90)
LONGEST_VALID = timedelta(days=366)
ASKED_BEFORE = timedelta(days=7)
"""So long before a listing lapses its writer is asked whether it still holds."""
CONSENT_TIME = timedelta(days=14)
"""After this, silence is a kind no."""
SUGGESTED = 5
"""Suggestions shown for one need."""
MOST_OPEN = 5
"""So many introductions of others may one person have under way."""
LONGEST_REASON = 500
ROAD, SPEED = 1.3, 65.0
"""A road is so much longer than the crow's way, and so many kilometres are driven in an hour: for an estimate."""


def minutes_away(km: float) -> int:
    """Return about how long the drive takes that is so many kilometres as the crow flies, as people say it."""
    minutes = km * ROAD / SPEED * 60
    step = 5 if minutes < 60 else 15  # noqa: PLR2004 - an hour
    return max(step, round(minutes / step) * step)


def new_last_day(today: date) -> date:
    """Return until when a listing holds that is written or renewed today."""
    return today + VALID


def readable_by_both(
    need: tuple[str, int], offer: tuple[str, int], need_in: set[int], offer_in: set[int]
) -> bool:
    """Tell whether each side may read what the other one wrote.

    Args:
        need: who reads the need (`Shown`), and its group.
        offer: the same of the offer.
        need_in: groups of the company that needs.
        offer_in: groups of the company that offers.

    """
    return (offer[0] == Shown.NETWORK or offer[1] in need_in) and (
        need[0] == Shown.NETWORK or need[1] in offer_in
    )
