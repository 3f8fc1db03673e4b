"""Synthetic seasons for benchmarks and tests: the same numbers for the same seed on every machine."""

from __future__ import annotations

import calendar
import math
import random
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

THEMES = ["digital", "export", "marketing", "finance", "wellbeing", "networks", "pricing", "recruiting"]
MONTHS = [(2027, month) for month in range(1, 13)]
CELL = 70.0
PER_REGION = 10
NEAREST = 3

Point = tuple[float, float]


def sample_season(
    groups: int, seed: int | str, members: int = 25, per_coordinator: int = 4
) -> dict[str, Any]:
    """An instance as JSON values: groups in a plane, three nearest as neighbours, experts by region."""
    rng = random.Random(f"season-{seed}")
    side = 35.0 * math.sqrt(groups)
    days = {month: _evenings(*month) for month in MONTHS}
    drawn = [(rng.random() * side, rng.random() * side) for _ in range(groups)]
    centres = sorted(drawn, key=lambda centre: (int(centre[0] / CELL), centre[1]))
    neighbours = _neighbours(centres)
    experts = _experts(rng, -(-groups // PER_REGION), days)
    return {
        "months": [f"{year}-{month:02d}" for year, month in MONTHS],
        "groups": [
            {
                "id": f"g{n}",
                "coordinator": f"c{n // per_coordinator}",
                "neighbours": [f"g{other}" for other in sorted(neighbours[n])],
                "experts": [f"e{n // PER_REGION}-{k}" for k in range(6)],
                **_people(rng, n, centre, members, days),
                "locked": [],
            }
            for n, centre in enumerate(centres)
        ],
        "experts": experts,
    }


def _evenings(year: int, month: int) -> list[date]:
    """Mondays to Thursdays."""
    first = date(year, month, 1)
    every = (first + timedelta(n) for n in range(calendar.monthrange(year, month)[1]))
    return [day for day in every if day.weekday() < 4]


def _neighbours(centres: list[Point]) -> list[set[int]]:
    """The three nearest within adjacent cells, both ways."""
    cells = defaultdict(list)
    for n, (x, y) in enumerate(centres):
        cells[int(x // CELL), int(y // CELL)].append(n)
    found: list[set[int]] = [set() for _ in centres]
    for n, (x, y) in enumerate(centres):
        column, row = int(x // CELL), int(y // CELL)
        around = [
            other
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for other in cells.get((column + i, row + j), [])
            if other != n
        ]
        around.sort(key=[math.dist((x, y), centre) for centre in centres].__getitem__)
        for other in around[:NEAREST]:
            found[n].add(other)
            found[other].add(n)
    return found


def _experts(
    rng: random.Random, regions: int, days: dict[tuple[int, int], list[date]]
) -> list[dict[str, Any]]:
    every = [day for month in MONTHS for day in days[month]]
    return [
        {
            "id": f"e{region}-{k}",
            "themes": sorted(rng.sample(THEMES, 2)),
            "evenings": [day.isoformat() for day in every if rng.random() < 0.5],
        }
        for region in range(regions)
        for k in range(6)
    ]


def _people(
    rng: random.Random, group: int, centre: Point, count: int, days: dict[tuple[int, int], list[date]]
) -> dict[str, Any]:
    """Members around a centre, and the minutes between them."""
    places = [(rng.gauss(centre[0], 12), rng.gauss(centre[1], 12)) for _ in range(count)]
    travel = [[min(120, round(1.3 * math.dist(a, b))) for b in places] for a in places]
    return {
        "members": [_member(rng, f"g{group}m{n}", days) for n in range(count)],
        "travel_minutes": travel,
    }


def _member(rng: random.Random, key: str, days: dict[tuple[int, int], list[date]]) -> dict[str, Any]:
    away = {day for month in MONTHS for day in days[month] if rng.random() < 0.12}
    offered: list[date] = []
    for month in MONTHS:
        count = rng.choices([0, 1, 2, 3, 4], [25, 20, 25, 20, 10])[0]
        offered += [day for day in rng.sample(days[month], count) if day not in away]
    return {
        "id": key,
        "seasons_since_hosting": rng.choice([1, 2, 3, 4, 5, None, None]),
        "hosts": rng.random() >= 0.08,
        "capacity": rng.randrange(8, 45),
        "themes": [rng.choice(THEMES)],
        "evenings": [day.isoformat() for day in offered],
        "unavailable": sorted(day.isoformat() for day in away),
    }
