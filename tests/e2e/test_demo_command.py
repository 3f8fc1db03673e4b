"""`ydin demo` for real: it starts, tells how to enter, keeps what was done, and leaves no process behind."""

import contextlib
import http.cookiejar
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ydin.kernel.database import forget_cluster
from ydin.kernel.processes import is_alive, wait_until_gone

FIRST_START_SECONDS = 300
SECOND_START_SECONDS = 30
STOP_SECONDS = 20

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("demo"),
    pytest.mark.skipif(
        not Path("/proc/self/stat").exists(),
        reason="looks for left-over processes in /proc, which is Linux's",
    ),
]


@dataclass
class Demo:
    process: subprocess.Popen[str]
    told: dict[str, Any]
    seconds: float

    @property
    def family(self) -> set[int]:
        return descendants(self.process.pid)


def descendants(pid: int) -> set[int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    found, new = set(), {pid}
    while new:
        found |= new
        new = {child for child, parent in parents.items() if parent in new} - found
    return found


def start(data: Path, *arguments: str) -> Demo:
    began = time.monotonic()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("YDIN_", "DATABASE_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "ydin.cli", "demo", "--port", "0", "--data", str(data), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=kept,
    )
    assert process.stdout
    line = process.stdout.readline()
    assert line, f"the demo ended with status {process.wait(5)} and told nothing"
    return Demo(process, json.loads(line), time.monotonic() - began)


def stop(demo: Demo, how: signal.Signals = signal.SIGTERM) -> None:
    family = demo.family
    assert len(family) >= 5  # demo, database, web server with its two processes, worker
    demo.process.send_signal(how)
    rest, _ = demo.process.communicate(timeout=STOP_SECONDS)
    assert rest == "", "one JSON line and nothing else"
    assert demo.process.returncode == 0
    assert [pid for pid in family if is_alive(pid)] == []


def fetch(url: str) -> str:
    """Open an address as a browser does: redirects are followed, cookies kept on the way."""
    cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    with urllib.request.build_opener(cookies).open(url, timeout=60) as answer:
        text: str = answer.read().decode()
    return text


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One data folder for the module: the first start builds the sample network, the others find it."""
    folder = tmp_path_factory.mktemp("demo")
    yield folder
    forget_cluster(folder)


@pytest.fixture(scope="module")
def built(data: Path) -> Path:
    demo = start(data)
    assert demo.seconds < FIRST_START_SECONDS
    stop(demo)
    return data


def test_it_tells_how_to_enter_and_answers(built: Path) -> None:
    demo = start(built)
    try:
        assert demo.seconds < SECOND_START_SECONDS
        assert demo.told["ready"] is True
        assert set(demo.told["enter"]) == {"coordinator", "host", "member", "visitor"}
        assert set(demo.told["feeds"]) == {"public", "member"}
        assert "<main" in fetch(demo.told["url"])
        for role, url in demo.told["enter"].items():
            assert "<main" in fetch(url), role
        for url in demo.told["feeds"].values():
            assert re.match(r"BEGIN:VCALENDAR\r\n", fetch(url))
    finally:
        stop(demo)


def test_links_outlive_a_restart_and_ctrl_c_stops_it_too(built: Path) -> None:
    first = start(built)
    feed = first.told["feeds"]["member"].removeprefix(first.told["url"])
    stop(first, signal.SIGINT)
    second = start(built)
    try:
        assert "BEGIN:VCALENDAR" in fetch(second.told["url"] + feed)
    finally:
        stop(second)


def test_it_starts_again_after_it_was_killed(built: Path) -> None:
    killed = start(built)
    family = killed.family
    killed.process.kill()
    killed.process.communicate()
    again = start(built)
    stop(again)
    for pid in family:
        assert wait_until_gone(pid, STOP_SECONDS)


def test_a_second_demo_on_the_same_folder_is_refused(built: Path) -> None:
    demo = start(built)
    try:
        second = subprocess.run(
            [sys.executable, "-m", "ydin.cli", "demo", "--port", "0", "--data", str(built)],
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        assert second.returncode == 2
        assert second.stdout == ""
        assert "another demo" in second.stderr
    finally:
        stop(demo)


def worker_of(demo: Demo) -> int:
    """Return the worker's process; a busy machine may not have started its program when the demo answers."""
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline:
        for pid in demo.family:
            with contextlib.suppress(FileNotFoundError):  # a process of the database may have come and gone
                command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
                if b"worker" in command and b"ydin.cli" in command:
                    return pid
        time.sleep(0.1)
    raise AssertionError("The demo has no worker.")


def test_a_dead_worker_takes_the_demo_down(built: Path) -> None:
    demo = start(built)
    try:
        worker = worker_of(demo)
        family = demo.family
        os.kill(worker, signal.SIGKILL)
        demo.process.communicate(timeout=STOP_SECONDS)
    finally:
        demo.process.terminate()
        demo.process.communicate()
    assert demo.process.returncode == 1
    assert [pid for pid in family if is_alive(pid)] == []
