"""What is matched: offers and needs of companies, and what is told of each suggestion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ydin.planning.matching.vectors import Text


@dataclass(frozen=True, slots=True)
class Item:
    """One offer or one need; `company` is the id of whose it is, empty where nobody is known."""

    id: str
    text: Text
    company: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """What a suggestion weighs beside the words.

    `place` is (latitude, longitude) in degrees; `industry` the 4-digit class; two companies of one industry in
    one municipality compete. `known` are the ids of companies that it works with.
    """

    id: str
    place: tuple[float, float] | None = None
    languages: frozenset[str] = frozenset()
    industry: str = ""
    municipality: str = ""
    known: frozenset[str] = frozenset()
    welcomes_competitors: bool = False


@dataclass(frozen=True, slots=True)
class Market:
    """Everything at hand. `dismissed[need]` are the ids of offers that were called not relevant for it."""

    companies: Sequence[Company]
    offers: Sequence[Item]
    needs: Sequence[Item]
    dismissed: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A need and an offer that fit; `score` from 0 up, comparable within one call.

    `concepts` are ids of the taxonomy that both speak of; `km` as the crow flies, None without both places;
    `languages` that both companies use; `shared` how many companies both work with; `mutual` whether the other
    one needs what this one offers, too.
    """

    need: str
    offer: str
    score: float
    concepts: tuple[str, ...]
    km: float | None
    languages: tuple[str, ...]
    shared: int
    mutual: bool
