"""The capacitated p-median problem: p points become medians, every point belongs to one of them.

The sum of the Euclidean distances to the medians is minimised; the demand of the points of a median may not
exceed its capacity. Large neighbourhood search: a start by seeding and reassignment, then clusters that lie
together are planned anew as a small mixed integer program (HiGHS), again and again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ydin.planning.errors import InputError
from ydin.planning.groups.small import replan
from ydin.planning.groups.start import Layout, begin
from ydin.planning.run import Clock, Listener

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST = 20_000
HEAT = 0.15
EFFORT = 60
DRAWS = 300
REGION = 40


@dataclass(frozen=True, slots=True)
class Cpmp:
    """`points`: n × 4 (x, y, demand, capacity as a median); `p`: how many medians at most."""

    points: Floats
    p: int


@dataclass(frozen=True, slots=True)
class Clusters:
    """The median of each point (by number), and the sum of the distances."""

    assignment: tuple[int, ...]
    cost: float


def solve_cpmp(
    instance: Cpmp, *, deadline_seconds: float = 30.0, progress: Listener | None = None, seed: int = 0
) -> Clusters | None:
    """The best clusters found until the deadline; None when none were feasible. Raises InputError."""
    _check(instance)
    clock = Clock(deadline_seconds, progress)
    layout = begin(instance.points, instance.p, np.random.default_rng(seed), clock)
    search = _Search(layout, np.random.default_rng(seed + 1), clock)
    search.run()
    if layout.overload() > 0:
        return None
    return Clusters(tuple(int(n) for n in layout.owner), layout.exact_cost())


def solve_points(
    points: Sequence[Sequence[float]],
    p: int,
    *,
    deadline_seconds: float,
    progress: Listener | None,
    seed: int,
) -> Clusters | None:
    """The same from plain rows."""
    table = np.array(points, dtype=np.float64).reshape(len(points), -1)
    return solve_cpmp(Cpmp(table, p), deadline_seconds=deadline_seconds, progress=progress, seed=seed)


def _check(instance: Cpmp) -> None:
    points = instance.points
    if points.ndim != 2 or points.shape[1] != 4 or not len(points):
        raise InputError("points", "not rows of x, y, demand, capacity")
    if len(points) > MOST:
        raise InputError("points", f"{len(points)} items, at most {MOST}")
    if not 1 <= instance.p <= len(points):
        raise InputError("p", f"{instance.p} is not from 1 to {len(points)}")
    bad = np.argwhere(~np.isfinite(points) | (points[:, [0, 1, 2, 3]] < [-np.inf, -np.inf, 0, 0]))
    if len(bad):
        raise InputError(f"points[{bad[0][0]}][{bad[0][1]}]", "not a number from 0")


class _Search:
    """A descent over neighbouring clusters; then one median moves far away, and the surroundings follow."""

    def __init__(self, layout: Layout, rng: np.random.Generator, clock: Clock) -> None:
        self.layout = layout
        self.rng = rng
        self.clock = clock
        self.tried: dict[tuple[int, ...], int] = {}

    def run(self) -> None:
        """Improve until the deadline."""
        layout = self.layout
        self._settle(layout.medians.tolist(), 200 * layout.p)
        whole = self.clock.left()
        best = now = layout.snapshot()
        done = 0
        while self.clock.left() > 0 and 1 < layout.p < len(layout.owner) // 2:
            touched = self._jump()
            self._settle(touched, EFFORT)
            seen = layout.snapshot()
            heat = HEAT * now.value / layout.p * max(0.0, self.clock.left() / whole - 0.15)
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
