"""Not more letters a minute to one receiving domain than agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings
from tests.outbox.inbox import Inbox, letter

from ydin.kernel.clock import now
from ydin.outbox.models import DomainPace, Message
from ydin.outbox.rules import MessageState
from ydin.outbox.services import deliver_message, post, post_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _slow(settings: Settings) -> None:
    settings.MAIL_PER_MINUTE, settings.MAIL_BURST = 6, 3


def _deliver_all() -> None:
    for pk in Message.objects.order_by("created_at", "id").values_list("pk", flat=True):
        deliver_message(actor=None, message_id=pk)


def test_a_provider_gets_a_few_at_once_and_the_rest_one_by_one(inbox: Inbox) -> None:
    post_all(actor=None, letters=[letter(address=f"a{n}@Big.example") for n in range(10)])
    post(actor=None, letter=letter(address="b@small.example"))
    start = now()
    with time_machine.travel(start, tick=False):
        _deliver_all()
        _deliver_all()
    assert len(inbox.received) == 4
    assert "b@small.example" in str([m["To"] for m in inbox.received])
    waiting = list(Message.objects.filter(state=MessageState.QUEUED).order_by("slot_at"))
    gaps = [round((m.slot_at - start).total_seconds()) for m in waiting if m.slot_at]
    assert gaps == [10, 20, 30, 40, 50, 60, 70]
    assert all(m.attempts == 0 for m in waiting)
    deferred = ProcrastinateJob.objects.filter(scheduled_at__isnull=False)
    assert deferred.count() == 7, "a letter that waits has one job for its moment"
    with time_machine.travel(start + timedelta(seconds=30), tick=False):
        _deliver_all()
    assert len(inbox.received) == 7
    with time_machine.travel(start + timedelta(seconds=70), tick=False):
        _deliver_all()
    assert len(inbox.received) == 11
    assert not Message.objects.exclude(state=MessageState.SENT).exists()


def test_a_domain_that_asks_for_less_rests(inbox: Inbox) -> None:
    inbox.refusals = ["450 4.7.28 too much mail"]
    post_all(actor=None, letters=[letter(address=f"a{n}@big.example") for n in range(2)])
    start = now()
    with time_machine.travel(start, tick=False):
        _deliver_all()
    assert inbox.received == []
    first, second = Message.objects.order_by("created_at", "id")
    assert first.attempts == 1
    assert second.slot_at is not None
    assert second.slot_at - start == timedelta(minutes=2)


def test_without_a_limit_nothing_waits(inbox: Inbox, settings: Settings) -> None:
    settings.MAIL_PER_MINUTE = 0
    post_all(actor=None, letters=[letter(address=f"a{n}@big.example") for n in range(6)])
    _deliver_all()
    assert len(inbox.received) == 6
    assert not DomainPace.objects.exists()
