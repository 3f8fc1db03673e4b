"""Jobs of seasons."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ydin.kernel.acting import acting_as_system
from ydin.meetings.services.planning_seasons import close_past_seasons


@app.periodic(cron="20 2 * * *")
@app.task(name="meetings.close_seasons", queue="default", pass_context=False)
def close_seasons(timestamp: int) -> None:
    """Mark the seasons as over whose last month has passed."""
    del timestamp
    with acting_as_system():
        close_past_seasons(actor=None)
