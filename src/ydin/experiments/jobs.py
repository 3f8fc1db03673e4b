"""Jobs of experiments."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ydin.experiments.services.nudges import nudge_all
from ydin.kernel.acting import acting_as_system


@app.periodic(cron="40 5 * * *")
@app.task(name="experiments.nudge", queue="default", pass_context=False)
def nudge(timestamp: int) -> None:
    """Ask about what is at half-time or at its end, in the morning."""
    del timestamp
    with acting_as_system():
        nudge_all(actor=None)
