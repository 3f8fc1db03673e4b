"""The chain grows every minute; once an hour its head is written where the database cannot change it."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from ydin.audit.queries import head
from ydin.audit.services import seal_entries
from ydin.kernel.acting import acting_as_system

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queue="periodic", pass_context=False)
def seal(timestamp: int) -> None:
    """Append what was committed since to the chain."""
    del timestamp
    with acting_as_system():
        seal_entries(actor=None)


@app.periodic(cron="0 * * * *")
@app.task(name="audit.note_head", queue="periodic", pass_context=False)
def note_head(timestamp: int) -> None:
    """Write the head of the chain to the program's log."""
    del timestamp
    with acting_as_system():
        log.info("audit head %s", head() or "0:")
