"""JSON of the grouping problems in and out."""

from __future__ import annotations

import math
from typing import Any

from ydin.planning.errors import InputError
from ydin.planning.groups.model import Company, Grouping, Market
from ydin.planning.reading import Json, Reader

MOST_COMPANIES = 1_000_000


def load(source: object) -> Market:
    """Read a market (format: docs/planning.md). Raises InputError."""
    reader = Reader()
    top = reader.thing(source, "market")
    companies = reader.many(
        reader.get(top, "companies", ""),
        "companies",
        lambda item, field: _company(reader, item, field),
        MOST_COMPANIES,
    )
    seen: set[str] = set()
    for n, company in enumerate(companies):
        if company.id in seen:
            raise InputError(f"companies[{n}].id", f"{company.id} occurs twice")
        seen.add(company.id)
    if not companies:
        raise InputError("companies", "is empty")
    least = reader.whole(top.get("least", 10), "least")
    most = reader.whole(top.get("most", 25), "most")
    if not 1 <= least <= most:
        raise InputError("least", f"{least} is not from 1 to most ({most})")
    minutes = reader.whole(top.get("travel_minutes", 60), "travel_minutes")
    return Market(tuple(companies), least, most, minutes)


def _company(reader: Reader, item: object, field: str) -> Company:
    source = reader.thing(item, field)
    group = source.get("group")
    return Company(
        reader.text(reader.get(source, "id", field), f"{field}.id"),
        _place(reader, source, field),
        _maybe(source, "municipality", field),
        _maybe(source, "industry", field),
        frozenset(reader.many(source.get("languages", []), f"{field}.languages", reader.text)),
        None if group is None else reader.text(group, f"{field}.group"),
    )


def _maybe(source: Json, key: str, field: str) -> str:
    value = source.get(key, "")
    if not isinstance(value, str):
        raise InputError(f"{field}.{key}", "not a text")
    return value


def _place(reader: Reader, source: Json, field: str) -> tuple[float, float]:
    place = reader.many(reader.get(source, "place", field), f"{field}.place", number)
    if len(place) != 2:
        raise InputError(f"{field}.place", "not [latitude, longitude]")
    for n, most in enumerate((90.0, 180.0)):
        if abs(place[n]) > most:
            raise InputError(f"{field}.place[{n}]", f"{place[n]} is beyond {most:.0f} degrees")
    return place[0], place[1]


def number(value: object, field: str) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(field, "not a number")
    return float(value)


def dump(answer: Grouping) -> dict[str, Any]:
    """A grouping as JSON values."""
    return {
        "groups": [
            {
                "id": circle.id,
                "members": list(circle.members),
                "centre": [round(circle.centre[0], 5), round(circle.centre[1], 5)],
                "language": circle.language,
                "minutes": circle.minutes,
            }
            for circle in answer.groups
        ],
        "competitors": [{"group": g, "companies": [a, b]} for g, a, b in answer.competitors],
        "moved": list(answer.moved),
        "ungrouped": [
            {
                "company": left.company,
                "because": {"code": left.because.code, "values": dict(left.because.values)},
            }
            for left in answer.ungrouped
        ],
    }


def load_cpmp(source: object) -> tuple[list[list[float]], int]:
    """Read `{"p", "points": [[x, y, demand, capacity], …]}`. Raises InputError."""
    reader = Reader()
    top = reader.thing(source, "instance")
    count = reader.whole(reader.get(top, "p", ""), "p")
    points = reader.many(
        reader.get(top, "points", ""),
        "points",
        lambda item, field: _point(reader, item, field),
    )
    return points, count


def _point(reader: Reader, item: object, field: str) -> list[float]:
    found = reader.many(item, field, number)
    if len(found) != 4:
        raise InputError(field, "not [x, y, demand, capacity]")
    for n in (2, 3):
        if found[n] < 0:
            raise InputError(f"{field}[{n}]", "is negative")
    return found
