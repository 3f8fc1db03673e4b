"""Months that stay open: room is made by moving other groups, and what is left is proved impossible.

A month is looked at in ever wider surroundings (the group, then all that share a coordinator or a border
with it, then theirs). Either the surroundings can be planned anew with one turn more while all others stay,
or they cannot hold all their turns even if nobody else had any: then the rule that forbids it is named.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ydin.planning.run import Clock
from ydin.planning.season import blocks, joint
from ydin.planning.season.model import Group, Lock, Member, Reason
from ydin.planning.season.options import Ints, Options
from ydin.planning.season.rules import missing_members, month_of, room
from ydin.planning.season.state import State, pairs_among

Slot = tuple[int, int]
RADIUS = 4
SECONDS = 20.0
LARGEST = 60


def settle(state: State, clock: Clock) -> dict[Slot, tuple[Reason, ...]]:
    """Place what can be placed; for every month that stays open the rules that forbid it."""
    found: dict[Slot, tuple[Reason, ...]] = {}
    for place in sorted({place for place, _month in state.open_slots()}):
        reasons = _settle_group(state, place, clock)
        found |= {(place, month): why for month, why in reasons.items()}
    return found


def open_months(state: State, place: int) -> list[int]:
    """Months of a group without a turn."""
    options, mine = state.table.groups[place], state.chosen[place]
    done = set(options.month[mine[options.day[mine] > 0]].tolist())
    return [month for month in range(options.months) if month not in done]


def reasons_for(state: State, place: int, month: int, clock: Clock) -> tuple[Reason, ...]:
    """Why a month stays open when nothing more is to be moved."""
    options = state.table.groups[place]
    alone = joint.most([options], [], SECONDS, clock)
    if alone is not None and len(open_months(state, place)) == options.months - alone[0]:
        return _alone(state, place, month)
    ball = [place]
    for _radius in range(RADIUS):
        ball = sorted({*ball, *(other for inner in ball for other in state.rivals(inner))})
        reason = _proof(state, ball, clock) if len(ball) <= LARGEST else None
        if reason is not None:
            return (reason,)
    return (Reason("not_decided_in_time"),)


def _settle_group(state: State, place: int, clock: Clock) -> dict[int, tuple[Reason, ...]]:
    options = state.table.groups[place]
    alone = joint.most([options], [], SECONDS, clock)
    months = open_months(state, place)
    if alone is not None and len(months) == options.months - alone[0]:
        return {month: _alone(state, place, month) for month in months}
    ball = [place]
    for _radius in range(RADIUS):
        wider = sorted({*ball, *(other for inner in ball for other in state.rivals(inner))})
        ball = wider if len(wider) <= LARGEST else ball
        blocks.improve(state, ball, clock, np.inf)
        months = open_months(state, place)
        if not months:
            return {}
        reason = _proof(state, ball, clock)
        if reason is not None:
            return dict.fromkeys(months, (reason,))
        if clock.left() <= 0:
            break
    return dict.fromkeys(months, (Reason("not_decided_in_time"),))


def _proof(state: State, ball: Sequence[int], clock: Clock) -> Reason | None:
    """The rule by which some groups cannot have more turns than they have, whatever the others do."""
    groups = [state.table.groups[place] for place in ball]
    have = sum(
        options.months - len(open_months(state, place)) for options, place in zip(groups, ball, strict=True)
    )
    ids = [state.table.season.groups[place].id for place in ball]
    for code, pairs in (("coordinator_busy", []), ("neighbours_meet", pairs_among(state.table, ball))):
        count = joint.most(groups, pairs, min(SECONDS, clock.left()), clock)
        if count is not None and count[1] and count[0] <= have:
            return Reason(code, {"groups": ids})
    return None


def _alone(state: State, place: int, month: int) -> tuple[Reason, ...]:
    """Why a group on its own cannot fill a month."""
    season = state.table.season
    group, name = season.groups[place], season.months[month]
    lock = next((lock for lock in group.locked if lock.month == name), None)
    options = state.table.groups[place]
    if not np.any((options.month == month) & (options.day > 0)):
        return (_broken_lock(group, lock) if lock is not None else _no_option(group, name),)
    months, hosts = _too_few(options, state.chosen[place], month)
    return (
        Reason(
            "too_few_hosts",
            {
                "months": [season.months[n] for n in months],
                "hosts": [group.members[n].id for n in hosts],
            },
        ),
    )


def _no_option(group: Group, month: str) -> Reason:
    """The first rule that leaves nobody for a month."""
    offers = [
        (member, day)
        for member in group.members
        if member.hosts
        for day in member.evenings
        if month_of(day) == month
    ]
    if not offers:
        return Reason("nobody_offers")
    there = [(member, day) for member, day in offers if day not in member.unavailable]
    if not there:
        return Reason("hosts_away", {"members": sorted({member.id for member, _day in offers})})
    present = min(len(group.members) - len(missing_members(group, day)) for _member, day in there)
    capacity = max(member.capacity for member, _day in there)
    return Reason("premises_too_small", {"capacity": capacity, "present": present})


def _broken_lock(group: Group, lock: Lock) -> Reason:
    """The rule that a locked turn breaks."""
    member = next(member for member in group.members if member.id == lock.host)
    return Reason(
        "lock_breaks_rule",
        {"host": lock.host, "evening": lock.evening.isoformat(), "rule": _rule(group, member, lock)},
    )


def _rule(group: Group, member: Member, lock: Lock) -> str:
    if not member.hosts:
        return "does_not_host"
    if lock.evening not in member.evenings:
        return "not_offered"
    if lock.evening in member.unavailable:
        return "host_away"
    if not room(member, len(group.members) - len(missing_members(group, lock.evening))):
        return "premises_too_small"
    return "expert_not_free"


def _too_few(options: Options, chosen: Ints, month: int) -> tuple[list[int], list[int]]:
    """Months, the open one among them, that have fewer hosts between them than there are months."""
    real = options.day > 0
    hosts_of = {n: set(options.host[real & (options.month == n)].tolist()) for n in range(options.months)}
    taken_in = {int(options.host[n]): int(options.month[n]) for n in chosen if options.day[n] > 0}
    months, hosts, todo = {month}, set[int](), [month]
    while todo:
        for host in hosts_of[todo.pop()] - hosts:
            hosts.add(host)
            other = taken_in.get(host)
            if other is not None and other not in months:
                months.add(other)
                todo.append(other)
    return sorted(months), sorted(hosts)
