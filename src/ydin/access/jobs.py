"""Upkeep of sessions."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ydin.access.services import clear_sessions
from ydin.kernel.acting import acting_as_system


@app.periodic(cron="37 2 * * *")
@app.task(name="access.clear_sessions", queue="default", pass_context=False)
def clear_old_sessions(timestamp: int = 0) -> None:
    """Delete the sessions that have run out."""
    del timestamp
    with acting_as_system():
        clear_sessions(actor=None)
