"""Speed of the pages that matter, against the real server: granian with two workers, embedded PostgreSQL.

usage: python bench/web.py [--seconds 3] [--clients 8] [--events 100 1000 10000] [--companies 300 30000]

For each size of the tables behind the pages it prints requests a second, median and 95th percentile in
milliseconds at so many clients, CPU milliseconds a request (web and database together), statements and
bytes; then start-up time and memory; last a JSON line with all of it. Compare with the same pages of
other systems on the same kind of machine: Indico 3.3 calendar of 10,000 events 152 ms (JSON) or 1,470 ms
(page), event page 78 ms, feed of 1,000 events 718 ms, registration 46 ms; pretix 2026.8 month page 620 ms,
event page 118 ms, feed 658 ms cold; Tendenci 16 month page 830 ms with 229 queries.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import web_fixtures
from ydin.kernel.database import Server, embedded_server
from ydin.kernel.processes import free_port

HOST = "127.0.0.1"
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Page:
    """An address to measure. `changes` gives each request its own form (a POST)."""

    name: str
    path: str
    headers: dict[str, str]
    changes: Callable[[int, int], tuple[str, str, dict[str, str]]] | None = None


@dataclass
class Figures:
    """What was measured of one page."""

    page: str
    companies: int
    events: int
    per_second: float
    median_ms: float
    p95_ms: float
    cpu_ms: float
    statements: int | None
    kilobytes: float


def cpu_seconds(roots: list[int]) -> float:
    """Return user and system seconds of the process trees, their ended children included."""
    children: dict[int, list[int]] = {}
    times: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(entry.name))
            times[int(entry.name)] = sum(int(fields[i]) for i in (11, 12, 13, 14)) / TICK
    total, todo = 0.0, list(roots)
    while todo:
        pid = todo.pop()
        total += times.get(pid, 0.0)
        todo += children.get(pid, [])
    return total


def memory_mb(root: int) -> float:
    """Return the proportional memory of a process tree in megabytes."""
    total, todo = 0, [root]
    while todo:
        pid = todo.pop()
        try:
            match = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
            tasks = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            continue
        total += int(match[1]) if match else 0
        todo += [int(task) for task in tasks]
    return total / 1024


class Web:
    """A running web server."""

    def __init__(self, server: Server, *, base: dict[str, str], workers: int = 2) -> None:
        self.port = free_port(HOST)
        environment = {
            **os.environ,
            **base,
            "YDIN_DB_ROLE": "web",
            "YDIN_BASE_URL": f"http://{HOST}:{self.port}",
        }
        started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ydin.cli", "serve", "--port", str(self.port), "--workers", str(workers)],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        while True:
            try:
                if fetch(self.port, "GET", "/about/", {})[0] == 200:
                    break
            except OSError:
                time.sleep(0.02)
        self.seconds_to_first_page = time.perf_counter() - started
        self.roots = [self.process.pid, server.pid]

    def stop(self) -> None:
        """End the server."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(15)


def fetch(
    port: int, method: str, path: str, headers: dict[str, str], body: str | None = None, keep: Any = None
) -> tuple[int, dict[str, str], bytes]:
    """Send one request, on the kept connection if there is one."""
    connection = keep or http.client.HTTPConnection(HOST, port, timeout=60)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    result = answer.status, {k.lower(): v for k, v in answer.getheaders()}, content
    if keep is None:
        connection.close()
    return result


