"""Jobs after the evening: what was held and ticked counts as held."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ydin.kernel.acting import acting_as_system
from ydin.meetings.services.record import close_meetings


@app.periodic(cron="20 * * * *")
@app.task(name="meetings.close", queue="default", pass_context=False)
def close(timestamp: int) -> None:
    """Mark meetings as held a day after their end when attendance was recorded."""
    del timestamp
    with acting_as_system():
        close_meetings(actor=None)
