"""From a finished state to a plan with reasons and regrets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ydin.planning.run import Clock
from ydin.planning.season import regrets
from ydin.planning.season.model import Plan, Reason, Status, Turn, Unplaced
from ydin.planning.season.state import State
from ydin.planning.season.why import why

LATE = 1.02
GRACE = 1.0


def finish(
    state: State,
    bound: int | None,
    open_slots: Mapping[tuple[int, int], tuple[Reason, ...]],
    clock: Clock,
    *,
    exact: bool,
) -> Plan:
    """The plan of a state. Regrets are exact if wanted while the clock runs, else proven lower bounds.

    Once somebody asked to stop, or the deadline has passed by a little, they are 0, which is a bound too
    and takes no time.
    """
    season = state.table.season
    turns: list[Turn] = []
    for place, group in enumerate(season.groups):
        losses = _losses(state, place, clock, exact=exact)
        options = state.table.groups[place]
        for option in sorted(losses, key=lambda n: int(options.month[n])):
            turn = state.table.turn(place, option)
            turns.append(replace(turn, why=why(group, turn), regret=losses[option]))
        clock.tell("reasons", place + 1, len(season.groups))
    unplaced = tuple(
        Unplaced(season.groups[place].id, season.months[month], open_slots[place, month])
        for place, month in state.open_slots()
    )
    objective = state.objective()
    status: Status = "infeasible" if unplaced else "optimal" if bound == objective else "feasible"
    return Plan(status, objective, bound, tuple(turns), unplaced)


def _losses(state: State, place: int, clock: Clock, *, exact: bool) -> Mapping[int, int | None]:
    """The regrets of a group by chosen option."""
    if clock.stopped or clock.elapsed() > clock.deadline_seconds * LATE + GRACE:
        options, mine = state.table.groups[place], state.chosen[place]
        return dict.fromkeys(mine[options.day[mine] > 0].tolist(), 0)
    return regrets.of_group(state, place, exact=exact and clock.left() > 0)
