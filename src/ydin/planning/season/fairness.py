"""Fairness over years: which members are asked this season, by how often each has hosted.

The objective alone weighs a season since hosting against travel; a member who lives far from all others
shortens the longest way whenever it hosts, and would host almost every year. Asking in turn prevents that.
The sets of members that can host different months form a matroid, so taking members one by one, those first
who hosted least, gives the fairest set of all (Edmonds and Fulkerson 1965: transversals; Rado: greedy).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ydin.planning.season.model import Group, Member, Season
from ydin.planning.season.rules import missing_members, month_of, room


def in_turn(instance: Season, times_hosted: Mapping[str, int], *, spare: int = 0) -> Season:
    """The season in which only those are asked whose turn it is, as many as there are months.

    `times_hosted`: how often each member has hosted (by id, 0 when absent; give somebody new the least count
    of the others, or the newcomer hosts year after year). `spare`: how many more members stay askable, for
    seasons in which coordinators or neighbours leave few evenings. Members with a locked turn stay askable.
    """
    return replace(
        instance, groups=tuple(_in_turn(group, instance, times_hosted, spare) for group in instance.groups)
    )


def _in_turn(group: Group, season: Season, times: Mapping[str, int], spare: int) -> Group:
    order = sorted(range(len(group.members)), key=lambda n: _priority(group.members[n], times))
    months = {n: _months(group, member) for n, member in enumerate(group.members)}
    holder: dict[str, int] = {}
    locked = {lock.host for lock in group.locked}
    asked = {n for n in order if group.members[n].id in locked}
    for n in [*sorted(asked), *order]:
        if len(holder) < len(season.months) and n not in holder.values() and _seat(n, months, holder, set()):
            asked.add(n)
    waiting = [n for n in order if n not in asked and months[n]]
    asked |= set(waiting[:spare])
    members = tuple(
        member if n in asked else replace(member, hosts=False) for n, member in enumerate(group.members)
    )
    return replace(group, members=members)


def _priority(member: Member, times: Mapping[str, int]) -> tuple[int, float, str]:
    since = member.seasons_since_hosting
    return times.get(member.id, 0), -(float("inf") if since is None else since), member.id


def _months(group: Group, member: Member) -> list[str]:
    """Months that a member could host by itself."""
    if not member.hosts:
        return []
    found = {
        month_of(day)
        for day in member.evenings
        if day not in member.unavailable
        and room(member, len(group.members) - len(missing_members(group, day)))
    }
    return sorted(found)


def _seat(member: int, months: Mapping[int, list[str]], holder: dict[str, int], seen: set[str]) -> bool:
    """Give a member a month, if need be by moving others (an augmenting path)."""
    for month in months[member]:
        if month in seen:
            continue
        seen.add(month)
        if month not in holder or _seat(holder[month], months, holder, seen):
            holder[month] = member
            return True
    return False
