"""Helpers in processes of their own: tasks go out as lines of JSON, layouts come back.

A helper is this module run as a program, so it works wherever the caller does (in a web worker, in a script
without a main guard). One that fails or comes late is left out, and the search goes on without it.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import numpy as np

from ydin.planning.groups.search import Task, explore
from ydin.planning.groups.start import Layout
from ydin.planning.run import Clock

LATE = 1.0


class Team:
    """This process and some helpers."""

    def __init__(self, helpers: int) -> None:
        """Start the helpers."""
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}
        self.size = helpers + 1
        self.helpers = [
            subprocess.Popen(  # noqa: S603 - this module under this interpreter
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=environment,
            )
            for _ in range(helpers)
        ]

    def __enter__(self) -> Self:
        """Nothing more to do."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the helpers."""
        for helper in self.helpers:
            helper.kill()
            helper.communicate()

    def explore(self, tasks: Sequence[Task], clock: Clock, until: float) -> list[Layout]:
        """Explore one task here and the others there until a time of the clock; the layouts in their order."""
        for helper, task in zip(self.helpers, tasks[1:], strict=True):
            _send(helper, task, max(0.0, until - clock.elapsed()))
        mine = Clock(until, clock.listener, started=clock.started)
        found = [explore(tasks[0], mine)]
        clock.stopped = clock.stopped or mine.stopped
        for helper, task in zip(self.helpers, tasks[1:], strict=True):
            patience = 0.0 if clock.stopped else max(0.0, until + LATE - clock.elapsed())
            answer = _receive(helper, task, patience)
            found.append(answer if answer is not None else _fallback(task, found[0]))
        return found


def _send(helper: subprocess.Popen[str], task: Task, seconds: float) -> None:
    message = {
        "points": task.points.tolist(),
        "p": task.p,
        "seed": task.seed,
        "owner": None if task.owner is None else task.owner.tolist(),
        "widths": task.widths,
        "heat": task.heat,
        "until": time.time() + seconds,
    }
    assert helper.stdin is not None
    with contextlib.suppress(OSError):
        helper.stdin.write(json.dumps(message) + "\n")
        helper.stdin.flush()


def _receive(helper: subprocess.Popen[str], task: Task, patience: float) -> Layout | None:
    """What a helper found; None when it is late or gone, and then it is ended."""
    assert helper.stdout is not None
    ready, _, _ = select.select([helper.stdout], [], [], patience)
    line = helper.stdout.readline() if ready else ""
    if not line:
        helper.kill()
        return None
    return _layout(task, np.array(json.loads(line), dtype=np.int64))


def _fallback(task: Task, other: Layout) -> Layout:
    """What stands for the answer that did not come: where that helper began, or what another found."""
    return other if task.owner is None else _layout(task, task.owner)


def _layout(task: Task, owner: np.ndarray[Any, np.dtype[np.int64]]) -> Layout:
    layout = Layout(task.points, np.unique(owner))
    layout.owner = owner.copy()
    return layout


def main() -> None:
    """Answer tasks from the standard input until it ends. An interrupt is the caller's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in sys.stdin:
        message = json.loads(line)
        owner = message["owner"]
        task = Task(
            np.array(message["points"], dtype=np.float64),
            message["p"],
            message["seed"],
            None if owner is None else np.array(owner, dtype=np.int64),
            tuple(message["widths"]),
            tuple(message["heat"]),
        )
        layout = explore(task, Clock(max(0.0, message["until"] - time.time())))
        sys.stdout.write(json.dumps(layout.owner.tolist()) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
