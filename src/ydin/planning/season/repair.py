"""Repair a plan: the most turns, then the fewest changes, then the objective.

A turn that need not change stays: in a repair with the fewest changes every changed turn either was broken
itself or stands in the way of a new one. So one asks first for a repair of the broken turns alone, then for
one that also moves one turn of a group at distance one (same coordinator or neighbours), then two within
distance two, and so on; the first that exists has the fewest changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from typing import Protocol, cast

from ydin.planning.errors import InputError
from ydin.planning.run import Clock
from ydin.planning.season.model import TRAVEL_MAX, Expert, Group, Member, Plan, Season, Turn, Unplaced
from ydin.planning.season.rules import (
    Taken,
    fitting_experts,
    largest_travel,
    missing_members,
    month_of,
    objective,
    room,
    turn_cost,
)
from ydin.planning.season.why import why

Slot = tuple[str, str]


@dataclass(slots=True)
class Repair:
    """What is known of a plan to be repaired.

    `season`: the instance without what was cancelled; `old`: turns that break no rule by themselves;
    `kept`: those of them that may stay together; `open`: slots to fill; `waiting`: slots that
    stay open as before, since nothing is free for them; `clashing`: some of `old` clash.
    """

    season: Season
    groups: dict[str, Group]
    experts: dict[str, Expert]
    taken: Taken
    old: dict[Slot, Turn]
    kept: dict[Slot, Turn]
    open: list[Slot]
    waiting: list[Unplaced]
    clashing: bool


class _Wide(Protocol):
    def repair(self, job: Repair, clock: Clock) -> tuple[dict[Slot, Turn], tuple[Unplaced, ...]]: ...


class _Pairs(Protocol):
    def two_turns(self, job: Repair) -> tuple[Turn, Turn] | None: ...


class _Reasons(Protocol):
    def regret_of(
        self, season: Season, turns: Sequence[Turn], slots: Sequence[Slot]
    ) -> dict[Slot, int | None]: ...


def replan(season: Season, previous: Plan, cancelled: Sequence[Slot], clock: Clock) -> Plan:
    """See `ydin.planning.season.replan`."""
    job = _prepare(season, previous, cancelled)
    unplaced: tuple[Unplaced, ...] = ()
    found = _simply(job) if len(job.open) == 1 and not job.clashing else ()
    if found:
        turns = {**job.kept, **{turn.slot: turn for turn in found}}
    elif job.open or job.clashing:
        wide = cast("_Wide", import_module("ydin.planning.season.wide_repair"))
        turns, unplaced = wide.repair(job, clock)
    else:
        turns = dict(job.kept)
    return _finish(job.season, previous, turns, (*job.waiting, *unplaced))


def _simply(job: Repair) -> tuple[Turn, ...]:
    """The turn for the only open month, or that and one moved turn; nothing when that does not suffice."""
    alone = _one_slot(job)
    if alone is not None:
        return (alone,)
    pairs = cast("_Pairs", import_module("ydin.planning.season.pair_repair"))
    return pairs.two_turns(job) or ()


def _finish(season: Season, previous: Plan, turns: dict[Slot, Turn], unplaced: tuple[Unplaced, ...]) -> Plan:
    old = previous.by_slot()
    order = [(group.id, month) for group in season.groups for month in season.months]
    groups = {group.id: group for group in season.groups}
    changed = [slot for slot in order if slot in turns and not _same(old.get(slot), turns[slot])]
    reasons = cast("_Reasons", import_module("ydin.planning.season.regrets"))
    regrets = reasons.regret_of(season, list(turns.values()), changed)
    for slot in changed:
        turns[slot] = replace(turns[slot], why=why(groups[slot[0]], turns[slot]), regret=regrets[slot])
    ordered = tuple(turns[slot] for slot in order if slot in turns)
    return Plan("infeasible" if unplaced else "feasible", objective(season, ordered), None, ordered, unplaced)


def _same(old: Turn | None, new: Turn) -> bool:
    return old is not None and (old.host, old.evening, old.expert) == (new.host, new.evening, new.expert)


def _prepare(season: Season, previous: Plan, cancelled: Sequence[Slot]) -> Repair:
    """Sort the old turns into those that may stay and those that may not."""
    season = _without(season, _check_previous(season, previous, cancelled))
    groups = {group.id: group for group in season.groups}
    experts = {expert.id: expert for expert in season.experts}
    job = Repair(season, groups, experts, Taken(season, ()), {}, {}, [], [], clashing=False)
    for turn in sorted(previous.turns, key=lambda turn: not _is_locked(groups[turn.group], turn)):
        if turn.slot not in cancelled:
            _keep(job, turn)
    wanted = ((group.id, month) for group in season.groups for month in season.months)
    waiting = {slot.slot: slot for slot in previous.unplaced}
    for slot in wanted:
        if slot in waiting and slot not in cancelled and not candidates(job, slot):
            job.waiting.append(waiting[slot])
        elif slot not in job.kept:
            job.open.append(slot)
    return job


def _without(season: Season, cancelled: dict[Slot, str]) -> Season:
    """The season in which the hosts who cancelled offer no evening of that month."""
    if not cancelled:
        return season
    gone = {(group, host, month) for (group, month), host in cancelled.items()}
    touched = {group for group, _month in cancelled}

    def offers(group: Group, member: Member) -> Member:
        left = tuple(day for day in member.evenings if (group.id, member.id, month_of(day)) not in gone)
        return member if len(left) == len(member.evenings) else replace(member, evenings=left)

    groups = [
        replace(group, members=tuple(offers(group, member) for member in group.members))
        if group.id in touched
        else group
        for group in season.groups
    ]
    return replace(season, groups=tuple(groups))


def _check_previous(season: Season, previous: Plan, cancelled: Sequence[Slot]) -> dict[Slot, str]:
    """Refuse a plan of another season; the hosts of the cancelled slots."""
    known = {group.id for group in season.groups}
    hosts: dict[Slot, str] = {}
    for n, turn in enumerate(previous.turns):
        if turn.group not in known:
            raise InputError(f"turns[{n}].group", f"no group {turn.group}")
        if turn.month not in season.months:
            raise InputError(f"turns[{n}].month", f"{turn.month} is not a month of the season")
        if turn.slot in hosts:
            raise InputError(f"turns[{n}]", f"a second turn of {turn.group} in {turn.month}")
        hosts[turn.slot] = turn.host
    for n, slot in enumerate(cancelled):
        if slot not in hosts:
            raise InputError(f"cancel[{n}]", f"the plan has no turn {slot[0]}:{slot[1]}")
    return {slot: hosts[slot] for slot in cancelled}


def _is_locked(group: Group, turn: Turn) -> bool:
    return any((lock.month, lock.host) == (turn.month, turn.host) for lock in group.locked)


def _keep(job: Repair, turn: Turn) -> None:
    """Keep a turn if the rules still allow it; an expert who cannot come is replaced or left out."""
    group = job.groups[turn.group]
    member = next((member for member in group.members if member.id == turn.host), None)
    if member is None or not allowed(group, member, turn.evening, turn.month):
        return
    job.old[turn.slot] = turn
    if (turn.group, turn.host) in job.taken.by_host or job.taken.clashes(turn.group, turn.evening):
        job.clashing = True
        return
    fitting = fitting_experts(group, member, turn.evening, job.experts)
    free = [key for key in fitting if not job.taken.expert_busy(key, turn.evening)]
    expert = turn.expert
    if expert is not None and expert not in free:
        expert = free[0] if free else None
    kept = replace(turn, expert=expert)
    job.old[turn.slot] = job.kept[turn.slot] = kept
    job.taken.add(kept)


def allowed(group: Group, member: Member, day: date, month: str) -> bool:
    """Whether a member may host an evening, other turns apart."""
    if not member.hosts or day not in member.evenings or day in member.unavailable or month_of(day) != month:
        return False
    lock = next((lock for lock in group.locked if lock.month == month), None)
    if lock is not None and (lock.host, lock.evening) != (member.id, day):
        return False
    return room(member, len(group.members) - len(missing_members(group, day)))


def evenings_of(member: Member, month: str) -> list[date]:
    """The evenings that a member offers in a month, best first."""
    key = int(month[:4]), int(month[5:])
    return [day for day in member.evenings if (day.year, day.month) == key]


def candidates(job: Repair, slot: Slot) -> list[Turn]:
    """Turns for a slot that leave all kept turns where they are."""
    group = job.groups[slot[0]]
    found = []
    for member in group.members:
        if (group.id, member.id) in job.taken.by_host:
            continue
        for day in evenings_of(member, slot[1]):
            if not allowed(group, member, day, slot[1]) or job.taken.clashes(group.id, day):
                continue
            fitting = fitting_experts(group, member, day, job.experts)
            free = [key for key in fitting if not job.taken.expert_busy(key, day)]
            found.append(Turn(*slot, member.id, day, free[0] if free else None))
    return found


def _one_slot(job: Repair) -> Turn | None:
    """The best turn for the single open slot when all others stay."""
    slot = job.open[0]
    group = job.groups[slot[0]]
    hosts = [turn.host for turn in job.kept.values() if turn.group == group.id]

    def cost(turn: Turn) -> tuple[int, date, str]:
        most = TRAVEL_MAX * largest_travel(group, [*hosts, turn.host])
        return turn_cost(group, turn) + most, turn.evening, turn.host

    return min(candidates(job, slot), key=cost, default=None)
