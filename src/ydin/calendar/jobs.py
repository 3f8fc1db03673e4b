"""Night work of the calendar."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ydin.calendar.services import compact_changes, forget_told
from ydin.kernel.acting import acting_as_system


@app.periodic(cron="17 2 * * *")
@app.task(name="calendar.compact_changes", queue="default", pass_context=False)
def compact(timestamp: int) -> None:
    """Keep the list of changes short, and what devices were told."""
    del timestamp
    with acting_as_system():
        compact_changes(actor=None)
        forget_told(actor=None)
