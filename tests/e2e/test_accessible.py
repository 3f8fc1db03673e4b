"""Every page, as somebody who may open it, in three languages and both schemes: fit for every reader.

The list of pages is that of the permission walk: each address of the product, filled with the ids of one world, is
opened by the first reader who gets a page there; pages that show different things to different people are seen by
each of them. `tests/pages.py` says what is looked at. Languages are classes, so that workers share them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from tests.pages import faults_of
from tests.permissions.walk import addresses, fill
from tests.permissions.world import World, build_world
from tests.servers import LiveSite

from ydin.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
READERS = ("coordinator", "national", "member", "host", "visitor", "nobody")
FIRST = {
    re.compile(r"^(a|h|w|c|apply|feeds|accounts)/"): "nobody",
    re.compile(r"^(networks|import|mine/network)"): "national",
    re.compile(r"^(me|needs|offers|calendar/mine)/"): "member",
}
"""Whom to try first; everybody else is tried afterwards."""
MANY_FACES = {
    "/": ("nobody", "member"),
    "/mine/": ("member", "host", "visitor", "coordinator", "national"),
    "/groups/": ("nobody", "member"),
    "/calendar/": ("nobody", "member", "coordinator"),
    "group": ("nobody", "member", "visitor", "coordinator"),
    "meeting": ("member", "host", "visitor", "coordinator"),
}
BESIDE = ("/accounts/login/code/", "/demo/", "/no/such/page/", "/a/1-2.forged/")
OF_PEOPLE = ("/accounts/passkeys/", "/outbox/")
NO_PAGE = re.compile(r"^(dav|feeds|api)/|\.\w+$|/end/$")
"""Files and acts: no page to look at."""
ENOUGH = 90
"""At least so many different pages are seen; fewer means that the walk has lost its way."""


@dataclass
class Look:
    """A page and who opens it."""

    address: str
    reader: str


@dataclass
class Site:
    """The running site, its people's cookies, and the pages to look at."""

    live: LiveSite
    cookies: dict[str, str]
    looks: list[Look]


@pytest.fixture(scope="class")
def walked(site: LiveSite) -> Site:
    with site.database():
        world = build_world()
        cookies = {role: _cookie(world.roles[role]) for role in READERS}
        routes = [route for route, _name in sorted(addresses()) if not NO_PAGE.search(route)]
        wanted = [(route, address) for route in routes if (address := _address(route, world))]
        faces = _faces(world)
    found = [Look(address, reader) for address, readers in faces.items() for reader in readers]
    seen = {look.address for look in found}
    for route, address in wanted:
        if address in seen:
            continue
        reader = next((one for one in _order(route) if _gives_a_page(site, address, cookies[one])), None)
        if reader:
            found.append(Look(address, reader))
            seen.add(address)
    found += [Look(address, "nobody") for address in BESIDE] + [Look(a, "member") for a in OF_PEOPLE]
    return Site(site, cookies, found)


def _address(route: str, world: World) -> str:
    """Fill the route; one for which the permission walk has no value yet fails there, not here too."""
    try:
        return fill(route, world)
    except AssertionError:
        return ""


def _faces(world: World) -> dict[str, tuple[str, ...]]:
    group = f"/groups/{world.ours.network.slug}/{world.ours.group.slug}/"
    names = {"group": group, "meeting": f"/meetings/{world.meeting.pk}/"}
    return {names.get(key, key): readers for key, readers in MANY_FACES.items()}


def _cookie(person: Person | None) -> str:
    if person is None:
        return ""
    client = Client()
    client.force_login(person)
    return str(client.cookies["sessionid"].value)


def _order(route: str) -> list[str]:
    first = next((reader for pattern, reader in FIRST.items() if pattern.match(route)), READERS[0])
    return [first, *(reader for reader in READERS if reader != first)]


def _gives_a_page(site: LiveSite, address: str, cookie: str) -> bool:
    headers = {"Cookie": f"sessionid={cookie}"} if cookie else {}
    status, answered, _text = site.request("GET", address, **headers)
    kind = {name.lower(): text for name, text in answered.items()}.get("content-type", "")
    return status == 200 and kind.startswith("text/html")


class Judge:
    """One browser; a context for each reader, all in one language."""

    def __init__(self, browser: Browser, walked: Site, language: str) -> None:
        self.browser, self.site, self.language = browser, walked, language
        self.pages: dict[str, Page] = {}
        self.complaints: list[str] = []

    def page_of(self, reader: str) -> Page:
        if reader not in self.pages:
            context = self.browser.new_context(locale=self.language, reduced_motion="reduce")
            url = self.site.live.url
            context.add_cookies([{"name": "ydin_language", "value": self.language, "url": url}])
            if self.site.cookies[reader]:
                context.add_cookies([{"name": "sessionid", "value": self.site.cookies[reader], "url": url}])
            self.pages[reader] = context.new_page()
        return self.pages[reader]

    def look_at_everything(self) -> int:
        """Return how many pages were seen. A page behind a personal link speaks its person's language."""
        with self.site.live.database():
            Person.objects.update(language=self.language)
        faults: list[str] = []
        for look in self.site.looks:
            page = self.page_of(look.reader)
            page.goto(self.site.live.url + look.address)
            spoken = page.locator("html").get_attribute("lang")
            faults += [] if spoken == self.language else [f"{look.address} speaks {spoken}"]
            faults += [f"{look.reader}: {fault}" for fault in faults_of(page)]
        assert not faults, f"{len(faults)} faults\n" + "\n".join(faults)
        return len(self.site.looks)

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


@pytest.fixture
def judge(chromium: Browser, walked: Site) -> Iterator[Callable[[str], Judge]]:
    made: list[Judge] = []

    def make(language: str) -> Judge:
        made.append(Judge(chromium, walked, language))
        return made[-1]

    yield make
    for one in made:
        one.close()


class TestInFinnish:
    def test_every_page(self, judge: Callable[[str], Judge]) -> None:
        assert judge("fi").look_at_everything() > ENOUGH


class TestInSwedish:
    def test_every_page(self, judge: Callable[[str], Judge]) -> None:
        assert judge("sv").look_at_everything() > ENOUGH


class TestInEnglish:
    def test_every_page(self, judge: Callable[[str], Judge]) -> None:
        assert judge("en").look_at_everything() > ENOUGH
