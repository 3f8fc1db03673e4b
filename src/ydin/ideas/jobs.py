"""Jobs of ideas and talks."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ydin.ideas.services.asks import invite_speakers, settle_ask
from ydin.ideas.services.steps import bring_back
from ydin.kernel.acting import acting_as_system


@app.task(name="ideas.settle_ask", queue="default", pass_context=False)
def settle(ask_id: int) -> None:
    """Put a speaker into an evening's invitation, or take them out."""
    with acting_as_system():
        settle_ask(actor=None, ask_id=ask_id)


@app.periodic(cron="25 * * * *")
@app.task(name="ideas.hourly", queue="default", pass_context=False)
def hourly(timestamp: int) -> None:
    """Invite speakers to evenings announced meanwhile; open the themes again whose evening fell through."""
    del timestamp
    with acting_as_system():
        invite_speakers(actor=None)
        bring_back(actor=None)
