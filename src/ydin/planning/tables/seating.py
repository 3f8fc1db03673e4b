"""Who sits with whom at the next meeting, given who met whom before and who is coming.

Few repeats now come first. Among the seatings with equally few, one that mixes those who know many with those
who know few is better: whoever knows nearly everybody is hard to seat later.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from ydin.planning.errors import InputError
from ydin.planning.run import Clock, Listener

MOST = 2_000
RESTARTS = 200
REPEAT = 100_000
NEW = 7


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who is coming, how often each pair sat together before, and how many a table holds at most."""

    coming: tuple[str, ...]
    met: Mapping[tuple[str, str], int] = field(default_factory=dict)
    size: int = 4


@dataclass(frozen=True, slots=True)
class Seating:
    """Tables, and how many pairs at one table sat together before."""

    tables: tuple[tuple[str, ...], ...]
    repeats: int


def seat(
    meeting: Meeting, *, deadline_seconds: float = 2.0, progress: Listener | None = None, seed: int = 0
) -> Seating:
    """Seat those who come at tables of nearly equal size with few repeats. Raises InputError."""
    _check(meeting)
    people = list(meeting.coming)
    if not people:
        return Seating((), 0)
    clock = Clock(deadline_seconds, progress)
    met = _matrix(meeting, people)
    price = _prices(met, _known(meeting, people))
    rng = random.Random(seed)
    count = math.ceil(len(people) / meeting.size)
    best: tuple[int, list[list[int]]] | None = None
    for attempt in range(RESTARTS):
        tables = _deal(len(people), count, rng)
        cost = _descend(tables, price, clock)
        if best is None or cost < best[0]:
            best = cost, tables
        clock.tell("tables", attempt + 1, RESTARTS, best[0] // REPEAT, None)
        if best[0] == 0 or clock.left() <= 0 or not meeting.met:
            break
    assert best is not None
    repeats = sum(met[a][b] > 0 for table in best[1] for a in table for b in table) // 2
    return Seating(tuple(tuple(people[n] for n in sorted(table)) for table in best[1]), repeats)


def _check(meeting: Meeting) -> None:
    if meeting.size < 1:
        raise InputError("size", "is below 1")
    if len(meeting.coming) > MOST:
        raise InputError("coming", f"{len(meeting.coming)} items, at most {MOST}")
    seen: set[str] = set()
    for n, key in enumerate(meeting.coming):
        if key in seen:
            raise InputError(f"coming[{n}]", f"{key} occurs twice")
        seen.add(key)
    for n, ((one, other), times) in enumerate(meeting.met.items()):
        if one == other:
            raise InputError(f"met[{n}]", f"{one} twice")
        if times < 0:
            raise InputError(f"met[{n}]", "is negative")


def _matrix(meeting: Meeting, people: list[str]) -> list[list[int]]:
    """How often each two of those who come sat together; those who stay away do not matter."""
    place = {key: n for n, key in enumerate(people)}
    met = [[0] * len(people) for _ in people]
    for (one, other), times in meeting.met.items():
        if one in place and other in place:
            met[place[one]][place[other]] += times
            met[place[other]][place[one]] += times
    return met


def _deal(people: int, count: int, rng: random.Random) -> list[list[int]]:
    order = list(range(people))
    rng.shuffle(order)
    return [order[at::count] for at in range(count)]


def _known(meeting: Meeting, people: list[str]) -> list[int]:
    """How many others each of those who come sat with before, at most 60."""
    known: dict[str, set[str]] = {key: set() for key in people}
    for (one, other), times in meeting.met.items():
        for a, b in ((one, other), (other, one)):
            if times and a in known:
                known[a].add(b)
    return [min(60, len(known[key])) for key in people]


def _prices(met: list[list[int]], known: list[int]) -> list[list[int]]:
    """What it costs that two sit together: squared earlier meetings, then how many others both know."""
    price = [
        [
            REPEAT * (4 + times * times) if times else (NEW + known[a]) * (NEW + known[b])
            for b, times in enumerate(row)
        ]
        for a, row in enumerate(met)
    ]
    for a, row in enumerate(price):
        row[a] = 0
    return price


def _descend(tables: list[list[int]], price: list[list[int]], clock: Clock) -> int:
    """Swap people between tables as long as that lowers the sum of the prices."""
    total = sum(price[a][b] for table in tables for a in table for b in table) // 2
    better = True
    while better and total and clock.left() > 0:
        better = False
        for n, one in enumerate(tables):
            if clock.left() <= 0:
                break
            for other in tables[n + 1 :]:
                gain = _best_swap(one, other, price)
                total -= gain
                better = better or gain > 0
    return total


def _best_swap(one: list[int], other: list[int], price: list[list[int]]) -> int:
    """Do the best swap of two people of two tables, if one gains; returns the gain."""
    best = (0, 0, 0)
    for at, a in enumerate(one):
        row_a = price[a]
        with_one = sum(row_a[n] for n in one)
        with_other = sum(row_a[n] for n in other)
        for to, b in enumerate(other):
            row_b = price[b]
            gain = with_one + sum(row_b[n] for n in other) - (with_other - row_a[b])
            gain -= sum(row_b[n] for n in one) - row_b[a]
            if gain > best[0]:
                best = gain, at, to
    gain, at, to = best
    if gain:
        one[at], other[to] = other[to], one[at]
    return gain
