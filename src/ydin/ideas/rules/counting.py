"""How many companies want something, told so that nobody is found out. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

SMALL_CELL: Final = 3
"""A figure over fewer companies than this is not told (domain facts, reporting)."""


@dataclass(frozen=True)
class Cell:
    """So many companies of a group want something of a kind about a topic. `region` may be None."""

    region: int | None
    group: int
    kind: str
    topic: str
    companies: int


@dataclass
class Told:
    """What may be told of a kind and topic in a region: the total, and the groups that may be named."""

    region: int | None
    kind: str
    topic: str
    companies: int = 0
    groups: list[tuple[int, int]] = field(default_factory=list)


def told(cells: Iterable[Cell]) -> list[Told]:
    """Return what may be told, the largest figure first.

    A group is named with its figure from three companies on. The companies of groups that are not named count
    for the region only when they are at least three together, so that no difference gives a small cell away.
    """
    rows: dict[tuple[int | None, str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.region, cell.kind, cell.topic].append(cell)
    found = []
    for (region, kind, topic), several in rows.items():
        named = sorted((c for c in several if c.companies >= SMALL_CELL), key=lambda c: -c.companies)
        rest = sum(c.companies for c in several if c.companies < SMALL_CELL)
        total = sum(c.companies for c in named) + (rest if rest >= SMALL_CELL else 0)
        if total:
            found.append(Told(region, kind, topic, total, [(c.group, c.companies) for c in named]))
    return sorted(found, key=lambda one: (-one.companies, one.kind, one.topic))
