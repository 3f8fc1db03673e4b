"""What a server's refusal means for the letter, and for the address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from tests.outbox.inbox import Inbox, letter

from ydin.kernel.addresses import BOUNCE, read_address
from ydin.outbox.models import Message
from ydin.outbox.rules import MessageState, Stage, Verdict, gives_up, judge, wait_before, wants_slower, xtext
from ydin.outbox.services import deliver_message, post
from ydin.people.models import AddressProblem
from ydin.people.policies import failing_addresses


@pytest.mark.parametrize(
    ("stage", "code", "text", "verdict"),
    [
        (Stage.RECEIVER, 550, "550 5.1.1 user unknown", Verdict.NO_SUCH_ADDRESS),
        (Stage.RECEIVER, 550, "550 no such box", Verdict.NO_SUCH_ADDRESS),
        (Stage.RECEIVER, 550, "550 5.2.1 mailbox disabled", Verdict.NO_SUCH_ADDRESS),
        (Stage.RECEIVER, 552, "552 5.2.2 over quota", Verdict.MAILBOX_FULL),
        (Stage.RECEIVER, 554, "554 5.7.1 blocked by policy", Verdict.LETTER_REFUSED),
        (Stage.RECEIVER, 554, "554 5.7.1 <x>: Relay access denied", Verdict.AGAIN),
        (Stage.RECEIVER, 450, "450 4.2.1 try later", Verdict.AGAIN),
        (Stage.CONTENT, 554, "554 5.6.0 looks like spam", Verdict.LETTER_REFUSED),
        (Stage.CONTENT, 554, "554 no, thank you", Verdict.LETTER_REFUSED),
        (Stage.CONTENT, 451, "451 greylisted", Verdict.AGAIN),
        (Stage.SERVER, 535, "535 5.7.8 bad password", Verdict.AGAIN),
        (Stage.SERVER, 550, "550 5.1.8 sender refused", Verdict.AGAIN),
        (Stage.SERVER, 0, "timed out", Verdict.AGAIN),
    ],
)
def test_what_a_refusal_means(stage: Stage, code: int, text: str, verdict: Verdict) -> None:
    assert judge(stage, code, text) == verdict


def test_waits_double_up_to_four_hours_and_spread() -> None:
    for attempt, minutes in ((2, 1), (3, 2), (4, 4), (9, 128), (10, 240), (40, 240)):
        waits = {wait_before(attempt, seed) for seed in range(100)}
        assert len(waits) > 90
        assert (
            timedelta(minutes=minutes) * 0.75 <= min(waits) < max(waits) <= timedelta(minutes=minutes) * 1.25
        )
    assert wait_before(5, 7) == wait_before(5, 7)
    assert not gives_up(timedelta(days=3))
    assert gives_up(timedelta(days=4))


def test_signs_of_too_much_at_once() -> None:
    assert wants_slower(421, "421 too many connections")
    assert wants_slower(450, "450 4.7.28 unusual rate")
    assert not wants_slower(451, "451 4.3.0 disk full")
    assert not wants_slower(550, "550 5.7.1 no")


def test_parameters_are_encoded() -> None:
    assert xtext("a+b=c@ö.fi") == "a+2Bb+3Dc@+C3+B6.fi"


@pytest.mark.django_db
def test_a_refused_receiver_marks_the_address_and_a_refused_letter_does_not(
    inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    inbox.refusals = ["550 5.1.1 nobody here"]
    post(actor=None, letter=letter())
    deliver_message(actor=None, message_id=Message.objects.get().pk)
    message = Message.objects.get()
    assert (message.state, message.last_error) == (MessageState.FAILED, "550 5.1.1 nobody here")
    assert failing_addresses(["aino@example.org"])

    inbox.replies = ["554 5.6.0 we do not like it"]
    post(actor=None, letter=letter(address="eero@example.org"))
    refused = Message.objects.get(to_address="eero@example.org")
    deliver_message(actor=None, message_id=refused.pk)
    refused.refresh_from_db()
    assert refused.state == MessageState.FAILED
    assert AddressProblem.objects.count() == 1
    [told] = [r.getMessage() for r in caplog.records if r.name == "ydin.outbox.services.deliver"]
    assert told == f"letter {refused.pk} (test.letter) was not taken: content 554"


@pytest.mark.django_db
def test_operators_list_what_failed_without_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    post(actor=None, letter=letter(address="eero@example.org", subject="secret subject"))
    Message.objects.update(state=MessageState.FAILED, last_error="554 5.6.0 we do\nnot like it", attempts=2)
    post(actor=None, letter=letter())
    Message.objects.filter(state=MessageState.KEPT).update(state=MessageState.QUEUED)
    call_command("letters", "--failed")
    [line] = capsys.readouterr().out.splitlines()
    assert line.split("\t")[1:] == [
        "failed", "test.letter", "eero@example.org", "-", "2", "554 5.6.0 we do not like it",
    ]  # fmt: skip
    call_command("letters")
    both = capsys.readouterr().out
    assert len(both.splitlines()) == 2
    assert "secret" not in both
    assert "Tervetuloa" not in both


@pytest.mark.django_db
def test_a_wrong_password_of_ours_keeps_the_letter(inbox: Inbox, settings) -> None:
    settings.SMTP_URL = settings.SMTP_URL.replace("smtp://", "smtp://user:wrong@")
    post(actor=None, letter=letter())
    message = Message.objects.get()
    deliver_message(actor=None, message_id=message.pk)
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    assert message.due_at is not None
    assert not AddressProblem.objects.exists()


@pytest.mark.django_db
def test_a_server_that_can_is_asked_to_tell(open_inbox: Callable[..., Inbox]) -> None:
    server = open_inbox(knows_dsn=True)
    post(actor=None, letter=letter(address="aino+kutsut@example.org"))
    message = Message.objects.get()
    deliver_message(actor=None, message_id=message.pk)
    assert [p.lower() for p in server.parameters] == [
        "ret=hdrs",
        f"envid={message.pk.hex}",
        "notify=failure,delay",
        "orcpt=rfc822;aino+2bkutsut@example.org",
    ]
    assert server.senders == ["noreply@localhost"]
    assert len(server.received) == 1


@pytest.mark.django_db
def test_a_bounce_comes_back_to_an_address_that_names_the_letter(inbox: Inbox, settings) -> None:
    settings.REPLY_ADDRESS = "answers@example.org"
    post(actor=None, letter=letter())
    message = Message.objects.get()
    deliver_message(actor=None, message_id=message.pk)
    [sender] = inbox.senders
    found = read_address(sender)
    assert found is not None
    assert (found.purpose, found.ids) == (BOUNCE, (message.pk.int,))
    assert inbox.received[0]["From"] == "Ydin <noreply@localhost>"


@pytest.mark.django_db
def test_letters_of_a_thread_hang_together_for_one_receiver(inbox: Inbox) -> None:
    for address, thread in (
        ("aino", "meeting:1"),
        ("Aino", "meeting:1"),
        ("eero", "meeting:1"),
        ("aino", "meeting:2"),
    ):
        post(actor=None, letter=letter(address=f"{address}@example.org", thread=thread))
    for message in Message.objects.order_by("created_at"):
        deliver_message(actor=None, message_id=message.pk)
    first, second, other, elsewhere = (mail["References"] for mail in inbox.received)
    assert first == second
    assert len({first, other, elsewhere}) == 3
    assert all(mail["In-Reply-To"] == mail["References"] for mail in inbox.received)
    assert "meeting" not in first
