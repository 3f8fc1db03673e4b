"""The season: who hosts which month, on which evening. See `ydin.planning` for how to call it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from ydin.planning.run import Clock, Listener
from ydin.planning.season.fairness import in_turn
from ydin.planning.season.io import dump, dump_season, load, load_plan, parts
from ydin.planning.season.model import (
    EveningOption,
    Expert,
    Group,
    Lock,
    Member,
    Plan,
    Reason,
    Season,
    Turn,
    Unplaced,
)
from ydin.planning.season.rules import evening_options, objective
from ydin.planning.season.validate import validate

__all__ = [
    "EveningOption",
    "Expert",
    "Group",
    "Lock",
    "Member",
    "Plan",
    "Reason",
    "Season",
    "Turn",
    "Unplaced",
    "dump",
    "dump_season",
    "evening_options",
    "in_turn",
    "load",
    "load_plan",
    "objective",
    "parts",
    "plan_season",
    "replan",
    "validate",
]


class _Solver(Protocol):
    def plan(self, season: Season, clock: Clock, *, exact_regrets: bool) -> Plan: ...


class _Replanner(Protocol):
    def replan(
        self, season: Season, previous: Plan, cancelled: Sequence[tuple[str, str]], clock: Clock
    ) -> Plan: ...


def plan_season(
    instance: Season,
    *,
    deadline_seconds: float = 60.0,
    progress: Listener | None = None,
    seed: int = 0,  # noqa: ARG001 - the same for all problems; nothing here is drawn by lot
    exact_regrets: bool = True,
) -> Plan:
    """Plan every group and month of a season.

    Returns the best plan found when the deadline passes or when `progress` answers False. `status` is
    "optimal" when no plan is better, "infeasible" when a month had to stay open (see `unplaced`). The same
    instance and seed give the same plan unless the deadline cuts it short. Regrets are exact while there is
    time, else (and without `exact_regrets`) proven lower bounds. Raises InputError.
    """
    validate(instance)
    solver = cast("_Solver", import_module("ydin.planning.season.solve"))
    return solver.plan(instance, Clock(deadline_seconds, progress), exact_regrets=exact_regrets)


def replan(
    instance: Season,
    previous: Plan,
    cancelled: Sequence[tuple[str, str]] = (),
    *,
    deadline_seconds: float = 60.0,
    progress: Listener | None = None,
) -> Plan:
    """Repair a plan with the fewest changed turns, then the best objective.

    `cancelled`: (group, month) whose host cannot take that month after all. Turns of `previous` that break
    a hard rule of the instance are changed too. Turns that stay keep their evening and expert. Raises
    InputError.
    """
    validate(instance)
    solver = cast("_Replanner", import_module("ydin.planning.season.repair"))
    return solver.replan(instance, previous, cancelled, Clock(deadline_seconds, progress))
