"""Putting a message into the outbox, and moving it through its states."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction

from ydin.kernel.jobs import defer
from ydin.outbox.emails import Letter
from ydin.outbox.models import Message
from ydin.outbox.rules import MessageState
from ydin.people.models import Person


def post(*, actor: Person | None, letter: Letter) -> None:
    """Write the letter into the outbox and queue its delivery, in the caller's transaction."""
    del actor
    message = Message(
        person=letter.person,
        to_address=letter.address,
        to_name=letter.name or (letter.person.name if letter.person else ""),
        reply_to=letter.reply_to,
        language=letter.language,
        kind=letter.kind,
        subject=" ".join(letter.subject.split())[:998],
        text=letter.text,
        html=letter.html,
        calendar=letter.calendar,
        calendar_method=letter.method,
        headers=letter.headers,
        dedupe_key=letter.once,
        state=MessageState.QUEUED if settings.DELIVERS_MAIL else MessageState.KEPT,
    )
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if letter.once is None:
            raise
        return
    if settings.DELIVERS_MAIL:
        defer("outbox.deliver", queue="mail", message_id=str(message.pk))
