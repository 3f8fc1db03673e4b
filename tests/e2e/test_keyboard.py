"""The six pages that decide, with keys alone: every stop is seen, the order is that of the page, the act is done.

Beside it what a screen reader is told there: roles and names from the browser's accessibility tree.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from tests.e2e.walking import Reader, Walks
from tests.factories import make_meeting
from tests.pages import accessible
from tests.permissions.world import STREET, World, build_world
from tests.servers import LiveSite

from ydin.kernel.clock import now
from ydin.kernel.links import make_token
from ydin.meetings.models import Attendance, HostingTurn, Meeting, Rsvp
from ydin.meetings.rules.states import Answer, TurnState

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Reader]
STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), r = e.getBoundingClientRect();
  const middle = document.elementFromPoint(r.x + r.width / 2, r.y + Math.min(r.height / 2, 20));
  const before = window.lastStop;
  window.lastStop = e;
  return {
    text: (e.getAttribute('aria-label') || e.innerText || e.value || e.name || '').trim().replace(/\\s+/g, ' '),
    name: e.name || '', tag: e.tagName.toLowerCase(),
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    colour: style.outlineColor, ground: getComputedStyle(document.body).backgroundColor,
    shown: r.width > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
    covered: !(middle && (e.contains(middle) || middle.contains(e) || (e.labels && [...e.labels].some((l) => l.contains(middle))))),
    onwards: !before || before === e || !before.isConnected || Boolean(before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING),
    html: e.outerHTML.slice(0, 140),
  };
}"""


@dataclass
class Keys:
    """Goes through a page by Tab and judges each stop."""

    reader: Reader
    stops: int = 0

    def next(self) -> dict[str, Any]:
        page = self.reader.page
        page.keyboard.press("Tab")
        stop: dict[str, Any] | None = page.evaluate(STOP)
        assert stop is not None, f"{page.url}: the keyboard leaves the page after {self.stops} stops"
        self.stops += 1
        assert stop["outline"] >= 2, f"{page.url}: focus is not seen: {stop['html']}"
        assert stop["colour"] != stop["ground"], (
            f"{page.url}: focus has the colour of the page: {stop['html']}"
        )
        assert stop["shown"], f"{page.url}: focus is outside of the window: {stop['html']}"
        assert not stop["covered"], f"{page.url}: focus is covered: {stop['html']}"
        assert stop["onwards"], f"{page.url}: focus jumps back: {stop['html']}"
        return stop

    def to(self, words: str, most: int = 120) -> Keys:
        """Press Tab until a control with these words (or this field name) has the focus."""
        for _step in range(most):
            stop = self.next()
            if words in stop["text"] or words == stop["name"]:
                return self
        message = f"{self.reader.page.url}: the keyboard does not reach {words!r}"
        raise AssertionError(message)

    def press(self, key: str = "Enter") -> Keys:
        """Press a key that leads to another page."""
        with self.reader.page.expect_navigation():
            self.reader.page.keyboard.press(key)
        self.stops = 0
        return self

    def write(self, text: str) -> Keys:
        """Type into the field that has the focus, over what is there."""
        self.reader.page.keyboard.press("ControlOrMeta+a")
        self.reader.page.keyboard.type(text)
        return self


@pytest.fixture(scope="module")
def world(site: LiveSite) -> World:
    with site.database():
        return build_world()


def heard(reader: Reader) -> set[tuple[str, str]]:
    return set(accessible(reader.page))


def first_stop_leads_to_the_content(keys: Keys) -> None:
    assert keys.next()["text"] == "Skip to content"
    keys.reader.page.keyboard.press("Enter")
    assert keys.reader.page.evaluate("document.activeElement.id") == "main"


def test_answering(site: LiveSite, world: World, desk: Desk) -> None:
    member = world.ours.members[2]
    reader = desk().open(f"/a/{make_token('answer', world.meeting.pk, member.pk)}/")
    told = heard(reader)
    assert {role for role, _ in told} >= {"banner", "main", "contentinfo", "heading", "button", "group"}
    assert any(role == "group" and name == "Your answer" for role, name in told)
    buttons = [name for role, name in accessible(reader.page) if role == "button"]
    assert [b for b in buttons if "coming" in b or "come" in b or "aybe" in b], buttons

    keys = Keys(reader)
    first_stop_leads_to_the_content(keys)
    keys.to("I am coming").press()

    with site.database():
        assert Rsvp.objects.get(meeting=world.meeting, person=member).answer == Answer.COMING
    Keys(reader).to("I cannot come").press("Space")
    with site.database():
        assert Rsvp.objects.get(meeting=world.meeting, person=member).answer == Answer.NOT_COMING


