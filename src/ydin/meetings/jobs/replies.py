"""Jobs of mail that comes back."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from ydin.kernel.acting import acting_as_system
from ydin.meetings.services.replies import take_reply


@app.task(name="meetings.take_reply", queue="mail", retry=5)
def take(inbound_id: str) -> None:
    """Do what one mail asks for; running it twice does it once."""
    with acting_as_system():
        take_reply(actor=None, inbound_id=UUID(inbound_id))
