"""JSON in and out: dictionaries to dataclasses, with errors that name the field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ydin.planning.errors import InputError
from ydin.planning.reading import Reader
from ydin.planning.season.days import Days
from ydin.planning.season.model import Expert, Group, Lock, Member, Plan, Reason, Season, Turn, Unplaced
from ydin.planning.season.validate import MAX_GROUPS, MAX_MEMBERS, check_months, validate

MANY = 500
"""From so many groups on the sets of dates are kept in little memory, which makes them a bit slower."""


def load(source: object) -> Season:
    """Read an instance (format: docs/planning.md). Raises InputError that names the field."""
    reader = Reader()
    top = reader.thing(source, "instance")
    months = reader.many(reader.get(top, "months", ""), "months", reader.text)
    check_months(months)
    experts = reader.many(
        reader.get(top, "experts", "", []), "experts", lambda item, field: _expert(reader, item, field)
    )
    groups_there = top.get("groups")
    if isinstance(groups_there, list) and len(groups_there) >= MANY:
        reader.away = Days
    groups = reader.many(
        reader.get(top, "groups", ""),
        "groups",
        lambda item, field: _group(reader, item, field),
        MAX_GROUPS,
    )
    season = Season(tuple(months), tuple(groups), tuple(experts))
    validate(season)
    return season


def _expert(reader: Reader, item: object, field: str) -> Expert:
    source = reader.thing(item, field)
    return Expert(
        reader.text(reader.get(source, "id", field), f"{field}.id"),
        frozenset(reader.many(reader.get(source, "themes", field), f"{field}.themes", reader.text)),
        frozenset(reader.days(reader.get(source, "evenings", field), f"{field}.evenings")),
    )


def _group(reader: Reader, item: object, field: str) -> Group:
    source = reader.thing(item, field)

    def texts(key: str) -> tuple[str, ...]:
        return tuple(reader.many(reader.get(source, key, field, []), f"{field}.{key}", reader.text))

    return Group(
        id=reader.text(reader.get(source, "id", field), f"{field}.id"),
        coordinator=reader.text(reader.get(source, "coordinator", field), f"{field}.coordinator"),
        members=tuple(
            reader.many(
                reader.get(source, "members", field),
                f"{field}.members",
                lambda value, where: _member(reader, value, where),
                MAX_MEMBERS,
            )
        ),
        travel_minutes=tuple(
            reader.many(
                reader.get(source, "travel_minutes", field),
                f"{field}.travel_minutes",
                lambda value, where: tuple(reader.many(value, where, reader.whole)),
                MAX_MEMBERS,
            )
        ),
        neighbours=texts("neighbours"),
        experts=texts("experts"),
        locked=tuple(
            reader.many(
                reader.get(source, "locked", field, []),
                f"{field}.locked",
                lambda value, where: _lock(reader, value, where),
            )
        ),
    )


def _member(reader: Reader, item: object, field: str) -> Member:
    source = reader.thing(item, field)
    since = reader.get(source, "seasons_since_hosting", field)
    hosts = reader.get(source, "hosts", field)
    if not isinstance(hosts, bool):
        raise InputError(f"{field}.hosts", "not true or false")
    return Member(
        id=reader.text(reader.get(source, "id", field), f"{field}.id"),
        seasons_since_hosting=None
        if since is None
        else reader.whole(since, f"{field}.seasons_since_hosting"),
        hosts=hosts,
        capacity=reader.whole(reader.get(source, "capacity", field), f"{field}.capacity"),
        themes=reader.set_of(
            frozenset(reader.many(reader.get(source, "themes", field, []), f"{field}.themes", reader.text))
        ),
        evenings=tuple(reader.days(reader.get(source, "evenings", field), f"{field}.evenings")),
        unavailable=reader.away(
            reader.days(reader.get(source, "unavailable", field, []), f"{field}.unavailable")
        ),
    )


def _lock(reader: Reader, item: object, field: str) -> Lock:
    source = reader.thing(item, field)
    expert = source.get("expert")
    return Lock(
        reader.text(reader.get(source, "month", field), f"{field}.month"),
        reader.text(reader.get(source, "host", field), f"{field}.host"),
        reader.day(reader.get(source, "evening", field), f"{field}.evening"),
        None if expert is None else reader.text(expert, f"{field}.expert"),
    )


def load_plan(source: object) -> Plan:
    """Read a plan that `dump` wrote, or that somebody else wrote in the same form."""
    reader = Reader()
    top = reader.thing(source, "plan")
    turns = reader.many(reader.get(top, "turns", ""), "turns", lambda item, field: _turn(reader, item, field))
    unplaced = reader.many(
        reader.get(top, "unplaced", "", []), "unplaced", lambda item, field: _unplaced(reader, item, field)
    )
    status = top.get("status", "feasible")
    if status not in ("optimal", "feasible", "infeasible"):
        raise InputError("status", "not optimal, feasible or infeasible")
    value = reader.whole(top.get("objective", 0), "objective")
    bound = top.get("bound")
    return Plan(status, value, bound if isinstance(bound, int) else None, tuple(turns), tuple(unplaced))


def _turn(reader: Reader, item: object, field: str) -> Turn:
    source = reader.thing(item, field)
    expert = source.get("expert")
    regret = source.get("regret")
    return Turn(
        reader.text(reader.get(source, "group", field), f"{field}.group"),
        reader.text(reader.get(source, "month", field), f"{field}.month"),
        reader.text(reader.get(source, "host", field), f"{field}.host"),
        reader.day(reader.get(source, "evening", field), f"{field}.evening"),
        None if expert is None else reader.text(expert, f"{field}.expert"),
        _reasons(reader, source.get("why", []), f"{field}.why"),
        regret if isinstance(regret, int) else None,
    )


def _unplaced(reader: Reader, item: object, field: str) -> Unplaced:
    source = reader.thing(item, field)
    return Unplaced(
        reader.text(reader.get(source, "group", field), f"{field}.group"),
        reader.text(reader.get(source, "month", field), f"{field}.month"),
        _reasons(reader, source.get("because", []), f"{field}.because"),
    )


def _reasons(reader: Reader, value: object, field: str) -> tuple[Reason, ...]:
    def read(item: object, where: str) -> Reason:
        source = reader.thing(item, where)
        code = reader.text(reader.get(source, "code", where), f"{where}.code")
        return Reason(code, dict(reader.thing(source.get("values", {}), f"{where}.values")))

    return tuple(reader.many(value, field, read))


def dump(plan: Plan) -> dict[str, Any]:
    """A plan as JSON values."""
    return {key: list(value) if isinstance(value, Iterator) else value for key, value in parts(plan).items()}


def parts(plan: Plan) -> dict[str, Any]:
    """The same with iterators in place of its lists, for plans too long to hold twice."""
    return {
        "status": plan.status,
        "objective": plan.objective,
        "bound": plan.bound,
        "turns": map(_dump_turn, plan.turns),
        "unplaced": map(_dump_unplaced, plan.unplaced),
    }


def _dump_turn(turn: Turn) -> dict[str, Any]:
    return {
        "group": turn.group,
        "month": turn.month,
        "host": turn.host,
        "evening": turn.evening.isoformat(),
        "expert": turn.expert,
        "why": _codes(turn.why),
        "regret": turn.regret,
    }


def _dump_unplaced(slot: Unplaced) -> dict[str, Any]:
    return {"group": slot.group, "month": slot.month, "because": _codes(slot.because)}


def _codes(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [{"code": reason.code, "values": dict(reason.values)} for reason in reasons]


def dump_season(season: Season) -> dict[str, Any]:
    """An instance as JSON values, the opposite of `load`."""
    return {
        "months": list(season.months),
        "experts": [
            {"id": e.id, "themes": sorted(e.themes), "evenings": [d.isoformat() for d in sorted(e.evenings)]}
            for e in season.experts
        ],
        "groups": [_dump_group(group) for group in season.groups],
    }


def _dump_group(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "coordinator": group.coordinator,
        "neighbours": list(group.neighbours),
        "experts": list(group.experts),
        "travel_minutes": [list(row) for row in group.travel_minutes],
        "locked": [
            {
                "month": lock.month,
                "host": lock.host,
                "evening": lock.evening.isoformat(),
                "expert": lock.expert,
            }
            for lock in group.locked
        ],
        "members": [
            {
                "id": member.id,
                "seasons_since_hosting": member.seasons_since_hosting,
                "hosts": member.hosts,
                "capacity": member.capacity,
                "themes": sorted(member.themes),
                "evenings": [day.isoformat() for day in member.evenings],
                "unavailable": [day.isoformat() for day in sorted(member.unavailable)],
            }
            for member in group.members
        ],
    }