def test_preparing_as_host(site: LiveSite, world: World, desk: Desk) -> None:
    turn = _first_turn(site, world)
    token = make_token("host", turn.pk, world.ours.members[0].pk)
    reader = desk().open(f"/h/{token}/prepare/theme/")
    told = heard(reader)
    assert ("heading", "What shall we talk about?") in told
    assert any(role == "textbox" and name.startswith("Theme") for role, name in told), told

    keys = Keys(reader)
    first_stop_leads_to_the_content(keys)
    keys.to("theme").write("Written without a mouse").to("Continue").press()

    with site.database():
        assert Meeting.objects.get(turn=turn).theme == "Written without a mouse"


def _first_turn(site: LiveSite, world: World) -> HostingTurn:
    with site.database():
        found = world.season.turns.order_by("month").first()
    assert found is not None
    return found


def test_the_season_board(site: LiveSite, world: World, desk: Desk) -> None:
    reader = desk(world.ours.coordinator).open(f"/seasons/{world.season.pk}/")
    told = heard(reader)
    assert ("table", "The months of the season") in told
    assert {("columnheader", "Month"), ("columnheader", "Host"), ("columnheader", "Why")} <= told
    assert [name for role, name in told if role == "rowheader"]

    keys = Keys(reader)
    first_stop_leads_to_the_content(keys)
    keys.to("Ask the hosts").press()

    with site.database():
        assert not world.season.turns.filter(state=TurnState.PROPOSED).exists()
    keys = Keys(reader)
    while reader.page.evaluate("document.activeElement.tagName") != "SUMMARY" or not _in_table(reader):
        keys.next()
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.parentElement.open")
    keys.next()


def _in_table(reader: Reader) -> bool:
    return bool(reader.page.evaluate("document.activeElement.closest('table.season') !== null"))


def test_the_cockpit(world: World, desk: Desk) -> None:
    reader = desk(world.ours.coordinator).open("/mine/groups/")
    told = heard(reader)
    assert any(role == "heading" and world.ours.group.name in name for role, name in told)
    assert any(role == "navigation" and name == "Main menu" for role, name in told)

    keys = Keys(reader)
    keys.to(world.ours.group.name).press()

    assert reader.page.get_by_role("heading", level=1).inner_text()
    assert reader.status == 200


def test_the_meeting_room(site: LiveSite, world: World, desk: Desk) -> None:
    with site.database():
        tonight = make_meeting(
            world.ours, starts_at=now(), ends_at=now() + timedelta(hours=2), check_in_code="TONIGHT1"
        )
    member = world.ours.members[1]
    reader = desk(world.ours.coordinator).open(f"/meetings/{tonight.pk}/evening/")
    told = accessible(reader.page)
    assert [name for role, name in told if role == "button" and member.name in name]
    assert [name for role, name in told if role in {"image", "img"} and "QR" in name]

    keys = Keys(reader)
    first_stop_leads_to_the_content(keys)
    keys.to(member.name)
    with reader.page.expect_response(lambda answer: answer.request.method == "POST"):
        reader.page.keyboard.press("Enter")
    reader.page.locator("button[aria-pressed=true]", has_text=member.name).wait_for()

    assert member.name in keys.reader.page.evaluate("document.activeElement.innerText"), "the focus was lost"
    with site.database():
        assert Attendance.objects.filter(meeting=tonight, person=member).exists()


def test_the_public_front(world: World, walks: Walks, desk: Desk) -> None:
    reader = desk().open("/")
    told = heard(reader)
    assert {role for role, _ in told} >= {"banner", "main", "contentinfo", "search"}
    assert ("navigation", "Main menu") in told
    levels = reader.page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4')].map((h) => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), levels

    keys = Keys(reader)
    first_stop_leads_to_the_content(keys)
    keys.to("q").write(world.ours.group.name).press()

    assert "/groups/?q=" in reader.page.url
    reader.reads(world.ours.group.name)
    Keys(reader).to(world.ours.group.name).press()
    reader.reads(world.ours.group.name).does_not_read(STREET)
