"""Mail that comes in through real programs: SMTP, LMTP and a polled IMAP mailbox."""

from __future__ import annotations

import signal
import smtplib
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from pytest_django import Settings
from tests.factories import PersonFactory, make_group, make_meeting
from tests.outbox.mails import calendar_mail, calendar_object, plain_mail
from tests.outbox.programs import imap_server, needed, wait_for_port
from tests.outbox.test_inbound_reading import bounce
from tests.ports import free_port
from tests.servers import LiveSite, _surroundings

from ydin.config.env import read_environment
from ydin.kernel.acting import acting_as
from ydin.kernel.addresses import BOUNCE, SignedAddress, bounce_address, read_address, reply_address
from ydin.kernel.clock import now
from ydin.outbox.emails import Letter
from ydin.outbox.models import InboundMail, Message
from ydin.outbox.rules import MessageState
from ydin.outbox.rules.inbound import LARGEST_KEPT, MOST_AN_HOUR, RAW_KEPT, ROW_KEPT
from ydin.outbox.services import post
from ydin.outbox.services.inbound import TooManyMails, forget_mails, queue_left_mails, store_mail
from ydin.outbox.services.mailbox import poll_mailbox
from ydin.people.models import AddressProblem

REPLIES = "answers@example.org"


@pytest.fixture(autouse=True)
def _read_replies(settings: Settings) -> None:
    settings.REPLY_ADDRESS = REPLIES


def signed(address: str) -> SignedAddress:
    read = read_address(address)
    assert read is not None
    return read


@pytest.fixture
def mail_in(live_site: Callable[..., LiveSite]) -> Callable[..., tuple[LiveSite, int]]:
    """Start a site without web users, with a worker and `ydin mail-in`; gives the site and the port."""

    def start(*options: str, jobs: bool = True) -> tuple[LiveSite, int]:
        site, port = live_site(workers=1, jobs=False), free_port()
        around = {
            **_surroundings(site, ""),
            "YDIN_REPLY_ADDRESS": REPLIES,
            "YDIN_SECRET_KEY": "only for tests",
        }
        server = site.start("mail-in", "--port", str(port), *options, role="worker", **around)
        if jobs:
            site.start("worker", role="worker", **around)
        wait_for_port(port, server, site.log)
        return site, port

    return start


def answer_in(site: LiveSite, person: int) -> str:
    with psycopg.connect(site.database_url) as connection:
        row = connection.execute("select answer from meetings_rsvp where person_id = %s", [person]).fetchone()
    assert row is not None
    return str(row[0])


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_from_the_letter_to_the_row_over_real_smtp(mail_in: Callable[..., tuple[LiveSite, int]]) -> None:
    """A calendar reply, a stranger's address, two receivers, a mail that is too large, a kill: one story."""
    site, port = mail_in()
    with site.database():
        world = make_group(members=3)
        meeting = make_meeting(world)
        people = [p.pk for p in world.members]
        address = [reply_address(meeting.pk, pk) for pk in people]
        reply = calendar_object(meeting, "ACCEPTED")
    with smtplib.SMTP("127.0.0.1", port) as relay:
        refused = relay.sendmail("a@example.org", [address[0].upper()], calendar_mail(address[0], reply))
        assert refused == {}
        with pytest.raises(smtplib.SMTPRecipientsRefused) as none:
            relay.sendmail("a@example.org", ["answers+r1-2-aaaaaaaaaaaaaaaa@example.org"], b"x")
        assert none.value.recipients.popitem()[1][0] == 550
        long_line = b"X-Long: " + b"a" * 20_000 + b"\r\n"
        relay.sendmail("a@example.org", address[1:], long_line + plain_mail(address[1], "en pääse"))
    with smtplib.SMTP("127.0.0.1", port) as relay, pytest.raises(smtplib.SMTPException):
        relay.sendmail("a@example.org", address[:1], b"Subject: x\r\n\r\n" + b"a" * 78 + b"\r\n" * 7_000_000)
    site.wait_for_jobs()
    assert [answer_in(site, pk) for pk in people] == ["coming", "not_coming", "not_coming"]
    swaks = needed("swaks")
    done = subprocess.run(
        [swaks, "--server", f"127.0.0.1:{port}", "--from", "aino@example.org", "--to", address[0],
         "--body", "ehka", "--header", "Subject: Re: kutsu", "--silent", "2"],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    site.wait_for_jobs()
    with psycopg.connect(site.database_url) as connection:
        rows = connection.execute("select outcome from outbox_inboundmail order by received_at").fetchall()
    assert [r[0] for r in rows] == ["coming", "not_coming", "not_coming", "passed on"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_lmtp_says_what_became_of_each_receiver_and_a_kill_loses_nothing(
    mail_in: Callable[..., tuple[LiveSite, int]],
) -> None:
    site, port = mail_in("--lmtp", jobs=False)
    with site.database():
        world = make_group(members=2)
        meeting = make_meeting(world)
        address = [reply_address(meeting.pk, p.pk) for p in world.members]
    raw = plain_mail(address[0], "tulen")
    with smtplib.LMTP("127.0.0.1", port) as relay:
        assert relay.docmd("LHLO relay")[0] == 250
        relay.docmd("MAIL FROM:<aino@example.org>")
        for one in address:
            assert relay.docmd(f"RCPT TO:<{one}>")[0] == 250
        assert relay.docmd("DATA")[0] == 354
        relay.send(raw.replace(b"\n", b"\r\n") + b"\r\n.\r\n")
        assert [relay.getreply()[0] for _one in address] == [250, 250]
        relay.docmd("RSET")
    site.processes[-1].send_signal(signal.SIGKILL)
    around = {**_surroundings(site, ""), "YDIN_REPLY_ADDRESS": REPLIES, "YDIN_SECRET_KEY": "only for tests"}
    worker = site.start("worker", role="worker", **around)
    site.wait_for_jobs()
    worker.send_signal(signal.SIGKILL)
    with psycopg.connect(site.database_url, autocommit=True) as connection:
        taken = connection.execute(
            "select count(*) from outbox_inboundmail where state = 'handled'"
        ).fetchone()
        # as if the worker had died after its work and before the queue heard of it
        connection.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args, status, priority) select 'mail',"
            " 'meetings.take_reply', jsonb_build_object('inbound_id', id), 'todo', 0 from outbox_inboundmail"
        )
        assert taken == (2,)
        site.start("worker", role="worker", **around)
        site.wait_for_jobs()
        versions = connection.execute("select version, answer from meetings_rsvp").fetchall()
    assert versions == [(2, "coming")] * 2


