"""The public front in a real browser: from the map to a visit, in three languages, without an account."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect
from tests.e2e.walking import Reader, Walks, letters, link_in
from tests.factories import make_group, make_meeting
from tests.servers import LiveSite

from ydin.groups.models import Seat
from ydin.meetings.rules.states import Audience
from ydin.outbox.models import Message

Desk = Callable[..., Reader]


def letter_at(site: LiveSite, kind: str, address: str) -> Message:
    with site.database():
        return Message.objects.filter(kind=kind, to_address=address).latest("created_at")


def test_from_the_map_to_a_seat(site: LiveSite, walks: Walks, desk: Desk, phone: Desk) -> None:
    with site.database():
        world = make_group(
            members=2,
            name="Rannikon ydinryhmä",
            latitude=63.84,
            longitude=23.13,
            slug="ranta",
            about="Kahvit",
        )
        make_group(network=world.network, name="Lapin ydinryhmä", latitude=66.5, longitude=25.72)
        meeting = make_meeting(
            world, days=12, theme="Hinta", audience=Audience.PUBLIC, visitor_places=2, check_in_code="AVOIN9"
        )
    visitor = desk().open("/en/groups/").reads("Rannikon ydinryhmä", "Lapin ydinryhmä")
    context = visitor.page.context
    context.grant_permissions(["geolocation"], origin=site.url)
    context.set_geolocation({"latitude": 66.4412, "longitude": 25.7713})
    visitor.page.get_by_role("button", name="Nearest to me").click()
    expect(visitor.page).to_have_url(re.compile(r"lat=66\.4&lon=25\.8$"))
    visitor.reads("about 12 km")
    marker = visitor.page.get_by_role("link", name="2. Rannikon ydinryhmä")
    marker.focus()
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Rannikon ydinryhmä")
    visitor.reads("This text is only in Finnish.", "Hinta").follow("Hinta")
    visitor.follow("Ask to visit").fill(
        name="Liisa Kaura", email="liisa@example.org", company="Leipomo Kaura"
    )
    visitor.press("Ask to visit").reads("Thank you")
    assert "/en/apply/" in visitor.page.url and context.cookies() == []

    follow = link_in(letter_at(site, "groups.application_thanks", "liisa@example.org"), "/apply/follow/")
    phone().open(follow).reads("waits for an answer")
    told = letters(site, "groups.application_received", world.coordinator)[-1]
    kaisa = (
        desk(world.coordinator).open(link_in(told, "/manage/")).reads("I would like to come to the evening")
    )
    kaisa.follow("Invite to an evening").press("Hinta").reads("Liisa Kaura has an invitation")
    answer = link_in(letter_at(site, "meetings.announced", "liisa@example.org"), "/a/")
    phone().open(answer).reads("Hinta").press("I am coming").reads("Liisa Kaura")
    kaisa.press("Give a member's seat").reads("Leipomo Kaura has a seat")
    with site.database():
        assert Seat.objects.get(enterprise__name="Leipomo Kaura").state == "member"
        assert meeting.rsvps.get(person__email="liisa@example.org").answer == "coming"
    walks.look_at_every_page()


def test_a_visitor_without_script_in_swedish_finds_reads_and_gives_feedback(
    site: LiveSite, walks: Walks, desk: Desk, phone: Desk
) -> None:
    with site.database():
        make_group(members=1, name="Grannens grupp")
        world = make_group(members=1, name="Kustens grupp")
        make_meeting(world, days=9, theme="Priset", audience=Audience.PUBLIC, check_in_code="PRISET")
    reader = phone().open("/groups/").follow("sv – svenska").reads("Hitta en grupp")
    reader.fill(q="kustens").press("Visa").reads("Kustens grupp")
    reader.follow("Kalender").reads("Priset").follow("Månad").follow("Karta")
    reader.follow("Tillgänglighet").page.locator("[name=network]").select_option(world.network.slug)
    reader.fill(message="Kartan går inte att läsa.").press("Skicka").reads("Tack")
    assert "/sv/" in reader.page.url and reader.page.context.cookies() == []
    national = desk(world.national).open("/mine/network/feedback/").reads("Kartan går inte att läsa.")
    national.press("It is dealt with").reads("Marked as dealt with.")
    national.open(f"/networks/{world.network.slug}/texts/")
    national.open(f"/manage/groups/{world.group.pk}/public/")
    walks.look_at_every_page()
