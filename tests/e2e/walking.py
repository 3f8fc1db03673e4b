"""Readers who walk through the site in Chromium, and the look at every page that they came by."""

from __future__ import annotations

import re
import urllib.parse
from dataclasses import dataclass, field

from django.test import Client
from django.urls import resolve
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response
from tests.pages import AXE, OPEN_ALL, violations
from tests.servers import LiveSite

from ydin.outbox.models import Message
from ydin.people.models import Person
from ydin.ui.languages import plain

DESK, PHONE = 1280, 360
PATIENCE = 45_000
"""Milliseconds to wait for a page or a control: much, because CI machines are small."""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HTTP_ERROR = "Failed to load resource: the server responded with a status of 4"
LOOKS = (("light", DESK), ("dark", PHONE))
"""Everything is judged in each; tests/e2e/test_accessible.py sees every address in both schemes at the desk."""


@dataclass
class Reader:
    """One person's browser. `page` is Playwright's page."""

    site: LiveSite
    context: BrowserContext
    page: Page
    complaints: list[str]
    seen: dict[str, str] = field(default_factory=dict)
    status: int = 0

    def __post_init__(self) -> None:
        """Listen to what the browser complains of, and to the answers it gets."""
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._note)

    def _hear(self, message: ConsoleMessage) -> None:
        refused_page = message.text.startswith(HTTP_ERROR) and message.location["url"] in self.seen
        if message.type in {"error", "warning"} and not refused_page:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _note(self, response: Response) -> None:
        is_page = response.request.is_navigation_request() and response.frame == self.page.main_frame
        if not is_page or not response.url.startswith(self.site.url) or response.status in {302, 303}:
            return
        self.status = response.status
        is_text = response.headers.get("content-type", "").startswith("text/html")
        readable = response.status == 200 and response.request.method == "GET" and is_text
        self.seen[response.url] = _route(response.url) if readable else ""

    def open(self, address: str) -> Reader:
        """Go to a page, by path or by the whole address of a letter (one of this process names another host)."""
        parts = urllib.parse.urlsplit(address)
        self.page.goto(urllib.parse.urljoin(self.site.url, parts._replace(scheme="", netloc="").geturl()))
        return self

    def press(self, name: str, *, within: str = "body", exact: bool = False) -> Reader:
        """Press the first button of that name and wait for the page that comes."""
        button = self.page.locator(within).get_by_role("button", name=name, exact=exact).first
        with self.page.expect_navigation():
            button.click()
        return self

    def follow(self, name: str) -> Reader:
        """Follow the first link of that name."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()
        return self

    def unfold(self, name: str) -> Reader:
        """Open what is folded away under these words."""
        self.page.locator("summary", has_text=name).first.click()
        return self

    def fill(self, **fields: str) -> Reader:
        """Type into fields by their names."""
        for name, value in fields.items():
            self.page.locator(f"[name={name}]:visible").first.fill(value)
        return self

    def tick(self, *labels: str) -> Reader:
        """Choose boxes and radio buttons by their words."""
        for label in labels:
            self.page.get_by_label(label, exact=True).first.check()
        return self

    def reads(self, *texts: str) -> Reader:
        """Fail unless the page shows each of these texts."""
        shown = " ".join(self.page.locator("body").inner_text().split())
        for text in texts:
            assert text in shown, f"{text!r} is not on {self.page.url}:\n{shown}"
        return self

    def does_not_read(self, *texts: str) -> Reader:
        """Fail when the page's source has one of these texts."""
        source = self.page.content()
        for text in texts:
            assert text not in source, f"{text!r} is on {self.page.url}"
        return self

    def tab_to(self, name: str) -> Reader:
        """Go to a control with the keyboard alone."""
        wanted = self.page.get_by_role("button", name=name).first
        for _step in range(80):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("(it) => it === document.activeElement"):
                return self
        message = f"the keyboard does not reach {name!r} on {self.page.url}"
        raise AssertionError(message)

    def look(self) -> Reader:
        """Let axe judge the page as it stands (a desk's: axe is a script), wide and narrow, light and dark."""
        faults = look_at(self.page)
        assert not faults, "\n".join(faults)
        return self


