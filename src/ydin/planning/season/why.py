"""The reasons for a turn, as codes with values."""

from __future__ import annotations

from functools import lru_cache

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
    found: list[Reason] = []
    if any(lock.month == turn.month for lock in group.locked):
        found.append(_shared("locked"))
    found.append(_shared("never_hosted") if since is None else _shared("last_hosted", ("seasons", since)))
    found.append(_shared("evening_preferred", ("rank", rank[turn.evening]), ("offered", offered)))
    found.append(
        Reason("away", {"members": missing, "count": len(missing)}) if missing else _shared("nobody_away")
    )
    found.append(_shared("expert", ("expert", turn.expert)) if turn.expert else _shared("no_expert"))
    everyone = sum(map(sum, group.travel_minutes)) // len(group.members) ** 2
    found.append(_shared("travel", ("minutes", mean_travel(group, host)), ("group_mean", everyone)))
    return tuple(found)


@lru_cache(maxsize=50_000)
def _shared(code: str, *values: tuple[str, int | str]) -> Reason:
    """One reason for the many equal ones of a large plan."""
    return Reason(code, dict(values))
