"""The search for good clusters: from several starts the best, then neighbouring clusters planned anew.

A descent over neighbouring clusters; then one median at a time moves elsewhere and its surroundings follow,
with a cooling acceptance (large neighbourhood search, Shaw 1998).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ydin.planning.groups.prices import Density, density, gather
from ydin.planning.groups.small import replan
from ydin.planning.groups.start import Layout, arrange, begin
from ydin.planning.run import Clock

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
HEAT = 0.05
EFFORT = 60
DRAWS = 300
REGION = 40
FOR_PRICES = 0.25
FOR_STARTS = 0.6


@dataclass(frozen=True, slots=True)
class Task:
    """Points (x, y, demand, capacity) and p; an assignment to go on from, or widths of starts to try.

    `heat`: how warm the search is at its begin and its end, 1 = as warm as ever. `part`: the numbers of the
    points in the whole, when this is a part of the map.
    """

    points: Floats
    p: int
    seed: int
    owner: Ints | None = None
    widths: tuple[float, ...] = ()
    heat: tuple[float, float] = (1.0, 0.0)
    part: Ints | None = None


def explore(task: Task, clock: Clock) -> Layout:
    """The best layout found until the deadline."""
    rng = np.random.default_rng(task.seed)
    search = _Search(_first(task, rng, clock), rng, clock)
    search.settle()
    search.run(*task.heat)
    return search.layout


def _first(task: Task, rng: np.random.Generator, clock: Clock) -> Layout:
    """Where to begin: the layout given, or the best of some starts."""
    if task.owner is not None:
        layout = Layout(task.points, np.unique(task.owner))
        layout.owner = task.owner.copy()
        return layout
    whole = clock.left()
    found = density(task.points, task.p, clock, FOR_PRICES * whole)
    if found is None:
        return begin(task.points, task.p, rng, clock)
    return _best_start(task, found, rng, clock, clock.elapsed() + FOR_STARTS * clock.left())


def _best_start(task: Task, found: Density, rng: np.random.Generator, clock: Clock, until: float) -> Layout:
    best: Layout | None = None
    for width in task.widths:
        before = clock.elapsed()
        layout = arrange(Layout(task.points, gather(found, task.p, width)), clock)
        _Search(layout, rng, clock).settle()
        if best is None or layout.snapshot().value < best.snapshot().value:
            best = layout
        if clock.elapsed() + (clock.elapsed() - before) > until:
            break
    assert best is not None
    if best.overload() > 0:
        other = begin(task.points, task.p, rng, clock)
        best = min(best, other, key=lambda layout: layout.snapshot().value)
    return best


class _Search:
    """A descent over neighbouring clusters; then one median moves far away, and the surroundings follow."""

    def __init__(self, layout: Layout, rng: np.random.Generator, clock: Clock) -> None:
        self.layout = layout
        self.rng = rng
        self.clock = clock
        self.tried: dict[tuple[int, ...], int] = {}

    def settle(self) -> None:
        """Plan neighbouring clusters anew until nothing gains."""
        self._settle(self.layout.medians.tolist(), 200 * self.layout.p)

    def run(self, warm: float, cold: float) -> None:
        """Improve until the deadline, with a heat that falls from `warm` to `cold`."""
        layout = self.layout
        whole = self.clock.left()
        best = now = layout.snapshot()
        done = 0
        while self.clock.left() > 0 and 1 < layout.p < len(layout.owner) // 2:
            touched = self._jump()
            self._settle(touched, EFFORT)
            seen = layout.snapshot()
            warmth = cold + (warm - cold) * self.clock.left() / whole
            heat = HEAT * now.value / layout.p * warmth
            if seen.value <= now.value + heat * float(self.rng.exponential()):
                now = seen
                best = min(best, seen, key=lambda shot: shot.value)
            else:
                layout.restore(now)
            done += 1
            self.clock.tell("clusters", done, 0, best.value, None)
        layout.restore(best)

    def _jump(self) -> list[int]:
        """Give up one median and open another in the same part of the map; the medians around both."""
        layout, rng = self.layout, self.rng
        medians, points = layout.around(int(rng.choice(layout.medians)), min(layout.p, REGION))
        loss, second = layout.losses(medians, points)
        gone = int(medians[int(np.argmin(loss * rng.uniform(0.3, 1.0, len(loss))))])
        draws = points[~np.isin(points, medians)]
        draws = rng.choice(draws, size=min(DRAWS, len(draws)), replace=False)
        gains = layout.gains(draws, points) * rng.uniform(0.5, 1.0, len(draws))
        return layout.move(gone, int(draws[int(np.argmax(gains))]), points, second)

    def _settle(self, work: list[int], effort: int) -> None:
        """Plan anew what lies around the medians of the work list, until nothing gains."""
        queue = dict.fromkeys(work)
        while queue and effort > 0 and self.clock.left() > 0:
            median = next(iter(queue))
            del queue[median]
            if not np.any(self.layout.medians == median):
                continue
            for key in self._untried(median):
                effort -= 1
                if replan(self.layout, key) > 0:
                    queue |= dict.fromkeys(self.layout.fresh())
                    break

    def _untried(self, median: int) -> Iterator[tuple[int, ...]]:
        """A median with one and with two of its nearest, unless tried since they changed last."""
        near = self.layout.nearest_medians(median, 5).tolist()
        sets: list[tuple[int, ...]] = [(near[0], other) for other in near[1:]]
        sets += [(near[0], *pair) for pair in combinations(near[1:], 2)]
        for some in sets:
            key = tuple(sorted(some))
            stamp = self.layout.stamp(key)
            if self.tried.get(key) != stamp:
                self.tried[key] = stamp
                yield key
