"""`ydin demo`: database, web server and worker under one roof, until somebody says stop."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from ydin.cli import given_database
from ydin.cli.prepare import is_migrated, manage_command, mark_migrated, untranslated
from ydin.cli.surroundings import (
    LOCAL_HOSTS,
    BadSurroundings,
    forget_marks,
    is_production,
    make_data_folder,
    with_database,
)
from ydin.kernel.database import forget_cluster
from ydin.kernel.processes import free_port, only_one, port_is_free

FIRST_ANSWER_SECONDS = 60
STOP_SECONDS = 12
SERVER_ERROR = 500
WEB_PROCESSES = 2


class _Stopped(Exception):  # noqa: N818 - not an error
    """Somebody asked us to stop."""


class _Failed(Exception):  # noqa: N818 - its message says what failed
    """A part of the demo did not do its work."""


@dataclass
class _Demo:
    """The running parts, and whether somebody asked to stop."""

    data: Path
    host: str
    port: int
    friendly: bool
    stopping: bool = False
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        # a browser allows passkeys on "localhost", not on 127.0.0.1
        name = (
            "localhost" if self.host == "127.0.0.1" else f"[{self.host}]" if ":" in self.host else self.host
        )
        return f"http://{name}:{self.port}"

    def say(self, text: str) -> None:
        if self.friendly:
            print(text, file=sys.stderr, flush=True)  # noqa: T201

    def spawn(self, name: str, command: list[str], **environment: str) -> subprocess.Popen[bytes]:
        """Start a child in a session of its own: Ctrl-C reaches us alone, and its group is ours to end."""
        child = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.DEVNULL, stdout=sys.stderr, start_new_session=True,
            env=self.environment() | environment,
        )  # fmt: skip
        self.children[name] = child
        return child

    def environment(self) -> dict[str, str]:
        """Return a child's environment; it ends by itself should we be killed."""
        return {**os.environ, "YDIN_SUPERVISOR": str(os.getpid()), "YDIN_BASE_URL": self.url}

    def run(self, what: str, *arguments: str) -> None:
        """Run a management command to its end."""
        child = self.spawn(what, manage_command(*arguments))
        while child.poll() is None:
            self.pause()
        del self.children[what]
        if child.returncode:
            raise _Failed(f"{what} ended with status {child.returncode}")

    def ask(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a management command whose standard output we read later."""
        child = subprocess.Popen(  # noqa: S603 - our own program
            manage_command(*arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            start_new_session=True, env=self.environment(),
        )  # fmt: skip
        self.children[arguments[0]] = child
        return child

    def pause(self) -> None:
        time.sleep(0.05)
        if self.stopping:
            raise _Stopped

    def watch(self, *names: str) -> None:
        for name in names:
            code = self.children[name].poll()
            if code is not None:
                raise _Failed(f"the {name} ended by itself with status {code}")

    def stop(self) -> None:
        for child in self.children.values():
            with contextlib.suppress(ProcessLookupError):
                child.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)  # whoever of its group did not hear
            child.communicate()
        self.children.clear()


def run_demo(*, data: Path, host: str, port: int, reset: bool, friendly: bool) -> int:
    """Run the demo until SIGTERM or SIGINT (returns 0) or until a part of it dies (returns 1).

    Prints one JSON line to standard output when it is ready; everything else goes to standard error.

    Raises:
        BadSurroundings: the port is in use, another demo runs on the data folder, or it is no demo's.
        DatabaseUnavailable: there is no PostgreSQL to run.

    """
    if is_production():
        raise BadSurroundings("YDIN_ENV is production; a demo has open doors and does not run there")
    if port and not port_is_free(host, port):
        raise BadSurroundings(f"port {port} on {host} is in use; choose another with --port")
    data = make_data_folder(data)
    demo = _Demo(data, host, port or free_port(host), friendly)
    with only_one(data / "demo.lock") as alone, _hearing(demo):
        if not alone:
            raise BadSurroundings(f"another demo runs on {data}; choose another folder with --data")
        try:
            _run(demo, reset=reset)
        except _Stopped:
            demo.say("Stopped. What you did is kept; the next start takes seconds.")
            return 0
        except _Failed as failure:
            print(f"ydin demo: {failure}", file=sys.stderr)  # noqa: T201
            return 1


def _run(demo: _Demo, *, reset: bool) -> NoReturn:
    half_built = (demo.data / "building").exists()
    if (reset or half_built) and not os.environ.get("DATABASE_URL"):
        demo.say("Starting over…")
        forget_cluster(demo.data)
        forget_marks(demo.data)
    os.environ |= {"YDIN_ENV": "demo", "YDIN_BASE_URL": demo.url, "YDIN_ALLOWED_HOSTS": _hosts(demo.host)}
    with with_database(demo.data) as embedded:
        try:
            if embedded:
                _prepare_embedded(demo)
            else:
                _prepare_given(demo, reset=reset)
            _start(demo)
            while True:
                demo.pause()
                demo.watch("web server", "worker")
        finally:
            demo.stop()


def _hosts(host: str) -> str:
    return "*" if host in {"0.0.0.0", "::"} else f"{LOCAL_HOSTS},{host}"  # noqa: S104 - compared, not bound


def _prepare_embedded(demo: _Demo) -> None:
    if not is_migrated(demo.data):
        _migrate(demo)
        mark_migrated(demo.data)
    built = demo.data / "built"
    if not built.exists():
        (demo.data / "building").touch()
        _build(demo)
        (demo.data / "building").rename(built)


def _prepare_given(demo: _Demo, *, reset: bool) -> None:
    if reset:
        given_database.empty()
    is_built = given_database.is_built()
    if not is_built:
        given_database.mark_begun()
    _migrate(demo)
    if not is_built:
        _build(demo)
        given_database.mark_built()


def _migrate(demo: _Demo) -> None:
    demo.say("Preparing the database…")
    demo.run("migration", "migrate", "--verbosity", "0", "--no-input", "--skip-checks")


def _build(demo: _Demo) -> None:
    demo.say("Building the sample network; the first time takes a minute…")
    demo.run("building the sample network", "build_demo")


def _start(demo: _Demo) -> None:
    began = time.monotonic()
    if untranslated():
        demo.run("compiling translations", "messages", "--compile")
    links = demo.ask("demo_links", "--url", demo.url)
    demo.spawn("web server", _our_own("serve", "--host", demo.host, "--port", str(demo.port),
                                      "--workers", str(WEB_PROCESSES)), YDIN_DB_ROLE="web")  # fmt: skip
    while not _answers(demo.host, demo.port):
        demo.pause()
        demo.watch("web server")
        if time.monotonic() - began > FIRST_ANSWER_SECONDS:
            raise _Failed(f"the web server did not answer within {FIRST_ANSWER_SECONDS} seconds")
    demo.spawn("worker", _our_own("worker"), YDIN_DB_ROLE="worker")
    _announce(demo, _read_links(demo, links))


def _our_own(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "ydin.cli", *arguments]


def _answers(host: str, port: int) -> bool:
    to = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    connection = http.client.HTTPConnection(to, port, timeout=30)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if status >= SERVER_ERROR:
        raise _Failed(f"the first page answered with status {status}")
    return True


def _read_links(demo: _Demo, asked: subprocess.Popen[bytes]) -> dict[str, Any]:
    while asked.poll() is None:
        demo.pause()
    told, _ = asked.communicate()
    del demo.children["demo_links"]
    if asked.returncode:
        raise _Failed(f"demo_links ended with status {asked.returncode}")
    links: dict[str, Any] = json.loads(told)
    return links


def _announce(demo: _Demo, links: dict[str, Any]) -> None:
    line = {"ready": True, "url": demo.url, "enter": links["enter"], "feeds": links["feeds"]}
    with contextlib.suppress(BrokenPipeError):
        print(json.dumps(line), flush=True)  # noqa: T201
    demo.say(f"\nYdin is ready: {demo.url}\n\nCome in as")
    for who, url in links["enter"].items():
        demo.say(f"  {who:<12} {url}")
    demo.say(f"\nNo mail leaves: every message is at {demo.url}/outbox/\nCtrl-C stops it.")


@contextlib.contextmanager
def _hearing(demo: _Demo) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        demo.stopping = True

    before = {
        number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
