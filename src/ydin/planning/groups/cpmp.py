"""The capacitated p-median problem: p points become medians, every point belongs to one of them.

The sum of the Euclidean distances to the medians is minimised; the demand of the points of a median may not
exceed its capacity. Prices say where medians should be (`prices`), neighbouring clusters are planned anew
again and again (`search`, `small`). Helpers in processes of their own search too: first from other starts,
later, when there are many medians, each on its own part of the map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ydin.planning.errors import InputError
from ydin.planning.groups.search import Task
from ydin.planning.groups.start import Layout
from ydin.planning.groups.team import Team
from ydin.planning.run import Clock, Listener

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST = 20_000
SPLIT = 100
WIDTHS = (1.0, 0.8, 1.4, 0.6, 1.2, 0.9, 1.7, 0.7)
STAGES = ((0.4, (1.0, 0.6)), (0.6, (0.6, 0.4)), (0.8, (0.4, 0.2)), (1.0, (0.2, 0.0)))


@dataclass(frozen=True, slots=True)
class Cpmp:
    """`points`: n × 4 (x, y, demand, capacity as a median); `p`: how many medians at most."""

    points: Floats
    p: int


@dataclass(frozen=True, slots=True)
class Clusters:
    """The median of each point (by number), and the sum of the distances."""

    assignment: tuple[int, ...]
    cost: float


def solve_cpmp(
    instance: Cpmp,
    *,
    deadline_seconds: float = 30.0,
    progress: Listener | None = None,
    seed: int = 0,
    workers: int = 1,
) -> Clusters | None:
    """The best clusters found until the deadline; None when none were feasible. Raises InputError."""
    _check(instance)
    clock = Clock(deadline_seconds, progress)
    with Team(max(1, workers) - 1) as team:
        layout = _solve(instance, clock, seed, team)
    if layout.overload() > 0:
        return None
    return Clusters(tuple(int(n) for n in layout.owner), layout.exact_cost())


def _solve(instance: Cpmp, clock: Clock, seed: int, team: Team) -> Layout:
    """Several stages; after each one all go on from the best."""
    size = team.size
    tasks = [Task(instance.points, instance.p, seed + n, widths=WIDTHS[n::size]) for n in range(size)]
    whole, best = clock.deadline_seconds, None
    for number, (until, heat) in enumerate(STAGES):
        tasks = [replace(task, heat=heat) for task in tasks]
        found = team.explore(tasks, clock, until * whole)
        if best is not None and _split(instance, best, size):
            best = _joined(best, tasks, found)
        else:
            best = min([*found, *([best] if best else [])], key=_value)
        if clock.left() <= 0:
            break
        tasks = _next_tasks(instance, best, seed + size * (number + 1), size, number % 2)
    assert best is not None
    return best


def _value(layout: Layout) -> float:
    return layout.snapshot().value


def _split(instance: Cpmp, best: Layout, parts: int) -> bool:
    """Whether each worker gets a part of the map of its own."""
    return parts > 1 and instance.p >= SPLIT * parts and len(best.medians) == instance.p


def _next_tasks(instance: Cpmp, best: Layout, seed: int, size: int, axis: int) -> list[Task]:
    """All go on from the best layout: each on its part of the map, or everybody on the whole."""
    if not _split(instance, best, size):
        return [Task(instance.points, instance.p, seed + n, owner=best.owner) for n in range(size)]
    order = best.medians[np.argsort(best.place[best.medians, axis], kind="stable")]
    tasks = []
    for n, medians in enumerate(np.array_split(order, size)):
        mine = np.flatnonzero(np.isin(best.owner, medians))
        owner = np.searchsorted(mine, best.owner[mine])
        tasks.append(Task(instance.points[mine], len(medians), seed + n, owner=owner, part=mine))
    return tasks


def _joined(best: Layout, tasks: Sequence[Task], found: Sequence[Layout]) -> Layout:
    """The parts of the map put together again."""
    owner = best.owner.copy()
    for task, layout in zip(tasks, found, strict=True):
        assert task.part is not None
        owner[task.part] = task.part[layout.owner]
    whole = Layout(best.points, np.unique(owner))
    whole.owner = owner
    return whole


def solve_points(
    points: Sequence[Sequence[float]],
    p: int,
    *,
    deadline_seconds: float,
    progress: Listener | None,
    seed: int,
    workers: int,
) -> Clusters | None:
    """The same from plain rows."""
    table = np.array(points, dtype=np.float64).reshape(len(points), -1)
    return solve_cpmp(
        Cpmp(table, p), deadline_seconds=deadline_seconds, progress=progress, seed=seed, workers=workers
    )


def _check(instance: Cpmp) -> None:
    points = instance.points
    if points.ndim != 2 or points.shape[1] != 4 or not len(points):
        raise InputError("points", "not rows of x, y, demand, capacity")
    if len(points) > MOST:
        raise InputError("points", f"{len(points)} items, at most {MOST}")
    if not 1 <= instance.p <= len(points):
        raise InputError("p", f"{instance.p} is not from 1 to {len(points)}")
    bad = np.argwhere(~np.isfinite(points) | (points[:, [0, 1, 2, 3]] < [-np.inf, -np.inf, 0, 0]))
    if len(bad):
        raise InputError(f"points[{bad[0][0]}][{bad[0][1]}]", "not a number from 0")
