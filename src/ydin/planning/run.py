"""Time, progress and interruption, the same for every problem of the engine."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Progress:
    """What a running plan reports: the step, how far it is, the best value and the bound so far."""

    step: str
    done: int
    total: int
    best: float | None
    bound: float | None
    seconds: float


Listener = Callable[[Progress], bool | None]


@dataclass(slots=True)
class Clock:
    """A deadline and a listener. `left()` is 0 once the deadline passed or the listener answered False."""

    deadline_seconds: float
    listener: Listener | None = None
    started: float = field(default_factory=time.perf_counter)
    stopped: bool = False

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self.started

    def left(self) -> float:
        """Seconds that remain, 0 when it is time to stop."""
        return 0.0 if self.stopped else max(0.0, self.deadline_seconds - self.elapsed())

    def tell(
        self, step: str, done: int = 0, total: int = 0, best: float | None = None, bound: float | None = None
    ) -> None:
        """Report; a listener that returns False stops the work at the best plan so far."""
        if self.listener is None:
            return
        if self.listener(Progress(step, done, total, best, bound, self.elapsed())) is False:
            self.stopped = True
