"""Jobs of offers, needs, introductions and collaborations."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ydin.kernel.acting import acting_as_system
from ydin.partnerships.services.listings import ask_whether_they_hold
from ydin.partnerships.services.reading import read_listings


@app.task(name="partnerships.refresh", queue="default", pass_context=False)
def refresh(network_id: int) -> None:
    """Read what was written in a network since the last time."""
    with acting_as_system():
        read_listings(actor=None, network_id=network_id)


@app.periodic(cron="40 5 * * *")
@app.task(name="partnerships.ask_whether_they_hold", queue="default", pass_context=False)
def ask(timestamp: int) -> None:
    """Ask the writers of what lapses within a week whether it still holds."""
    del timestamp
    with acting_as_system():
        ask_whether_they_hold(actor=None)
