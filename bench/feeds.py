"""Cost of calendars for programs: feeds of many events, and CalDAV, beside a plain build by `icalendar`.

usage: python bench/feeds.py [--events 10000] [--rounds 10]

The real server (granian, one worker) and an embedded PostgreSQL; CPU milliseconds are of both together. The
reference builds the same events from Django's rows with `icalendar`, as most systems do at each fetch, in the
same run on the same machine. Prints a table, the growth of memory while a feed is fetched, and a JSON line.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import http.client
import json
import os
import platform
import re
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import brotli

import web_fixtures
from web import Web, cpu_seconds, fetch
from ydin.kernel.database import embedded_server

Change = Any
_DAV = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"'
_SYNC = (
    f"<D:sync-collection {_DAV}><D:sync-token>{{}}</D:sync-token><D:sync-level>1</D:sync-level>"
    "<D:prop><D:getetag/></D:prop></D:sync-collection>"
)
_CTAG = f"<D:propfind {_DAV}><D:prop><S:getctag/><D:sync-token/></D:prop></D:propfind>"


def build(events: int) -> dict[str, Any]:
    """Half meetings of 100 groups, half events, all public, over two years.

    Beside them, in a network of its own, a member with 200 evenings and 100 events.
    """
    from django.db import connection
    from tests import factories

    from ydin.calendar.models import Event, FeedAddress
    from ydin.calendar.services import create_app_password
    from ydin.groups.models import CoreGroup
    from ydin.kernel.clock import now
    from ydin.kernel.links import make_token
    from ydin.meetings.models import Meeting

    world = factories.make_group(members=25)
    groups = CoreGroup.objects.bulk_create(
        CoreGroup(
            network=world.network, slug=f"g{n}", name=f"Ydinryhmä {n}", organisation=world.group.organisation
        )
        for n in range(100)
    )
    begin = now().replace(minute=0, second=0, microsecond=0) - timedelta(days=60)
    step = timedelta(days=730) / events
    common = {
        "time_zone": "Europe/Helsinki",
        "audience": "public",
        "state": "announced",
        "municipality": "Ylivieska",
    }
    text = "Mitä hinta kertoo; miten se sanotaan, ja mitä siitä seuraa? Tuo mukaan oma tarjouksesi. " * 3
    times = [begin + step * n for n in range(events)]
    Event.objects.bulk_create(
        [
            Event(network=world.network, title=f"Koulutus {n}", description=text, place="Kirjasto", starts_at=t,
                  ends_at=t + timedelta(hours=2), **common)
            for n, t in enumerate(times[::2])
        ],
        batch_size=5000,
    )  # fmt: skip
    Meeting.objects.bulk_create(
        [
            Meeting(group=groups[n % 100], host=world.companies[n % 25], theme=f"Rohkea hinta {n}", description=text,
                    place="Puupaja Honka", starts_at=t, ends_at=t + timedelta(hours=2), **common)
            for n, t in enumerate(times[1::2])
        ],
        batch_size=5000,
    )  # fmt: skip
    small = factories.make_group(members=25)
    days = [begin + timedelta(days=3 * n) for n in range(200)]
    Meeting.objects.bulk_create(
        Meeting(
            group=small.group,
            theme="Oma ilta",
            description=text,
            place="Verstas",
            address="Tehtaantie 4",
            starts_at=day,
            ends_at=day + timedelta(hours=2),
            **{**common, "audience": "group"},
        )
        for day in days
    )
    Event.objects.bulk_create(
        Event(network=small.network, title="Paja", description=text, starts_at=day, ends_at=day + timedelta(hours=2),
              **common)
        for day in days[::2]
    )  # fmt: skip
    member = small.members[0]
    address = FeedAddress.objects.create(person=member, shows_details=True)
    _row, secret = create_app_password(actor=member, name="bench")
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    return {
        "feed": f"/feeds/{world.network.slug}.ics",
        "own": f"/feeds/p/{make_token('feed', address.pk)}.ics",
        "dav": f"/dav/p/{member.pk}/evenings/",
        "login": f"Basic {base64.b64encode(f'{member.email}:{secret}'.encode()).decode()}",
        "network": world.network.pk,
        "group": small.group.pk,
    }


def change(world: dict[str, Any], turn: int, *, own: bool = False) -> None:
    """Change one meeting, as somebody would on the site."""
    from ydin.meetings.models import Meeting

    rows = Meeting.objects.order_by("pk")
    rows = rows.filter(group=world["group"]) if own else rows.exclude(group=world["group"])
    row = rows[7 + turn]
    row.theme, row.sequence = f"Muutettu {turn} {time.time_ns()}", row.sequence + 1
    row.save()


def reference(world: dict[str, Any]) -> bytes:
    """Build the same feed as one would with `icalendar`."""
    from zoneinfo import ZoneInfo

    import icalendar

    from ydin.calendar.models import Event
    from ydin.kernel.clock import now
    from ydin.meetings.models import Meeting

    since = now() - timedelta(days=90)
    calendar: Any = icalendar.Calendar()
    calendar.add("prodid", "-//bench//EN")
    calendar.add("version", "2.0")
    meetings = Meeting.objects.filter(
        audience="public", starts_at__gte=since, group__network=world["network"]
    )
    for row in meetings.select_related("group", "host"):
        _add(calendar, row, f"{row.theme} – {row.group.name}", ZoneInfo(row.time_zone))
    for row in Event.objects.filter(audience="public", starts_at__gte=since, network=world["network"]):
        _add(calendar, row, row.title, ZoneInfo(row.time_zone))
    calendar.add_missing_timezones()
    text: bytes = calendar.to_ical()
    return text


def _add(calendar: Any, row: Any, title: str, zone: Any) -> None:
    import icalendar

    event: Any = icalendar.Event()
    for name, value in (
        ("uid", str(row.uid)), ("dtstamp", row.changed_at), ("last-modified", row.changed_at),
        ("sequence", row.sequence), ("status", "CONFIRMED"), ("dtstart", row.starts_at.astimezone(zone)),
        ("dtend", row.ends_at.astimezone(zone)), ("summary", title), ("location", f"{row.place}, {row.municipality}"),
        ("description", row.description), ("url", f"http://localhost/events/{row.pk}/"),
    ):  # fmt: skip
        event.add(name, value)
    calendar.add_component(event)


class Meter:
    """Sends requests to the server and tells what they cost."""

    def __init__(self, web: Web) -> None:
        """Keep the server."""
        self.web = web
        self.kept = http.client.HTTPConnection("127.0.0.1", web.port, timeout=60)
        children = Path(f"/proc/{web.process.pid}/task/{web.process.pid}/children").read_text().split()
        self.workers = [int(pid) for pid in children]
        self.rows: list[tuple[str, float, float, int]] = []

    def send(
        self, method: str, path: str, headers: dict[str, str], body: str = ""
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request."""
        answer = fetch(self.web.port, method, path, headers, body or None, self.kept)
        assert answer[0] in {200, 207, 304}, (answer[0], answer[2][:400])
        return answer

    def cost(self, name: str, act: Any, *, rounds: int, before: Any = None) -> float:
        """Do it so many times (`before` each is not counted); print and return CPU milliseconds a time."""
        cpu = wall = 0.0
        size = 0
        for turn in range(rounds):
            if before is not None:
                before(turn)
                time.sleep(0.05)
            first, start = cpu_seconds(self.web.roots), time.perf_counter()
            size = len(act(turn)[2])
            wall += time.perf_counter() - start
            cpu += cpu_seconds(self.web.roots) - first
        self.rows.append((name, 1000 * cpu / rounds, 1000 * wall / rounds, size))
        print(
            f"{name:<58} {1000 * cpu / rounds:9.1f} {1000 * wall / rounds:9.1f} {size / 1024:9.0f}",
            flush=True,
        )
        return 1000 * cpu / rounds

    def many(self, name: str, act: Any, *, rounds: int) -> float:
        """The same for what costs less than the clock tells: all of them under one reading."""
        first, start = cpu_seconds(self.web.roots), time.perf_counter()
        size = 0
        for turn in range(rounds):
            size = len(act(turn)[2])
        cpu, wall = cpu_seconds(self.web.roots) - first, time.perf_counter() - start
        self.rows.append((name, 1000 * cpu / rounds, 1000 * wall / rounds, size))
        print(
            f"{name:<58} {1000 * cpu / rounds:9.2f} {1000 * wall / rounds:9.2f} {size / 1024:9.1f}",
            flush=True,
        )
        return 1000 * cpu / rounds

    def growth(self, act: Any) -> float:
        """Return by how many megabytes the largest worker grows at most while it answers."""
        before = {}
        for pid in self.workers:
            Path(f"/proc/{pid}/clear_refs").write_text("5")
            before[pid] = _status(pid, "VmRSS")
        act(0)
        return max(_status(pid, "VmHWM") - before[pid] for pid in self.workers) / 1024


