"""How a lineage is drawn: what was tried first on the left, its copies to the right of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDE, HIGH, GAP = 276, 62, 44
"""A box and the space before the next column, in units of the drawing."""
LINE = HIGH + 18
EDGE = 2


@dataclass(frozen=True)
class Spot:
    """Where the box of one experiment stands (its upper left corner), and where the line to it begins."""

    key: int
    x: int
    y: int
    parent: int | None
    path: str


@dataclass(frozen=True)
class Drawing:
    """Boxes and the size of the drawing."""

    spots: list[Spot]
    width: int
    height: int


def parents_of(lineages: Mapping[int, Sequence[int]]) -> dict[int, int | None]:
    """Return the parent of each experiment, from each one's ancestors (the first one first).

    Ancestors that the reader does not see get a place too: the line from root to leaf is not cut.
    """
    parents: dict[int, int | None] = {}
    for key, ancestors in lineages.items():
        line = [*ancestors, key]
        for place, one in enumerate(line):
            parents[one] = line[place - 1] if place else None
    return parents


def draw(parents: Mapping[int, int | None]) -> Drawing:
    """Lay the tree out in rows: each leaf has a row, a parent stands at the middle of its children."""
    children: dict[int | None, list[int]] = {}
    for key in sorted(parents):
        children.setdefault(parents[key], []).append(key)
    depth: dict[int, int] = {}
    order: list[int] = []
    waiting = [(key, 0) for key in reversed(children.get(None, []))]
    while waiting:
        key, level = waiting.pop()
        depth[key] = level
        order.append(key)
        waiting += [(child, level + 1) for child in reversed(children.get(key, []))]
    rows = _rows(order, children)
    spots = [_spot(key, parents[key], depth, rows) for key in order]
    deepest = max(depth.values(), default=0)
    leaves = sum(1 for key in order if key not in children)
    return Drawing(
        spots, (deepest + 1) * (WIDE + GAP) - GAP + 2 * EDGE, leaves * LINE - (LINE - HIGH) + 2 * EDGE
    )


def _rows(order: Sequence[int], children: Mapping[int | None, Sequence[int]]) -> dict[int, float]:
    rows: dict[int, float] = {}
    leaves = iter(range(len(order)))
    for key in order:
        if key not in children:
            rows[key] = next(leaves)
    for key in reversed(order):
        if key in children:
            below = [rows[child] for child in children[key]]
            rows[key] = (below[0] + below[-1]) / 2
    return rows


def _spot(key: int, parent: int | None, depth: Mapping[int, int], rows: Mapping[int, float]) -> Spot:
    x, y = EDGE + depth[key] * (WIDE + GAP), EDGE + int(rows[key] * LINE)
    if parent is None:
        return Spot(key, x, y, None, "")
    middle, before = y + HIGH // 2, EDGE + int(rows[parent] * LINE) + HIGH // 2
    path = f"M{x - GAP} {before}C{x - GAP // 2} {before} {x - GAP // 2} {middle} {x} {middle}"
    return Spot(key, x, y, parent, path)
