"""The social golfer problem: weeks of tables in which as few pairs as possible meet twice.

By construction where finite fields give one (`design`), otherwise by swaps with simulated annealing.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from ydin.planning.errors import InputError
from ydin.planning.run import Clock, Listener
from ydin.planning.tables.design import Week, transversal

MOST = 500
HOT = 1.2
COLD = 0.12
STEPS = 150_000


@dataclass(frozen=True, slots=True)
class Rounds:
    """Tables by week, players from 0; `repeats`: how often a pair sits together beyond the first time."""

    weeks: tuple[tuple[tuple[int, ...], ...], ...]
    repeats: int


def golfer(
    groups: int,
    size: int,
    weeks: int,
    *,
    deadline_seconds: float = 10.0,
    progress: Listener | None = None,
    seed: int = 0,
) -> Rounds:
    """Seat groups × size players for some weeks. Raises InputError."""
    for field, value, least in (("groups", groups, 1), ("size", size, 1), ("weeks", weeks, 1)):
        if not least <= value <= MOST:
            raise InputError(field, f"{value} is not from {least} to {MOST}")
    if groups * size * weeks > 100_000:
        raise InputError("golfer", "more than 100000 places")
    found = transversal(groups, size, weeks)
    if found is not None:
        return _rounds(found, 0)
    clock = Clock(deadline_seconds, progress)
    rng = random.Random(seed)
    best: Rounds | None = None
    while best is None or (best.repeats and clock.left() > 0):
        search = _Search(groups, size, weeks, rng)
        search.anneal(clock)
        if best is None or search.fewest < best.repeats:
            best = _rounds(search.best, search.fewest)
        clock.tell("golfer", weeks, weeks, best.repeats, None)
    return best


def _rounds(weeks: list[Week], repeats: int) -> Rounds:
    return Rounds(tuple(tuple(tuple(sorted(table)) for table in week) for week in weeks), repeats)


class _Search:
    """Random weeks, and swaps of two players of one week."""

    def __init__(self, groups: int, size: int, weeks: int, rng: random.Random) -> None:
        self.rng = rng
        self.size = size
        count = groups * size
        self.weeks: list[Week] = []
        self.met = [[0] * count for _ in range(count)]
        for week in range(weeks):
            players = list(range(count))
            if week:
                rng.shuffle(players)
            self.weeks.append([players[at : at + size] for at in range(0, count, size)])
        for week_tables in self.weeks:
            for table in week_tables:
                for one in table:
                    for other in table:
                        self.met[one][other] += one != other
        self.fewest = self.repeats()
        self.best = [[list(table) for table in week] for week in self.weeks]

    def repeats(self) -> int:
        """Meetings beyond the first of each pair."""
        return sum(max(0, times - 1) for row in self.met for times in row) // 2

    def anneal(self, clock: Clock) -> None:
        """Swap until nobody meets twice, or until it is cold; keeps the best weeks met."""
        left = self.fewest
        if len(self.weeks) == 1 or len(self.weeks[0]) == 1:
            return
        cooling = (COLD / HOT) ** (1 / STEPS)
        heat = HOT
        for step in range(STEPS):
            if left == 0 or (step % 1000 == 0 and clock.left() <= 0):
                break
            heat *= cooling
            left += self._swap(heat)
            if left < self.fewest:
                self.fewest = left
                self.best = [[list(table) for table in week] for week in self.weeks]

    def _swap(self, heat: float) -> int:
        """Try one swap; returns by how much the repeats changed."""
        rng = self.rng
        week = self.weeks[1 + int(rng.random() * (len(self.weeks) - 1))]
        first = int(rng.random() * len(week))
        second = int(rng.random() * (len(week) - 1))
        one, other = week[first], week[second + (second >= first)]
        at, to = int(rng.random() * self.size), int(rng.random() * self.size)
        a, b = one[at], other[to]
        met_a, met_b = self.met[a], self.met[b]
        change = 0
        for player in one:
            if player != a:
                change += (met_b[player] > 0) - (met_a[player] > 1)
        for player in other:
            if player != b:
                change += (met_a[player] > 0) - (met_b[player] > 1)
        if change > 0 and rng.random() >= math.exp(-change / heat):
            return 0
        self._move(one, a, b)
        self._move(other, b, a)
        one[at], other[to] = b, a
        return change

    def _move(self, table: list[int], leaves: int, comes: int) -> None:
        """Count the meetings of a table whose player is replaced."""
        met = self.met
        for player in table:
            if player != leaves:
                met[leaves][player] -= 1
                met[player][leaves] -= 1
                met[comes][player] += 1
                met[player][comes] += 1