def _status(pid: int, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


def measure(world: dict[str, Any], meter: Meter, rounds: int) -> dict[str, float]:
    """Measure everything; return the figures."""

    def feed(coding: str, **headers: str) -> Any:
        return lambda _turn: meter.send("GET", world["feed"], {"Accept-Encoding": coding, **headers})

    meter.send("GET", "/about/", {})
    found = {"growth_first_mb": meter.growth(feed("gzip"))}
    found["first"] = -1.0
    found["refetch_gzip"] = meter.cost(
        "after one change, gzip", feed("gzip"), rounds=rounds, before=lambda n: change(world, n)
    )
    found["refetch_identity"] = meter.cost(
        "after one change, not compressed", feed("identity"), rounds=rounds, before=lambda n: change(world, n)
    )
    found["refetch_brotli"] = meter.cost(
        "after one change, brotli", feed("br"), rounds=rounds, before=lambda n: change(world, n)
    )
    etag = meter.send("GET", world["feed"], {"Accept-Encoding": "gzip"})[1]["etag"]
    unchanged = feed("gzip", **{"If-None-Match": etag})
    assert unchanged(0)[0] == 304
    found["unchanged"] = meter.many(
        "unchanged (304)", unchanged, rounds=150
    )  # the site gives one place 300 readings in ten minutes
    found["growth_identity_mb"] = meter.growth(feed("identity"))
    found["growth_brotli_mb"] = meter.growth(feed("br"))
    plain = meter.send("GET", world["feed"], {"Accept-Encoding": "identity"})[2]
    assert plain == gzip.decompress(feed("gzip")(0)[2]) == brotli.decompress(feed("br")(0)[2])
    return {**found, **measure_dav(world, meter, rounds)}


def measure_dav(world: dict[str, Any], meter: Meter, rounds: int) -> dict[str, float]:
    """Measure the personal calendar of a member with 200 evenings and 100 events."""
    login = {"Authorization": world["login"], "Depth": "0", "Content-Type": "application/xml"}
    tokens: list[str] = [""]

    def sync(_turn: int) -> Any:
        answer = meter.send("REPORT", world["dav"], login, _SYNC.format(tokens[-1]))
        found = re.search(rb"<D:sync-token>([^<]+)</D:sync-token></D:multistatus>", answer[2])
        assert found, answer[2][-300:]
        tokens.append(found[1].decode())
        return answer

    def first(turn: int) -> Any:
        tokens.append("")
        return sync(turn)

    found = {"dav_first": meter.cost("CalDAV: first sync", first, rounds=rounds)}
    found["dav_change"] = meter.cost(
        "CalDAV: sync after one change", sync, rounds=rounds, before=lambda n: change(world, n, own=True)
    )
    found["dav_unchanged"] = meter.many("CalDAV: sync, unchanged", sync, rounds=10 * rounds)
    found["dav_ctag"] = meter.many(
        "CalDAV: ctag, unchanged",
        lambda _turn: meter.send("PROPFIND", world["dav"], login, _CTAG),
        rounds=10 * rounds,
    )
    return found


def run(arguments: argparse.Namespace) -> int:
    """Build, measure, print."""
    with tempfile.TemporaryDirectory() as folder, embedded_server(Path(folder)) as server:
        base = web_fixtures.surroundings(server.url)
        world = build(arguments.events)
        print(f"{'':<58} {'CPU ms':>9} {'wall ms':>9} {'KB':>9}")
        firsts = []
        for _ in range(3):
            web = Web(server, base=base, workers=1)
            try:
                meter = Meter(web)
                meter.send("GET", "/about/", {})
                act = lambda _turn: meter.send("GET", world["feed"], {"Accept-Encoding": "gzip"})  # noqa: E731, B023
                firsts.append(meter.cost("first fetch of a new process, gzip", act, rounds=1))
            finally:
                web.stop()
        web = Web(server, base=base, workers=1)
        try:
            found = measure(world, Meter(web), arguments.rounds)
        finally:
            web.stop()
        found["first"] = min(firsts)
        found["reference"] = _of_reference(world, server.pid)
    report(arguments, found)
    return 0


def _of_reference(world: dict[str, Any], database: int) -> float:
    costs = []
    for _ in range(2):
        first = time.process_time() + cpu_seconds([database])
        size = len(reference(world))
        costs.append(1000 * (time.process_time() + cpu_seconds([database]) - first))
    print(f"{'reference: each fetch built by icalendar':<58} {min(costs):9.1f} {'':>9} {size / 1024:9.0f}")
    return min(costs)


def report(arguments: argparse.Namespace, found: dict[str, float]) -> None:
    """Print the aims beside the figures."""
    times = found["reference"] / found["refetch_gzip"]
    print(
        f"\nfirst fetch {found['first']:.0f} ms (aim: at most 400); after one change {times:.0f} × fewer CPU ms than the"
        f" reference (aim: 20); unchanged {found['unchanged']:.2f} ms (aim: at most 2)"
    )
    print(
        f"memory grows by {found['growth_first_mb']:.1f} MB at most at the first fetch, by"
        f" {found['growth_identity_mb']:.1f} MB (not compressed) and {found['growth_brotli_mb']:.1f} MB (brotli) later"
    )
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(
        json.dumps(
            {"machine": machine, "events": arguments.events, **{k: round(v, 2) for k, v in found.items()}}
        )
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=10)
    sys.exit(run(parser.parse_args()))
