"""Copies, erasures and the nightly run."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from ydin.kernel.acting import acting_as_system
from ydin.privacy.services.corrections import pass_on_corrections
from ydin.privacy.services.erasure import erase_due
from ydin.privacy.services.exports import collect_export
from ydin.privacy.services.retention import remove_expired, remove_exports
from ydin.privacy.services.reviews import look_again


@app.task(name="privacy.collect", queue="default", pass_context=False)
def collect(export_id: str) -> None:
    """Make a copy of somebody's data."""
    with acting_as_system():
        collect_export(actor=None, export_id=UUID(export_id))


@app.periodic(cron="23 * * * *")
@app.task(name="privacy.hourly", queue="default", pass_context=False)
def hourly(timestamp: int) -> None:
    """Erase whoever's grace period is over, remove copies whose day is, and see to what waits for somebody."""
    del timestamp
    with acting_as_system():
        erase_due(actor=None)
        remove_exports(actor=None)
        look_again(actor=None)
        pass_on_corrections(actor=None)


@app.periodic(cron="50 2 * * *")
@app.task(name="privacy.nightly", queue="default", pass_context=False)
def nightly(timestamp: int) -> None:
    """Remove what nobody needs any more."""
    del timestamp
    with acting_as_system():
        remove_expired(actor=None)
