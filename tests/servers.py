"""The real thing for tests: granian and the job worker as processes, on a database of their own.

def test_x(live_site):
    site = live_site(workers=2)
    with site.database():          # the ORM of the test writes and reads the site's database, committed
        world = make_group()
    site.get("/…")                 # or open site.url in a browser
"""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ydin.kernel.processes import free_port

HOST = "127.0.0.1"
_numbers = count(1)
LOCK = 20261122
"""Any number: the advisory lock of who makes the migrated database."""


@dataclass
class LiveSite:
    """A running site. `url` has no slash at its end; `log` is what its processes said."""

    url: str
    database_url: str
    blocker: Any
    log: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def port(self) -> int:
        """The port that the web server listens on."""
        return urllib.parse.urlsplit(self.url).port or 0

    def request(
        self, method: str, path: str, data: dict[str, Any] | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """Send one request on a connection of its own; return status, headers and text."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        body = urllib.parse.urlencode(data) if data is not None else None
        sent = {"Accept-Language": "en", **headers}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            connection.close()

    def get(self, path: str) -> tuple[int, dict[str, str], str]:
        """Send a GET."""
        return self.request("GET", path)

    def post(self, path: str, data: dict[str, Any]) -> tuple[int, dict[str, str], str]:
        """Send a form."""
        return self.request("POST", path, data)

    @contextlib.contextmanager
    def database(self) -> Iterator[None]:
        """Let the test's ORM work on the site's database, as its owner, each statement committed."""
        from django.db import connection  # the settings are read after this file

        before = connection.settings_dict["NAME"]
        with self.blocker.unblock():
            connection.close()
            connection.settings_dict["NAME"] = conninfo_to_dict(self.database_url)["dbname"]
            try:
                yield
            finally:
                connection.close()
                connection.settings_dict["NAME"] = before

    def wait_for_jobs(self, seconds: float = 60) -> None:
        """Wait until the worker has nothing left to do now; fail when it takes too long."""
        deadline = time.monotonic() + seconds
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            while True:
                row = connection.execute(
                    "select count(*) from procrastinate_jobs where status = 'doing' or "
                    "(status = 'todo' and (scheduled_at is null or scheduled_at <= now()))"
                ).fetchone()
                if row is not None and row[0] == 0:
                    return
                assert time.monotonic() < deadline, f"{row} jobs are left:\n{self.log.read_text()[-4000:]}"
                time.sleep(0.05)

    def start(self, *arguments: str, role: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a command of `ydin` beside the site, in the same surroundings."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "ydin.cli", *arguments],
                env={**os.environ, **environment, "YDIN_DB_ROLE": role, "YDIN_SUPERVISED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def stop(self) -> None:
        """End every process: politely, then not."""
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 12
        for process in self.processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.processes.clear()


def server_url(database: str) -> str:
    """Return the address of another database on the run's server."""
    return make_conninfo(os.environ["DATABASE_URL"], dbname=database)


def _surroundings(site: LiveSite, mail_url: str) -> dict[str, str]:
    mail = {"YDIN_EMAIL_URL": mail_url} if mail_url else {}
    return {
        **mail,
        "YDIN_ENV": "production" if mail_url else "demo",
        "DATABASE_URL": site.database_url,
        "YDIN_BASE_URL": site.url,
        "YDIN_ALLOWED_HOSTS": "localhost,127.0.0.1",
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent / "src"),
    }


@contextlib.contextmanager
def running_site(
    *,
    template: str,
    blocker: Any,
    folder: Path,
    workers: int = 2,
    threads: int = 4,
    jobs: bool = True,
    mail_url: str = "",
) -> Iterator[LiveSite]:
    """Run a site on a fresh copy of the migrated database until the block ends.

    Args:
        template: name of the migrated database (fixture `live_template`).
        blocker: pytest-django's `django_db_blocker`.
        folder: where its log goes.
        workers: processes of the web server, with `threads` threads each.
        jobs: run the job worker too.
        mail_url: where a production site sends its mail; with none the site is a demo and mail stays.

    """
    name = f"live_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(f'create database "{name}" template "{template}"')
    port = free_port(HOST)
    site = LiveSite(f"http://{HOST}:{port}", server_url(name), blocker, folder / f"{name}.log")
    around = _surroundings(site, mail_url)
    try:
        web = site.start(
            "serve", "--port", str(port), "--workers", str(workers), "--threads", str(threads),
            role="web", **around,
        )  # fmt: skip
        if jobs:
            site.start("worker", role="worker", **around)
        _wait_until_up(site, web)
        yield site
    finally:
        site.stop()
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
            admin.execute(f'drop database if exists "{name}" with (force)')


def _wait_until_up(site: LiveSite, web: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        with contextlib.suppress(OSError):
            status, _, _ = site.get("/a/not-a-link/")
            assert status < 500, site.log.read_text()[-4000:]
            return
        assert web.poll() is None, f"the web server ended:\n{site.log.read_text()[-4000:]}"
        assert time.monotonic() < deadline, f"no answer:\n{site.log.read_text()[-4000:]}"
        time.sleep(0.1)


def migrated_database() -> str:
    """Return the name of the run's migrated, empty database, to copy; whichever worker comes first makes it."""
    name = os.environ["YDIN_MIGRATED"]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute("select pg_advisory_lock(%s)", [LOCK])
        if not admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            admin.execute(f'create database "{name}_new"')
            _migrate(f"{name}_new")
            admin.execute(f'alter database "{name}_new" rename to "{name}"')
    return name


def _migrate(database: str) -> None:
    environment = {**os.environ, "DATABASE_URL": server_url(database), "YDIN_DB_ROLE": "owner"}
    environment["YDIN_ENV"] = "demo"  # without the developer's checks of migration files
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent / "src")
    command = [sys.executable, "-m", "ydin.cli", "manage", "migrate", "--verbosity", "0", "--no-input"]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def live_template() -> str:
    """Give the name of a migrated, empty database to copy."""
    return migrated_database()


@pytest.fixture
def live_site(
    live_template: str, django_db_blocker: Any, tmp_path: Path
) -> Iterator[Callable[..., LiveSite]]:
    """Give a function that starts a site (arguments of `running_site`); all are stopped after the test."""
    with contextlib.ExitStack() as running:

        def start(**wanted: Any) -> LiveSite:
            site = running_site(template=live_template, blocker=django_db_blocker, folder=tmp_path, **wanted)
            return running.enter_context(site)

        yield start


def all_at_once(actions: list[Callable[[], Any]]) -> list[Any]:
    """Run the actions in as many threads, begun at the same moment; return what they return, in order."""
    results: list[Any] = [None] * len(actions)
    barrier = threading.Barrier(len(actions))

    def run(index: int) -> None:
        barrier.wait(30)
        try:
            results[index] = actions[index]()
        except Exception as error:  # noqa: BLE001 - the test reads it
            results[index] = error

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
