"""Talks that experts offer: states, seasons, and whether one fits an evening. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

LONGEST_TITLE: Final = 160
LONGEST_GIVES: Final = 600
FIRST_MONTH: Final = 8
"""A season is reckoned from August to July, as groups meet."""
MOST_A_SEASON: Final = 50


class TalkState(StrEnum):
    """Where an offered talk stands."""

    DRAFT = "draft"
    OFFERED = "offered"
    WITHDRAWN = "withdrawn"


TALK_STEPS: Final = {
    TalkState.DRAFT: (TalkState.OFFERED,),
    TalkState.OFFERED: (TalkState.WITHDRAWN,),
    TalkState.WITHDRAWN: (TalkState.OFFERED,),
}
"""From a state to the next ones, by the speaker alone."""


class AskState(StrEnum):
    """What became of the question whether the speaker comes on an evening."""

    ASKED = "asked"
    YES = "yes"
    NO = "no"
    OTHER_TIME = "other_time"
    CALLED_OFF = "called_off"


ANSWERS: Final = (AskState.YES, AskState.NO, AskState.OTHER_TIME)
"""What the speaker may answer, again and again until the evening is over or the question is taken back."""
OPEN_ASKS: Final = (AskState.ASKED, *ANSWERS)


@dataclass(frozen=True)
class Offer:
    """What an expert offers.

    Args:
        title: of the talk.
        gives: what listeners take home.
        topic: code of a topic, or nothing.
        languages: BCP 47 tags in which it can be given.
        online: whether it is given online too.
        region: id of the region where the speaker comes to; None: anywhere in the network.
        minutes: the longest drive, in minutes; None: not said.
        months: 1 to 12; none: any month.
        most: evenings in a season at most.

    """

    title: str
    gives: str
    topic: str = ""
    languages: list[str] = field(default_factory=list)
    online: bool = False
    region: int | None = None
    minutes: int | None = None
    months: list[int] = field(default_factory=list)
    most: int = 4


@dataclass(frozen=True)
class Evening:
    """What matters of an evening: its day, language, whether it is online, and the regions it lies in."""

    day: date
    language: str
    online: bool
    regions: Collection[int]


def season_of(day: date) -> tuple[date, date]:
    """Return the first and last day of the season in which a day lies."""
    year = day.year if day.month >= FIRST_MONTH else day.year - 1
    return date(year, FIRST_MONTH, 1), date(year + 1, FIRST_MONTH - 1, 31)


class Misfit(StrEnum):
    """Why a talk does not fit an evening."""

    LANGUAGE = "language"
    MONTH = "month"
    PLACE = "place"
    FULL = "full"


def misfits(offer: Offer, evening: Evening, full_until: date | None) -> list[Misfit]:
    """Return why the talk does not fit the evening; none: it fits."""
    comes = offer.online if evening.online else offer.region is None or offer.region in evening.regions
    checks = [
        (Misfit.FULL, full_until is None or evening.day > full_until),
        (Misfit.MONTH, not offer.months or evening.day.month in offer.months),
        (Misfit.PLACE, comes or offer.online),
        (Misfit.LANGUAGE, evening.language in offer.languages),
    ]
    return [why for why, fine in checks if not fine]
