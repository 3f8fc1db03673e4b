"""Speed of mail: invitations written and queued, and answers that come back through SMTP, queue and services.

usage: python bench/mail.py [--people 1000]

Everything of ours runs on one core: database, `ydin mail-in`, `ydin worker`. Half of the answers are calendar
replies, a quarter words, the rest questions that are passed on to the coordinator. Targets: 1,000 invitations
in 10 s; 1,000 answers in 60 s. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import smtplib
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import web_fixtures
from web import cpu_seconds
from ydin.kernel.database import embedded_server
from ydin.kernel.processes import free_port

HOST = "127.0.0.1"


def main() -> None:
    """Measure both, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    given = parser.parse_args()
    os.sched_setaffinity(0, {0})  # what this process starts stays there too
    with tempfile.TemporaryDirectory() as folder, embedded_server(Path(folder)) as server:
        os.environ |= {"YDIN_REPLY_ADDRESS": "answers@example.org", "YDIN_EMAIL_URL": "smtp://127.0.0.1:9"}
        environment = web_fixtures.surroundings(server.url)
        mails, figures = invite(given.people, server.pid)
        figures |= answer(environment, mails, server.pid)
    for name, value in figures.items():
        print(f"{name:36} {value}")
    print(json.dumps(figures))


def invite(people: int, database: int) -> tuple[list[tuple[str, bytes]], dict[str, Any]]:
    """Announce a meeting to so many people; return their answers and what the invitations took."""
    from django.conf import settings
    from django.db import connection
    from tests import factories
    from tests.outbox.mails import calendar_mail, calendar_object, plain_mail

    from ydin.kernel.addresses import reply_address
    from ydin.meetings.services.announce import announce_meeting

    settings.DELIVERS_MAIL = True
    world = factories.make_group(members=people)
    meeting = factories.make_meeting(
        world, invited=False, state="draft", announced_at=None, capacity=people // 2
    )
    began, cpu = time.perf_counter(), time.process_time() + cpu_seconds([database])
    announce_meeting(actor=world.coordinator, meeting=meeting)
    took = time.perf_counter() - began
    used = time.process_time() + cpu_seconds([database]) - cpu
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from outbox_message where kind = 'meetings.announced'")
        assert cursor.fetchone() == (people,)
        cursor.execute("delete from procrastinate_jobs")  # their delivery is not what is measured next
    mails = []
    for number, person in enumerate(world.members):
        calendar, words = reply_address(meeting.pk, person.pk), reply_address(meeting.pk, person.pk, 0)
        match number % 4:
            case 0 | 1:
                status = ("ACCEPTED", "DECLINED")[number % 2]
                mails.append((calendar, calendar_mail(calendar, calendar_object(meeting, status))))
            case 2:
                mails.append((words, plain_mail(words, "Kiitos kutsusta, tulen!\n\n> Oletko tulossa?\n")))
            case _:
                mails.append((words, plain_mail(words, "Pääseekö sinne pyörätuolilla?\n")))
    figures = {
        "invitations": people,
        "written and queued s": round(took, 2),
        "of that CPU s, database included": round(used, 2),
    }
    return mails, figures


def answer(environment: dict[str, str], mails: list[tuple[str, bytes]], database: int) -> dict[str, Any]:
    """Send the answers by SMTP and wait until the worker has handled all of them."""
    from django.db import connection

    port = free_port(HOST)
    around = {**os.environ, **environment, "YDIN_DB_ROLE": "worker"}
    command = [sys.executable, "-m", "ydin.cli"]
    taking = subprocess.Popen(
        [*command, "mail-in", "--port", str(port)], env=around, stdout=subprocess.DEVNULL
    )
    working = subprocess.Popen([*command, "worker"], env=around)
    try:
        relay = connect(port)
        while not ask("select count(*) from procrastinate_workers"):
            time.sleep(0.2)
        roots = [taking.pid, working.pid, database]
        cpu = cpu_seconds(roots)
        began = time.perf_counter()
        for address, raw in mails:
            relay.sendmail("a@example.org", [address], raw)
        taken = time.perf_counter() - began
        relay.quit()
        while ask("select count(*) from outbox_inboundmail where state = 'handled'") < len(mails):
            time.sleep(0.2)
        handled, used = time.perf_counter() - began, cpu_seconds(roots) - cpu
    finally:
        for process in (taking, working):
            process.terminate()
            process.wait(20)
    with connection.cursor() as cursor:
        cursor.execute("select outcome, count(*) from outbox_inboundmail group by 1 order by 1")
        outcomes = dict(cursor.fetchall())
    return {
        "answers": len(mails),
        "taken by SMTP s": round(taken, 2),
        "handled s": round(handled, 2),
        "of that CPU s, all processes": round(used, 2),
        "answers a minute": round(len(mails) / handled * 60),
        "answers in a minute of CPU": round(len(mails) / used * 60),
        "outcomes": outcomes,
    }


def ask(statement: str) -> int:
    """Return the number that a statement gives."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def connect(port: int) -> smtplib.SMTP:
    """Return a connection as soon as the server listens."""
    for _attempt in range(200):
        try:
            return smtplib.SMTP(HOST, port)
        except OSError:
            time.sleep(0.1)
    raise TimeoutError


if __name__ == "__main__":
    main()
