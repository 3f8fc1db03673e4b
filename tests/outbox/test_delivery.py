"""Delivery over a real SMTP conversation."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
import time_machine
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings
from tests.factories import PersonFactory
from tests.jobs import run_jobs
from tests.outbox.inbox import Inbox, letter

from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.outbox.models import Message
from ydin.outbox.rules import GIVE_UP_AFTER, LEASE, MessageState
from ydin.outbox.services import deliver_message, post


@pytest.mark.django_db
def test_a_letter_is_sent_once_with_its_message_id(inbox: Inbox) -> None:
    post(actor=None, letter=letter(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", method="REQUEST"))
    message = Message.objects.get()
    assert run_jobs() == ["outbox.deliver"]
    deliver_message(actor=None, message_id=message.pk)
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert message.sent_at is not None
    [mail] = inbox.received
    assert mail["Message-ID"] == f"<{message.pk}@testserver>"
    assert mail["Bcc"] is None
    assert "Bcc: intruder" in mail["Subject"]
    kinds = [(p.get_content_type(), p.get_param("method")) for p in mail.walk() if not p.is_multipart()]
    assert ("text/plain", None) in kinds
    assert ("text/html", None) in kinds
    assert ("text/calendar", "REQUEST") in kinds
    assert ("application/ics", None) in kinds
    assert mail["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(mail["Date"]) == message.created_at.replace(microsecond=0)


@pytest.mark.django_db
def test_a_busy_server_gets_another_attempt_with_the_same_message_id(inbox: Inbox) -> None:
    inbox.replies = ["451 come back later"]
    post(actor=None, letter=letter())
    message = Message.objects.get()
    deliver_message(actor=None, message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 1)
    assert "come back later" in message.last_error
    later = ProcrastinateJob.objects.filter(scheduled_at__gt=now()).get()
    assert later.args == {"message_id": str(message.pk)}
    deliver_message(actor=None, message_id=message.pk)
    [mail] = inbox.received
    assert mail["Message-ID"].startswith(f"<{message.pk}@")


@pytest.mark.django_db
def test_a_final_refusal_and_four_days_of_trying_end_it(inbox: Inbox) -> None:
    inbox.replies = ["550 no such box"]
    post(actor=None, letter=letter())
    message = Message.objects.get()
    run_jobs()
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert "no such box" in message.last_error

    inbox.refusals = ["451 later"]
    post(actor=None, letter=letter(once="second"))
    tired = Message.objects.get(dedupe_key="second")
    with time_machine.travel(now() + GIVE_UP_AFTER, tick=False):
        deliver_message(actor=None, message_id=tired.pk)
    tired.refresh_from_db()
    assert tired.state == MessageState.FAILED
    assert inbox.received == []


@pytest.mark.django_db
def test_a_message_whose_sender_died_is_taken_when_its_lease_ends(inbox: Inbox) -> None:
    post(actor=None, letter=letter())
    message = Message.objects.get()
    Message.objects.update(state=MessageState.SENDING, leased_until=now() + LEASE)
    deliver_message(actor=None, message_id=message.pk)
    assert inbox.received == []
    assert ProcrastinateJob.objects.filter(scheduled_at__gt=now()).count() == 1
    Message.objects.update(leased_until=now() - timedelta(seconds=1))
    deliver_message(actor=None, message_id=message.pk)
    assert len(inbox.received) == 1


@pytest.mark.django_db
def test_a_key_is_used_once_and_nothing_is_queued_without_a_server(settings: Settings) -> None:
    settings.DELIVERS_MAIL = False
    post(actor=None, letter=letter(once="reminder:1"))
    post(actor=None, letter=letter(once="reminder:1"))
    assert Message.objects.get().state == MessageState.KEPT
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db
def test_a_person_reads_only_their_own_messages() -> None:
    aino, eero = PersonFactory(), PersonFactory()
    with acting_as(eero.pk):
        post(actor=eero, letter=letter(person=aino))
        assert Message.objects.count() == 0
    with acting_as(aino.pk):
        assert Message.objects.count() == 1
        assert Message.objects.update(text="changed") == 0


@pytest.mark.django_db(transaction=True)
def test_row_and_job_commit_together(settings: Settings) -> None:
    settings.DELIVERS_MAIL = True
    with pytest.raises(RuntimeError), transaction.atomic():
        post(actor=None, letter=letter())
        assert Message.objects.count() == 1
        raise RuntimeError
    assert not Message.objects.exists()
    assert not ProcrastinateJob.objects.exists()
