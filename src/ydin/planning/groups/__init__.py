"""Groups: which company belongs to which core group.

    from ydin.planning.groups import Company, Market, plan_groups

    answer = plan_groups(Market(companies=(Company("a", (65.01, 25.47), "Oulu", "1071"), …)))
    answer.groups, answer.competitors, answer.moved, answer.ungrouped

`plan_cpmp(points, p)` is the bare capacitated p-median problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from ydin.planning.groups.io import dump, load, load_cpmp
from ydin.planning.groups.model import Circle, Company, Grouping, Left, Market
from ydin.planning.run import Clock, Listener

__all__ = [
    "Circle",
    "Company",
    "Grouping",
    "Left",
    "Market",
    "dump",
    "load",
    "load_cpmp",
    "plan_cpmp",
    "plan_groups",
]


def plan_groups(
    market: Market, *, deadline_seconds: float = 600.0, progress: Listener | None = None
) -> Grouping:
    """Group companies: sizes kept, present members stay where they can, competitors apart where possible."""
    grouping: Grouping = import_module("ydin.planning.groups.form").form(
        market, Clock(deadline_seconds, progress)
    )
    return grouping


def plan_cpmp(
    points: Sequence[Sequence[float]],
    p: int,
    *,
    deadline_seconds: float = 30.0,
    progress: Listener | None = None,
    seed: int = 0,
    workers: int = 1,
) -> tuple[list[int], float] | None:
    """Capacitated p-median: the median of each point and the cost; None when nothing feasible was found.

    `points`: x, y, demand, capacity. `workers`: processes that search, this one included. Raises InputError.
    """
    solver = import_module("ydin.planning.groups.cpmp")
    found = solver.solve_points(
        points, p, deadline_seconds=deadline_seconds, progress=progress, seed=seed, workers=workers
    )
    return None if found is None else (list(found.assignment), float(found.cost))
