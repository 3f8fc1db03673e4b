"""Why a turn is as it is, and what it would cost to choose otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ydin.planning.season import joint
from ydin.planning.season.model import Plan, Reason, Season, Status, Turn, Unplaced
from ydin.planning.season.state import State
from ydin.planning.season.why import why


def explain(state: State, bound: int | None) -> Plan:
    """The finished plan of a state, with reasons and regret."""
    turns: list[Turn] = []
    for place in range(len(state.table.groups)):
        regrets = regret(state, place)
        turns += [
            _with_reasons(state, place, state.table.turn(place, int(option)), regrets[int(option)])
            for option in sorted(state.chosen[place], key=lambda n: state.table.groups[place].month[n])
        ]
    months = state.table.season.months
    unplaced = tuple(
        Unplaced(state.table.season.groups[place].id, months[month], (Reason("no_host_offers"),))
        for place, month in state.open_slots()
    )
    objective = state.objective()
    status: Status = "infeasible" if unplaced else "optimal" if bound == objective else "feasible"
    return Plan(status, objective, None if unplaced else bound, tuple(turns), unplaced)


def _with_reasons(state: State, place: int, turn: Turn, loss: int | None) -> Turn:
    group = state.table.season.groups[place]
    return Turn(turn.group, turn.month, turn.host, turn.evening, turn.expert, why(group, turn), loss)


def regret(state: State, place: int) -> dict[int, int | None]:
    """For each chosen option: what the objective loses without its host in its month, others unmoved."""
    free = state.free(place)
    options = state.table.groups[place]
    now = joint.worth(options, state.chosen[place])
    found: dict[int, int | None] = {}
    for option in state.chosen[place]:
        other = free & ~((options.host == options.host[option]) & (options.month == options.month[option]))
        answer = joint.solve([options.keep(np.asarray(other))], [], 5.0)
        found[int(option)] = None if answer is None else answer.value - now
    return found


def regret_of(
    season: Season, turns: Sequence[Turn], slots: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], int | None]:
    """The regret of some slots of a plan."""
    return dict.fromkeys(slots)
