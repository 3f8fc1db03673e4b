"""What a card says, its states, its days, and when public money must not pay for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

HOME_COUNTRY = "FI"
MIN_WEEKS, MAX_WEEKS, USUAL_WEEKS = 1, 52, 4
SHORT, LONG = 300, 4000


class Kind(StrEnum):
    """What is tried."""

    SALES = "sales"
    EXPORT = "export"
    PRICING = "pricing"
    PRODUCT = "product"
    MARKETING = "marketing"
    CHANNEL = "channel"
    DIGITAL = "digital"
    COOPERATION = "cooperation"


class State(StrEnum):
    """Where an experiment stands."""

    PLANNED = "planned"
    RUNNING = "running"
    REVIEWED = "reviewed"
    ABANDONED = "abandoned"


class Audience(StrEnum):
    """Who reads the card. PUBLIC: the network reads the card, everybody its public text, which is another."""

    OWN = "own"
    GROUP = "group"
    NETWORK = "network"
    PUBLIC = "public"


WIDTH = {one: width for width, one in enumerate(Audience)}
"""Audiences from the narrowest to the widest."""


class Verdict(StrEnum):
    """What is done with what was learned."""

    KEEP = "keep"
    CHANGE = "change"
    DROP = "drop"


class Helper(StrEnum):
    """Who helps from outside."""

    NOBODY = ""
    EXPERT = "expert"
    STUDENT = "student"


class Part(StrEnum):
    """How a company is along: it follows another one's experiment, or tries what its group tries."""

    FOLLOWS = "follows"
    JOINS = "joins"


class MoneySource(StrEnum):
    """Whose money pays for an experiment that public aid must not pay for."""

    UNSAID = ""
    OWN = "own"
    OTHER = "other"


@dataclass(frozen=True)
class Card:
    """What is written on a card. Money is in cents, time in hours and weeks, the country by ISO 3166-1 code.

    `peers` are the ids of companies of the group that follow how it goes, or take part where the group tries it.
    """

    kind: str
    what: str
    assumption: str = ""
    measure: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    goal: Decimal | None = None
    money_cents: int | None = None
    hours: int | None = None
    weeks: int = USUAL_WEEKS
    helper: str = Helper.NOBODY
    helper_words: str = ""
    country: str = ""
    peers: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Review:
    """What came of it. `result` is in the unit of the card's measure; `verdict` is keep, change or drop."""

    verdict: str
    result: Decimal | None = None
    happened: str = ""
    learned: str = ""


@dataclass(frozen=True)
class Told:
    """A text for everybody: title, text, its language, and whether the company is named under it."""

    title: str
    text: str
    language: str
    is_named: bool = False


def needs_guard(kind: str, country: str, money_cents: int | None) -> bool:
    """Tell whether the money needs the guard: any money in an experiment that aims abroad.

    Export aid is prohibited as de minimis aid (Regulation (EU) 2023/2831, article 1(1)(d)).
    """
    abroad = kind == Kind.EXPORT or country not in {"", HOME_COUNTRY}
    return abroad and bool(money_cents)


def half_on(starts_on: date, weeks: int) -> date:
    """Return the day on which half of the time is over."""
    return starts_on + timedelta(days=weeks * 7 // 2)


def end_on(starts_on: date, weeks: int) -> date:
    """Return the first day after the experiment."""
    return starts_on + timedelta(weeks=weeks)


class Nudge(StrEnum):
    """The letters that ask how it goes."""

    HALF = "half"
    END = "end"


class News(StrEnum):
    """What is told to whoever wrote the card that another one was copied from."""

    COPIED = "copied"
    REVIEWED = "reviewed"


def nudge_due(starts_on: date, weeks: int, today: date, *, half_asked: bool, end_asked: bool) -> Nudge | None:
    """Return which question is due. At the end the half-time's is not asked any more."""
    if end_on(starts_on, weeks) <= today:
        return None if end_asked else Nudge.END
    if half_on(starts_on, weeks) <= today and not half_asked:
        return Nudge.HALF
    return None


def is_unheard(copied_from: int | None, state: str, audience: str) -> bool:
    """Tell whether something came of a copy and those whose card it was copied from cannot read it."""
    return (
        copied_from is not None
        and state == State.REVIEWED
        and WIDTH[Audience(audience)] < WIDTH[Audience.NETWORK]
    )


def share_of_goal(baseline: Decimal | None, goal: Decimal | None, result: Decimal | None) -> int | None:
    """Return how much of the way from baseline to goal was gone, in whole percent; None: cannot be said.

    A goal below the baseline (fewer hours, less waste) works the same way.
    """
    if goal is None or result is None:
        return None
    start = baseline or Decimal(0)
    if goal == start:
        return None
    return round((result - start) / (goal - start) * 100)
