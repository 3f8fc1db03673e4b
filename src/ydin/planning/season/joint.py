"""Several groups at once as a mixed integer program (solver: HiGHS through scipy).

Columns: one binary for each option; for each member of a group whether it hosts (y, continuous), for each
group the largest travel total (z), and in a search for what cannot be placed one slack for each slot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from ydin.planning import backend
from ydin.planning.run import Clock
from ydin.planning.season.model import TRAVEL_MAX
from ydin.planning.season.options import Floats, Ints, Options

_NONE = np.zeros(0, dtype=np.int64)


@dataclass(slots=True)
class Answer:
    """Chosen options by group (in the order given); `value` and `bound` of the objective that was asked."""

    chosen: list[Ints]
    value: int
    bound: float
    proved: bool


class _Rows:
    """Collects sparse rows `low <= a x <= high`."""

    def __init__(self) -> None:
        self.row: list[Ints] = []
        self.column: list[Ints] = []
        self.value: list[Floats] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def add(self, columns: Ints, values: Floats | float, low: float, high: float) -> None:
        """Add one row."""
        self.row.append(np.full(len(columns), len(self.low)))
        self.column.append(columns)
        self.value.append(np.broadcast_to(np.asarray(values, dtype=float), (len(columns),)))
        self.low.append(low)
        self.high.append(high)

    def matrix(self, width: int) -> csr_array:
        """All rows as one sparse matrix."""
        entries = (np.concatenate(self.value), (np.concatenate(self.row), np.concatenate(self.column)))
        return csr_array(entries, shape=(len(self.low), width))


@dataclass(slots=True)
class Program:
    """A program under construction: the groups, and where the columns of each begin."""

    groups: Sequence[Options]
    start: list[int]
    width: int

    @classmethod
    def over(cls, groups: Sequence[Options], extra: int = 0) -> Program:
        """Lay out the columns: options, then members that host, then the largest travel of each group."""
        start, at = [], 0
        for options in groups:
            start.append(at)
            at += len(options) + options.members + 1
        return cls(groups, start, at + extra)


def solve(
    groups: Sequence[Options],
    pairs: Sequence[tuple[int, int]],
    seconds: float,
    clock: Clock | None = None,
    *,
    small: bool = False,
) -> Answer | None:
    """The best joint choice for groups, one turn a month; `pairs` are neighbours by place in `groups`.

    None when that is impossible, or when the time did not suffice for any plan; a clock that is stopped
    ends the solver at once. `small`: see `backend.Backend`.
    """
    program = Program.over(groups)
    rows = _Rows()
    for place in range(len(groups)):
        if not _slot_rows(rows, program, place, every=True):
            return None
        _travel_rows(rows, program, place)
    _between_rows(rows, program, pairs)
    cost, high = np.zeros(program.width), np.ones(program.width)
    for place, columns in enumerate(_columns(program)):
        cost[columns] = groups[place].cost
        z = program.start[place] + len(columns) + groups[place].members
        cost[z], high[z] = TRAVEL_MAX, np.inf
    wanted = _program(program, rows, cost, high)
    found = backend.solve(wanted, seconds, clock, small=small)
    return None if found.x is None else _answer(program, found.x, found.bound, found.proved)


def most(
    groups: Sequence[Options],
    pairs: Sequence[tuple[int, int]],
    seconds: float,
    clock: Clock | None = None,
) -> tuple[int, bool] | None:
    """How many turns can be had at most, and whether that is proved."""
    slim = [_without_experts(options) for options in groups]
    program = Program.over(slim)
    rows = _Rows()
    for place in range(len(slim)):
        _slot_rows(rows, program, place, every=False)
    _between_rows(rows, program, pairs)
    if not rows.low:
        return 0, True
    cost = np.zeros(program.width)
    cost[np.concatenate(_columns(program))] = -1
    wanted = _program(program, rows, cost, np.ones(program.width))
    found = backend.solve(wanted, seconds, clock, small=len(groups) == 1)
    return None if found.x is None else (round(float(found.x @ -cost)), found.proved)


def _columns(program: Program) -> list[Ints]:
    """The columns of the options of each group."""
    pairs = zip(program.start, program.groups, strict=True)
    return [np.arange(start, start + len(options)) for start, options in pairs]


def _without_experts(options: Options) -> Options:
    """One option for each host and evening, whatever the expert; nobody does not count."""
    keys = np.stack([options.host, options.day])
    mask = np.zeros(len(options), dtype=bool)
    mask[np.unique(keys, axis=1, return_index=True)[1]] = True
    slim = options.keep(mask & (options.day > 0))
    return replace(slim, expert=np.full(len(slim), -1))


def _program(program: Program, rows: _Rows, cost: Floats, high: Floats) -> backend.Program:
    whole = np.zeros(program.width)
    whole[np.concatenate(_columns(program))] = 1
    matrix = rows.matrix(program.width)
    return backend.Program(cost, whole, high, matrix, np.array(rows.low), np.array(rows.high))


def _answer(program: Program, x: Floats, bound: float, proved: bool) -> Answer:  # noqa: FBT001
    chosen, value = [], 0
    for options, columns in zip(program.groups, _columns(program), strict=True):
        mine = np.flatnonzero(x[columns] > 0.5)
        chosen.append(mine)
        value += worth(options, mine)
    return Answer(chosen, value, bound, proved)


def worth(options: Options, chosen: Ints) -> int:
    """The objective of the chosen options of one group."""
    if not len(chosen):
        return 0
    longest = options.travel[:, options.host[chosen]].sum(axis=1).max()
    return int(options.cost[chosen].sum() + TRAVEL_MAX * longest)


def _slot_rows(rows: _Rows, program: Program, place: int, *, every: bool) -> bool:
    """One turn a month, one a host. False when every month is wanted and one has no option at all."""
    options, at = program.groups[place], program.start[place]
    slots = columns_by(options.month)
    if every and len(slots) < options.months:
        return False
    for columns in slots.values():
        rows.add(columns + at, 1.0, float(every), 1.0)
    hosts = columns_by(options.host)
    first = at + len(options)
    for host in range(options.members):
        columns = hosts.get(host, _NONE)
        both = np.append(columns + at, first + host)
        rows.add(both, np.append(np.ones(len(columns)), -1.0), 0.0, 0.0)
    return True


def _travel_rows(rows: _Rows, program: Program, place: int) -> None:
    """The largest travel total of a group is at least that of every member."""
    options = program.groups[place]
    first = program.start[place] + len(options)
    hosts = np.arange(first, first + options.members + 1)
    for member in range(options.members):
        rows.add(hosts, np.append(options.travel[member].astype(float), -1.0), -np.inf, 0.0)


def _between_rows(rows: _Rows, program: Program, pairs: Sequence[tuple[int, int]]) -> None:
    """Coordinators and experts are in one place an evening; neighbours meet on different evenings."""
    days: dict[tuple[str, int, int], list[Ints]] = defaultdict(list)
    by_day: list[dict[int, Ints]] = []
    for place, options in enumerate(program.groups):
        at = program.start[place]
        mine = columns_by(options.day)
        mine.pop(0, None)
        by_day.append({day: columns + at for day, columns in mine.items()})
        for day, columns in mine.items():
            days["coordinator", options.coordinator, day].append(columns + at)
        called = np.flatnonzero(options.expert >= 0)
        for key, some in columns_by(
            options.expert[called].astype(np.int64) * 10_000_000 + options.day[called]
        ).items():
            days["expert", 0, key].append(called[some] + at)
    for shared in days.values():
        if len(shared) > 1:
            rows.add(np.concatenate(shared), 1.0, -np.inf, 1.0)
    apart = [pair for pair in pairs if len({program.groups[place].coordinator for place in pair}) > 1]
    for one, other in apart:
        for day in sorted(by_day[one].keys() & by_day[other].keys()):
            rows.add(np.concatenate([by_day[one][day], by_day[other][day]]), 1.0, -np.inf, 1.0)


def columns_by(values: Ints) -> dict[int, Ints]:
    """Places of each value."""
    if not len(values):
        return {}
    order = np.argsort(values, kind="stable")
    keys, starts = np.unique(values[order], return_index=True)
    return {int(key): part for key, part in zip(keys, np.split(order, starts[1:]), strict=True)}
