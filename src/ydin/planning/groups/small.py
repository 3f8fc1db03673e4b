"""A few clusters planned anew: all sets of candidate medians, those with the best bounds in detail.

Without capacities the cost of a set of medians is the sum over the points of the nearest, found for all sets
at once. For the most promising sets prices on the medians (Lagrangian relaxation of the capacities) lead to
assignments that fit; the best one is improved by shifts and swaps of points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ydin.planning.groups.start import Layout

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
CANDIDATES = {1: 400, 2: 72, 3: 32}
BATCH = 30
PRICING = 9


@dataclass(frozen=True, slots=True)
class Piece:
    """Some points and the heads they may get: distances, demand, room of the heads, price of overload."""

    far: Floats
    demand: Floats
    room: Floats
    penalty: float


def replan(layout: Layout, medians: tuple[int, ...]) -> float:
    """Plan the clusters of some medians anew; returns the gain (0 when nothing better was found)."""
    old = np.array(medians)
    points = np.flatnonzero(np.isin(layout.owner, old))
    far = layout.between(points, points)
    limit = float(layout.own(points).sum()) + layout.penalty * layout.excess(old, points)
    heads = _candidates(far, points, old)
    piece = Piece(far[:, heads], layout.demand[points], layout.capacity[points[heads]], layout.penalty)
    found = _best(piece, len(old), limit)
    if found is None:
        return 0.0
    cost, choice = found
    layout.change(old, points, points[heads[choice]])
    return limit - cost


def _candidates(far: Floats, points: Ints, old: Ints) -> Ints:
    """Points that are plausible as medians: the old ones, and those central among their nearest."""
    size = max(2, int(len(points) / len(old) * 0.7))
    central = np.partition(far, min(size, len(points) - 1), axis=1)[:, :size].sum(axis=1)
    most = min(len(points), CANDIDATES[len(old)])
    best = np.argsort(central, kind="stable")[:most]
    return np.union1d(best, np.flatnonzero(np.isin(points, old)))


@lru_cache(maxsize=512)
def _sets(count: int, size: int) -> Ints:
    return np.array(list(combinations(range(count), size)), dtype=np.int64).reshape(-1, size)


def _best(piece: Piece, count: int, limit: float) -> tuple[float, Ints] | None:
    """The best head for every point with `count` heads, if it costs less than the limit."""
    sets = _sets(piece.far.shape[1], min(count, piece.far.shape[1]))
    bound = _nearest(piece.far, sets)
    good = np.flatnonzero((bound < limit - 1e-9) & (piece.room[sets].sum(axis=1) >= piece.demand.sum()))
    if not len(good):
        return None
    if len(good) > BATCH:
        good = good[np.argpartition(bound[good], BATCH)[:BATCH]]
    good = good[np.argsort(bound[good], kind="stable")]
    row, local = _price(piece, sets[good])
    heads = sets[good[row]]
    local = polish(piece.far[:, heads], piece.demand, piece.room[heads], local)
    cost = _cost(piece, heads, local)
    return None if cost >= limit - 1e-7 * limit else (cost, heads[local])


def _nearest(far: Floats, sets: Ints) -> Floats:
    """For every set of heads the sum over the points of the nearest head."""
    by_head = np.ascontiguousarray(far.T, dtype=np.float32)
    near = by_head[sets[:, 0]]
    for column in range(1, sets.shape[1]):
        np.minimum(near, by_head[sets[:, column]], out=near)
    found: Floats = near.sum(axis=1, dtype=np.float64)
    return found


def _price(piece: Piece, sets: Ints) -> tuple[int, Ints]:
    """Assignments for many sets by prices on room: the best set, and the head (of the set) by point.

    The sets come in the order of their bounds; when the first one needs no prices it is the best.
    """
    cube = piece.far[:, sets].transpose(1, 0, 2)
    rooms, demand = piece.room[sets], piece.demand
    count, points, width = cube.shape
    prices = np.zeros((count, width))
    unit = cube.mean() / max(1e-9, float(demand.mean()))
    best, best_row, best_choice = np.inf, 0, np.zeros(points, dtype=np.int64)
    for turn in range(PRICING):
        choice = (cube + prices[:, None, :] * demand[None, :, None]).argmin(axis=2)
        own = np.take_along_axis(cube, choice[:, :, None], axis=2)[:, :, 0].sum(axis=1)
        loads = np.stack([((choice == n) * demand).sum(axis=1) for n in range(width)], axis=1)
        over = loads - rooms
        total = own + piece.penalty * np.maximum(0, over).sum(axis=1)
        row = int(np.argmin(total))
        if total[row] < best:
            best, best_row, best_choice = float(total[row]), row, choice[row]
        if turn == 0 and row == 0 and total[0] <= own[0]:
            break
        step = unit * 2.0 / (1 + turn)
        prices = np.maximum(0, prices + step * over / np.maximum(rooms, 1e-9))
    return best_row, best_choice


def polish(far: Floats, demand: Floats, room: Floats, choice: Ints) -> Ints:
    """Shift single points and swap pairs while that lowers overload or cost."""
    choice = choice.copy()
    every = np.arange(len(choice))
    for _ in range(60):
        loads = np.bincount(choice, weights=demand, minlength=len(room))
        slack = room - loads
        gain = far[every, choice][:, None] - far
        over = np.maximum(0, -slack)
        fits = demand[:, None] <= slack[None, :] + 1e-9
        relief = np.minimum(over[choice], demand)[:, None] > 0
        score = np.where(fits & (relief | (gain > 1e-9)), gain + relief * 1e9, -np.inf)
        score[every, choice] = -np.inf
        at = int(np.argmax(score))
        point, head = divmod(at, far.shape[1])
        if score[point, head] > -1e8 and score[point, head] > 1e-9:
            choice[point] = head
            continue
        if not _swap(far, demand, slack, choice):
            break
    return choice


def _swap(far: Floats, demand: Floats, slack: Floats, choice: Ints) -> bool:
    """Do the best swap of two points of different heads that fits and gains."""
    every = np.arange(len(choice))
    own = far[every, choice]
    gain = (own[:, None] - far[:, choice]) + (own[:, None] - far[:, choice]).T
    extra = demand[None, :] - demand[:, None]
    fits = (extra <= slack[choice][:, None] + 1e-9) & (-extra <= slack[choice][None, :] + 1e-9)
    gain = np.where(fits & (choice[:, None] != choice[None, :]), gain, -np.inf)
    one, other = divmod(int(np.argmax(gain)), len(choice))
    if gain[one, other] <= 1e-9:
        return False
    choice[one], choice[other] = choice[other], choice[one]
    return True


def _cost(piece: Piece, heads: Ints, choice: Ints) -> float:
    room = piece.room[heads]
    loads = np.bincount(choice, weights=piece.demand, minlength=len(room))
    own = piece.far[np.arange(len(choice)), heads[choice]].sum()
    return float(own + piece.penalty * np.maximum(0, loads - room).sum())
