"""Plan a whole season: each independent part exactly when it is small, by blocks when it is large."""

from __future__ import annotations

import numpy as np

from ydin.planning.run import Clock
from ydin.planning.season import joint
from ydin.planning.season.model import Plan, Season
from ydin.planning.season.options import tabulate
from ydin.planning.season.regrets import explain
from ydin.planning.season.state import State, components, pairs_among

EXACT = 20


def plan(season: Season, clock: Clock, seed: int) -> Plan:
    """Plan a season within the clock's deadline."""
    table = tabulate(season)
    state = State(table)
    bound = 0.0
    for part in components(table):
        groups = [table.groups[place] for place in part]
        pairs = pairs_among(table, part)
        answer = joint.solve(groups, pairs, clock.left())
        if answer is None:
            count = joint.most(groups, pairs, clock.left())
            answer = joint.solve(groups, pairs, clock.left(), total=count[0]) if count else None
        if answer is None:
            bound = -np.inf
            continue
        for place, mine in zip(part, answer.chosen, strict=True):
            state.put(place, mine)
        bound += np.ceil(answer.bound - 1e-6)
        clock.tell("season", state.placed(), len(table.groups) * len(season.months), state.objective(), bound)
    return explain(state, int(bound) if np.isfinite(bound) else None)
