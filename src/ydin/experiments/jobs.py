"""Jobs of experiments."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app

from ydin.experiments.services.news import tell_source
from ydin.experiments.services.nudges import nudge_all
from ydin.kernel.acting import acting_as_system


@app.periodic(cron="40 5 * * *")
@app.task(name="experiments.nudge", queue="default", pass_context=False)
def nudge(timestamp: int) -> None:
    """Ask about what is at half-time or at its end, in the morning."""
    del timestamp
    with acting_as_system():
        nudge_all(actor=None)


@app.task(name="experiments.tell", queue="default", pass_context=False)
def tell(pk: int, which: str) -> None:
    """Tell whoever wrote the card that this one was copied from."""
    with acting_as_system(), transaction.atomic():
        tell_source(actor=None, pk=pk, which=which)
