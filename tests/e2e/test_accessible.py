"""Every page, as somebody who may open it, in three languages and both schemes: fit for every reader.

The list of pages is that of the permission walk: each address of the product, filled with the ids of one world, is
opened by the first reader who gets a page there (docs/permissions.md tells who may); pages that show different things
to different people are seen by each of them. `tests/pages.py` says what is looked at. Each class sees a share of the
pages, so that workers share them; a page is seen in its three languages one after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from tests.pages import faults_of
from tests.permissions.rights import TABLE, in_table
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
LANGUAGES = ("fi", "sv", "en")
TEXT_OF_A_LANGUAGE = re.compile(r"/text/(fi|sv|en)/$")
"""A text to print, in the language that its address names, whoever reads."""
SHARES = 3
ENOUGH = 30
"""At least so many different pages are seen in each share; fewer means that the walk has lost its way."""


@dataclass
class Look:
    """A page and who opens it: a reader, or the first of these who gets a page there."""

    address: str
    reader: str
    readers: list[str] = field(default_factory=list)


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
        readers = in_table(TABLE.read_text())
    found = [Look(address, reader) for address, several in faces.items() for reader in several]
    seen = {look.address for look in found}
    for route, address in wanted:
        if address not in seen:
            found.append(
                Look(address, "", [one for one in _order(route) if readers.get(route, {}).get(one, True)])
            )
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
    """One browser; a context for each reader."""

    def __init__(self, browser: Browser, walked: Site) -> None:
        self.browser, self.site = browser, walked
        self.pages: dict[str, Page] = {}

    def page_of(self, reader: str, language: str) -> Page:
        url = self.site.live.url
        if reader not in self.pages:
            context = self.browser.new_context(reduced_motion="reduce")
            if self.site.cookies[reader]:
                context.add_cookies([{"name": "sessionid", "value": self.site.cookies[reader], "url": url}])
            self.pages[reader] = context.new_page()
        page = self.pages[reader]
        page.context.add_cookies([{"name": "ydin_language", "value": language, "url": url}])
        return page

    def look_at_share(self, share: int) -> int:
        """Return how many pages were seen."""
        faults: list[str] = []
        seen = 0
        for look in self.site.looks[share::SHARES]:
            reader = look.reader or self._who_gets_a_page(look)
            if reader:
                seen += 1
                faults += self._faults(look.address, reader)
        assert not faults, f"{len(faults)} faults\n" + "\n".join(faults)
        return seen

    def _who_gets_a_page(self, look: Look) -> str:
        cookies = self.site.cookies
        return next(
            (one for one in look.readers if _gives_a_page(self.site.live, look.address, cookies[one])), ""
        )

    def _faults(self, address: str, reader: str) -> list[str]:
        """Look at one page in all languages. A page behind a personal link speaks its person's language."""
        found: list[str] = []
        judged: set[str] = set()
        for language in LANGUAGES:
            with psycopg.connect(self.site.live.database_url, autocommit=True) as database:
                database.execute("update people_person set language = %s", [language])
            page = self.page_of(reader, language)
            page.goto(self.site.live.url + address)
            spoken = page.locator("html").get_attribute("lang")
            named = TEXT_OF_A_LANGUAGE.search(address)
            expected = named[1] if named else language
            found += [] if spoken == expected else [f"{address} speaks {spoken}"]
            found += [f"{reader}, {language}: {fault}" for fault in faults_of(page, judged=judged)]
        return found

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


@pytest.fixture
def judge(chromium: Browser, walked: Site) -> Iterator[Judge]:
    made = Judge(chromium, walked)
    yield made
    made.close()


class TestAThirdOfThePages:
    def test_is_fit_for_everybody(self, judge: Judge) -> None:
        assert judge.look_at_share(0) > ENOUGH


class TestAnotherThird:
    def test_is_fit_for_everybody(self, judge: Judge) -> None:
        assert judge.look_at_share(1) > ENOUGH


class TestTheLastThird:
    def test_is_fit_for_everybody(self, judge: Judge) -> None:
        assert judge.look_at_share(2) > ENOUGH
