"""What the objective would lose if a host did not take a month, the other groups staying as they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ydin.planning.season.joint import worth
from ydin.planning.season.model import Season, Turn
from ydin.planning.season.options import OPEN, Bools, Ints, Options, tabulate
from ydin.planning.season.single import FORBIDDEN, Cells, ascend, close, matrix
from ydin.planning.season.state import State

ROUNDS = 30


def regrets(
    options: Options,
    free: Bools,
    chosen: Ints,
    *,
    exact: bool = True,
    wanted: frozenset[int] | None = None,
) -> dict[int, int | None]:
    """For each chosen option of a group, the loss without its host in its month; None = nobody else could.

    Not `exact`: a lower bound on that loss, in a tenth of the time. `wanted`: only these months.
    """
    slim = options.keep(free)
    chosen = chosen[options.day[chosen] > 0]
    cells = matrix(slim, Cells.of(slim), slim.cost)
    months = np.unique(options.month[chosen])
    cells = cells[months]
    travel = slim.travel.astype(float)
    now = worth(options, chosen)
    start = ascend(cells, travel, rounds=ROUNDS)
    found: dict[int, int | None] = {}
    for option in chosen:
        if wanted is not None and int(options.month[option]) not in wanted:
            continue
        without = cells.copy()
        without[np.searchsorted(months, options.month[option]), options.host[option]] = FORBIDDEN
        best = ascend(without, travel, start.weights, ROUNDS if exact else 1)
        value = close(without, travel, best).value if exact else math.ceil(best.bound - 1e-6)
        found[int(option)] = None if value >= OPEN / 2 else max(0, round(value) - now)
    return found


def of_group(state: State, place: int, *, exact: bool = True) -> dict[int, int | None]:
    """Regrets of one group of a state."""
    return regrets(state.table.groups[place], state.free(place), state.chosen[place], exact=exact)


def regret_of(
    season: Season, turns: Sequence[Turn], slots: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], int | None]:
    """The regret of some slots of a plan; only the groups concerned are looked at."""
    found: dict[tuple[str, str], int | None] = dict.fromkeys(slots)
    for group_id in {group for group, _month in slots}:
        found |= _of_one(season, turns, group_id, frozenset(slots))
    return found


def _of_one(
    season: Season, turns: Sequence[Turn], group_id: str, slots: frozenset[tuple[str, str]]
) -> dict[tuple[str, str], int | None]:
    group = next(group for group in season.groups if group.id == group_id)
    near = {other.id for other in season.groups if group_id in other.neighbours} | set(group.neighbours)
    team = {other.id for other in season.groups if other.coordinator == group.coordinator}
    lone = replace(season, groups=(replace(group, neighbours=()),))
    options = tabulate(lone).groups[0]
    busy = {
        turn.evening.toordinal() for turn in turns if turn.group in near | team and turn.group != group_id
    }
    number = {expert.id: n for n, expert in enumerate(season.experts)}
    calls = {
        (number[turn.expert], turn.evening.toordinal())
        for turn in turns
        if turn.expert is not None and turn.group != group_id
    }
    free: Bools = ~np.isin(options.day, list(busy))
    pairs = zip(options.expert.tolist(), options.day.tolist(), strict=True)
    free &= np.array([pair not in calls for pair in pairs], dtype=bool)
    chosen = _places(lone, options, [turn for turn in turns if turn.group == group_id])
    wanted = frozenset(n for n, month in enumerate(season.months) if (group_id, month) in slots)
    losses = regrets(options, free, chosen, wanted=wanted)
    return {(group_id, season.months[int(options.month[n])]): loss for n, loss in losses.items()}


def _places(season: Season, options: Options, turns: Sequence[Turn]) -> Ints:
    """The options that stand for the turns of the only group."""
    hosts = {member.id: n for n, member in enumerate(season.groups[0].members)}
    number = {expert.id: n for n, expert in enumerate(season.experts)}
    wanted = {
        (hosts[turn.host], turn.evening.toordinal(), -1 if turn.expert is None else number[turn.expert])
        for turn in turns
    }
    rows = zip(options.host.tolist(), options.day.tolist(), options.expert.tolist(), strict=True)
    return np.array([n for n, row in enumerate(rows) if row in wanted], dtype=np.int64)
