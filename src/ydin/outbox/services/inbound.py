"""Mail that comes back: stored first, looked into later, by jobs that may run twice.

Whoever hands a mail over is told that it was taken only after the row and its job are committed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from ydin.kernel.addresses import BOUNCE, SignedAddress
from ydin.kernel.clock import now
from ydin.kernel.jobs import defer
from ydin.outbox.models import InboundMail, Message
from ydin.outbox.rules import MessageState
from ydin.outbox.rules.bounces import Fate
from ydin.outbox.rules.inbound import (
    LARGEST_KEPT,
    MOST_AN_HOUR,
    RAW_KEPT,
    ROW_KEPT,
    InboundState,
    fingerprint,
    read_mail,
)
from ydin.people.services import mark_address_failing

COUNTED = 2
"""Mails are counted by purpose and so many of the ids: a person's letters about one meeting are one thing."""


TRIED_AGAIN_AFTER = timedelta(hours=1)
TRIED_FOR = timedelta(days=3)


class TooManyMails(Exception):  # noqa: N818 - read as a statement where it is caught
    """More mails about one thing came within an hour than people write. The sender may try again later."""


@transaction.atomic
def store_mail(*, actor: None, raw: bytes, sender: str, receivers: Sequence[SignedAddress]) -> int:
    """Store a mail once for each signed address it was sent to, with the job that looks into it.

    The same mail delivered again (same Message-ID and body) is not stored again.

    Args:
        actor: nobody is signed in here.
        raw: the mail as it came; what goes beyond 1 MiB is dropped.
        sender: of the envelope, empty for a machine's null reverse-path.
        receivers: signed addresses, already read.

    Returns: how many rows are new.

    Raises:
        TooManyMails: nothing was stored.

    """
    del actor
    return sum(_store(raw, sender, one) for one in {_about(r): r for r in receivers}.values())


def _store(raw: bytes, sender: str, receiver: SignedAddress) -> bool:
    about = _about(receiver)
    mark = fingerprint(about, raw)
    if InboundMail.objects.filter(fingerprint=mark).exists():
        return False
    since = now().replace(minute=0, second=0, microsecond=0)
    if InboundMail.objects.filter(about=about, received_at__gte=since).count() >= MOST_AN_HOUR:
        raise TooManyMails(about)
    row = InboundMail(
        purpose=receiver.purpose,
        ids=list(receiver.ids),
        about=about,
        sender="".join(c for c in sender if c.isprintable())[:320],
        size=len(raw),
        raw=raw[:LARGEST_KEPT],
        fingerprint=mark,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    _queue(row)
    return True


def _queue(row: InboundMail) -> None:
    if row.purpose == BOUNCE:
        defer("outbox.take_bounce", queue="mail", inbound_id=str(row.pk))
    else:
        defer("meetings.take_reply", queue="mail", inbound_id=str(row.pk))


@transaction.atomic
def queue_left_mails(*, actor: None) -> int:
    """Queue mails again that were stored but never handled, because their job failed; return how many."""
    del actor
    moment = now()
    left = InboundMail.objects.filter(
        state=InboundState.RECEIVED, received_at__range=(moment - TRIED_FOR, moment - TRIED_AGAIN_AFTER)
    ).defer("raw")
    for row in left:
        _queue(row)
    return len(left)


def _about(receiver: SignedAddress) -> str:
    return "-".join([receiver.purpose, *(str(number) for number in receiver.ids[:COUNTED])])


def hold_mail(*, actor: None, inbound_id: UUID) -> InboundMail | None:
    """Lock a mail until the transaction ends; None when it has been handled already."""
    del actor
    waiting = InboundMail.objects.filter(pk=inbound_id, state=InboundState.RECEIVED)
    return waiting.select_for_update().first()


def settle_mail(*, actor: None, mail: InboundMail, outcome: str, said_at: datetime | None = None) -> None:
    """Note what became of a held mail; in the transaction of what was done because of it."""
    del actor
    mail.state, mail.outcome, mail.said_at, mail.handled_at = InboundState.HANDLED, outcome, said_at, now()
    mail.save(update_fields=["state", "outcome", "said_at", "handled_at"])


@transaction.atomic
def take_bounce(*, actor: None, inbound_id: UUID) -> str:
    """Look into what came to the address of a letter's envelope; return what it was.

    Only a report of a mail server counts. Answering machines write to this address too (RFC 3834, 4).
    """
    mail = hold_mail(actor=actor, inbound_id=inbound_id)
    if mail is None:
        return "handled before"
    report = read_mail(bytes(mail.raw), mail.sender, mail.received_at).report
    message = Message.objects.filter(pk=UUID(int=mail.ids[0])).first()
    outcome = "no report"
    if report is not None and message is not None:
        outcome = report.fate.value
        if report.fate in {Fate.REFUSED, Fate.FAILED}:
            said = " ".join(report.said.split())[:500]
            Message.objects.filter(pk=message.pk, state=MessageState.SENT).update(
                state=MessageState.FAILED, last_error=said
            )
            mark_address_failing(
                actor=None, address=message.to_address, reason=said, permanent=report.fate is Fate.REFUSED
            )
    settle_mail(actor=actor, mail=mail, outcome=outcome)
    return outcome


@transaction.atomic
def forget_mails(*, actor: None) -> int:
    """Forget what old mails said, and after a year that they came; return how many were emptied."""
    del actor
    moment = now()
    InboundMail.objects.filter(received_at__lt=moment - ROW_KEPT).delete()
    old = InboundMail.objects.filter(received_at__lt=moment - RAW_KEPT).exclude(size=0)
    return old.update(raw=b"", sender="", size=0)
