"""What makes an instance impossible to plan, found before any solver starts; errors name the field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ydin.planning.errors import InputError
from ydin.planning.season.model import Group, Lock, Member, Season

MAX_MEMBERS = 1_000
MAX_GROUPS = 100_000
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def check_months(months: Sequence[str]) -> None:
    """Months are `YYYY-MM`, each once, at least one."""
    if not months:
        raise InputError("months", "is empty")
    for n, month in enumerate(months):
        if not _MONTH.fullmatch(month):
            raise InputError(f"months[{n}]", "not a month such as 2027-01")
    _unique(months, "months", "")


def validate(season: Season) -> None:
    """Raise InputError for the first fault of an instance."""
    check_months(season.months)
    _unique((expert.id for expert in season.experts), "experts", ".id")
    if not season.groups:
        raise InputError("groups", "is empty")
    _unique((group.id for group in season.groups), "groups", ".id")
    known = frozenset(group.id for group in season.groups)
    experts = frozenset(expert.id for expert in season.experts)
    months = frozenset(tuple(map(int, month.split("-"))) for month in season.months)
    for n, group in enumerate(season.groups):
        field = f"groups[{n}]"
        _known(group.neighbours, known - {group.id}, f"{field}.neighbours", "group")
        _known(group.experts, experts, f"{field}.experts", "expert")
        _check_members(group, field, months)
        _check_travel(group, field)
        _check_locks(group, field, season)


def _unique(ids: Iterable[str], field: str, tail: str) -> None:
    seen: set[str] = set()
    for n, key in enumerate(ids):
        if key in seen:
            raise InputError(f"{field}[{n}]{tail}", f"{key} occurs twice")
        seen.add(key)


def _known(ids: Sequence[str], known: frozenset[str], field: str, what: str) -> None:
    for n, key in enumerate(ids):
        if key not in known:
            raise InputError(
                f"{field}[{n}]", f"no other {what} {key}" if what == "group" else f"no {what} {key}"
            )
    _unique(ids, field, "")


def _check_members(group: Group, field: str, months: frozenset[tuple[int, ...]]) -> None:
    if not group.members:
        raise InputError(f"{field}.members", "is empty")
    if len(group.members) > MAX_MEMBERS:
        raise InputError(f"{field}.members", f"{len(group.members)} items, at most {MAX_MEMBERS}")
    _unique((member.id for member in group.members), f"{field}.members", ".id")
    for n, member in enumerate(group.members):
        _check_member(member, f"{field}.members[{n}]", months)


def _check_member(member: Member, field: str, months: frozenset[tuple[int, ...]]) -> None:
    if member.capacity < 0:
        raise InputError(f"{field}.capacity", "is negative")
    if member.seasons_since_hosting is not None and member.seasons_since_hosting < 0:
        raise InputError(f"{field}.seasons_since_hosting", "is negative")
    for n, day in enumerate(member.evenings):
        if (day.year, day.month) not in months:
            raise InputError(f"{field}.evenings[{n}]", f"{day} is in no month of the season")
    if len(set(member.evenings)) != len(member.evenings):
        _unique((str(day) for day in member.evenings), f"{field}.evenings", "")


def _check_travel(group: Group, field: str) -> None:
    size = len(group.members)
    if len(group.travel_minutes) != size:
        raise InputError(f"{field}.travel_minutes", f"{len(group.travel_minutes)} rows for {size} members")
    for n, row in enumerate(group.travel_minutes):
        if len(row) != size:
            raise InputError(f"{field}.travel_minutes[{n}]", f"{len(row)} values for {size} members")
        if min(row) < 0:
            worst = next(k for k, value in enumerate(row) if value < 0)
            raise InputError(f"{field}.travel_minutes[{n}][{worst}]", "is negative")


def _check_locks(group: Group, field: str, season: Season) -> None:
    _unique((lock.month for lock in group.locked), f"{field}.locked", ".month")
    members = frozenset(member.id for member in group.members)
    for n, lock in enumerate(group.locked):
        _check_lock(lock, f"{field}.locked[{n}]", season, members, group.experts)


def _check_lock(
    lock: Lock, field: str, season: Season, members: frozenset[str], experts: tuple[str, ...]
) -> None:
    if lock.month not in season.months:
        raise InputError(f"{field}.month", f"{lock.month} is not a month of the season")
    if lock.host not in members:
        raise InputError(f"{field}.host", f"no member {lock.host}")
    if f"{lock.evening:%Y-%m}" != lock.month:
        raise InputError(f"{field}.evening", f"{lock.evening} is not in {lock.month}")
    if lock.expert is not None and lock.expert not in experts:
        raise InputError(f"{field}.expert", f"the group may not call {lock.expert}")
