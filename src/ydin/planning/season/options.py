"""Everything that could be a turn, as arrays: one row for each group, host, evening and expert."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ydin.planning.season.model import (
    NO_EXPERT,
    PREFERENCE,
    SHARE,
    UNAVAILABLE,
    Expert,
    Group,
    Lock,
    Member,
    Season,
    Turn,
)
from ydin.planning.season.rules import fairness_cost, neighbours_of

Ints = NDArray[np.signedinteger[Any]]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Row = tuple[int, int, int, int, int]


OPEN = 200_000
"""The price of a month that stays open: more than a group can ever cost otherwise."""


@dataclass(slots=True)
class Options:
    """The possible turns of one group; all arrays have one entry for each option.

    `month` and `host` count from 0, `day` is the ordinal of the evening, `expert` the place of the expert
    in the season or -1, `cost` all of the objective but the largest travel total. `travel[k, h]`: minutes
    of member k to host h.
    """

    group: int
    coordinator: int
    members: int
    months: int
    month: Ints
    host: Ints
    day: Ints
    expert: Ints
    cost: Ints
    travel: Ints

    def __len__(self) -> int:
        """How many options there are."""
        return len(self.cost)

    def keep(self, mask: Bools) -> Options:
        """The options for which the mask is true."""
        return Options(
            self.group,
            self.coordinator,
            self.members,
            self.months,
            self.month[mask],
            self.host[mask],
            self.day[mask],
            self.expert[mask],
            self.cost[mask],
            self.travel,
        )

    def with_nobody(self) -> Options:
        """The same with one more option for each month: that nobody hosts, at the price of `OPEN`.

        Nobody is a host of its own in every month, travels nowhere, and its evening is 0.
        """
        size, months = self.members + self.months, np.arange(self.months, dtype=np.int32)
        travel = np.zeros((size, size), dtype=np.int32)
        travel[: self.members, : self.members] = self.travel
        none = np.full(self.months, -1, dtype=np.int32)
        return Options(
            self.group,
            self.coordinator,
            size,
            self.months,
            np.concatenate([self.month, months]),
            np.concatenate([self.host, months + self.members]),
            np.concatenate([self.day, np.zeros(self.months, dtype=np.int32)]),
            np.concatenate([self.expert, none]),
            np.concatenate([self.cost, np.full(self.months, OPEN, dtype=np.int32)]),
            travel,
        )


@dataclass(slots=True)
class Table:
    """The season as arrays: options by group, neighbours (both ways) by group, ids to go back."""

    season: Season
    groups: list[Options]
    neighbours: list[tuple[int, ...]]

    def turn(self, group: int, option: int) -> Turn:
        """The turn that an option stands for."""
        mine = self.groups[group]
        source = self.season.groups[group]
        expert = int(mine.expert[option])
        return Turn(
            source.id,
            self.season.months[int(mine.month[option])],
            source.members[int(mine.host[option])].id,
            date.fromordinal(int(mine.day[option])),
            None if expert < 0 else self.season.experts[expert].id,
        )


class Maker:
    """Makes the arrays of the groups of a season, one group at a time."""

    def __init__(self, season: Season) -> None:
        """Number what is shared."""
        self.season = season
        self.coordinators: dict[str, int] = {}
        for group in season.groups:
            self.coordinators.setdefault(group.coordinator, len(self.coordinators))
        self.experts = {expert.id: (n, expert) for n, expert in enumerate(season.experts)}
        self.months = {tuple(map(int, month.split("-"))): n for n, month in enumerate(season.months)}

    def table(self, groups: list[Options]) -> Table:
        """The season with arrays made before."""
        number = {group.id: n for n, group in enumerate(self.season.groups)}
        near = neighbours_of(self.season)
        around = [tuple(sorted(number[key] for key in near[group.id])) for group in self.season.groups]
        return Table(self.season, groups, around)

    def every(self, number: int) -> Options:
        """All options of a group."""
        group = self.season.groups[number]
        size = len(group.members)
        travel = np.array(group.travel_minutes, dtype=np.int32).reshape(size, size)
        mean = travel.sum(axis=0) // size
        away = Counter(day for member in group.members for day in member.unavailable)
        locks = {tuple(map(int, lock.month.split("-"))): lock for lock in group.locked}
        callable_by = _callable_by_theme(group, self.experts)
        rows: list[Row] = []
        for host, member in enumerate(group.members):
            if member.hosts:
                base = fairness_cost(member) + int(mean[host])
                mine = _callable(member, callable_by)
                _rows(rows, (host, member, base, size), (self.months, locks, away), mine)
        return self._options(number, rows, travel)

    def only(self, number: int, turns: Iterable[Turn]) -> Options:
        """The turns of a group as its only options, without travel and costs."""
        members = {member.id: n for n, member in enumerate(self.season.groups[number].members)}
        rows = [
            (
                self.months[turn.evening.year, turn.evening.month],
                members[turn.host],
                turn.evening.toordinal(),
                -1 if turn.expert is None else self.experts[turn.expert][0],
                0,
            )
            for turn in turns
        ]
        return self._options(number, rows, np.zeros((len(members), len(members)), dtype=np.int32))

    def _options(self, number: int, rows: list[Row], travel: Ints) -> Options:
        month, at, day, expert, cost = np.array(rows, dtype=np.int32).reshape(len(rows), 5).T.copy()
        coordinator = self.coordinators[self.season.groups[number].coordinator]
        shape = number, coordinator, len(travel), len(self.months)
        return Options(*shape, month, at, day, expert, cost, travel)


def tabulate(season: Season) -> Table:
    """Turn an instance into arrays."""
    maker = Maker(season)
    return maker.table([maker.every(n) for n in range(len(season.groups))])


def _callable_by_theme(
    group: Group, experts: Mapping[str, tuple[int, Expert]]
) -> dict[str, list[tuple[int, Expert]]]:
    found: dict[str, list[tuple[int, Expert]]] = {}
    for key in group.experts:
        for theme in experts[key][1].themes:
            found.setdefault(theme, []).append(experts[key])
    return found


def _callable(member: Member, by_theme: Mapping[str, list[tuple[int, Expert]]]) -> list[tuple[int, Expert]]:
    if len(member.themes) == 1:
        return by_theme.get(next(iter(member.themes)), [])
    found = {entry[0]: entry for theme in member.themes for entry in by_theme.get(theme, ())}
    return [found[key] for key in sorted(found)]


def _rows(
    rows: list[Row],
    who: tuple[int, Member, int, int],
    when: tuple[Mapping[tuple[int, ...], int], Mapping[tuple[int, ...], Lock], Mapping[date, int]],
    experts: list[tuple[int, Expert]],
) -> None:
    """Add the options of one member."""
    host, member, base, size = who
    months, locks, away = when
    rank: dict[tuple[int, int], int] = {}
    held = {key for key, lock in locks.items() if lock.host == member.id}
    for day in member.evenings:
        key = day.year, day.month
        place = rank.get(key, 0)
        rank[key] = place + 1
        missing = away[day]
        if day in member.unavailable or member.capacity < SHARE * (size - missing):
            continue
        if held and key not in held:
            continue  # a host whose turn is locked has no other, whoever else goes without
        lock = locks.get(key)
        if lock is not None and (lock.host != member.id or lock.evening != day):
            continue
        month, ordinal = months[key], day.toordinal()
        cost = base + UNAVAILABLE * missing + PREFERENCE * place
        must = lock.expert if lock is not None else None
        if must is None:
            rows.append((month, host, ordinal, -1, cost + NO_EXPERT))
        rows.extend(
            (month, host, ordinal, n, cost)
            for n, expert in experts
            if day in expert.evenings and must in (None, expert.id)
        )
