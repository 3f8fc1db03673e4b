"""Repair of one open month by moving one other turn: all such pairs are looked at, without a solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ydin.planning.season.model import NO_EXPERT, TRAVEL_MAX, Group, Turn
from ydin.planning.season.repair import Repair, Slot, allowed, evenings_of
from ydin.planning.season.rules import Taken, fitting_experts, turn_cost


@dataclass(slots=True)
class _Choice:
    """A possible turn, the experts who could come, and its cost with the first of them."""

    turn: Turn
    experts: list[str]
    cost: int
    column: int


def two_turns(job: Repair) -> tuple[Turn, Turn] | None:
    """The best turn for the only open month and a new one for the turn in its way; None when there is none."""
    slot = job.open[0]
    best: tuple[tuple[object, ...], Turn, Turn] | None = None
    for blocker, firsts in _blocked_by_one(job, slot):
        job.taken.drop(blocker)
        found = _best_pair(job, [_choice(job, turn) for turn in firsts], blocker)
        job.taken.add(blocker)
        if found is not None and (best is None or found[0] < best[0]):
            best = found
    return None if best is None else best[1:]


def _blocked_by_one(job: Repair, slot: Slot) -> list[tuple[Turn, list[Turn]]]:
    """Turns for a slot in whose way exactly one kept turn stands, by that turn."""
    group = job.groups[slot[0]]
    found: dict[Slot, tuple[Turn, list[Turn]]] = {}
    for member in group.members:
        hosts = job.taken.by_host.get((group.id, member.id))
        for day in evenings_of(member, slot[1]):
            if not allowed(group, member, day, slot[1]):
                continue
            around = {turn.slot: turn for _code, turn in job.taken.clashes(group.id, day)}
            if hosts is not None:
                around[hosts.slot] = hosts
            if len(around) == 1:
                blocker = next(iter(around.values()))
                found.setdefault(blocker.slot, (blocker, []))[1].append(Turn(*slot, member.id, day))
    return list(found.values())


def _choice(job: Repair, turn: Turn) -> _Choice:
    group = job.groups[turn.group]
    column = next(n for n, member in enumerate(group.members) if member.id == turn.host)
    fitting = fitting_experts(group, group.members[column], turn.evening, job.experts)
    free = [key for key in fitting if not job.taken.expert_busy(key, turn.evening)]
    turn = replace(turn, expert=free[0] if free else None)
    return _Choice(turn, free, turn_cost(group, turn), column)


def _best_pair(
    job: Repair, firsts: Sequence[_Choice], blocker: Turn
) -> tuple[tuple[object, ...], Turn, Turn] | None:
    """The best of some turns for the open month together with another for the blocker, which is taken out."""
    seconds = [_choice(job, turn) for turn in _free_turns(job, blocker.slot)]
    if not seconds:
        return None
    home, other = job.groups[firsts[0].turn.group], job.groups[blocker.group]
    loads = _loads(job, {home.id, other.id}, blocker)
    before = turn_cost(other, blocker) + TRAVEL_MAX * _travelled(job, loads, blocker)
    best: tuple[tuple[object, ...], Turn, Turn] | None = None
    for first in firsts:
        for second in seconds:
            pair = _together(job.taken, first, second)
            if pair is None:
                continue
            travel = _travel(loads, (home, first.column), (other, second.column))
            order = (
                first.cost + second.cost + pair[1] + TRAVEL_MAX * travel - before,
                first.turn.evening,
                first.turn.host,
                second.turn.evening,
                second.turn.host,
            )
            if best is None or order < best[0]:
                best = order, *pair[0]
    return best


def _free_turns(job: Repair, slot: Slot) -> list[Turn]:
    """Turns for a slot in whose way no kept turn stands."""
    group = job.groups[slot[0]]
    return [
        Turn(*slot, member.id, day)
        for member in group.members
        if (group.id, member.id) not in job.taken.by_host
        for day in evenings_of(member, slot[1])
        if allowed(group, member, day, slot[1]) and not job.taken.clashes(group.id, day)
    ]


def _together(taken: Taken, first: _Choice, second: _Choice) -> tuple[tuple[Turn, Turn], int] | None:
    """Both turns and what they cost beyond their own costs; None when they break a rule together."""
    one, other = first.turn, second.turn
    if (one.group, one.host) == (other.group, other.host):
        return None
    if one.evening != other.evening:
        return (one, other), 0
    near = other.group in taken.neighbours[one.group]
    if near or taken.coordinator[one.group] == taken.coordinator[other.group]:
        return None
    return _share_experts(first, second)


def _share_experts(first: _Choice, second: _Choice) -> tuple[tuple[Turn, Turn], int]:
    """Two turns of one evening with different experts; without one for the second if need be."""
    one, other = first.turn, second.turn
    if one.expert is None or one.expert != other.expert:
        return (one, other), 0
    if len(second.experts) > 1:
        return (one, replace(other, expert=second.experts[1])), 0
    if len(first.experts) > 1:
        return (replace(one, expert=first.experts[1]), other), 0
    return (one, replace(other, expert=None)), NO_EXPERT


def _loads(job: Repair, groups: set[str], blocker: Turn) -> dict[str, list[int]]:
    """Season totals of travel minutes by member, without the blocker."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for turn in job.kept.values():
        if turn.group in groups and turn.slot != blocker.slot:
            hosts[turn.group].append(turn.host)
    found = {}
    for key in groups:
        group = job.groups[key]
        place = {member.id: n for n, member in enumerate(group.members)}
        columns = [place[host] for host in hosts[key]]
        found[key] = [sum(row[n] for n in columns) for row in group.travel_minutes]
    return found


def _travelled(job: Repair, loads: dict[str, list[int]], blocker: Turn) -> int:
    """The largest totals of the groups as long as the blocker stays."""
    total = 0
    for key, mine in loads.items():
        group = job.groups[key]
        column = [member.id for member in group.members].index(blocker.host) if key == blocker.group else -1
        rows = zip(mine, group.travel_minutes, strict=True)
        total += max(load + (row[column] if column >= 0 else 0) for load, row in rows)
    return total


def _travel(loads: dict[str, list[int]], first: tuple[Group, int], second: tuple[Group, int]) -> int:
    """The largest totals of the groups with two more turns."""
    (home, a), (other, b) = first, second
    if home.id == other.id:
        rows = zip(loads[home.id], home.travel_minutes, strict=True)
        return max(load + row[a] + row[b] for load, row in rows)
    return sum(
        max(load + row[n] for load, row in zip(loads[group.id], group.travel_minutes, strict=True))
        for group, n in (first, second)
    )
