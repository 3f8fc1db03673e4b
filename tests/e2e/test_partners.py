"""From a need to a drawn line: match, two consents, a collaboration that both confirm."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.e2e.walking import Reader, Walks, letter_to, link_in
from tests.factories import make_group
from tests.servers import LiveSite

from ydin.partnerships.models import Suggestion

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Reader]


def test_from_a_need_to_a_drawn_line(site: LiveSite, walks: Walks, desk: Desk, phone: Desk) -> None:
    with site.database():
        world = make_group(members=4)
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
    reader.tick("our group").press("Write it down").reads("waits for the other one")
    drawn = f"/market/groups/{world.group.pk}/together/"
    watcher = desk(third).open(drawn).reads("Nothing is drawn yet")
    confirm = link_in(letter_to(site, "partnerships.confirm_asked", other), "/k/")
    phone().open(confirm).press("Yes, it is so").reads("confirmed by both")
    watcher.open(drawn).reads(f"{world.companies[0].name} – {world.companies[1].name}", "sales between us")
    assert watcher.page.locator("figure.partners line").count() == 1
    watcher.look()
    walks.look_at_every_page()
