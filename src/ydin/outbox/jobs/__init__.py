"""The delivery job; those of mail that comes back are beside it."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from ydin.outbox.jobs import inbound  # noqa: F401 - registers its tasks
from ydin.outbox.services import deliver_message


@app.task(name="outbox.deliver", queue="mail")
def deliver(message_id: str) -> None:
    """Deliver one message; running it twice delivers once."""
    deliver_message(actor=None, message_id=UUID(message_id))
