"""Jobs of mail that comes back: bounces, the polled mailbox, forgetting."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from ydin.kernel.acting import acting_as_system
from ydin.outbox.services import inbound, mailbox


@app.task(name="outbox.take_bounce", queue="mail", retry=5)
def take_bounce(inbound_id: str) -> None:
    """Look into one bounce; running it twice counts it once."""
    with acting_as_system():
        inbound.take_bounce(actor=None, inbound_id=UUID(inbound_id))


@app.periodic(cron="* * * * *")
@app.task(
    name="outbox.poll_mailbox",
    queue="mailbox",
    queueing_lock="outbox.poll_mailbox",
    lock="outbox.poll_mailbox",
)
def poll_mailbox(timestamp: int) -> None:
    """Fetch what has come to the mailbox of `YDIN_IMAP_URL`, if one is configured."""
    del timestamp
    with acting_as_system():
        mailbox.poll_mailbox(actor=None)


@app.periodic(cron="50 * * * *")
@app.task(name="outbox.queue_left_mails", queue="default")
def queue_left_mails(timestamp: int) -> None:
    """Try again what came in and was never handled."""
    del timestamp
    with acting_as_system():
        inbound.queue_left_mails(actor=None)


@app.periodic(cron="40 3 * * *")
@app.task(name="outbox.forget_mails", queue="default")
def forget_mails(timestamp: int) -> None:
    """Forget what old mails said."""
    del timestamp
    with acting_as_system():
        inbound.forget_mails(actor=None)
