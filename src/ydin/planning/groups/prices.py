"""Where the medians should be, from prices: Lagrangian relaxation of "every point belongs to one median".

Every point offers a price for being served. A possible median takes the points that gain it most until it is
full (a knapsack in parts), and the p medians that gain most are open. Points that are served by nobody raise
their price, those served twice lower it (subgradient steps; Lorena and Senne 2004). How often a point was open
on the way is a density of medians, which is then gathered into p of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from ydin.planning.run import Clock

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ROUNDS = 220
FADE = 0.04
PATIENCE = 8
SHRINK = 0.7
SPAN = 5.5
AIM = 1.02
USUAL = 0.7
MOST_CELLS = 6_000_000


@dataclass(frozen=True, slots=True)
class Density:
    """Of each point its nearest (`near`), the distances to them (`far`), and how much of a median it is."""

    far: Floats
    near: Ints
    mass: Floats
    scale: float


def density(points: Floats, p: int, clock: Clock, seconds: float) -> Density | None:
    """How much of a median every point is; None where the relaxation would be too large or says nothing."""
    count = len(points)
    span = min(count, int(SPAN * count / p) + 5)
    if p < 2 or count < 4 * p or count * span > MOST_CELLS or (points[:, 2] <= 0).any():
        return None
    found, near = KDTree(points[:, :2]).query(points[:, :2], k=span)
    far: Floats = np.asarray(found, dtype=np.float64)
    mass = _open_often(points, far, np.asarray(near, dtype=np.int64), p, _Until(clock, seconds))
    scale = float(np.median(far[:, min(span - 1, max(1, count // p))]))
    return Density(far, np.asarray(near, dtype=np.int64), mass * (p / mass.sum()), max(scale, 1e-9))


class _Until:
    """A part of the time of a clock."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self.clock = clock
        self.end = clock.elapsed() + seconds

    def over(self) -> bool:
        """Whether that time has passed."""
        return self.clock.left() <= 0 or self.clock.elapsed() > self.end


def _open_often(points: Floats, far: Floats, near: Ints, p: int, until: _Until) -> Floats:
    """A fading mean of who was open, while the prices improve."""
    count, span = far.shape
    table = _Offers(far, near, points[:, 2][near], points[:, 3])
    prices = far[:, min(span - 1, max(1, int(0.9 * count / p)))].copy()
    best, kept, pace, stale = -np.inf, prices, 1.0, 0
    mass = np.zeros(count)
    guess = USUAL * float(far[:, min(span - 1, max(1, count // p))].sum())
    for number in range(ROUNDS):
        value, chosen, served = _offer(table, prices, p)
        mass *= (1 - FADE) if number else 0.0
        mass[chosen] += FADE if number else 1.0
        if value > best:
            best, kept, stale = value, prices, 0
        else:
            stale += 1
        if stale >= PATIENCE:
            pace, stale, prices = pace * SHRINK, 0, kept
            continue
        lack = 1.0 - served
        target = AIM * best if best > guess / 2 else guess
        norm = max(1e-9, float(lack @ lack))
        prices = np.maximum(0.0, prices + pace * (target - value) / norm * lack)
        if until.over():
            break
    return mass


@dataclass(frozen=True, slots=True)
class _Offers:
    """Of each possible median the points near it: how far, which, their demand; and its room."""

    far: Floats
    near: Ints
    demand: Floats
    room: Floats


def _offer(table: _Offers, prices: Floats, p: int) -> tuple[float, Ints, Floats]:
    """At some prices: the value of the relaxation, the open medians, and how often each point is served."""
    near, demand, room = table.near, table.demand, table.room
    gain = table.far - prices[near]
    order = np.argsort(np.where(gain < 0, gain / demand, 0.0), axis=1)
    gain = np.minimum(0.0, np.take_along_axis(gain, order, axis=1))
    size = np.take_along_axis(demand, order, axis=1)
    part = np.clip((room[:, None] - np.cumsum(size, axis=1) + size) / size, 0.0, 1.0)
    part[gain >= 0] = 0.0
    worth = (gain * part).sum(axis=1)
    chosen = np.argpartition(worth, p - 1)[:p]
    who = np.take_along_axis(near[chosen], order[chosen], axis=1).ravel()
    weights: Floats = part[chosen].ravel()
    served: Floats = np.bincount(who, weights=weights, minlength=len(prices)).astype(np.float64)
    return float(prices.sum() + worth[chosen].sum()), chosen, served


def gather(found: Density, p: int, width: float) -> Ints:
    """Medians where the density is highest; each takes one unit of it from its surroundings.

    `width`: how far a point counts for another, in distances between medians.
    """
    mass = found.mass.copy()
    weight = np.maximum(0.0, 1.0 - found.far / (width * found.scale))
    score = (mass[found.near] * weight).sum(axis=1)
    chosen: list[int] = []
    for _ in range(p):
        median = int(np.argmax(score))
        score[median] = -np.inf
        chosen.append(median)
        around = found.near[median]
        there = mass[around]
        taken = np.clip(1.0 - (np.cumsum(there) - there), 0.0, there)
        mass[around] -= taken
        changed = np.unique(found.near[around[taken > 0]])
        changed = changed[score[changed] > -np.inf]
        score[changed] = (mass[found.near[changed]] * weight[changed]).sum(axis=1)
    return np.array(chosen, dtype=np.int64)