def measure(web: Web, page: Page, *, clients: int, seconds: float) -> tuple[float, float, float, float, int]:
    """Return requests a second, median ms, 95th percentile ms, CPU ms a request, bytes of the last answer."""
    durations: list[list[float]] = [[] for _ in range(clients)]
    sizes = [0]
    stop_at = time.perf_counter() + seconds

    def run(index: int) -> None:
        connection = http.client.HTTPConnection(HOST, web.port, timeout=60)
        turn = 0
        while time.perf_counter() < stop_at:
            method, body, more = page.changes(index, turn) if page.changes else ("GET", None, {})
            begun = time.perf_counter()
            status, _, content = fetch(
                web.port,
                method,
                page.path if body is None else more.pop(":path"),
                {**page.headers, **more},
                body,
                connection,
            )
            durations[index].append(time.perf_counter() - begun)
            assert status in (200, 303, 302, 304), f"{page.name}: {status}"
            sizes[0] = len(content)
            turn += 1

    for _ in range(4):
        if page.changes is None:
            fetch(web.port, "GET", page.path, page.headers)
    before, begun = cpu_seconds(web.roots), time.perf_counter()
    threads = [threading.Thread(target=run, args=(i,)) for i in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent, elapsed = cpu_seconds(web.roots) - before, time.perf_counter() - begun
    every = sorted(d for one in durations for d in one)
    p95 = every[int(len(every) * 0.95)] * 1000
    return len(every) / elapsed, statistics.median(every) * 1000, p95, spent / len(every) * 1000, sizes[0]


def pages(world: web_fixtures.World, web: Web) -> list[Page]:
    """Return the pages of the issue, feeds once as first fetch and once as conditional."""
    plain = {"Accept-Language": "en", "Accept-Encoding": "gzip"}
    cookie = {**plain, "Cookie": f"sessionid={world.session}"}
    listed = [
        Page("public calendar", "/calendar/", plain),
        Page("calendar, signed in", "/calendar/", cookie),
        Page("event page", f"/events/{world.event}/", plain),
        Page("answer page", world.answers[0], plain),
        Page("answer POST", "", plain, changes=world.answer_form),
        Page("answer POST, one meeting", "", plain, changes=world.answer_form_one),
        Page("season board", f"/seasons/{world.season}/", cookie),
        Page("personal feed, first", world.own_feed, plain),
        Page("public feed, first", world.public_feed, plain),
    ]
    for name, path in (("personal feed", world.own_feed), ("public feed", world.public_feed)):
        _, headers, _ = fetch(web.port, "GET", path, plain)
        listed.append(Page(f"{name}, unchanged", path, {**plain, "If-None-Match": headers["etag"]}))
    return listed


def show(figures: list[Figures]) -> None:
    """Print the table."""
    head = f"{'page':<26}{'companies':>10}{'events':>8}{'req/s':>8}{'median':>8}{'p95':>8}{'CPU ms':>8}{'SQL':>5}{'kB':>8}"
    print(head, "-" * len(head), sep="\n")
    for f in figures:
        sql = "" if f.statements is None else f.statements
        print(
            f"{f.page:<26}{f.companies:>10}{f.events:>8}{f.per_second:>8.0f}{f.median_ms:>8.1f}{f.p95_ms:>8.1f}"
            f"{f.cpu_ms:>8.2f}{sql:>5}{f.kilobytes:>8.1f}"
        )


def run(arguments: argparse.Namespace) -> int:
    """Measure every size on a fresh database and print."""
    figures: list[Figures] = []
    extra: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="ydin-bench-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        with embedded_server(Path(folder)) as server:
            base = web_fixtures.surroundings(server.url)
            for companies in arguments.companies:
                for events in arguments.events:
                    world = web_fixtures.build(companies=companies, events=events)
                    web = Web(server, base=base)
                    try:
                        for page in pages(world, web):
                            values = measure(web, page, clients=arguments.clients, seconds=arguments.seconds)
                            statements = (
                                None if page.changes else web_fixtures.statements(page.path, page.headers)
                            )
                            rate, median, p95, cpu, size = values
                            figures.append(
                                Figures(
                                    page.name,
                                    companies,
                                    events,
                                    rate,
                                    median,
                                    p95,
                                    cpu,
                                    statements,
                                    size / 1024,
                                )
                            )
                        extra = {
                            "start_s": web.seconds_to_first_page,
                            "memory_mb": memory_mb(web.process.pid),
                        }
                    finally:
                        web.stop()
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {server.version}"
    print(
        f"machine: {machine}; {arguments.clients} clients, {arguments.seconds} s a page, granian with two workers\n"
    )
    show(figures)
    print(
        f"\nstart to first page {extra['start_s']:.2f} s; memory of web with two workers {extra['memory_mb']:.0f} MB"
    )
    growth(figures)
    print(json.dumps({"machine": machine, **extra, "pages": [vars(f) for f in figures]}))
    return 0


def growth(figures: list[Figures]) -> None:
    """Print how much dearer each page is with the largest table than with the smallest."""
    for page in dict.fromkeys(f.page for f in figures):
        if "feed" not in page:
            costs = [(f.events, f.cpu_ms) for f in figures if f.page == page]
            least, most = min(costs), max(costs)
            if least[0] != most[0]:
                print(f"{page}: {most[0]} events cost {most[1] / least[1]:.2f} × what {least[0]} cost")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--events", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--companies", type=int, nargs="+", default=[300, 30000])
    sys.exit(run(parser.parse_args()))