@pytest.mark.django_db
def test_a_mailbox_is_polled_and_each_mail_taken_once(
    settings: Settings, run_jobs: Callable[..., list[str]]
) -> None:
    world = make_group(members=2)
    meeting = make_meeting(world)
    address = reply_address(meeting.pk, world.members[1].pk)
    with tempfile.TemporaryDirectory() as folder, imap_server(Path(folder)) as (port, new):
        settings.IMAP_URL = f"imap://box:secret@127.0.0.1:{port}/INBOX"
        ours = calendar_mail(address, calendar_object(meeting, "DECLINED"))
        (new / "1.ours").write_bytes(ours)
        (new / "2.again").write_bytes(b"Received: twice\r\n" + ours)
        (new / "3.theirs").write_bytes(plain_mail(REPLIES, "hello"))
        (new / "4.odd").write_bytes(b"To: " + address.encode() + b"\r\n\0\xff" + b"(" * 3000)
        (new / "5.nothing").write_bytes(b"")
        assert poll_mailbox(actor=None) == 2
        assert poll_mailbox(actor=None) == 0
        left = sorted(p.name.partition(":")[0] for p in new.parent.rglob("[1-5].*"))
        assert [name[0] for name in left] == ["3", "5"]
    run_jobs("meetings.take_reply")
    assert meeting.rsvps.get(person=world.members[1]).answer == "not_coming"
    assert poll_mailbox(actor=None) == 0  # the server is gone; the next minute tries again


@pytest.mark.django_db
def test_no_mailbox_no_polling(settings: Settings) -> None:
    settings.IMAP_URL = ""
    assert poll_mailbox(actor=None) == 0


@pytest.mark.django_db
def test_a_bounce_marks_the_address_and_a_vacation_does_not(run_jobs: Callable[..., list[str]]) -> None:
    aino = PersonFactory(email="aino@old.example")
    post(
        actor=None,
        letter=Letter(kind="t", address=aino.email, person=aino, language="fi", subject="s", text="t"),
    )
    message = Message.objects.get()
    Message.objects.update(state=MessageState.SENT)
    address = bounce_address(message.pk)
    away = plain_mail(address, "I am away", Auto_Submitted="auto-replied")
    for raw in (away, bounce("4.4.1", "delayed")):
        store_mail(actor=None, raw=raw, sender="", receivers=[signed(address)])
        assert "outbox.take_bounce" in run_jobs()
    assert not AddressProblem.objects.exists()
    store_mail(actor=None, raw=bounce("5.1.1"), sender="", receivers=[signed(address)])
    run_jobs("outbox.take_bounce")
    problem = AddressProblem.objects.get()
    assert (problem.address, problem.permanent) == ("aino@old.example", True)
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert "no such user" in message.last_error
    assert list(InboundMail.objects.order_by("received_at").values_list("outcome", flat=True)) == [
        "no report", "delayed", "refused",
    ]  # fmt: skip


