"""Whoever follows every link from the front as nobody finds nothing that is not public."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from django.test import Client
from django.urls import Resolver404, resolve
from tests.permissions import world as secrets
from tests.permissions.partners import LISTING
from tests.permissions.world import World
from tests.security.places import ask

from ydin.meetings.models import Meeting
from ydin.networks.models import Network

PRIVATE = (
    secrets.MEMO, secrets.PROMISE, secrets.COMMENT, secrets.PHONE, secrets.APPLICANT, secrets.WISH,
    secrets.THEME, secrets.STREET, LISTING,
)  # fmt: skip
LINK = re.compile(r"(?:href|src|action)=[\"']([^\"'#]+)|<loc>([^<]+)</loc>")
STARTS = (
    "/",
    "/fi/",
    "/sv/",
    "/en/",
    "/sitemap.xml",
    "/robots.txt",
    "/calendar/",
    "/groups/",
    "/accounts/login/",
)
LEFT_OUT = ("/static/", "/ui/", "/demo/", "/outbox/", "/accounts/logout/")
MOST_OF_A_KIND = 6
"""Pages of one address that are followed: the calendar alone has no end."""


def kind_of(address: str) -> str:
    """Return the route of an address and the names of what it asks, without the values."""
    path, _, query = address.partition("?")
    try:
        route = resolve(path).route
    except Resolver404:
        route = "nowhere"
    return f"{route}?{'&'.join(sorted({part.partition('=')[0] for part in query.split('&')}))}"


def crawl(client: Client) -> dict[str, tuple[int, str]]:
    """Every page that can be reached, with its status and text."""
    waiting, seen = list(STARTS), {}
    waiting += [f"/feeds/{slug}.ics" for slug in Network.objects.values_list("slug", flat=True)]
    kinds: Counter[str] = Counter()
    while waiting:
        address = waiting.pop(0)
        if address in seen or address.startswith(LEFT_OUT):
            continue
        kind = kind_of(address)
        kinds[kind] += 1
        if kinds[kind] > MOST_OF_A_KIND:
            continue
        status, text, answer = ask(client, "get", address)
        seen[address] = (status, text)
        if 300 <= status < 400:
            text = f'href="{answer.headers["Location"]}"'
        for one, other in LINK.findall(text):
            found = unescape(one or other)
            found = found.removeprefix("http://testserver")
            if found.startswith("/") and not found.startswith("//"):
                waiting.append(found)
            elif found.startswith("?"):
                waiting.append(address.split("?")[0] + found)
    return seen


def test_nobody_finds_nothing_private(world: World, readers: dict[str, Client]) -> None:
    public = Meeting.objects.create(
        group=world.ours.group,
        host=world.ours.companies[0],
        state="announced",
        audience="public",
        theme="OPEN-THEME",
        starts_at=world.meeting.starts_at,
        ends_at=world.meeting.ends_at,
        time_zone="Europe/Helsinki",
        announced_at=world.meeting.announced_at,
    )
    found = crawl(readers["nobody"])
    assert any(public.theme in text for _status, text in found.values()), "the crawl reaches the calendar"
    assert len(found) > 25, sorted(found)
    people = [
        person for role, person in world.roles.items() if person and role not in {"coordinator", "national"}
    ]
    faults = []
    for address, (status, text) in found.items():
        if status >= 500:
            faults.append(f"{address}: {status}")
        faults += [f"{address}: {secret}" for secret in PRIVATE if secret in text]
        faults += [f"{address}: {p.email}" for p in people if p.email in text]
        faults += [f"{address}: {p.name}" for p in people if re.search(rf"\b{re.escape(p.name)}\b", text)]
        faults += [
            f"{address}: a personal link"
            for _ in re.findall(
                r"[\"'/](?:a|h|w|e|i|k|o|o/s|y|feeds/p|me/letters|apply/follow)/[\d-]+\.", text
            )
        ]
        if world.meeting.check_in_code in text:
            faults.append(f"{address}: a code for the door")
    assert not faults, "\n".join(faults)
