"""The reasons for a turn, as codes with values."""

from __future__ import annotations

from ydin.planning.season.model import Group, Reason, Turn
from ydin.planning.season.rules import mean_travel, missing_members, ranks


def why(group: Group, turn: Turn) -> tuple[Reason, ...]:
    """The reasons that speak for a turn, or honestly against it, as codes with values."""
    host = next(n for n, member in enumerate(group.members) if member.id == turn.host)
    member = group.members[host]
    since = member.seasons_since_hosting
    missing = list(missing_members(group, turn.evening))
    rank = ranks(member)
    offered = sum(day.month == turn.evening.month and day.year == turn.evening.year for day in rank)
    found = []
    if any(lock.month == turn.month for lock in group.locked):
        found.append(Reason("locked"))
    found.append(Reason("never_hosted") if since is None else Reason("last_hosted", {"seasons": since}))
    found.append(Reason("evening_preferred", {"rank": rank[turn.evening], "offered": offered}))
    found.append(
        Reason("away", {"members": missing, "count": len(missing)}) if missing else Reason("nobody_away")
    )
    found.append(Reason("expert", {"expert": turn.expert}) if turn.expert else Reason("no_expert"))
    everyone = sum(map(sum, group.travel_minutes)) // len(group.members) ** 2
    found.append(Reason("travel", {"minutes": mean_travel(group, host), "group_mean": everyone}))
    return tuple(found)
