"""The season problem and its answer as dataclasses. Months are `YYYY-MM`, evenings are dates."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Status = Literal["optimal", "feasible", "infeasible"]
Value = int | str | list[str]

NEVER = 6
SHARE = 0.7
FAIRNESS = 100
UNAVAILABLE = 10
NO_EXPERT = 60
PREFERENCE = 4
TRAVEL_MAX = 3


@dataclass(frozen=True, slots=True)
class Member:
    """An enterprise of a group.

    `seasons_since_hosting` None = never; `evenings` offered for hosting, best first within a month.
    """

    id: str
    seasons_since_hosting: int | None
    hosts: bool
    capacity: int
    themes: frozenset[str] = frozenset()
    evenings: tuple[date, ...] = ()
    unavailable: AbstractSet[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who can be called to an evening on one of the themes."""

    id: str
    themes: frozenset[str]
    evenings: frozenset[date]


@dataclass(frozen=True, slots=True)
class Lock:
    """A turn that is agreed and stays. With `expert` None the planner may look for one."""

    month: str
    host: str
    evening: date
    expert: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A core group. `travel_minutes[a][b]`: minutes of member a to member b, members × members."""

    id: str
    coordinator: str
    members: tuple[Member, ...]
    travel_minutes: tuple[tuple[int, ...], ...]
    neighbours: tuple[str, ...] = ()
    experts: tuple[str, ...] = ()
    locked: tuple[Lock, ...] = ()


@dataclass(frozen=True, slots=True)
class Season:
    """The instance: every group hosts once in every month."""

    months: tuple[str, ...]
    groups: tuple[Group, ...]
    experts: tuple[Expert, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """A code that the application translates, and the values that belong into the sentence."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """Who hosts a group in a month, on which evening, with which expert, and why.

    `regret`: what the objective would lose if this host did not take this month and the other groups
    stayed as they are; None when then nobody could take the month.
    """

    group: str
    month: str
    host: str
    evening: date
    expert: str | None = None
    why: tuple[Reason, ...] = ()
    regret: int | None = None

    @property
    def slot(self) -> tuple[str, str]:
        """Group and month."""
        return self.group, self.month


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A month that nobody can host, with the rules that forbid it."""

    group: str
    month: str
    because: tuple[Reason, ...]

    @property
    def slot(self) -> tuple[str, str]:
        """Group and month."""
        return self.group, self.month


@dataclass(frozen=True, slots=True)
class Plan:
    """`bound`: a proven lower bound on the objective of every full plan, or None."""

    status: Status
    objective: int
    bound: int | None
    turns: tuple[Turn, ...]
    unplaced: tuple[Unplaced, ...] = ()

    def by_slot(self) -> dict[tuple[str, str], Turn]:
        """Turns by (group, month)."""
        return {turn.slot: turn for turn in self.turns}


@dataclass(frozen=True, slots=True)
class EveningOption:
    """An evening that a host offers; `reasons` say why it does not fit (empty when it fits)."""

    evening: date
    rank: int
    missing: tuple[str, ...]
    fits: bool
    expert: str | None
    reasons: tuple[Reason, ...]
    cost: int
