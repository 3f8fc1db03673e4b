"""Many groups: prices for a bound, then blocks of groups (one coordinator's) planned one after another.

Every block is a small program over the options of little excess that the other groups leave free. While
others are not placed yet, a block pays the prices, so it leaves to them what they need more. Afterwards
blocks are planned again at true cost with all others where they are, as long as that gains something.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ydin.planning.run import Clock
from ydin.planning.season import joint
from ydin.planning.season.options import Bools, Floats, Ints, Options
from ydin.planning.season.prices import Market, Quote, quote, raise_bound
from ydin.planning.season.single import Cells, ascend, assign, matrix, potentials
from ydin.planning.season.state import State, pairs_among

MARGIN = 40.0
BLOCK = 6
ROUNDS = 120
SWEEPS = 4
PATIENCE = 10.0


def solve(state: State, part: Sequence[int], clock: Clock) -> float:
    """Plan a large part into the state; returns a proven lower bound."""
    started = clock.left()
    groups = [state.table.groups[place] for place in part]
    market = Market.of(groups, pairs_among(state.table, part))
    raise_bound(market, clock, started * 0.2, ROUNDS)
    by_group = market.by_group()
    quotes: dict[int, Quote] = {}
    bound = -market.paid()
    for n, place in enumerate(part):
        enough = clock.left() > 0.6 * started
        quotes[place] = quote(market, n, by_group[n], exact=enough, clock=clock)
        bound += quotes[place].found.bound
        clock.tell("quote", n, len(part), None, None)
    blocks = _blocks(state, part)
    for n, block in enumerate(blocks):
        _place(state, block, quotes, clock)
        clock.tell("place", n, len(blocks), None, bound)
    _improve(state, blocks, bound, clock)
    return bound


def _blocks(state: State, part: Sequence[int]) -> list[list[int]]:
    """Groups of one coordinator, in pieces of similar size when there are many."""
    teams: dict[int, list[int]] = {}
    for place in part:
        teams.setdefault(state.table.groups[place].coordinator, []).append(place)
    found = []
    for team in teams.values():
        pieces = math.ceil(len(team) / BLOCK)
        size = math.ceil(len(team) / pieces)
        found += [team[at : at + size] for at in range(0, len(team), size)]
    return found


def _place(state: State, block: Sequence[int], quotes: dict[int, Quote], clock: Clock) -> None:
    """Choose for a block what costs least at the prices."""
    groups, places = [], []
    for place in block:
        options = state.table.groups[place]
        free = state.free(place, block)
        keep = free & ((quotes[place].excess <= MARGIN) | (options.day == 0))
        priced = np.rint(quotes[place].cost).astype(np.int64)
        groups.append(replace(options, cost=priced).keep(keep))
        places.append(np.flatnonzero(keep))
    _choose(state, block, groups, places, clock)


def _choose(
    state: State, block: Sequence[int], groups: list[Options], places: list[Ints], clock: Clock
) -> None:
    limit = min(PATIENCE, clock.left())
    answer = joint.solve(groups, pairs_among(state.table, block), limit, clock) if limit > 0 else None
    for n, place in enumerate(block):
        state.put(place, places[n][answer.chosen[n]] if answer else _alone(state, place))


def _alone(state: State, place: int) -> Ints:
    """A good choice of one group with all others fixed, in milliseconds: for when the time is over."""
    options = state.table.groups[place]
    places = np.flatnonzero(state.free(place))
    slim = options.keep(state.free(place))
    hosts = ascend(matrix(slim, Cells.of(slim), slim.cost), slim.travel.astype(float), rounds=10).hosts
    assert hosts is not None
    mine = np.flatnonzero(hosts[slim.month] == slim.host)
    order = mine[np.lexsort((slim.cost[mine], slim.month[mine]))]
    _months, first = np.unique(slim.month[order], return_index=True)
    found: Ints = places[order[first]]
    return found


def _improve(state: State, blocks: Sequence[Sequence[int]], bound: float, clock: Clock) -> None:
    """Plan blocks again with all others fixed, until a sweep gains nothing or the time is over."""
    todo = set(range(len(blocks)))
    home = {place: n for n, block in enumerate(blocks) for place in block}
    for _sweep in range(SWEEPS):
        now, todo = sorted(todo), set()
        for done, n in enumerate(now):
            if clock.left() <= 0:
                return
            if improve(state, blocks[n], clock):
                near = {home[other] for place in blocks[n] for other in state.rivals(place)}
                todo |= near - {n}
            clock.tell("improve", done, len(now), None, bound)


def improve(state: State, block: Sequence[int], clock: Clock, margin: float = MARGIN) -> int:
    """Plan a block again at true cost, all others fixed; returns what that gained."""
    groups, places, before = [], [], 0
    for place in block:
        options = state.table.groups[place]
        mine = state.chosen[place]
        before += joint.worth(options, mine)
        keep = worth_a_look(options, state.free(place, block), margin) | (options.day == 0)
        keep[mine] = True
        groups.append(options.keep(keep))
        places.append(np.flatnonzero(keep))
    answer = joint.solve(groups, pairs_among(state.table, block), min(PATIENCE, clock.left()), clock)
    if answer is None or answer.value >= before:
        return 0
    for n, place in enumerate(block):
        state.put(place, places[n][answer.chosen[n]])
    return before - answer.value


def worth_a_look(options: Options, free: Bools, margin: float) -> Bools:
    """Free options of a group whose excess over the relaxed best of the group alone is small."""
    slim = options.keep(free)
    cells = Cells.of(slim)
    costs = matrix(slim, cells, slim.cost)
    travel = options.travel.astype(float)
    found = ascend(costs, travel, rounds=30)
    priced: Floats = costs + found.weights @ travel
    hosts, _value = assign(priced)
    cell = slim.month, slim.host
    excess = potentials(priced, hosts)[cell] + slim.cost - costs[cell]
    mask = np.zeros(len(options), dtype=bool)
    mask[np.flatnonzero(free)[excess <= margin]] = True
    return mask
