"""The calendar as a stranger and as a member, on the page and in calendar programs."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import icalendar
import pytest
from tests.calendar.makers import make_event
from tests.e2e.walking import Reader, Walks
from tests.factories import make_group, make_meeting
from tests.servers import LiveSite

from ydin.meetings.rules.states import Audience

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Reader]


def fetch(address: str) -> tuple[int, str]:
    """Fetch a feed as a calendar program does, without cookies; return status and text."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""


def events_of(text: str) -> dict[str, Any]:
    calendar: Any = icalendar.Calendar.from_ical(text)
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def containing(events: dict[str, Any], words: str) -> Any:
    return next((event for summary, event in events.items() if words in summary), None)


def test_strangers_see_what_is_public_and_members_their_own(
    site: LiveSite, walks: Walks, desk: Desk, phone: Desk
) -> None:
    with site.database():
        world = make_group(members=2)
        make_meeting(world, days=12, theme="Avoin ilta", audience=Audience.PUBLIC, check_in_code="AVOIN1")
        own = make_meeting(world, days=20, theme="Oma ilta", check_in_code="OMAIL1")
        make_event(world.network, days=9, title="Verkkokauppailta")
        make_event(world.network, days=9, title="Luonnos", state="draft")
    stranger = phone().open("/calendar/").reads("Avoin ilta", "Verkkokauppailta")
    stranger.does_not_read("Oma ilta", "Luonnos").follow("Avoin ilta").reads("Avoin ilta", "Ylivieska")
    stranger.does_not_read("Tehtaantie 4")
    stranger.open("/calendar/").follow("Verkkokauppailta").reads("Open to everybody")
    public = events_of(fetch(f"{site.url}/feeds/{world.network.slug}.ics")[1])
    assert containing(public, "Avoin ilta")["STATUS"] == "CONFIRMED"
    assert containing(public, "Verkkokauppailta") is not None
    assert containing(public, "Oma ilta") is None
    member = desk(world.members[0]).open("/calendar/").reads("Oma ilta", "Avoin ilta")
    address = _make_an_address(member)
    mine = containing(events_of(fetch(address)[1]), "Oma ilta")
    assert (mine["STATUS"], mine["UID"]) == ("CONFIRMED", str(own.uid))
    desk(world.coordinator).open(f"/meetings/{own.pk}/cancel/").press("Cancel the evening")
    after = containing(events_of(fetch(address)[1]), "Oma ilta")
    assert (after["STATUS"], after["UID"]) == ("CANCELLED", str(own.uid))
    assert after["SEQUENCE"] > mine["SEQUENCE"]
    member.open("/calendar/mine/").press("Take back")
    assert fetch(address)[0] == 404
    walks.look_at_every_page()


def _make_an_address(member: Reader) -> str:
    member.follow("To my own calendar").reads("No address yet").fill(name="Puhelin 📱")
    member.page.locator("[name=shows_details]").check()
    member.press("Make an address").press("Yes, show it to them").reads("Puhelin 📱").look()
    return member.page.get_by_label("Address", exact=True).input_value()


def test_a_coordinators_event_from_draft_to_cancelled(site: LiveSite, walks: Walks, desk: Desk) -> None:
    with site.database():
        world = make_group(members=1)
    kaisa = desk(world.coordinator).open("/events/new/").fill(title="Messut & makkara").press("Save")
    assert kaisa.status == 422
    kaisa.look().fill(day="2031-02-28", starts="17:00", ends="19:00").tick("Everybody")
    kaisa.press("Save").reads("Messut & makkara", "being prepared").press("Announce")
    feed = f"{site.url}/feeds/{world.network.slug}.ics"
    assert events_of(fetch(feed)[1])["Messut & makkara"]["STATUS"] == "CONFIRMED"
    kaisa.page.get_by_role("link", name="Cancel the event").click()
    kaisa.look().press("Cancel the event", within="dialog").reads("cancelled")
    assert events_of(fetch(feed)[1])["Messut & makkara"]["STATUS"] == "CANCELLED"
    walks.look_at_every_page()
