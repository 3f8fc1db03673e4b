"""One group alone: an assignment problem with one more term, the largest travel total of any member.

min  sum_m C[m, host(m)] + 3 * max_k sum_m T[k, host(m)],  months m to different hosts.

The maximum is dualised: weights w on the members (sum 3, none negative) turn it into a price for each host,
and what remains is the assignment problem. Subgradient steps raise that bound; the assignments met on the
way are plans; reduced costs strike out the cells that no better plan can use, and when the gap is still
open a small mixed integer program over the remaining cells closes it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from ydin.planning import backend
from ydin.planning.run import Clock
from ydin.planning.season.model import TRAVEL_MAX
from ydin.planning.season.options import Floats, Ints, Options

FORBIDDEN = 1e7
ROUNDS = 60


@dataclass(slots=True)
class Cells:
    """Options of a group ordered by cell (month × host)."""

    order: Ints
    starts: Ints
    months: Ints
    hosts: Ints

    @classmethod
    def of(cls, options: Options) -> Cells:
        """Group the options by cell."""
        key = options.month * options.members + options.host
        order = np.lexsort((options.cost, key))
        cells, starts = np.unique(key[order], return_index=True)
        return cls(
            order.astype(np.int32), starts.astype(np.int32), cells // options.members, cells % options.members
        )


@dataclass(slots=True)
class Found:
    """The best assignment: host by month, its value, a proven bound, and the weights that gave it."""

    hosts: Ints | None
    value: float
    bound: float
    weights: Floats
    reduced: Floats | None = None


def matrix(options: Options, cells: Cells, cost: Floats | Ints) -> Floats:
    """The cheapest option of every cell, months × hosts; FORBIDDEN where there is none."""
    found = np.full((options.months, options.members), FORBIDDEN)
    if len(cells.starts):
        found[cells.months, cells.hosts] = np.minimum.reduceat(cost[cells.order], cells.starts)
    return found


def assign(cost: Floats) -> tuple[Ints, float]:
    """The cheapest host for each month and the sum."""
    _rows, hosts = linear_sum_assignment(cost)
    return hosts, float(cost[np.arange(len(hosts)), hosts].sum())


def potentials(cost: Floats, hosts: Ints) -> Floats:
    """Reduced costs of an optimal assignment: what at least it costs more to use a cell."""
    months = np.arange(len(hosts))
    mine = cost[months, hosts]
    step = cost[:, hosts] - mine[:, None]
    v = np.zeros(len(hosts))
    for _ in months:
        better = np.minimum(v, (v[:, None] + step).min(axis=0))
        if np.array_equal(better, v):
            break
        v = better
    full = np.zeros(cost.shape[1])
    full[hosts] = v
    reduced: Floats = cost - (mine - v)[:, None] - full[None, :]
    return reduced


def project(weights: Floats) -> Floats:
    """The nearest weights that sum to 3, none negative."""
    ordered = np.sort(weights)[::-1]
    total = np.cumsum(ordered) - TRAVEL_MAX
    count = np.arange(1, len(ordered) + 1)
    last = int(np.count_nonzero(ordered * count > total))
    found: Floats = np.maximum(weights - total[last - 1] / last, 0.0)
    return found


def ascend(cost: Floats, travel: Floats, weights: Floats | None = None, rounds: int = ROUNDS) -> Found:
    """Raise the bound by subgradient steps, and keep the best assignment met."""
    if weights is None:
        weights = np.full(len(travel), TRAVEL_MAX / len(travel))
    months = np.arange(len(cost))
    best = Found(None, np.inf, -np.inf, weights)
    scale, stale = 1.0, 0
    for _ in range(rounds):
        hosts, value = assign(cost + weights @ travel)
        load = travel[:, hosts].sum(axis=1)
        plan = cost[months, hosts].sum() + TRAVEL_MAX * load.max()
        if plan < best.value:
            best.hosts, best.value = hosts, plan
        if value > best.bound + 1e-9:
            best.bound, best.weights, stale = value, weights, 0
        else:
            stale += 1
            if stale >= 4:
                scale, stale = scale / 2, 0
        if best.value - best.bound < 1 - 1e-6:
            break
        slope = load - load.mean()
        norm = float(slope @ slope)
        if norm < 1e-9:
            break
        weights = project(weights + scale * (best.value - value + 1) / norm * slope)
    return best


def close(
    cost: Floats, travel: Floats, found: Found, seconds: float = 10.0, clock: Clock | None = None
) -> Found:
    """Close the gap of `ascend`: a program over the cells that a better assignment could still use."""
    if found.hosts is None or found.value - found.bound < 1 - 1e-6:
        return found
    priced = cost + found.weights @ travel
    hosts, value = assign(priced)
    reduced = potentials(priced, hosts)
    months, places = np.nonzero(value + reduced <= found.value - 1 + 1e-6)
    wanted = _program(cost, travel, (months, places), found.value - 1)
    better = _answer(cost, travel, (months, places), backend.solve(wanted, seconds, clock, small=True))
    if better is None:
        return found
    if better[0] is not None:
        found.hosts, found.value = better[0], better[1]
    found.bound = max(found.bound, min(better[2], found.value))
    return found


def _program(cost: Floats, travel: Floats, cells: tuple[Ints, Ints], most: float) -> backend.Program:
    """The search for the best assignment over some cells that is worth at most `most`."""
    months, hosts = cells
    width = len(months) + 1
    columns = np.arange(width - 1)
    size = len(travel)
    count = len(cost)
    rows = np.zeros((count + size + size + 1, width))
    rows[months, columns] = 1
    rows[count + hosts, columns] = 1
    rows[count + size : -1, :-1] = travel[:, hosts]
    rows[count + size : -1, -1] = -1
    objective = np.append(cost[months, hosts], float(TRAVEL_MAX))
    rows[-1] = objective
    low = np.concatenate([np.ones(count), np.full(2 * size + 1, -np.inf)])
    high = np.concatenate([np.ones(count + size), np.zeros(size), [most]])
    whole = np.append(np.ones(width - 1), 0)
    top = np.append(np.ones(width - 1), np.inf)
    return backend.Program(objective, whole, top, rows, low, high)


def _answer(
    cost: Floats, travel: Floats, cells: tuple[Ints, Ints], answer: backend.Solution
) -> tuple[Ints | None, float, float] | None:
    """What a program found: (hosts or None, value, bound); None when it found nothing in time."""
    if answer.impossible:
        return None, np.inf, np.inf
    if answer.x is None:
        return None
    months, hosts = cells
    best = np.zeros(len(cost), dtype=np.int64)
    used = answer.x[:-1] > 0.5
    best[months[used]] = hosts[used]
    load = travel[:, best].sum(axis=1).max()
    value = float(cost[np.arange(len(cost)), best].sum() + TRAVEL_MAX * load)
    return best, value, answer.bound
