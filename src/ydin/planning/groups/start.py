"""Clusters under construction: distances, who belongs to whom, loads; and a first feasible layout."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ydin.planning.run import Clock

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Narrow = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A layout put aside."""

    value: float
    owner: Ints
    medians: Ints


class Layout:
    """`owner[i]`: the median of point i. Keeps loads, and a change counter for each median."""

    def __init__(self, points: Floats, medians: Ints) -> None:
        self.points = points
        self.place = points[:, :2]
        self.demand = points[:, 2]
        self.capacity = points[:, 3]
        self.p = len(medians)
        self.medians = medians
        self.owner: Ints = np.zeros(len(points), dtype=np.int64)
        self.changed: dict[int, int] = {}
        self.clock = 0
        spread = float(np.hypot(*np.ptp(self.place, axis=0)))
        self.penalty = spread / max(
            1e-9, float(self.demand[self.demand > 0].mean() if self.demand.any() else 1)
        )

    def mean_size(self) -> float:
        """Points of a cluster on average."""
        return len(self.owner) / self.p

    def between(self, rows: Ints, columns: Ints) -> Floats:
        """Distances of some points to others."""
        one, other = self.place[rows], self.place[columns]
        east = one[:, 0][:, None] - other[:, 0]
        north = one[:, 1][:, None] - other[:, 1]
        found: Floats = np.sqrt(east * east + north * north)
        return found

    def own(self, points: Ints | None = None) -> Floats:
        """The distance of each point (of some points) to its median."""
        some = np.arange(len(self.owner)) if points is None else points
        gap = self.place[some] - self.place[self.owner[some]]
        found: Floats = np.sqrt((gap * gap).sum(axis=1))
        return found

    def cost(self) -> float:
        """The sum of the distances."""
        return float(self.own().sum())

    def exact_cost(self) -> float:
        """The sum of the distances as the standard library counts it."""
        pairs = zip(self.place.tolist(), self.place[self.owner].tolist(), strict=True)
        return math.fsum(math.dist(a, b) for a, b in pairs)

    def loads(self) -> Floats:
        """Demand by point as a median."""
        found: Floats = np.bincount(self.owner, weights=self.demand, minlength=len(self.owner)).astype(float)
        return found

    def excess(self, medians: Ints, points: Ints) -> float:
        """Demand of some medians beyond their capacity; `points` are theirs."""
        loads = np.bincount(self.owner[points], weights=self.demand[points], minlength=int(medians.max()) + 1)
        return float(np.maximum(0, loads[medians] - self.capacity[medians]).sum())

    def overload(self) -> float:
        """Demand beyond the capacities."""
        loads = self.loads()[self.medians]
        return float(np.maximum(0, loads - self.capacity[self.medians]).sum())

    def nearest_medians(self, centre: int, count: int) -> Ints:
        """Medians by distance from one of them, that one first."""
        far = self.between(np.array([centre]), self.medians)[0]
        return self.medians[np.argsort(far, kind="stable")[:count]]

    def snapshot(self) -> Snapshot:
        """What there is now, and its value (cost and penalty for overload)."""
        return Snapshot(self.cost() + self.penalty * self.overload(), self.owner.copy(), self.medians.copy())

    def restore(self, shot: Snapshot) -> None:
        """Go back to an earlier layout."""
        self.owner, self.medians = shot.owner.copy(), shot.medians.copy()

    def stamp(self, medians: tuple[int, ...]) -> int:
        """When any of the medians changed last."""
        return max(self.changed.get(median, 0) for median in medians)

    def around(self, centre: int, count: int) -> tuple[Ints, Ints]:
        """Some medians nearest to one of them, and the points that belong to them."""
        medians = self.nearest_medians(centre, count)
        return medians, np.flatnonzero(np.isin(self.owner, medians))

    def losses(self, medians: Ints, points: Ints) -> tuple[Floats, Ints]:
        """What giving up each of some medians costs without capacities; their points' second medians."""
        far = self.between(points, medians)
        order = np.argsort(medians, kind="stable")
        place = order[np.searchsorted(medians[order], self.owner[points])]
        every = np.arange(len(points))
        own = far[every, place]
        far[every, place] = np.inf
        second = far.argmin(axis=1)
        extra = far[every, second] - own
        losses: Floats = np.bincount(place, weights=extra, minlength=len(medians)).astype(float)
        return losses, medians[second]

    def gains(self, draws: Ints, points: Ints) -> Floats:
        """What opening each of some points as a median saves without capacities."""
        found: Floats = np.maximum(0.0, self.own(points)[:, None] - self.between(points, draws)).sum(axis=0)
        return found

    def move(self, gone: int, new: int, points: Ints, second: Ints) -> list[int]:
        """Close one median and open another; returns the medians concerned."""
        mine = self.owner[points] == gone
        saved = self.own(points) - self.between(points, np.array([new]))[:, 0]
        room = self.capacity[new] - self.demand[new]
        takes = [new]
        for at in np.argsort(-saved, kind="stable").tolist():
            point = int(points[at])
            if saved[at] > 0 and point != new and self.demand[point] <= room:
                room -= self.demand[point]
                takes.append(point)
        old = np.unique(np.concatenate([[gone], second[mine], self.owner[takes]]))
        self.owner[points[mine]] = second[mine]
        self.owner[np.array(takes)] = new
        touched = np.flatnonzero(np.isin(self.owner, np.append(old, new)))
        self.change(np.append(old, new), touched, self.owner[touched])
        return [new, *(int(m) for m in old if m != gone)]

    def fresh(self) -> list[int]:
        """The medians of the latest change."""
        return [median for median in self.medians.tolist() if self.changed.get(median) == self.clock]

    def change(self, old: Ints, points: Ints, owners: Ints) -> None:
        """Replace some medians by the owners that their points have now."""
        self.clock += 1
        self.owner[points] = owners
        new = np.unique(owners)
        self.medians = np.concatenate([self.medians[~np.isin(self.medians, old)], new])
        for median in new.tolist():
            self.changed[median] = self.clock


