"""Plan a whole season: each independent part exactly when it is small, by blocks when it is large."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ydin.planning.run import Clock
from ydin.planning.season import blocks, region
from ydin.planning.season.finish import finish
from ydin.planning.season.model import Plan, Season
from ydin.planning.season.options import OPEN, tabulate
from ydin.planning.season.state import State, components, pairs_among
from ydin.planning.season.unplaced import settle

EXACT = 30
FOR_PLAN = 0.9
FIRST_TRY = 0.7


def plan(season: Season, clock: Clock, *, exact_regrets: bool) -> Plan:
    """Plan a season within the clock's deadline."""
    table = tabulate(season)
    state = State(table)
    whole, clock.deadline_seconds = clock.deadline_seconds, clock.deadline_seconds * FOR_PLAN
    bound = sum(_part(state, part, clock) for part in sorted(components(table), key=len))
    because = settle(state, clock)
    clock.deadline_seconds = whole
    bound -= OPEN * len(because)
    proved = math.ceil(bound - 1e-4) if np.isfinite(bound) and bound > 0 else None
    return finish(state, proved, because, clock, exact=exact_regrets)


def _part(state: State, part: Sequence[int], clock: Clock) -> float:
    """Plan one independent part into the state; returns its proven lower bound."""
    bound = -math.inf
    if len(part) <= EXACT:
        bound = _exactly(state, part, clock)
        if all(state.filled[place] for place in part):
            return bound
    table = state.table
    for place in part:
        table.groups[place] = table.groups[place].with_nobody()
    if len(part) <= EXACT:
        bound = max(bound, _exactly(state, part, clock))
    if not all(state.filled[place] for place in part):
        bound = max(bound, blocks.solve(state, part, clock))
    return bound


def _exactly(state: State, part: Sequence[int], clock: Clock) -> float:
    table = state.table
    groups = [table.groups[place] for place in part]
    found = region.solve(groups, pairs_among(table, part), clock, FIRST_TRY * clock.left())
    if found.chosen is not None:
        for place, mine in zip(part, found.chosen, strict=True):
            state.put(place, mine)
    return found.bound
