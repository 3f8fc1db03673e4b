"""Prices for what groups share, so that each group can be looked at alone: Lagrangian decomposition.

Each rule between groups (a coordinator's evening, an expert's evening, an evening of two neighbours) gets a
price that is not negative. Every group then pays the prices of the evenings it takes; the sum of what the
groups pay at best, less the sum of the prices, is a lower bound on every plan. Subgradient steps raise it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from ydin.planning.run import Clock
from ydin.planning.season.model import TRAVEL_MAX
from ydin.planning.season.options import Floats, Ints, Options
from ydin.planning.season.single import (
    FORBIDDEN,
    Cells,
    Found,
    ascend,
    assign,
    close,
    matrix,
    potentials,
    project,
)

STEP = 3.0


@dataclass(slots=True)
class Market:
    """Groups, the rules between them as rows of two incidence matrices, and the prices of the rows.

    `shared`: rules × groups (coordinators with two groups or more, then pairs of neighbours); its prices
    are rules × evenings. Experts have one price for each evening.
    """

    groups: Sequence[Options]
    cells: list[Cells]
    days: list[Ints]
    expert_days: list[Ints]
    width: int
    shared: csr_array
    day_prices: Floats
    expert_prices: Floats
    weights: list[Floats] = field(default_factory=list)

    @classmethod
    def of(cls, groups: Sequence[Options], pairs: Sequence[tuple[int, int]]) -> Market:
        """Lay out the rules; all prices 0."""
        every = np.unique(np.concatenate([[0], *(options.day for options in groups)]))
        days = [np.searchsorted(every, options.day).astype(np.int32) for options in groups]
        top = 1 + max((int(options.expert.max()) for options in groups if len(options)), default=-1)
        none = top * len(every)
        called = [
            np.where(options.expert < 0, none, options.expert * len(every) + day)
            for options, day in zip(groups, days, strict=True)
        ]
        rules = _rules(groups, pairs)
        rows = np.repeat(np.arange(len(rules)), [len(rule) for rule in rules])
        columns = np.array([place for rule in rules for place in rule], dtype=np.int64)
        shared = csr_array((np.ones(len(columns)), (rows, columns)), shape=(len(rules), len(groups)))
        return cls(
            groups,
            [Cells.of(options) for options in groups],
            days,
            called,
            len(every),
            shared,
            np.zeros((len(rules), len(every))),
            np.zeros(none + 1),
            [np.full(options.members, TRAVEL_MAX / options.members) for options in groups],
        )

    def cost(self, place: int, by_day: Floats) -> Floats:
        """What each option of a group costs with prices; `by_day`: price of an evening for that group."""
        found: Floats = (
            self.groups[place].cost + by_day[self.days[place]] + self.expert_prices[self.expert_days[place]]
        )
        return found

    def by_group(self) -> Floats:
        """Prices of the evenings for each group, groups × evenings."""
        found: Floats = self.shared.T @ self.day_prices
        return found

    def paid(self) -> float:
        """The sum of all prices."""
        return float(self.day_prices.sum() + self.expert_prices.sum())


def _rules(groups: Sequence[Options], pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    teams: dict[int, list[int]] = {}
    for place, options in enumerate(groups):
        teams.setdefault(options.coordinator, []).append(place)
    rules = [team for team in teams.values() if len(team) > 1]
    rules += [[a, b] for a, b in pairs if groups[a].coordinator != groups[b].coordinator]
    return rules


@dataclass(slots=True)
class Round:
    """The outcome of one look at all groups: the bound, and how often each rule's evening was taken."""

    bound: float
    taken: Floats
    calls: Floats