def begin(points: Floats, p: int, rng: np.random.Generator, clock: Clock) -> Layout:
    """Seeds far from each other, then points to the nearest median with room, then medians recentred."""
    return arrange(Layout(points, _seeds(points, p, rng)), clock)


def arrange(layout: Layout, clock: Clock) -> Layout:
    """Points to the nearest median with room, medians to the middle of their points, a few times."""
    for _round in range(6):
        _assign(layout)
        before = set(layout.medians.tolist())
        _recentre(layout)
        if set(layout.medians.tolist()) == before or clock.left() <= 0:
            break
    _assign(layout)
    return layout


def _seeds(points: Floats, p: int, rng: np.random.Generator) -> Ints:
    """k-means++ with the best of a few draws each time."""
    place = points[:, :2]
    able = np.flatnonzero(points[:, 3] >= np.median(points[:, 3]))
    chosen = [int(rng.choice(able))]
    near = np.hypot(*(place - place[chosen[0]]).T)
    for _ in range(p - 1):
        weight = near[able]
        odds = weight / weight.sum() if weight.sum() > 0 else None
        draws = rng.choice(able, size=6 if p <= 100 else 2, p=odds)
        fields = [np.minimum(near, np.hypot(*(place - place[draw]).T)) for draw in draws]
        best = int(np.argmin([field.sum() for field in fields]))
        chosen.append(int(draws[best]))
        near = fields[best]
    found = np.unique(chosen)
    rest = np.setdiff1d(np.arange(len(points)), found)
    return np.concatenate([found, rng.permutation(rest)[: p - len(found)]])


def _assign(layout: Layout) -> None:
    """Points to the nearest median with room, those first that would lose most by waiting."""
    medians = layout.medians
    width = min(len(medians), 12)
    far = layout.between(np.arange(len(layout.owner)), medians)
    order = np.argpartition(far, width - 1, axis=1)[:, :width]
    order = np.take_along_axis(order, np.take_along_axis(far, order, axis=1).argsort(axis=1), axis=1)
    room = layout.capacity[medians].copy()
    close = np.take_along_axis(far, order, axis=1)
    second = close[:, 1] if width > 1 else close[:, 0]
    urgency = (second - close[:, 0]) * 1.0 + 0.02 * layout.demand * close.mean()
    urgency[medians] = np.inf
    for point in np.argsort(-urgency, kind="stable").tolist():
        for choice in order[point].tolist():
            if layout.demand[point] <= room[choice]:
                break
        else:
            choice = int(order[point][0])
        room[choice] -= layout.demand[point]
        layout.owner[point] = medians[choice]


def _recentre(layout: Layout) -> None:
    """The point of each cluster that is nearest to all others becomes its median."""
    for median in layout.medians.tolist():
        mine = np.flatnonzero(layout.owner == median)
        if not len(mine):
            continue
        total = layout.between(mine, mine).sum(axis=0)
        load = layout.demand[mine].sum()
        total[layout.capacity[mine] < min(load, layout.capacity[median])] = np.inf
        best = int(mine[int(np.argmin(total))])
        if best != median:
            layout.owner[mine] = best
            layout.medians[layout.medians == median] = best
