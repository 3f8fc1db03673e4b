"""Jobs of the gathered letter."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

from ydin.home.services import digest
from ydin.kernel.acting import acting_as_system


@app.periodic(cron="*/5 * * * *")
@app.task(name="home.queue_digests", queue="default", pass_context=False)
def queue_digests(timestamp: int) -> None:
    """Queue the letters whose turn has come since the last time."""
    del timestamp
    with acting_as_system():
        digest.queue_digests(actor=None)


@app.task(name="home.send_digest", queue="digest", pass_context=False)
def send_digest(person_id: int, slot: str) -> None:
    """Write the gathered letter of one person; running it twice writes one."""
    with acting_as_system():
        digest.send_digest(actor=None, person_id=person_id, slot=datetime.fromisoformat(slot))
