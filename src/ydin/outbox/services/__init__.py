"""Putting a message into the outbox, and moving it through its states.

Nothing is lost: the row and its job commit together. Nothing is sent twice as far as SMTP allows: a
message is taken by compare-and-swap under a lease, and its Message-ID never changes (ADR 0002).
"""

from __future__ import annotations

import smtplib
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from ydin.kernel.clock import now
from ydin.kernel.jobs import defer
from ydin.outbox.documents import as_mail
from ydin.outbox.emails import Letter
from ydin.outbox.models import Message
from ydin.outbox.rules import LEASE, MAX_ATTEMPTS, MessageState, is_final, wait_before
from ydin.people.models import Person


def post(*, actor: Person | None, letter: Letter) -> None:
    """Write the letter into the outbox and queue its delivery, in the caller's transaction."""
    del actor
    message = Message(
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
        headers=letter.headers,
        dedupe_key=letter.once,
        state=MessageState.QUEUED if settings.DELIVERS_MAIL else MessageState.KEPT,
    )
    if letter.once is None:
        message.save(force_insert=True)
    elif not _saved_first(message):
        return
    if settings.DELIVERS_MAIL:
        defer("outbox.deliver", queue="mail", message_id=str(message.pk))


def _saved_first(message: Message) -> bool:
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def deliver_message(*, actor: None, message_id: UUID) -> None:
    """Hand the message to the mail server, or put it back with a time for the next attempt.

    Runs outside of any transaction: the lease is committed before the conversation starts.
    """
    del actor
    if not _take(message_id):
        _come_back_when_the_lease_ends(message_id)
        return
    message = Message.objects.get(pk=message_id)
    try:
        _send(message)
    except (smtplib.SMTPException, OSError) as error:
        _put_back(message, error)
        return
    Message.objects.filter(pk=message_id, state=MessageState.SENDING).update(
        state=MessageState.SENT, sent_at=now(), leased_until=None, last_error=""
    )


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


def _send(message: Message) -> None:
    mail: EmailMultiAlternatives = as_mail(message)
    mail.connection = _connection()
    mail.send()


def _connection() -> BaseEmailBackend:
    """Open what `YDIN_EMAIL_URL` names: smtp:// (plain), smtp+tls:// (STARTTLS) or smtps:// (TLS)."""
    server = urlsplit(settings.SMTP_URL)
    return EmailBackend(
        host=server.hostname,
        port=server.port or (465 if server.scheme == "smtps" else 25),
        username=unquote(server.username or ""),
        password=unquote(server.password or ""),
        use_tls=server.scheme == "smtp+tls",
        use_ssl=server.scheme == "smtps",
        timeout=30,
    )


def _put_back(message: Message, error: Exception) -> None:
    code = error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max(code for code, _ in error.recipients.values())
    if is_final(code) or message.attempts >= MAX_ATTEMPTS:
        Message.objects.filter(pk=message.pk).update(
            state=MessageState.FAILED, leased_until=None, last_error=str(error)[:2000]
        )
        return
    with transaction.atomic():
        Message.objects.filter(pk=message.pk).update(
            state=MessageState.QUEUED, leased_until=None, last_error=str(error)[:2000]
        )
        defer(
            "outbox.deliver",
            queue="mail",
            at=now() + wait_before(message.attempts + 1),
            message_id=str(message.pk),
        )
