"""Solvers of mixed integer programs behind one small protocol; the default is HiGHS through scipy.

A solver call runs beside the caller, who wakes now and then to look whether to stop. A call that is given
up goes on by itself until its time limit, and then ends unseen.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from ydin.planning.run import Clock

Floats = NDArray[np.float64]
WAKE = 0.2
GRACE = 0.5
SHORTEST = 0.05


@dataclass(slots=True)
class Program:
    """Minimise `cost @ x` with `low <= rows @ x <= high`, `0 <= x <= most`, x whole where `whole` is 1."""

    cost: Floats
    whole: Floats
    most: Floats
    rows: csr_array | Floats
    low: Floats
    high: Floats


@dataclass(slots=True)
class Solution:
    """The best `x` found or None; a proven `bound`; `proved`: nothing is better; `impossible`: nothing fits."""

    x: Floats | None
    bound: float
    proved: bool
    impossible: bool


GIVEN_UP = Solution(None, -np.inf, proved=False, impossible=False)


class Backend(Protocol):
    """Solves a program in about some seconds. `small`: without the preparations that pay for large ones."""

    def __call__(self, program: Program, seconds: float, *, small: bool) -> Solution: ...


def highs(program: Program, seconds: float, *, small: bool) -> Solution:
    """HiGHS (Huangfu and Hall 2018) as scipy ships it."""
    found = milp(
        program.cost,
        integrality=program.whole,
        bounds=Bounds(np.zeros(len(program.cost)), program.most),
        constraints=LinearConstraint(program.rows, program.low, program.high),
        options={"time_limit": max(SHORTEST, seconds), "mip_rel_gap": 0.0, "presolve": not small},
    )
    bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
    return Solution(found.x, bound, proved=found.status == 0, impossible=found.status == 2)


def solve(
    program: Program,
    seconds: float,
    clock: Clock | None = None,
    *,
    small: bool = False,
    backend: Backend = highs,
) -> Solution:
    """Solve a program; with a clock, give it up soon after the clock is stopped or its time is over."""
    if clock is None:
        return backend(program, seconds, small=small)
    if clock.stopped:
        return GIVEN_UP
    until = max(clock.deadline_seconds, clock.elapsed() + seconds) + GRACE
    return _beside(lambda: backend(program, seconds, small=small), clock, until)


@dataclass(slots=True)
class _Call:
    """Work for a companion thread, and what came of it."""

    work: Callable[[], Any]
    done: threading.Event
    answer: Any = None
    fault: BaseException | None = None


class _Companion(threading.Thread):
    """A thread that works off one call after another."""

    def __init__(self) -> None:
        super().__init__(name="solver", daemon=True)
        self.calls: SimpleQueue[_Call | None] = SimpleQueue()

    def run(self) -> None:
        """Work until told to end."""
        while (call := self.calls.get()) is not None:
            try:
                call.answer = call.work()
            except BaseException as fault:  # noqa: BLE001 - handed to the caller
                call.fault = fault
            call.done.set()


_idle: list[_Companion] = []
_given_up: list[_Companion] = []
os.register_at_fork(after_in_child=_idle.clear)
os.register_at_fork(after_in_child=_given_up.clear)


def _companion() -> _Companion:
    """A companion that waits for work."""
    try:
        return _idle.pop()
    except IndexError:
        fresh = _Companion()
        fresh.start()
        return fresh


def running() -> bool:
    """Whether a call that was given up still runs."""
    return any(companion.is_alive() for companion in _given_up)


def _beside(work: Callable[[], Solution], clock: Clock, until: float) -> Solution:
    """Run work in a companion thread, and give it up when the clock says so."""
    companion = _companion()
    call = _Call(work, threading.Event())
    companion.calls.put(call)
    while not call.done.wait(WAKE):
        clock.tell("solver")
        if clock.stopped or clock.elapsed() > until:
            companion.calls.put(None)
            _given_up[:] = [other for other in _given_up if other.is_alive()]
            _given_up.append(companion)
            return GIVEN_UP
    _idle.append(companion)
    if call.fault is not None:
        raise call.fault
    answer: Solution = call.answer
    return answer
