"""The hard rules and the objective in plain Python: small questions without a solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from ydin.planning.season.model import (
    FAIRNESS,
    NEVER,
    NO_EXPERT,
    PREFERENCE,
    SHARE,
    TRAVEL_MAX,
    UNAVAILABLE,
    EveningOption,
    Expert,
    Group,
    Member,
    Plan,
    Reason,
    Season,
    Turn,
)


def month_of(day: date) -> str:
    """The month of an evening as `YYYY-MM`."""
    return f"{day.year:04d}-{day.month:02d}"


def missing_members(group: Group, day: date) -> tuple[str, ...]:
    """Members that are away on an evening."""
    return tuple(member.id for member in group.members if day in member.unavailable)


def fairness_cost(member: Member) -> int:
    """100 for every season short of never (= 6): who hosted lately costs more."""
    since = member.seasons_since_hosting
    return FAIRNESS * (NEVER - (NEVER if since is None else min(NEVER, since)))


def ranks(member: Member) -> dict[date, int]:
    """The rank of each offered evening among those of its month, from 0."""
    seen: dict[tuple[int, int], int] = defaultdict(int)
    found = {}
    for day in member.evenings:
        found[day] = seen[day.year, day.month]
        seen[day.year, day.month] += 1
    return found


def mean_travel(group: Group, host: int) -> int:
    """Mean minutes of all members to the host, rounded down."""
    return sum(row[host] for row in group.travel_minutes) // len(group.members)


def room(member: Member, present: int) -> bool:
    """Whether the premises hold at least 0.7 × the members present."""
    return not member.capacity < SHARE * present


def turn_cost(group: Group, turn: Turn) -> int:
    """The objective of one turn, without the group's largest travel total."""
    host = next(n for n, member in enumerate(group.members) if member.id == turn.host)
    member = group.members[host]
    return (
        fairness_cost(member)
        + UNAVAILABLE * len(missing_members(group, turn.evening))
        + (NO_EXPERT if turn.expert is None else 0)
        + PREFERENCE * ranks(member)[turn.evening]
        + mean_travel(group, host)
    )


def largest_travel(group: Group, hosts: Iterable[str]) -> int:
    """The largest season total of travel minutes of any member of the group."""
    place = {member.id: n for n, member in enumerate(group.members)}
    columns = [place[host] for host in hosts]
    return max((sum(row[n] for n in columns) for row in group.travel_minutes), default=0)


def objective(season: Season, turns: Sequence[Turn]) -> int:
    """The objective of a whole plan, recounted from its turns."""
    by_group: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        by_group[turn.group].append(turn)
    total = 0
    for group in season.groups:
        mine = by_group[group.id]
        total += sum(turn_cost(group, turn) for turn in mine)
        total += TRAVEL_MAX * largest_travel(group, (turn.host for turn in mine))
    return total


def neighbours_of(season: Season) -> dict[str, frozenset[str]]:
    """Neighbours in both directions, whichever side names the other."""
    found: dict[str, set[str]] = {group.id: set() for group in season.groups}
    for group in season.groups:
        for other in group.neighbours:
            found[group.id].add(other)
            found[other].add(group.id)
    return {key: frozenset(value) for key, value in found.items()}


def fitting_experts(group: Group, member: Member, day: date, experts: dict[str, Expert]) -> list[str]:
    """Experts whom the group may call, who are free that evening and know a theme of the host."""
    return [
        key
        for key in group.experts
        if day in experts[key].evenings and not experts[key].themes.isdisjoint(member.themes)
    ]


class Taken:
    """Who is where already: coordinators, experts and groups by evening, hosts by group."""

    def __init__(self, season: Season, turns: Iterable[Turn]) -> None:
        """Index the turns of a plan."""
        self.coordinator = {group.id: group.coordinator for group in season.groups}
        self.neighbours = neighbours_of(season)
        self.by_day: dict[date, list[Turn]] = defaultdict(list)
        self.by_host: dict[tuple[str, str], Turn] = {}
        for turn in turns:
            self.add(turn)

    def add(self, turn: Turn) -> None:
        """Put a turn into the index."""
        self.by_day[turn.evening].append(turn)
        self.by_host[turn.group, turn.host] = turn

    def drop(self, turn: Turn) -> None:
        """Take a turn out of the index."""
        self.by_day[turn.evening].remove(turn)
        del self.by_host[turn.group, turn.host]

    def expert_busy(self, expert: str, day: date) -> bool:
        """Whether the expert is somewhere that evening."""
        return any(turn.expert == expert for turn in self.by_day.get(day, ()))

    def clashes(self, group: str, day: date) -> list[tuple[str, Turn]]:
        """Turns that forbid this group this evening, each with the code of the rule."""
        found = []
        for turn in self.by_day.get(day, ()):
            if self.coordinator[turn.group] == self.coordinator[group]:
                found.append(("coordinator_busy", turn))
            elif turn.group in self.neighbours[group]:
                found.append(("neighbours_meet", turn))
        return found


def evening_options(
    season: Season, plan: Plan | None, group_id: str, host_id: str, month: str
) -> list[EveningOption]:
    """The evenings that a host offers in a month, best first; those that do not fit come last, with reasons.

    `plan` holds the other turns of the season (the group's own turn of that month does not count against
    it); None when nothing is planned yet.
    """
    group = next(group for group in season.groups if group.id == group_id)
    member = next(member for member in group.members if member.id == host_id)
    turns = [turn for turn in plan.turns if turn.slot != (group_id, month)] if plan else []
    taken = Taken(season, turns)
    experts = {expert.id: expert for expert in season.experts}
    found = []
    for day, rank in ranks(member).items():
        if month_of(day) != month:
            continue
        missing = missing_members(group, day)
        reasons = _why_not(group, member, day, taken, len(missing))
        free = [
            key for key in fitting_experts(group, member, day, experts) if not taken.expert_busy(key, day)
        ]
        expert = free[0] if free else None
        turn = Turn(group_id, month, host_id, day, expert)
        found.append(
            EveningOption(day, rank, missing, not reasons, expert, tuple(reasons), turn_cost(group, turn))
        )
    return sorted(found, key=lambda option: (not option.fits, option.cost, option.rank, option.evening))


def _why_not(group: Group, member: Member, day: date, taken: Taken, missing: int) -> list[Reason]:
    """The hard rules that a host breaks on an evening."""
    reasons = []
    if not member.hosts:
        reasons.append(Reason("does_not_host"))
    if day in member.unavailable:
        reasons.append(Reason("host_away"))
    present = len(group.members) - missing
    if not room(member, present):
        reasons.append(Reason("premises_too_small", {"capacity": member.capacity, "present": present}))
    other = taken.by_host.get((group.id, member.id))
    if other is not None:
        reasons.append(Reason("hosts_already", {"month": other.month}))
    for code, turn in taken.clashes(group.id, day):
        reasons.append(Reason(code, {"group": turn.group, "month": turn.month}))
    return reasons
