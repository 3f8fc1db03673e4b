"""Repairs that move other turns too: a mixed integer program over ever wider surroundings.

The program prefers, in this order, more turns, fewer changes, the objective. A repair with `n` changes
beyond the unavoidable ones lies within distance `n` of the open slots, so the first one that needs no more
changes than the distance looked at has the fewest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from ydin.planning.run import Clock
from ydin.planning.season import joint
from ydin.planning.season.model import Turn, Unplaced
from ydin.planning.season.options import OPEN, Bools, Maker, Options
from ydin.planning.season.repair import Repair, Slot
from ydin.planning.season.state import State, pairs_among
from ydin.planning.season.unplaced import reasons_for

CHANGE = 20_000
STILL_OPEN = 1_000_000
LARGEST = 40
RADIUS = 3


class _Job:
    """The repair in arrays; `turns` is the plan as repaired so far. Groups far away have only their turns."""

    def __init__(self, job: Repair, clock: Clock) -> None:
        self.source = job
        self.clock = clock
        self.number = {group.id: n for n, group in enumerate(job.season.groups)}
        self.month = {month: n for n, month in enumerate(job.season.months)}
        self.experts = {expert.id: n for n, expert in enumerate(job.season.experts)}
        self.turns = dict(job.kept)
        self.maker = Maker(job.season)
        places = range(len(job.season.groups))
        self.table = self.maker.table([self.maker.only(place, self.turns_of(place)) for place in places])
        self.unfolded: set[int] = set()
        self.state = State(self.table)
        for place in places:
            self.state.put(place, np.arange(len(self.table.groups[place])))

    def turns_of(self, place: int) -> list[Turn]:
        """The turns of a group."""
        group = self.source.season.groups[place].id
        return [turn for month in self.month if (turn := self.turns.get((group, month)))]

    def unfold(self, places: Iterable[int]) -> None:
        """Get all options of some groups."""
        for place in set(places) - self.unfolded:
            self.state.clear(place)
            self.table.groups[place] = self.maker.every(place)
            self.unfolded.add(place)
            self.rebuild(place)

    def rebuild(self, place: int) -> None:
        """Make the state of a group follow its turns."""
        self.state.put(place, self._options_of(place, self.turns_of(place)))

    def _options_of(self, place: int, turns: Sequence[Turn]) -> np.ndarray:
        options = self.table.groups[place]
        members = {member.id: n for n, member in enumerate(self.source.season.groups[place].members)}
        found = [
            np.flatnonzero(
                (options.host == members[turn.host])
                & (options.day == turn.evening.toordinal())
                & (options.expert == (-1 if turn.expert is None else self.experts[turn.expert]))
            )
            for turn in turns
        ]
        return np.concatenate([*found, np.zeros(0, dtype=np.int64)]).astype(np.int64)


def repair(job: Repair, clock: Clock) -> tuple[dict[Slot, Turn], tuple[Unplaced, ...]]:
    """Fill the open slots of a plan with the fewest changes."""
    work = _Job(job, clock)
    homes = sorted({work.number[group] for group, _month in job.open})
    if len(_ball(work, homes, 1)) <= LARGEST:
        _repair_around(work, homes)
    else:
        for home in homes:
            _repair_around(work, [home])
    return work.turns, _unplaced(work)


def _repair_around(work: _Job, homes: Sequence[int]) -> None:
    """Repair the open slots of some groups in ever wider surroundings."""
    for radius in range(RADIUS + 1):
        ball = _ball(work, homes, radius)
        if len(ball) > LARGEST and radius:
            return
        extra, still_open = _solve(work, ball, radius)
        if (extra <= radius and not still_open) or work.clock.left() <= 0:
            return


def _ball(work: _Job, homes: Sequence[int], radius: int) -> list[int]:
    """Groups within a distance of some groups."""
    ball = set(homes)
    for _step in range(radius):
        ball |= {other for place in ball for other in work.state.rivals(place)}
    return sorted(ball)


def _solve(work: _Job, ball: Sequence[int], radius: int) -> tuple[int, int]:
    """Plan a ball anew with few changes; returns the changes beyond the unavoidable, and the open slots."""
    work.unfold(ball)
    masks = [_allowed(work, place, ball) for place in ball]
    if radius <= 1:
        masks = [mask & _near(work, place, radius) for place, mask in zip(ball, masks, strict=True)]
        masks = [
            mask & _few_experts(work.table.groups[place], mask, len(work.source.open) + radius)
            for place, mask in zip(ball, masks, strict=True)
        ]
    slim = [
        _with_changes(work, place, work.table.groups[place].keep(mask))
        for place, mask in zip(ball, masks, strict=True)
    ]
    answer = joint.solve(
        slim, pairs_among(work.table, ball), max(1.0, work.clock.left()), work.clock, small=radius <= 1
    )
    if answer is None:
        return 0, 1
    extra = still_open = 0
    waiting = Counter(slot.group for slot in work.source.waiting)
    for place, options, mine in zip(ball, slim, answer.chosen, strict=True):
        group = work.source.season.groups[place].id
        extra += int(np.count_nonzero(options.cost[mine] >= CHANGE)) - sum(
            (group, month) not in work.source.old for month in work.month
        )
        real = mine[options.day[mine] > 0]
        still_open += options.months - len(real) - waiting[group]
        where = np.flatnonzero(masks[ball.index(place)])
        for month in work.month:
            work.turns.pop((group, month), None)
        for turn in (work.table.turn(place, int(where[n])) for n in real):
            work.turns[turn.slot] = _with_old_reasons(work.source.old.get(turn.slot), turn)
        work.rebuild(place)
    return extra, still_open


def _with_old_reasons(old: Turn | None, turn: Turn) -> Turn:
    same = old is not None and (old.host, old.evening, old.expert) == (turn.host, turn.evening, turn.expert)
    return old if old is not None and same else turn


def _allowed(work: _Job, place: int, ball: Sequence[int]) -> Bools:
    """Options that those outside leave free; a turn that stays keeps its expert."""
    options = work.table.groups[place]
    mask = work.state.free(place, ball)
    source = work.source
    group = source.season.groups[place]
    for month in work.month:
        old = source.old.get((group.id, month))
        if old is not None:
            same = _same_turn(work, place, options, old)
            expert = -1 if old.expert is None else work.experts[old.expert]
            mask &= ~same | (options.expert == expert)
    return mask


def _near(work: _Job, place: int, radius: int) -> Bools:
    """Options that a repair with at most one further change can use.

    Open months are free; so is, for one further change, a month whose turn may stand in the way: any turn
    of another group in an open month, and a turn of this group whose host could take an open month.
    """
    options, source = work.table.groups[place], work.source
    group = source.season.groups[place].id
    mine = {work.month[month] for home, month in source.open if home == group}
    free = set(mine)
    if radius:
        wanted = np.isin(options.month, list(mine))
        able = set(options.host[wanted].tolist())
        held = {work.month[month]: old for (home, month), old in source.old.items() if home == group}
        members = {member.id: n for n, member in enumerate(source.season.groups[place].members)}
        free |= {month for month, old in held.items() if members[old.host] in able}
        free |= {work.month[month] for home, month in source.open if home != group}
    mask: Bools = np.isin(options.month, list(free))
    for month in work.month:
        old = source.old.get((group, month))
        if old is not None:
            mask |= _same_turn(work, place, options, old)
    return mask


def _few_experts(options: Options, mask: Bools, count: int) -> Bools:
    """At most `count` experts for a host and evening: as many as turns can change, so that one is free."""
    expert = np.where(mask, options.expert, np.iinfo(options.expert.dtype).max)
    order = np.lexsort((expert, options.day, options.host))
    same = (np.diff(options.host[order]) == 0) & (np.diff(options.day[order]) == 0)
    every = np.arange(len(order))
    first = np.maximum.accumulate(np.where(np.append([False], same), 0, every)) if len(order) else every
    few = np.zeros(len(order), dtype=bool)
    few[order] = every - first <= count
    return few


def _same_turn(work: _Job, place: int, options: Options, old: Turn) -> Bools:
    members = [member.id for member in work.source.season.groups[place].members]
    same: Bools = (options.host == members.index(old.host)) & (options.day == old.evening.toordinal())
    return same


def _with_changes(work: _Job, place: int, options: Options) -> Options:
    """Options priced by change; with the option that a month stays open."""
    cost = options.cost + CHANGE
    group = work.source.season.groups[place].id
    for month in work.month:
        old = work.source.old.get((group, month))
        if old is not None:
            cost[_same_turn(work, place, options, old)] -= CHANGE
    full = replace(options, cost=cost).with_nobody()
    full.cost[full.day == 0] += STILL_OPEN - OPEN
    return full


def _unplaced(work: _Job) -> tuple[Unplaced, ...]:
    """What stays open, with the rules that forbid it."""
    season = work.source.season
    waiting = {slot.slot for slot in work.source.waiting}
    if any(
        (season.groups[place].id, season.months[month]) not in waiting
        for place, month in work.state.open_slots()
    ):
        work.unfold(range(len(season.groups)))
    return tuple(
        Unplaced(season.groups[place].id, season.months[month], reasons)
        for place, month in work.state.open_slots()
        if (season.groups[place].id, season.months[month]) not in waiting
        for reasons in [reasons_for(work.state, place, month, work.clock)]
    )