def look(market: Market, step: float) -> Round:
    """Let every group choose at the prices; move its travel weights a step on the way."""
    by_group = market.by_group()
    used = np.zeros((len(market.groups), market.width))
    calls = np.zeros(len(market.expert_prices))
    bound = -market.paid()
    for place, options in enumerate(market.groups):
        cost = market.cost(place, by_group[place])
        weights = market.weights[place]
        cells = matrix(options, market.cells[place], cost)
        hosts, value = assign(cells + weights @ options.travel)
        bound += value
        load = options.travel[:, hosts].sum(axis=1).astype(float)
        slope = load - load.mean()
        lack = TRAVEL_MAX * load.max() - weights @ load
        norm = slope @ slope
        if step and norm > 1e-9:
            market.weights[place] = project(weights + step * lack / norm * slope)
        for option in picked(market, place, cost, hosts):
            used[place, market.days[place][option]] += 1
            calls[market.expert_days[place][option]] += 1
    return Round(bound, market.shared @ used - 1.0, calls - 1.0)


def picked(market: Market, place: int, cost: Floats, hosts: Ints) -> list[int]:
    """The cheapest option of each month with its host."""
    options, cells = market.groups[place], market.cells[place]
    wanted = np.arange(options.months) * options.members + hosts
    keys = cells.months * options.members + cells.hosts
    ends = np.append(cells.starts, len(cells.order))
    found = []
    for at in np.flatnonzero(np.isin(keys, wanted)):
        part = cells.order[ends[at] : ends[at + 1]]
        found.append(int(part[int(np.argmin(cost[part]))]))
    return found


def raise_bound(market: Market, clock: Clock, seconds: float, rounds: int) -> None:
    """Improve the prices for a number of rounds; leaves the best in the market."""
    until = clock.elapsed() + seconds
    if rounds:
        _warm_up(market)
    best, kept = -np.inf, (market.day_prices, market.expert_prices, market.weights)
    for number in range(rounds):
        if clock.left() <= 0 or clock.elapsed() > until:
            break
        shown = (market.day_prices, market.expert_prices, list(market.weights))
        pace = 1 / (1 + number / 20)
        seen = look(market, 0.3 * pace)
        if seen.bound > best:
            best, kept = seen.bound, shown
        clock.tell("bound", number, rounds, None, best)
        _move(market, seen, STEP * pace)
    market.day_prices, market.expert_prices, market.weights = kept


def _warm_up(market: Market) -> None:
    """Travel weights of every group as if it were alone."""
    for place, options in enumerate(market.groups):
        cells = matrix(options, market.cells[place], options.cost)
        market.weights[place] = ascend(cells, options.travel.astype(float), rounds=40).weights


def _move(market: Market, seen: Round, step: float) -> None:
    """One subgradient step of the prices; nothing is paid for "nobody" (evening 0) and for no expert."""
    seen.taken[:, 0] = 0.0
    seen.calls[-1] = 0.0
    market.day_prices = np.maximum(0.0, market.day_prices + step * seen.taken)
    market.expert_prices = np.maximum(0.0, market.expert_prices + step * seen.calls)


@dataclass(slots=True)
class Quote:
    """A group at the final prices: what it pays at best (proved), and by how much each option exceeds it."""

    found: Found
    cost: Floats
    excess: Floats


def quote(
    market: Market,
    place: int,
    by_day: Floats,
    *,
    exact: bool = True,
    seconds: float = 10.0,
    clock: Clock | None = None,
) -> Quote:
    """The best of a group at the prices, exact if time allows, and a lower bound on the excess of each option."""
    options = market.groups[place]
    cost = market.cost(place, by_day)
    travel = options.travel.astype(float)
    cells = matrix(options, market.cells[place], cost)
    found = ascend(cells, travel, market.weights[place])
    market.weights[place] = found.weights
    relaxed = found.bound
    if exact:
        found = close(cells, travel, found, seconds, clock)
    priced = cells + found.weights @ travel
    hosts, _value = assign(priced)
    reduced = potentials(priced, hosts)
    cell = options.month, options.host
    excess = (relaxed - found.bound) + reduced[cell] + (cost - cells[cell])
    excess[cells[cell] >= FORBIDDEN] = np.inf
    return Quote(found, cost, excess)