@pytest.mark.django_db
def test_only_so_many_mails_an_hour_and_only_so_much_of_each() -> None:
    receiver = signed(reply_address(1, 2))
    for number in range(MOST_AN_HOUR):
        stored = store_mail(actor=None, raw=b"%d" % number, sender="a\0b", receivers=[receiver])
        assert stored == 1
    with pytest.raises(TooManyMails):
        store_mail(actor=None, raw=b"one more", sender="", receivers=[receiver])
    store_mail(actor=None, raw=b"x" * (LARGEST_KEPT + 5), sender="", receivers=[signed(reply_address(1, 3))])
    large = InboundMail.objects.get(about="r-1-3")
    assert (large.size, len(large.raw)) == (LARGEST_KEPT + 5, LARGEST_KEPT)


@pytest.mark.django_db
def test_what_came_in_is_forgotten_and_nobody_else_reads_it() -> None:
    receiver = SignedAddress(BOUNCE, (5,), "b5")
    for age in (timedelta(), RAW_KEPT, ROW_KEPT):
        store_mail(actor=None, raw=repr(age).encode(), sender="a@b.fi", receivers=[receiver])
        InboundMail.objects.filter(size=len(repr(age))).update(received_at=now() - age - timedelta(minutes=1))
    assert forget_mails(actor=None) == 1
    assert sorted(InboundMail.objects.values_list("size", "sender")) == [(0, ""), (21, "a@b.fi")]
    assert forget_mails(actor=None) == 0
    with acting_as(PersonFactory().pk):
        assert InboundMail.objects.count() == 0


@pytest.mark.django_db
def test_a_mail_whose_job_failed_is_tried_again_for_three_days(run_jobs: Callable[..., list[str]]) -> None:
    world = make_group(members=2)
    meeting = make_meeting(world)
    address = reply_address(meeting.pk, world.members[1].pk, 0)
    store_mail(actor=None, raw=plain_mail(address, "tulen"), sender="a@b.fi", receivers=[signed(address)])
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    assert queue_left_mails(actor=None) == 0
    InboundMail.objects.update(received_at=now() - timedelta(days=4))
    assert queue_left_mails(actor=None) == 0
    InboundMail.objects.update(received_at=now() - timedelta(hours=2))
    assert queue_left_mails(actor=None) == 1
    assert run_jobs() == ["meetings.take_reply"]
    assert queue_left_mails(actor=None) == 0
    assert meeting.rsvps.get(person=world.members[1]).answer == "coming"


def test_mail_in_says_what_is_missing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ydin.cli", "mail-in", "--port", str(free_port())],
        capture_output=True, text=True, check=False, env=_bare(),
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("ydin: YDIN_REPLY_ADDRESS is not set")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("YDIN_REPLY_ADDRESS", "averylongname@example.org", "at most 11 characters"),
        ("YDIN_REPLY_ADDRESS", "answers", "YDIN_REPLY_ADDRESS"),
        ("YDIN_IMAP_URL", "pop3://box:hunter2@example.org", "YDIN_IMAP_URL must be like"),
    ],
)
def test_a_wrong_variable_is_named_on_one_line(name: str, value: str, said: str, monkeypatch) -> None:
    for key, good in (_bare() | {name: value}).items():
        monkeypatch.setenv(key, good)
    with pytest.raises(ValueError, match=name) as wrong:
        read_environment()
    assert said in str(wrong.value)
    assert "hunter2" not in str(wrong.value)


def _bare() -> dict[str, str]:
    source = str(Path(__file__).resolve().parents[2] / "src")
    return {
        "PYTHONPATH": source,
        "PATH": "/usr/bin:/bin",
        "YDIN_ENV": "test",
        "YDIN_SECRET_KEY": "x",
        "DATABASE_URL": "postgresql:///none",
        "YDIN_BASE_URL": "http://localhost",
    }
