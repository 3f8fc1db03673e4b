"""Moving a message through its states.

Nothing is sent twice as far as SMTP allows: a message is taken by compare-and-swap under a lease, and its
Message-ID never changes (ADR 0002).
"""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q

from ydin.kernel.clock import now
from ydin.kernel.jobs import defer
from ydin.outbox.models import Message
from ydin.outbox.rules import (
    LEASE,
    SLOW_DOWN,
    MessageState,
    Verdict,
    gives_up,
    receiving_domain,
    wait_before,
    wants_slower,
)
from ydin.outbox.services.smtp_base import Answer, answer_of, send
from ydin.people.services import mark_address_failing

log = logging.getLogger(__name__)


def deliver_message(*, actor: None, message_id: UUID) -> None:
    """Hand the message to the mail server, or put it back with a time for the next attempt.

    Runs outside of any transaction: the lease is committed before the conversation starts.
    """
    del actor
    if _waits_for_its_turn(message_id):
        return
    if not _take(message_id):
        _come_back_when_the_lease_ends(message_id)
        return
    message = Message.objects.get(pk=message_id)
    try:
        send(message)
    except (smtplib.SMTPException, OSError) as error:
        _settle_failure(message, answer_of(error))
        return
    Message.objects.filter(pk=message_id, state=MessageState.SENDING).update(
        state=MessageState.SENT, sent_at=now(), leased_until=None, due_at=None, last_error=""
    )


def _waits_for_its_turn(message_id: UUID) -> bool:
    """Reserve the next moment at which the receiving domain may get a letter; True when it is yet to come.

    A message reserves once an attempt, so that five hundred letters to one provider come back once each.
    """
    message = (
        Message.objects.filter(pk=message_id, state=MessageState.QUEUED).only("to_address", "slot_at").first()
    )
    if message is None or not settings.MAIL_PER_MINUTE:
        return False
    if message.slot_at is not None:
        return message.slot_at > now()
    with transaction.atomic():
        slot = _reserve(receiving_domain(message.to_address))
        if slot <= now():
            return False
        free = Message.objects.filter(pk=message_id, state=MessageState.QUEUED, slot_at__isnull=True)
        if free.update(slot_at=slot, due_at=slot):
            defer("outbox.deliver", queue="mail", at=slot, message_id=str(message_id))
    return True


def _reserve(domain: str) -> datetime:
    """Take the next slot of a domain: one each `60 / MAIL_PER_MINUTE` seconds, some ahead after a quiet time."""
    step = timedelta(minutes=1) / settings.MAIL_PER_MINUTE
    earliest = now() - step * (settings.MAIL_BURST - 1)
    values: Any = {"domain": domain, "earliest": earliest, "step": step}
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into outbox_domainpace (domain, next_at) values (%(domain)s, %(earliest)s + %(step)s) "
            "on conflict (domain) do update "
            "set next_at = greatest(outbox_domainpace.next_at, %(earliest)s) + %(step)s "
            "returning next_at - %(step)s",
            values,
        )
        row = cursor.fetchone()
    assert row is not None
    slot: datetime = row[0]
    return slot


def _take(message_id: UUID) -> bool:
    free = Q(state=MessageState.QUEUED) | Q(state=MessageState.SENDING, leased_until__lt=now())
    return bool(
        Message.objects.filter(free, pk=message_id).update(
            state=MessageState.SENDING, attempts=F("attempts") + 1, leased_until=now() + LEASE
        )
    )


def _come_back_when_the_lease_ends(message_id: UUID) -> None:
    leased = Message.objects.filter(pk=message_id, state=MessageState.SENDING).first()
    if leased is not None and leased.leased_until is not None:
        defer(
            "outbox.deliver",
            queue="mail",
            at=leased.leased_until,
            once=f"outbox-{message_id}",
            message_id=str(message_id),
        )


def _settle_failure(message: Message, answer: Answer) -> None:
    too_late = gives_up(now() - message.created_at)
    if answer.verdict == Verdict.AGAIN and not too_late:
        _put_back(message, answer)
        return
    if not answer.about_receiver:
        log.error("letter %s (%s) was not taken: %s %d", message.pk, message.kind, answer.stage, answer.code)
    with transaction.atomic():
        Message.objects.filter(pk=message.pk).update(
            state=MessageState.FAILED, leased_until=None, due_at=None, last_error=answer.text
        )
        if answer.about_receiver:
            mark_address_failing(
                actor=None,
                address=message.to_address,
                reason=answer.text,
                permanent=answer.verdict == Verdict.NO_SUCH_ADDRESS,
            )


def _put_back(message: Message, answer: Answer) -> None:
    due = now() + wait_before(message.attempts + 1, message.pk.int)
    with transaction.atomic():
        Message.objects.filter(pk=message.pk).update(
            state=MessageState.QUEUED, leased_until=None, slot_at=None, due_at=due, last_error=answer.text
        )
        if wants_slower(answer.code, answer.text):
            _slow_down(receiving_domain(message.to_address))
        defer("outbox.deliver", queue="mail", at=due, message_id=str(message.pk))


def _slow_down(domain: str) -> None:
    """Let the domain rest a while: it said that too much comes at once."""
    rests_until = now() + SLOW_DOWN
    with connection.cursor() as cursor:
        cursor.execute(
            "update outbox_domainpace set next_at = greatest(next_at, %s) where domain = %s",
            [rests_until, domain],
        )
