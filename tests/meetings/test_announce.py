"""Announcing, changing and cancelling: everybody is told once, in their language, with the calendar in step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from django.utils import translation
from tests.factories import EnterpriseFactory, GroupWorld, PersonFactory, make_group, make_meeting

from ydin.kernel.clock import at
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.kernel.links import make_token
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.services.announce import (
    announce_meeting,
    cancel_meeting,
    change_meeting,
    invite_person,
    revive_meeting,
)
from ydin.meetings.services.answers import answer_meeting
from ydin.outbox.models import Message

pytestmark = pytest.mark.django_db
AWKWARD = "O'Brien & <Sons> 🧵 " + "ä" * 250


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def world() -> GroupWorld:
    return make_group(members=3)


@pytest.fixture
def draft(world: GroupWorld) -> Meeting:
    starts = datetime(2027, 2, 4, 15, 30, tzinfo=UTC)
    ends = starts + timedelta(hours=2, minutes=30)
    return make_meeting(
        world,
        state="draft",
        invited=False,
        announced_at=None,
        check_in_code="",
        starts_at=starts,
        ends_at=ends,
    )


def event_of(message: Message) -> Any:
    calendar: Any = icalendar.Calendar.from_ical(message.calendar)
    assert str(calendar["METHOD"]) == message.calendar_method
    assert len(calendar.walk("VTIMEZONE")) == 1
    return calendar.walk("VEVENT")[0]


def test_everybody_gets_one_letter_in_their_language_with_date_and_place_first(
    world: GroupWorld, draft: Meeting, mails: Any
) -> None:
    for person, language in zip(world.members, ("fi", "sv", "en"), strict=True):
        person.language = language
        person.save()
    meeting = announce_meeting(actor=world.coordinator, meeting=draft)
    letters = {m.language: m for m in mails()}
    assert len(mails()) == 3
    assert (meeting.state, meeting.sequence) == ("announced", 0)
    assert re.fullmatch(r"[A-Z0-9]{6}", meeting.check_in_code)
    assert letters["en"].subject == f"Thu 4 Feb, 17:30, Ylivieska: {meeting.theme}"
    assert letters["fi"].subject == f"To 4.2. klo 17.30, Ylivieska: {meeting.theme}"
    assert letters["sv"].subject == f"Tors 4.2 kl. 17.30, Ylivieska: {meeting.theme}"
    for person in world.members:
        letter = letters[person.language]
        link = f"http://testserver/a/{make_token('answer', meeting.pk, person.pk)}/"
        assert (letter.to_address, letter.reply_to) == (person.email, world.coordinator.email)
        assert link in letter.text
        assert link in letter.html
        event = event_of(letter)
        assert event["ATTENDEE"] == f"mailto:{person.email}"
        assert event["ORGANIZER"] == f"mailto:{world.coordinator.email}"
        assert (str(event["UID"]), event["SEQUENCE"], event["STATUS"]) == (str(meeting.uid), 0, "CONFIRMED")
        assert event["DTSTART"].dt == meeting.starts_at
        assert str(event["LOCATION"]) == "Puupaja Honka, Tehtaantie 4, Ylivieska"


def test_the_hosts_people_count_as_coming(world: GroupWorld, draft: Meeting) -> None:
    announce_meeting(actor=world.members[0], meeting=draft)
    answers = dict(Rsvp.objects.values_list("person_id", "answer"))
    assert answers == {p.pk: "none" for p in world.members[1:]} | {world.members[0].pk: "coming"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"theme": " "}, "a theme"),
        ({"place": "", "address": "", "video_link": ""}, "a place or a video link"),
        (
            {
                "starts_at": datetime(2026, 1, 1, tzinfo=UTC),
                "ends_at": datetime(2026, 1, 1, 2, tzinfo=UTC),
            },
            "a time that is still ahead",
        ),
    ],
)
def test_what_is_missing_is_named(world: GroupWorld, draft: Meeting, fields: Any, words: str) -> None:
    Meeting.objects.filter(pk=draft.pk).update(**fields)
    with pytest.raises(Refused, match=words):
        announce_meeting(actor=world.coordinator, meeting=draft)
    assert not Message.objects.exists()


def test_only_the_host_and_the_coordinator_decide(world: GroupWorld, draft: Meeting) -> None:
    other = make_group()
    for actor in (world.members[1], world.national, other.coordinator, PersonFactory.create()):
        with pytest.raises(NotAllowed):
            announce_meeting(actor=actor, meeting=draft)
        with pytest.raises(NotAllowed):
            change_meeting(actor=actor, meeting=draft, changes={"theme": "Mine"})
        with pytest.raises(NotAllowed):
            cancel_meeting(actor=actor, meeting=draft)


def test_a_draft_changes_silently_and_is_announced_once(
    world: GroupWorld, draft: Meeting, mails: Any
) -> None:
    changed = change_meeting(actor=world.coordinator, meeting=draft, changes={"theme": AWKWARD})
    assert (changed.sequence, changed.version, mails()) == (0, draft.version + 1, [])
    meeting = announce_meeting(actor=world.coordinator, meeting=changed)
    assert "&lt;Sons&gt;" in mails()[0].html
    assert "O'Brien & <Sons> 🧵" in mails()[0].text
    with pytest.raises(Refused):
        announce_meeting(actor=world.coordinator, meeting=meeting)
    assert len(mails()) == 3


def test_a_moved_evening_is_told_old_and_new_and_answers_stay(
    world: GroupWorld, draft: Meeting, mails: Any
) -> None:
    meeting = announce_meeting(actor=world.coordinator, meeting=draft)
    person = world.members[1]
    answer_meeting(actor=person, meeting=meeting, person=person, answer="maybe")
    later = meeting.starts_at + timedelta(days=1)
    moved = change_meeting(
        actor=world.members[0],
        meeting=meeting,
        changes={"starts_at": later, "ends_at": meeting.ends_at + timedelta(days=1), "place": "Sahan Halli"},
    )
    letters = [m for m in mails() if m.kind == "meetings.changed"]
    assert len(letters) == 3
    mine = next(m for m in letters if m.person_id == person.pk)
    assert mine.subject.startswith("Fri 5 Feb, 17:30, Ylivieska: changed. ")
    assert "Thu 4 Feb 2027, 17:30–20:00 → Fri 5 Feb 2027, 17:30–20:00" in mine.text
    assert "Puupaja Honka, Tehtaantie 4, Ylivieska → Sahan Halli, Tehtaantie 4," in " ".join(
        mine.text.split()
    )
    assert "Your answer stays" in mine.text
    event = event_of(mine)
    assert (str(event["UID"]), event["SEQUENCE"], moved.sequence) == (str(meeting.uid), 1, 1)
    assert event["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"
    assert Rsvp.objects.get(person=person, meeting=meeting).answer == "maybe"


def test_what_concerns_nobody_is_changed_without_a_word(
    world: GroupWorld, draft: Meeting, mails: Any
) -> None:
    meeting = announce_meeting(actor=world.coordinator, meeting=draft)
    quiet = change_meeting(actor=world.members[0], meeting=meeting, changes={"audience": "public"})
    same = change_meeting(actor=world.coordinator, meeting=quiet, changes={"theme": quiet.theme})
    assert (same.sequence, same.version, len(mails())) == (0, meeting.version + 1, 3)
    with pytest.raises(ValueError, match="state"):
        change_meeting(actor=world.coordinator, meeting=same, changes={"state": "held"})


def test_an_evening_over_the_change_of_clocks_keeps_its_wall_time(
    world: GroupWorld, draft: Meeting, mails: Any
) -> None:
    meeting = announce_meeting(actor=world.coordinator, meeting=draft)
    zone = "Europe/Helsinki"
    starts = at(datetime(2027, 3, 29, tzinfo=UTC).date(), datetime(1, 1, 1, 17, 30, tzinfo=UTC).time(), zone)
    moved = change_meeting(
        actor=world.coordinator,
        meeting=meeting,
        changes={"starts_at": starts, "ends_at": starts + timedelta(hours=2)},
    )
    assert moved.starts_at == datetime(2027, 3, 29, 14, 30, tzinfo=UTC)
    letter = mails()[-1]
    assert "Mon 29 Mar 2027, 17:30–19:30" in letter.text
    assert "DTSTART;TZID=Europe/Helsinki:20270329T173000" in letter.calendar


def test_of_two_who_change_at_once_the_later_one_is_told(world: GroupWorld, draft: Meeting) -> None:
    mine, theirs = Meeting.objects.get(pk=draft.pk), Meeting.objects.get(pk=draft.pk)
    change_meeting(actor=world.coordinator, meeting=mine, changes={"theme": "First"})
    acts: list[Callable[[], object]] = [
        lambda: change_meeting(actor=world.members[0], meeting=theirs, changes={"theme": "Second"}),
        lambda: announce_meeting(actor=world.members[0], meeting=theirs),
        lambda: cancel_meeting(actor=world.members[0], meeting=theirs),
    ]
    for act in acts:
        with pytest.raises(Conflict):
            act()
    assert Meeting.objects.get(pk=draft.pk).theme == "First"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_at": datetime(2027, 2, 4, 15, 0, tzinfo=UTC)}, "cannot end before"),
        ({"place": "", "address": ""}, "a place or a video link"),
        ({"starts_at": datetime(2020, 1, 1, tzinfo=UTC)}, "still ahead"),
    ],
)
def test_changes_that_make_no_sense_are_refused(
    world: GroupWorld, draft: Meeting, changes: Any, words: str
) -> None:
    meeting = announce_meeting(actor=world.coordinator, meeting=draft)
    with pytest.raises(Refused, match=words):
        change_meeting(actor=world.coordinator, meeting=meeting, changes=changes)
    assert Meeting.objects.get(pk=draft.pk).version == meeting.version


def test_a_cancelled_evening_is_told_to_all_and_to_the_substitute(
    world: GroupWorld, draft: Meeting, mails: Any
) -> None:
    meeting = announce_meeting(actor=world.coordinator, meeting=draft)
    person = world.members[1]
    answer_meeting(
        actor=person, meeting=meeting, person=person, answer="coming",
        substitute_name="Sisu Sijainen", substitute_email="sisu@example.org",
    )  # fmt: skip
    cancelled = cancel_meeting(actor=world.coordinator, meeting=meeting, note="Myrsky <tulee>")
    letters = [m for m in mails() if "cancelled" in m.kind]
    addresses = {m.to_address for m in letters}
    assert addresses == {*(p.email for p in world.members), "sisu@example.org"}
    for letter in letters:
        event = event_of(letter)
        assert (letter.calendar_method, event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
        assert "Myrsky <tulee>" in letter.text
        assert "Myrsky &lt;tulee&gt;" in letter.html
    acts: list[Callable[[], object]] = [
        lambda: cancel_meeting(actor=world.coordinator, meeting=cancelled),
        lambda: change_meeting(actor=world.coordinator, meeting=cancelled, changes={"theme": "x"}),
        lambda: announce_meeting(actor=world.coordinator, meeting=cancelled),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()
    revived = revive_meeting(actor=world.coordinator, meeting=cancelled)
    assert (revived.state, revived.sequence, revived.cancel_note) == ("announced", 2, "")
    assert event_of(mails()[-1])["STATUS"] == "CONFIRMED"


def test_a_draft_is_dropped_silently_and_announced_when_it_is_revived(
    world: GroupWorld, draft: Meeting, mails: Any
) -> None:
    dropped = cancel_meeting(actor=world.coordinator, meeting=draft)
    assert (mails(), dropped.sequence) == ([], 0)
    assert revive_meeting(actor=world.coordinator, meeting=dropped).state == "announced"
    assert [m.kind for m in mails()] == ["meetings.announced"] * 3


def test_what_has_begun_is_neither_changed_nor_cancelled(world: GroupWorld, draft: Meeting) -> None:
    meeting = announce_meeting(actor=world.coordinator, meeting=draft)
    with time_machine.travel(meeting.starts_at, tick=False):
        for act in (
            lambda: change_meeting(actor=world.coordinator, meeting=meeting, changes={"theme": "x"}),
            lambda: cancel_meeting(actor=world.coordinator, meeting=meeting),
            lambda: invite_person(
                actor=None, meeting=meeting, person=PersonFactory.create(), enterprise=None, as_visitor=True
            ),
        ):
            with pytest.raises(Refused):
                act()


def test_late_members_and_visitors_are_invited_once(world: GroupWorld, draft: Meeting, mails: Any) -> None:
    meeting = announce_meeting(actor=world.coordinator, meeting=draft)
    visitor, company = PersonFactory.create(), EnterpriseFactory.create(network=world.network)
    first, rsvp = (
        invite_person(
            actor=world.coordinator, meeting=meeting, person=visitor, enterprise=company, as_visitor=True
        )
        for _ in range(2)
    )
    assert first == rsvp
    assert (rsvp.is_visitor, rsvp.group_id) == (True, world.group.pk)
    assert [m.to_address for m in mails()].count(visitor.email) == 1
    with pytest.raises(NotAllowed):
        invite_person(
            actor=world.members[2], meeting=meeting, person=visitor, enterprise=company, as_visitor=False
        )


def test_pages_of_coordinator_and_host(as_person: Any, world: GroupWorld, draft: Meeting, mails: Any) -> None:
    browser = as_person(world.coordinator)
    base = f"/meetings/{draft.pk}"
    page = browser.get(f"{base}/announce/").content.decode()
    assert "3 people get it." in page
    assert f"Thu 4 Feb, 17:30, Ylivieska: {draft.theme}" in page
    assert mails() == []
    sent = browser.post(f"{base}/announce/", {"version": draft.version})
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{base}/answers/")
    assert len(mails()) == 3
    page = browser.get(f"{base}/answers/").content.decode()
    assert "1 person is coming" in page
    assert "Have not answered" in page
    again = browser.post(f"{base}/announce/", {"version": draft.version + 1})
    assert again.status_code == 422
    stale = browser.post(f"{base}/announce/", {"version": 1})
    assert stale.status_code == 409


def form_of(meeting: Meeting, **more: Any) -> dict[str, Any]:
    return {
        "version": meeting.version, "theme": meeting.theme, "day": "2027-02-05", "starts": "18:00",
        "ends": "20:30", "place": meeting.place, "address": meeting.address, "audience": "group",
        "municipality": meeting.municipality, "visitor_places": "2", **more,
    }  # fmt: skip


def test_the_change_page_and_two_people_at_once(
    as_person: Any, world: GroupWorld, draft: Meeting, mails: Any
) -> None:
    meeting = announce_meeting(actor=world.coordinator, meeting=draft)
    browser = as_person(world.coordinator)
    address = f"/meetings/{meeting.pk}/change/"
    assert 'value="17:30"' in browser.get(address).content.decode()
    assert browser.post(address, form_of(meeting, capacity="14")).status_code == 303
    moved = Meeting.objects.get(pk=meeting.pk)
    assert (moved.starts_at, moved.capacity) == (datetime(2027, 2, 5, 16, 0, tzinfo=UTC), 14)
    late = browser.post(address, form_of(meeting, theme="Another theme"))
    text = late.content.decode()
    assert late.status_code == 409
    assert "Another theme" in text and "There now" in text
    assert f'name="version" value="{moved.version}"' in text
    bad = browser.post(address, form_of(moved, theme="x" * 301, day="2027-02-30", capacity="0"))
    assert (bad.status_code, "x" * 301 in bad.content.decode()) == (422, True)
    mixed = browser.post(address, form_of(moved, starts="18:15", ends="17:15"))
    assert (mixed.status_code, "more than twelve hours" in mixed.content.decode()) == (422, True)
    assert len([m for m in mails() if m.kind == "meetings.changed"]) == 3


def test_the_cancel_page_and_back_again(as_person: Any, world: GroupWorld, draft: Meeting) -> None:
    meeting = announce_meeting(actor=world.coordinator, meeting=draft)
    browser = as_person(world.members[0])
    assert "3 people are told at once." in browser.get(f"/meetings/{meeting.pk}/cancel/").content.decode()
    browser.post(f"/meetings/{meeting.pk}/cancel/", {"version": meeting.version, "note": "Flu"})
    cancelled = Meeting.objects.get(pk=meeting.pk)
    assert (cancelled.state, cancelled.cancel_note) == ("cancelled", "Flu")
    assert browser.post(f"/meetings/{meeting.pk}/cancel/", {"version": cancelled.version}).status_code == 422
    browser.post(f"/meetings/{meeting.pk}/revive/", {"version": cancelled.version})
    assert Meeting.objects.get(pk=meeting.pk).state == "announced"


def test_strangers_find_nothing_and_readers_may_not(
    as_person: Any, world: GroupWorld, draft: Meeting
) -> None:
    meeting = announce_meeting(actor=world.coordinator, meeting=draft)
    for what in ("answers", "announce", "change", "cancel"):
        address = f"/meetings/{meeting.pk}/{what}/"
        assert as_person(None).get(address).status_code == 302
        assert as_person(make_group().coordinator).get(address).status_code == 404
        assert as_person(world.members[1]).get(address).status_code == 403
        assert as_person(world.national).get(address).status_code == 403
        assert as_person(world.coordinator).get(address).status_code == 200


def test_the_coordinator_writes_down_an_answer_by_phone(
    as_person: Any, world: GroupWorld, draft: Meeting
) -> None:
    meeting = announce_meeting(actor=world.coordinator, meeting=draft)
    browser, person = as_person(world.coordinator), world.members[1]
    rsvp = Rsvp.objects.get(meeting=meeting, person=person)
    address = f"/meetings/{meeting.pk}/answers/{person.pk}/"
    assert browser.post(address, {"answer": "coming", "version": rsvp.version}).status_code == 303
    noted = Rsvp.objects.get(pk=rsvp.pk)
    assert (noted.answer, noted.answered_by) == ("coming", world.coordinator)
    assert browser.post(address, {"answer": "maybe", "version": rsvp.version}).status_code == 409
    assert browser.post(address, {"answer": "?", "version": noted.version}).status_code == 422
    nobody = f"/meetings/{meeting.pk}/answers/{PersonFactory.create().pk}/"
    assert browser.post(nobody, {"answer": "coming", "version": 1}).status_code == 404
