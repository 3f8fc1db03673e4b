"""The grouping problem and its answer as dataclasses."""

from __future__ import annotations

from dataclasses import dataclass

from ydin.planning.season.model import Reason


@dataclass(frozen=True, slots=True)
class Company:
    """A company looking for a group. `place`: latitude and longitude; `group`: where it belongs now."""

    id: str
    place: tuple[float, float]
    municipality: str = ""
    industry: str = ""
    languages: frozenset[str] = frozenset()
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Market:
    """Companies to be grouped; sizes of a group, and the minutes that a member may have to its centre."""

    companies: tuple[Company, ...]
    least: int = 10
    most: int = 25
    travel_minutes: int = 60


@dataclass(frozen=True, slots=True)
class Circle:
    """A group: its members, its centre, its common language, the mean minutes of a member to the centre."""

    id: str
    members: tuple[str, ...]
    centre: tuple[float, float]
    language: str
    minutes: float


@dataclass(frozen=True, slots=True)
class Left:
    """A company without a group, and why."""

    company: str
    because: Reason


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups; pairs of competitors that share one (group, company, company); present members that moved."""

    groups: tuple[Circle, ...]
    competitors: tuple[tuple[str, str, str], ...]
    moved: tuple[str, ...]
    ungrouped: tuple[Left, ...]
