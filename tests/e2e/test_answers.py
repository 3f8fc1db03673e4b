"""From the invitation to the reminder, as coordinator and members: letters, taps, waiting list, changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.db import transaction
from tests.e2e.walking import Reader, Walks, letter_to, letters, link_in
from tests.factories import GroupWorld, make_group, make_meeting
from tests.servers import LiveSite

from ydin.kernel.clock import now
from ydin.kernel.jobs import defer
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.rules.states import MeetingState, Standing
from ydin.meetings.services.announce import announce_meeting
from ydin.outbox.models import Message
from ydin.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Reader]
THEME = "Hinnoittelu, josta ei tarvitse pyytää anteeksi"


def draft(world: GroupWorld, **fields: Any) -> Meeting:
    values = {"state": MeetingState.DRAFT, "announced_at": None, "check_in_code": "", **fields}
    return make_meeting(world, invited=False, **values)


def invited(site: LiveSite, world: GroupWorld, **fields: Any) -> Meeting:
    """Return a meeting whose invitations have gone out."""
    with site.database():
        return announce_meeting(actor=world.coordinator, meeting=draft(world, **fields))


def rsvp_of(site: LiveSite, meeting: Meeting, person: Person) -> Rsvp:
    with site.database():
        return Rsvp.objects.get(meeting=meeting, person=person)


def event_of(letter: Message) -> Any:
    calendar: Any = icalendar.Calendar.from_ical(letter.calendar)
    return calendar.walk("VEVENT")[0]


def answer_link(site: LiveSite, person: Person) -> str:
    return link_in(letter_to(site, "meetings.announced", person), "/a/")


def test_the_invitation_and_one_persons_changing_mind(
    site: LiveSite, walks: Walks, desk: Desk, phone: Desk
) -> None:
    with site.database():
        world = make_group(members=3)
        meeting = draft(world)
    kaisa = desk(world.coordinator).open(f"/meetings/{meeting.pk}/answers/").follow("Send the invitations")
    kaisa.reads("This is the letter", THEME, "3 people get it.")
    assert letters(site, "meetings.announced", *world.members) == []
    kaisa.press("Send the invitations").reads("The invitations are on their way.")
    assert len(letters(site, "meetings.announced", *world.members)) == 3
    member = world.members[1]
    reader = phone().open(answer_link(site, member)).reads(THEME, "I am coming")
    assert rsvp_of(site, meeting, member).answer == "none"  # opening changed nothing
    _answer_in_every_way(site, meeting, member, reader)
    kaisa.open(f"/meetings/{meeting.pk}/answers/").reads("3 people are coming", "+ Oiva Guest", "See you")
    walks.look_at_every_page()


def _answer_in_every_way(site: LiveSite, meeting: Meeting, member: Person, reader: Reader) -> None:
    reader.press("I am coming")
    assert rsvp_of(site, meeting, member).standing == Standing.ADMITTED
    assert reader.page.get_by_role("button", name="I am coming").get_attribute("aria-pressed") == "true"
    reader.press("I cannot come")
    row = rsvp_of(site, meeting, member)
    assert (row.answer, row.standing) == ("not_coming", Standing.NONE)
    reader.unfold("A colleague comes instead of me").fill(substitute_name="Veikko Vara")
    reader.fill(substitute_email="veikko").press("Send them instead of me")
    assert reader.status == 422
    reader.fill(substitute_email="veikko@example.org").press("Send them instead of me")
    reader.reads("Veikko Vara comes instead of you.")
    row = rsvp_of(site, meeting, member)
    assert (row.answer, row.substitute_name) == ("coming", "Veikko Vara")
    with site.database():
        told = Message.objects.get(to_address="veikko@example.org")
        assert told.kind == "meetings.answer_substitute"
    reader.press("I am coming")
    assert rsvp_of(site, meeting, member).substitute_name == ""
    reader.unfold("Somebody comes with me").fill(guest_name="Oiva Guest", comment="See you & thanks 🙂")
    reader.press("save this").reads("Oiva Guest comes with you.")
    row = rsvp_of(site, meeting, member)
    assert (row.guests, row.guest_name, row.comment) == (1, "Oiva Guest", "See you & thanks 🙂")


def test_a_full_house_lets_the_next_one_in(site: LiveSite, walks: Walks, phone: Desk) -> None:
    with site.database():
        world = make_group(members=3)
    meeting = invited(site, world, capacity=2)
    readers = [phone().open(answer_link(site, person)).press("I am coming") for person in world.members]
    last = world.members[2]
    readers[2].reads("The house is full. You are number 1 on the waiting list")
    assert rsvp_of(site, meeting, last).standing == Standing.WAITING
    assert letters(site, "meetings.place_free", last) == []
    readers[0].press("I cannot come")
    site.wait_for_jobs()
    assert rsvp_of(site, meeting, last).standing == Standing.ADMITTED
    letter = letter_to(site, "meetings.place_free", last)
    readers[2].open(link_in(letter, "/a/")).reads("2 companies, full")
    pressed = readers[2].page.locator("button[aria-pressed=true]")
    assert "I am coming" in pressed.inner_text()
    walks.look_at_every_page()


def test_a_change_of_time_is_told_with_the_next_sequence(
    site: LiveSite, walks: Walks, desk: Desk, phone: Desk
) -> None:
    with site.database():
        world = make_group(members=2)
    meeting = invited(site, world)
    before = letter_to(site, "meetings.announced", world.members[0])
    kaisa = desk(world.coordinator).open(f"/meetings/{meeting.pk}/change/")
    kaisa.fill(starts="18:15", ends="", capacity="-1").press("Save and tell everybody")
    assert kaisa.status == 422
    kaisa.look().fill(ends="20:45", capacity="30").press("Save and tell everybody").reads("18:15")
    with site.database():
        meeting.refresh_from_db()
        assert meeting.sequence == 1
    told = letter_to(site, "meetings.changed", world.members[0])
    assert (event_of(before)["SEQUENCE"], event_of(told)["SEQUENCE"]) == (0, 1)
    assert event_of(before)["UID"] == event_of(told)["UID"] == str(meeting.uid)
    begins: datetime = event_of(told).decoded("DTSTART")
    assert (begins.hour, begins.minute) == (18, 15)
    phone().open(link_in(told, "/a/")).reads("18:15")
    kaisa.open(f"/meetings/{meeting.pk}/cancel/").fill(note="Sähkökatko").press("Cancel the evening")
    cancelled = letter_to(site, "meetings.cancelled", world.members[1])
    assert event_of(cancelled)["STATUS"] == "CANCELLED"
    phone().open(link_in(told, "/a/")).reads("This evening is cancelled.", "Sähkökatko")
    walks.look_at_every_page()


def test_only_those_who_have_not_answered_are_reminded(site: LiveSite, phone: Desk) -> None:
    with site.database():
        world = make_group(members=3)
    meeting = invited(site, world, days=5)
    phone().open(answer_link(site, world.members[0])).press("I am coming")
    phone().open(answer_link(site, world.members[1])).press("I cannot come")
    with site.database():
        long_ago = now() - timedelta(days=20)
        Rsvp.objects.filter(meeting=meeting).update(invited_at=long_ago)
        for _twice in range(2):
            with transaction.atomic():
                defer("meetings.remind", timestamp=0)
    site.wait_for_jobs()
    reminded = letters(site, "meetings.reminder", *world.members)
    assert [letter.to_address for letter in reminded] == [world.members[2].email]


def test_the_answer_page_by_keyboard_alone(site: LiveSite, walks: Walks) -> None:
    with site.database():
        world = make_group(members=1)
    meeting = invited(site, world)
    reader = walks.desk().open(answer_link(site, world.members[0])).tab_to("Maybe")
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")
    assert rsvp_of(site, meeting, world.members[0]).answer == "maybe"
    reader.tab_to("I am coming")
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Space")
    assert rsvp_of(site, meeting, world.members[0]).answer == "coming"