class Walks:
    """All readers of one test."""

    def __init__(self, chromium: Browser, site: LiveSite) -> None:
        """Begin without readers."""
        self.chromium, self.site = chromium, site
        self.readers: list[Reader] = []
        self.complaints: list[str] = []

    def desk(self, person: Person | None = None) -> Reader:
        """Open a browser at a desk, signed in as the person, in English."""
        return self._reader(DESK, person, script=True)

    def phone(self, person: Person | None = None) -> Reader:
        """Open a browser on a phone without script, in English."""
        return self._reader(PHONE, person, script=False)

    def _reader(self, width: int, person: Person | None, *, script: bool) -> Reader:
        context = self._context(width, "en", script=script)
        if person is not None:
            with self.site.database():
                client = Client()
                client.force_login(person)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.site.url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        reader = Reader(self.site, context, context.new_page(), self.complaints)
        self.readers.append(reader)
        return reader

    def _context(self, width: int, language: str, *, script: bool) -> BrowserContext:
        context = self.chromium.new_context(
            viewport={"width": width, "height": 800},
            locale=language,
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        return context

    def look_at_every_page(self) -> int:
        """Let axe judge every page that the readers came by, as it is now, in Finnish; return how many.

        tests/e2e/test_accessible.py sees every address in three languages; here pages are seen in the states that
        a story leaves behind.

        Each page is seen by the reader who came by it, light at the desk and dark on a phone, with everything
        unfolded and with script; of many pages of one kind the first and the last.
        """
        faults: list[str] = []
        looked = 0
        for reader in self.readers:
            addresses = _one_of_each(reader.seen)
            for language in ("fi",) if addresses else ():
                context = self._context(DESK, language, script=True)
                context.add_cookies(reader.context.cookies())  # type: ignore[arg-type]
                chosen = {"name": "ydin_language", "value": language, "url": self.site.url}
                context.add_cookies([chosen])  # type: ignore[list-item]
                judge = Reader(self.site, context, context.new_page(), self.complaints)
                for address in addresses:
                    judge.open(plain_address(address))
                    assert judge.page.locator("html").get_attribute("lang") == language, address
                    faults += look_at(judge.page)
                    looked += 1
                context.close()
        assert not faults, "\n".join(dict.fromkeys(faults))
        assert not self.complaints, "\n".join(self.complaints)
        return looked

    def close(self) -> None:
        """Close the browsers."""
        for reader in self.readers:
            reader.context.close()
        assert not self.complaints, "\n".join(self.complaints)


def look_at(page: Page) -> list[str]:
    """Return what is wrong with a page: axe's violations and sideways scroll. Leaves it unfolded."""
    page.evaluate(AXE)
    page.evaluate(OPEN_ALL)
    path = urllib.parse.urlsplit(page.url).path
    faults: list[str] = []
    before = page.viewport_size
    for scheme, width in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        faults += [f"{path} {fault}" for fault in violations(page, {}, f"{scheme} {width}")]
        if width == PHONE and (wide := page.evaluate(TOO_WIDE)) > 0:
            faults.append(f"{path} [{scheme} {width}] scrolls sideways by {wide} px")
    if before is not None:
        page.set_viewport_size(before)
    return faults


def _route(address: str) -> str:
    """Return the name of the page at an address, whatever its ids and tokens."""
    match = resolve(plain(urllib.parse.urlsplit(address).path))
    return f"{match.view_name} {match.kwargs.get('step', '')}"


def plain_address(address: str) -> str:
    """Return an address without the language that a visitor's address names, to look at it in each."""
    parts = urllib.parse.urlsplit(address)
    return parts._replace(path=plain(parts.path)).geturl()


def _one_of_each(seen: dict[str, str]) -> list[str]:
    kinds: dict[str, list[str]] = {}
    for address, route in seen.items():
        if route:
            kinds.setdefault(route, []).append(address.partition("#")[0])
    return list(dict.fromkeys(a for several in kinds.values() for a in (several[0], several[-1])))


def letters(site: LiveSite, kind: str, *people: Person) -> list[Message]:
    """Return the letters of a kind in the outbox to these people, oldest first."""
    addresses = [person.email for person in people]
    with site.database():
        return list(Message.objects.filter(kind=kind, to_address__in=addresses).order_by("created_at"))


def code_in(site: LiveSite, person: Person) -> str:
    """Return the code to sign in with from the newest letter to the person."""
    with site.database():
        letter = Message.objects.filter(to_address=person.email).latest("created_at")
    found = re.search(r"^([0-9A-Z-]{6,})$", letter.text, re.MULTILINE)
    assert found, letter.text
    return found[1]


def letter_to(site: LiveSite, kind: str, person: Person) -> Message:
    """Return the newest letter of a kind to a person."""
    found = letters(site, kind, person)
    assert found, f"{person.email} got no letter {kind}"
    return found[-1]


def link_in(letter: Message, part: str) -> str:
    """Return the address in a letter whose path begins with `part`, e.g. /a/."""
    found = re.search(rf"https?://[^\s/]+{re.escape(part)}\S+", letter.text)
    assert found, letter.text
    return found[0]
