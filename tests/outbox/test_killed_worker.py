"""A worker killed in the middle of a conversation, or of a gathered letter, neither loses nor doubles a message."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from tests.factories import make_group, make_meeting
from tests.ports import free_port
from tests.servers import LiveSite, _surroundings

from ydin.kernel.clock import now
from ydin.kernel.jobs import defer
from ydin.meetings.models import Promise
from ydin.outbox.emails import Letter
from ydin.outbox.services import post


class SlowServer:
    """Takes its time over the first letter, so that the worker can be killed while it waits for the reply."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.begun = 0
        self.hold = True

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.begun += 1
        envelope.mail_from = address
        while self.hold:
            await asyncio.sleep(0.05)
        return "250 go on"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.received += [
            line.partition(b":")[2].strip().decode()
            for line in envelope.content.splitlines()
            if line.lower().startswith(b"message-id:")
        ]
        return "250 taken"


@pytest.fixture
def slow_server() -> Iterator[tuple[SlowServer, int]]:
    handler = SlowServer()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, controller.port
    handler.hold = False
    controller.stop()


def _wait(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _somebody_with_news() -> int:
    """A person whose gathered letter has something to tell; returns the id."""
    world = make_group(members=1)
    held = make_meeting(world, days=-2)
    person = world.members[0]
    Promise.objects.create(
        meeting=held,
        group=world.group,
        enterprise=world.companies[0],
        person=person,
        what="x",
        due=now().date(),
    )
    return int(person.pk)


def _doing(database_url: str, task: str) -> bool:
    with psycopg.connect(database_url, autocommit=True) as connection:
        query = "select count(*) from procrastinate_jobs where task_name = %s and status = 'doing'"
        return connection.execute(query, [task]).fetchone() == (1,)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_kill_the_worker_while_it_sends(
    live_site: Callable[..., LiveSite], slow_server: tuple[SlowServer, int], settings
) -> None:
    server, port = slow_server
    mail_url = f"smtp://127.0.0.1:{port}"
    site = live_site(workers=1, jobs=False, mail_url=mail_url)
    settings.DELIVERS_MAIL = True
    with site.database():
        for number in range(3):
            post(
                actor=None,
                letter=Letter(
                    kind="t",
                    address=f"a{number}@example.org",
                    language="fi",
                    subject="s",
                    text="t",
                    once=f"k{number}",
                ),
            )
        reader = _somebody_with_news()
        defer("home.send_digest", queue="digest", person_id=reader, slot=now().isoformat())
    with psycopg.connect(site.database_url) as holder:
        holder.execute("select from people_person where id = %s for update", [reader])
        worker = site.start("worker", "--concurrency", "5", role="worker", **_surroundings(site, mail_url))
        _wait(lambda: server.begun >= 1, 60)
        _wait(lambda: _doing(site.database_url, "home.send_digest"))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    with psycopg.connect(site.database_url, autocommit=True) as connection:
        held = connection.execute("select count(*) from outbox_message where state = 'sending'").fetchone()
        assert held is not None and held[0] >= 1
        assert server.received == []
        server.hold = False
        # an hour passes: the lease lapses and the dead worker's heartbeat grows old
        connection.execute(
            "update outbox_message set leased_until = now() - interval '1 second' where state = 'sending'"
        )
        connection.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
        connection.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args, status, priority) "
            "values ('periodic', 'kernel.retry_stalled', '{\"timestamp\": 0}', 'todo', 0)"
        )
        site.start("worker", role="worker", **_surroundings(site, mail_url))

        def all_sent() -> bool:
            row = connection.execute("select count(*) from outbox_message where state = 'sent'").fetchone()
            return row is not None and row[0] == 4

        _wait(all_sent, 60)
        digests = connection.execute(
            "select count(*) from outbox_message where kind = 'home.digest'"
        ).fetchone()
        assert digests == (1,)
        ids = connection.execute("select id from outbox_message").fetchall()
    assert sorted(server.received) == sorted(f"<{row[0]}@127.0.0.1>" for row in ids)
