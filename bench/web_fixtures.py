"""What stands behind the measured pages: companies, groups, a season, a meeting, future events."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.parse
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class World:
    """Ids and addresses of what was built."""

    event: int
    season: int
    session: str
    own_feed: str
    public_feed: str
    answers: list[str] = field(default_factory=list)
    spread: list[str] = field(default_factory=list)

    def answer_form(self, client: int, turn: int) -> tuple[str, str, dict[str, str]]:
        """Return the POST by which each client's own person changes their mind, each about another meeting."""
        return _form(self.spread[client % len(self.spread)], turn)

    def answer_form_one(self, client: int, turn: int) -> tuple[str, str, dict[str, str]]:
        """Return the same where all clients answer to one meeting, whose lock they take in turn."""
        return _form(self.answers[client % len(self.answers)], turn)


def _form(page: str, turn: int) -> tuple[str, str, dict[str, str]]:
    body = urllib.parse.urlencode({"answer": ("coming", "not_coming")[turn % 2]})
    return "POST", body, {"Content-Type": "application/x-www-form-urlencoded", ":path": f"{page}answer/"}


def surroundings(url: str) -> dict[str, str]:
    """Set up Django in this process on the server of `url`; return the environment for the web server."""
    base = {
        "YDIN_ENV": "demo",
        "YDIN_SECRET_KEY": "bench",
        "DATABASE_URL": url,
        "YDIN_BASE_URL": "http://localhost",
        "YDIN_ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "DJANGO_SETTINGS_MODULE": "ydin.config.settings",
    }
    os.environ.update({**base, "YDIN_DB_ROLE": "owner"})
    sys.path.insert(0, str(ROOT))
    command = [sys.executable, "-m", "ydin.cli", "manage", "migrate", "--verbosity", "0"]
    subprocess.run(command, check=True)
    import django

    django.setup()
    return base


def build(*, companies: int, events: int) -> World:
    """Empty the tables and fill them anew; returns where to look."""
    from django.db import connection
    from tests import factories

    from ydin.kernel.links import make_token

    with connection.cursor() as cursor:
        cursor.execute("truncate networks_network, people_person, django_session restart identity cascade")
    world = factories.make_group(members=25)
    season = factories.make_season(world, months=11, state="running")
    for month, company in zip(season.months, world.companies, strict=False):
        factories.make_turn(season, company, month, state="asked")
    _wishes(world, season)
    meeting = factories.make_meeting(world, capacity=40)
    _companies(world, companies)
    event = _events(world, events)
    feed = _feed(world.members[0])
    tokens = [make_token("answer", meeting.pk, person.pk) for person in world.members[:8]]
    others = [factories.make_meeting(world, days=20 + n, capacity=40) for n in range(8)]
    each = [make_token("answer", m.pk, p.pk) for m, p in zip(others, world.members, strict=False)]
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    return World(
        event=event,
        season=season.pk,
        session=_session(world.coordinator),
        own_feed=f"/feeds/p/{make_token('feed', feed)}.ics",
        public_feed=f"/feeds/{world.network.slug}.ics",
        answers=[f"/a/{token}/" for token in tokens],
        spread=[f"/a/{token}/" for token in each],
    )


def _wishes(world: Any, season: Any) -> None:
    from ydin.kernel.clock import now
    from ydin.meetings.models import HostingWish

    HostingWish.objects.bulk_create(
        HostingWish(
            season=season,
            group=world.group,
            enterprise=c,
            months=season.months,
            capacity=30,
            answered_at=now(),
        )
        for c in world.companies
    )


def _companies(world: Any, count: int) -> None:
    from ydin.groups.models import CoreGroup, Seat
    from ydin.networks.models import Enterprise

    made = Enterprise.objects.bulk_create(
        [Enterprise(network=world.network, name=f"Company {n}", is_sample=True) for n in range(count)],
        batch_size=5000,
    )
    groups = CoreGroup.objects.bulk_create(
        CoreGroup(
            network=world.network, slug=f"g{n}", name=f"Group {n}", organisation=world.group.organisation
        )
        for n in range(max(1, count // 25))
    )
    Seat.objects.bulk_create(
        [
            Seat(group=groups[n % len(groups)], enterprise=c, starts_on="2020-01-01")
            for n, c in enumerate(made)
        ],
        batch_size=5000,
    )


def _events(world: Any, count: int) -> int:
    """Half public events, half public meetings of the groups, three a day from tomorrow on."""
    from ydin.calendar.models import Event
    from ydin.groups.models import CoreGroup
    from ydin.kernel.clock import now
    from ydin.meetings.models import Meeting

    start = now().replace(hour=15, minute=0, second=0, microsecond=0) + timedelta(days=1)
    groups = list(CoreGroup.objects.filter(network=world.network)[:100])
    times = [start + timedelta(days=n // 3, minutes=n % 3) for n in range(count)]
    common = {
        "time_zone": "Europe/Helsinki",
        "audience": "public",
        "state": "announced",
        "municipality": "Ylivieska",
    }
    made = Event.objects.bulk_create(
        [
            Event(
                network=world.network,
                title=f"Training {n}",
                starts_at=t,
                ends_at=t + timedelta(hours=2),
                **common,
            )
            for n, t in enumerate(times[::2])
        ],
        batch_size=5000,
    )
    Meeting.objects.bulk_create(
        [
            Meeting(
                group=groups[n % len(groups)], theme=f"Theme {n}", starts_at=t, ends_at=t + timedelta(hours=2),
                place="Verstas", announced_at=start, **common,
            )
            for n, t in enumerate(times[1::2])
        ],
        batch_size=5000,
    )  # fmt: skip
    return int(made[0].pk)


def _feed(person: Any) -> int:
    from ydin.calendar.models import FeedAddress

    return int(FeedAddress.objects.create(person=person, name="bench").pk)


def _session(person: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(person)
    return str(client.cookies["sessionid"].value)


def statements(path: str, headers: dict[str, str]) -> int:
    """Return how many SQL statements a GET of the page takes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    cookie = re.search(r"sessionid=(\w+)", headers.get("Cookie", ""))
    if cookie:
        client.cookies["sessionid"] = cookie[1]
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(path)
    return len(captured)
