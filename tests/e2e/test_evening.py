"""The evening itself: the door, the list, the paper, memo, promises, the public text, and who sees nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.e2e.walking import Reader, Walks
from tests.factories import GroupWorld, make_group, make_meeting
from tests.servers import LiveSite

from ydin.kernel.clock import now
from ydin.meetings.models import Attendance, Meeting, Memo, Promise, Rsvp, Summary
from ydin.meetings.rules.states import Answer, MeetingState, Recorded, Standing
from ydin.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Reader]
AGENDA = [{"minutes": 30, "title": "Kahvit"}, {"minutes": 90, "title": "Illan teema"}]
MEMO = "Puhuttiin katteesta, ja O'Brien näytti <taulukkonsa>."


def tonight(world: GroupWorld, code: str) -> Meeting:
    """Build an evening that began half an hour ago; everybody said yes."""
    starts = now() - timedelta(minutes=30)
    ends = starts + timedelta(hours=2)
    meeting = make_meeting(world, starts_at=starts, ends_at=ends, check_in_code=code, agenda=AGENDA)
    Rsvp.objects.filter(meeting=meeting).update(answer=Answer.COMING, standing=Standing.ADMITTED)
    return meeting


def rename(person: Person, name: str) -> None:
    person.name = name
    person.save(update_fields=["name"])


def present(site: LiveSite, meeting: Meeting) -> dict[str, Attendance]:
    with site.database():
        rows = Attendance.objects.filter(meeting=meeting).select_related("person")
        return {row.person.name if row.person else row.name: row for row in rows}


def test_the_door_the_list_and_the_paper(site: LiveSite, walks: Walks, desk: Desk, phone: Desk) -> None:
    with site.database():
        world = make_group(members=4)
        for person, name in zip(
            world.members, ("Aino Aro", "Bertta Berg", "Eero Ek", "Felix Falk"), strict=True
        ):
            rename(person, name)
        meeting = tonight(world, "KUUSI7")
    _check_in(site, world, meeting, phone)
    kaisa = desk(world.coordinator).open(f"/meetings/{meeting.pk}/").look()
    kaisa.open(f"/meetings/{meeting.pk}/evening/").reads("1 is here", "Kahvit", "KUUSI7").look()
    kaisa.page.get_by_role("button", name="Bertta Berg").click()
    kaisa.page.get_by_text("2 are here").wait_for()
    assert present(site, meeting)["Bertta Berg"].recorded == Recorded.COORDINATOR
    kaisa.fill(name="Viljami Vieras", company="Vieras & Pojat").press("Add a visitor").reads("3 are here")
    guest = present(site, meeting)["Viljami Vieras"]
    assert (guest.as_visitor, guest.company) == (True, "Vieras & Pojat")
    paper = kaisa.page.get_by_role("link", name="List on paper").get_attribute("href") or ""
    assert kaisa.context.request.get(site.url + paper).body().startswith(b"%PDF")
    _key_in(site, meeting, kaisa)
    walks.look_at_every_page()


def _check_in(site: LiveSite, world: GroupWorld, meeting: Meeting, phone: Desk) -> None:
    door = phone().open("/c/").fill(code="kuusi 7").press("Continue").reads("Welcome", meeting.theme)
    door.does_not_read("Bertta Berg")
    assert present(site, meeting) == {}
    door.fill(email="nobody").press("I am here")
    assert door.status == 422
    door.fill(email=world.members[0].email).press("I am here").reads("Thank you")
    assert list(present(site, meeting)) == ["Aino Aro"]
    assert present(site, meeting)["Aino Aro"].recorded == Recorded.CODE


def _key_in(site: LiveSite, meeting: Meeting, kaisa: Reader) -> None:
    kaisa.open(f"/meetings/{meeting.pk}/evening/").follow("Key in the list").reads("Signed")
    kaisa.page.locator("label", has_text="Eero Ek").locator("input").check()
    kaisa.fill(visitors="Paavo Paperi, Paperi Oy").press("Save the list")
    found = present(site, meeting)
    assert set(found) == {"Aino Aro", "Bertta Berg", "Viljami Vieras", "Eero Ek", "Paavo Paperi"}
    assert found["Eero Ek"].recorded == Recorded.PAPER
    assert found["Paavo Paperi"].company == "Paperi Oy"


def test_memo_promise_public_text_and_the_end(site: LiveSite, walks: Walks, desk: Desk) -> None:
    with site.database():
        world, strangers = make_group(members=3), make_group(members=1)
        meeting = tonight(world, "MUISTI")
        following = make_meeting(world, days=28, check_in_code="SEURAA")
        person, company = world.members[1], world.companies[1]
        Attendance.objects.create(
            meeting=meeting, group=world.group, person=person, enterprise=company, recorded=Recorded.CODE
        )
    kaisa = desk(world.coordinator).open(f"/meetings/{meeting.pk}/evening/")
    _write(site, world, meeting, kaisa)
    _publish(site, world, meeting, kaisa)
    kaisa.open(f"/meetings/{meeting.pk}/evening/").press("Mark the evening as held").reads("held")
    with site.database():
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.HELD
    member = desk(world.members[0]).open(f"/meetings/{following.pk}/")
    member.reads("Promised last time", "Lasken katteen ☕")
    member.open(f"/meetings/{meeting.pk}/memo/").reads("Puhuttiin katteesta")
    member.open(f"/meetings/{following.pk}/promises/").reads("Lasken katteen ☕")
    _sees_nothing(meeting, following, desk(strangers.members[0]))
    walks.look_at_every_page()


def _write(site: LiveSite, world: GroupWorld, meeting: Meeting, kaisa: Reader) -> None:
    kaisa.fill(discussed=MEMO).press("Save the memo")
    with site.database():
        assert Memo.objects.get(meeting=meeting).discussed == MEMO
    kaisa.open(f"/meetings/{meeting.pk}/evening/").page.locator("[name=enterprise]").select_option(
        label=world.companies[0].name
    )
    kaisa.fill(what="Lasken katteen ☕").press("Write it down").reads("Lasken katteen ☕")
    with site.database():
        promise = Promise.objects.get(meeting=meeting)
        assert (promise.enterprise, promise.state) == (world.companies[0], "open")


def _publish(site: LiveSite, world: GroupWorld, meeting: Meeting, kaisa: Reader) -> None:
    named = world.companies[1].name
    kaisa.open(f"/meetings/{meeting.pk}/summary/").fill(text=f"Hyvä ilta. {named} kertoi.").press("Publish")
    assert kaisa.status == 422
    kaisa.reads("The text names", named).look()
    with site.database():
        assert not Summary.objects.filter(meeting=meeting, published_at__isnull=False).exists()
    kaisa.tick(f"{named} agreed").press("Publish")
    kaisa.reads("Who will read it?").press("Yes, show it to them")
    with site.database():
        summary = Summary.objects.get(meeting=meeting)
        assert (summary.named, summary.published_at is None) == ([world.companies[1].pk], False)


def _sees_nothing(meeting: Meeting, following: Meeting, stranger: Reader) -> None:
    parts = ("", "evening/", "memo/", "promises/", "sheet/", "answers/", "attendance.csv", "sheet.pdf")
    for part in parts:
        stranger.open(f"/meetings/{following.pk}/{part}")
        assert stranger.status == 404, part
        if part:  # the evening's own page carries its public text
            stranger.open(f"/meetings/{meeting.pk}/{part}")
            assert stranger.status == 404, part
    stranger.open(f"/meetings/{meeting.pk}/").does_not_read("Puhuttiin", "Lasken katteen", meeting.address)
    stranger.look()
