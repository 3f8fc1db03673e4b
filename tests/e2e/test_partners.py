"""From a need to a drawn line: match, two consents, a collaboration that both confirm."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.e2e.walking import Reader, Walks, letter_to, link_in
from tests.factories import make_group, make_meeting
from tests.servers import LiveSite

from ydin.meetings.models import Attendance, Meeting
from ydin.networks.models import Enterprise
from ydin.partnerships.models import Suggestion

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Reader]


def test_from_a_need_to_a_drawn_line(site: LiveSite, walks: Walks, desk: Desk, phone: Desk) -> None:
    with site.database():
        world = make_group(members=4)
        meeting = make_meeting(world, days=0)
        first, second = world.companies[3], world.companies[2]
        for company, person in ((first, world.members[3]), (second, world.members[2])):
            Attendance.objects.create(
                meeting=meeting, group=world.group, person=person, enterprise=company, recorded="code"
            )
    asker, other, third = world.members[:3]
    market = f"/market/groups/{world.group.pk}/"
    reader = phone(asker).open(market).fill(text="Somebody who designs packages <for jam>")
    reader.press("We need this").reads("It is on the list.", "packages <for jam>")
    giver = desk(other).open(market).fill(text="Packaging design and labels")
    giver.press("We offer this").reads("Packaging design and labels").look()
    site.wait_for_jobs()
    with site.database():
        assert Suggestion.objects.count() == 1
    reader.open("/market/").reads("Suggested for you", f"{world.companies[1].name} offers it.")
    reader.follow("Look closer").press("Yes, introduce us").reads("They are asked now.")
    site.wait_for_jobs()
    letter = link_in(letter_to(site, "partnerships.consent_asked", other), "/i/")
    asked = phone().open(letter).reads("Would you like to meet", "Your answer is seen by you alone")
    asked.press("No, thank you").reads("You said no.").press("Yes, introduce us")
    site.wait_for_jobs()
    assert other.email in letter_to(site, "partnerships.introduced", asker).text
    reader.open("/market/together/").follow("Write down a collaboration")
    reader.page.get_by_label("With whom").select_option(label=world.companies[1].name)
    reader.page.get_by_label("What do you do together?").select_option(label="sales between us")
    reader.tick("our group").press("Write it down").press("Yes, show it to them")
    reader.reads("waits for the other one")
    drawn = f"/market/groups/{world.group.pk}/together/"
    watcher = desk(third).open(drawn).reads("Nothing is drawn yet")
    confirm = link_in(letter_to(site, "partnerships.confirm_asked", other), "/k/")
    phone().open(confirm).press("Yes, it is so").reads("confirmed by both")
    watcher.open(drawn).reads(f"{world.companies[0].name} – {world.companies[1].name}", "sales between us")
    assert watcher.page.locator("figure.partners .wide line").count() == 1
    watcher.look()
    key_in_the_round(desk(world.coordinator), meeting, first, second)
    walks.look_at_every_page()


def key_in_the_round(reader: Reader, meeting: Meeting, first: Enterprise, second: Enterprise) -> None:
    """With the keyboard alone: Tab saves what was typed and goes on, Enter goes to the next company."""
    reader.open(f"/market/round/{meeting.pk}/")
    page = reader.page
    page.get_by_label(f"{first.name}: offers").focus()
    page.keyboard.type("Welding & <sheet> metal")
    page.keyboard.press("Tab")
    page.locator(f"#known-{first.pk}").get_by_text("Welding & <sheet> metal").wait_for()
    assert page.evaluate("document.activeElement.name") == f"need-{first.pk}"
    assert page.get_by_label(f"{first.name}: offers").input_value() == ""
    page.keyboard.type("A bookkeeper")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/?next={second.pk}**")
    reader.reads("A bookkeeper")
    assert page.evaluate("document.activeElement.name") == f"offer-{second.pk}"
    assert page.get_by_text("A bookkeeper").count() == 1
    reader.look()
