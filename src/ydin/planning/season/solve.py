"""Plan a whole season: each independent part exactly when it is small, by blocks when it is large."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ydin.planning.run import Clock
from ydin.planning.season import blocks, region
from ydin.planning.season.model import Plan, Season
from ydin.planning.season.options import tabulate
from ydin.planning.season.regrets import explain
from ydin.planning.season.state import State, components, pairs_among

EXACT = 30
SHARE_EXACT = 0.4


def plan(season: Season, clock: Clock, seed: int) -> Plan:  # noqa: ARG001 - nothing is drawn by lot so far
    """Plan a season within the clock's deadline."""
    table = tabulate(season)
    state = State(table)
    parts = components(table)
    bound = sum(_part(state, part, clock) for part in sorted(parts, key=len))
    return explain(state, math.ceil(bound - 1e-4) if np.isfinite(bound) else None)


def _part(state: State, part: Sequence[int], clock: Clock) -> float:
    """Plan one independent part into the state; returns its proven lower bound."""
    table = state.table
    if len(part) <= EXACT:
        groups = [table.groups[place] for place in part]
        found = region.solve(groups, pairs_among(table, part), clock)
        if found.chosen is not None:
            for place, mine in zip(part, found.chosen, strict=True):
                state.put(place, mine)
            return found.bound
    for place in part:
        table.groups[place] = table.groups[place].with_nobody()
    return blocks.solve(state, part, clock)
