"""Putting letters into the outbox: the row and its delivery job commit together, or neither does (ADR 0002)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.conf import settings
from django.db import IntegrityError, transaction

from ydin.kernel.jobs import defer, defer_each
from ydin.outbox.documents.envelope import thread_root
from ydin.outbox.emails import Letter
from ydin.outbox.models import Message
from ydin.outbox.rules import MessageState
from ydin.people.models import Person

BATCH = 100


def post(*, actor: Person | None, letter: Letter) -> None:
    """Write the letter into the outbox and queue its delivery, in the caller's transaction."""
    del actor
    message = _row(letter)
    if letter.once is None:
        message.save(force_insert=True)
    elif not _saved_first(message):
        return
    if settings.DELIVERS_MAIL:
        defer("outbox.deliver", queue="mail", message_id=str(message.pk))


def post_all(*, actor: Person | None, letters: Iterable[Letter]) -> int:
    """Write many letters and queue their delivery, a hundred at a time; returns how many.

    For letters without a `once` key. They may come from a generator: no more than a hundred are held.
    """
    del actor
    count, waiting = 0, iter(letters)
    while batch := list(islice(waiting, BATCH)):
        rows = Message.objects.bulk_create([_row(letter) for letter in batch])
        if settings.DELIVERS_MAIL:
            defer_each("outbox.deliver", [{"message_id": str(row.pk)} for row in rows], queue="mail")
        count += len(rows)
    return count


def _row(letter: Letter) -> Message:
    headers = dict(letter.headers)
    if letter.thread:
        root = thread_root(letter.thread, letter.address)
        headers |= {"In-Reply-To": root, "References": root}
    return Message(
        person=letter.person,
        to_address=letter.address,
        to_name=letter.name,
        reply_to=letter.reply_to,
        language=letter.language,
        kind=letter.kind,
        subject=" ".join(letter.subject.split())[:998],
        text=letter.text,
        html=letter.html,
        calendar=letter.calendar,
        calendar_method=letter.method,
        headers=headers,
        group_id=letter.group_id,
        dedupe_key=letter.once,
        state=MessageState.QUEUED if settings.DELIVERS_MAIL else MessageState.KEPT,
    )


def _saved_first(message: Message) -> bool:
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        return False
    return True
