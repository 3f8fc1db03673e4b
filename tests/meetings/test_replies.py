"""Answers that come back by mail, from the invitation to the row."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import Settings
from tests.factories import GroupWorld, make_group, make_meeting
from tests.outbox.mails import calendar_mail, calendar_object, plain_mail

from ydin.audit.models import Entry
from ydin.kernel.addresses import read_address, reply_address, substitute_address
from ydin.kernel.clock import now
from ydin.meetings.models import Meeting, Rsvp, TimeProposal
from ydin.meetings.rules.states import Answer, MeetingState, Standing
from ydin.meetings.services.announce import cancel_meeting, change_meeting
from ydin.meetings.services.answers import answer_meeting
from ydin.outbox.models import InboundMail, Message
from ydin.outbox.services.inbound import store_mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _read_replies(settings: Settings) -> None:
    settings.REPLY_ADDRESS = "answers@example.org"


@pytest.fixture
def world() -> GroupWorld:
    return make_group(members=3)


@pytest.fixture
def meeting(world: GroupWorld) -> Meeting:
    return make_meeting(world)


@pytest.fixture
def comes_in(run_jobs: Callable[..., list[str]]) -> Callable[..., str]:
    """Let a mail come in for an address and be handled; returns the outcome."""

    def take(address: str, raw: bytes, sender: str = "aino@example.org") -> str:
        signed = read_address(address)
        assert signed is not None
        store_mail(actor=None, raw=raw, sender=sender, receivers=[signed])
        run_jobs("meetings.take_reply")
        return InboundMail.objects.order_by("-received_at").values_list("outcome", flat=True)[0]

    return take


def rsvp_of(meeting: Meeting, person: Any) -> Rsvp:
    return Rsvp.objects.get(meeting=meeting, person=person)


def letters(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=f"meetings.{kind}").order_by("created_at"))


def event_in(message: Message) -> Any:
    return Calendar.from_ical(message.calendar).walk("VEVENT")[0]


def test_the_invitation_asks_one_person_for_an_answer_that_we_read(world: GroupWorld) -> None:
    from ydin.meetings.services.announce import announce_meeting

    draft = make_meeting(
        world, invited=False, state=MeetingState.DRAFT, announced_at=None, latitude=64.1, longitude=24.5
    )
    announce_meeting(actor=world.coordinator, meeting=draft)
    member = world.members[1]
    letter = Message.objects.get(kind="meetings.announced", person=member)
    event, meeting = event_in(letter), Meeting.objects.get()
    assert Calendar.from_ical(letter.calendar)["METHOD"] == "REQUEST"
    organizer = event["ORGANIZER"]
    read = read_address(str(organizer).removeprefix("mailto:"))
    assert read is not None
    assert read.ids == (meeting.pk, member.pk)
    assert organizer.params["CN"] == "Kaisa Koordinaattori"
    attendee = event["ATTENDEE"]
    assert str(attendee) == f"mailto:{member.email}"
    assert attendee.params["RSVP"] == "TRUE"
    assert attendee.params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["URL"].startswith("http://testserver/a/")
    assert event["GEO"].to_ical() == "64.1;24.5"
    [alarm] = event.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY"
    assert alarm["TRIGGER"].dt == timedelta(hours=-24)
    reply_to = re.search(r"<(.*)>", letter.reply_to)
    assert reply_to is not None
    asked = read_address(reply_to[1])
    assert asked is not None
    assert asked.ids == (meeting.pk, member.pk, meeting.sequence)


def test_without_an_address_invitations_are_as_before(
    world: GroupWorld, meeting: Meeting, settings: Settings
) -> None:
    settings.REPLY_ADDRESS = ""
    change_meeting(actor=world.coordinator, meeting=meeting, changes={"theme": "Verkkokauppa"})
    letter = letters("changed")[0]
    event = event_in(letter)
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert str(event["ORGANIZER"]) == f"mailto:{world.coordinator.email}"
    assert letter.reply_to == world.coordinator.email


@pytest.mark.parametrize(
    ("status", "answer"),
    [("ACCEPTED", Answer.COMING), ("DECLINED", Answer.NOT_COMING), ("TENTATIVE", Answer.MAYBE)],
)
def test_a_calendar_reply_is_an_answer(
    meeting: Meeting, world: GroupWorld, comes_in: Callable[..., str], status: str, answer: Answer
) -> None:
    person = world.members[1]
    raw = calendar_mail(
        reply_address(meeting.pk, person.pk),
        calendar_object(meeting, status, lines="COMMENT:Myöhässä\\, ehkä"),
    )
    assert comes_in(reply_address(meeting.pk, person.pk), raw) == answer.value
    rsvp = rsvp_of(meeting, person)
    assert (rsvp.answer, rsvp.comment, rsvp.answered_by) == (answer, "Myöhässä, ehkä", person)
    assert rsvp.version == 2
    assert Entry.objects.filter(action="meeting.answered").count() == 1
    assert not Message.objects.exists()


def test_words_in_the_first_line_are_an_answer(
    meeting: Meeting, world: GroupWorld, comes_in: Callable[..., str]
) -> None:
    person = world.members[1]
    address = reply_address(meeting.pk, person.pk, 0)
    assert comes_in(address, plain_mail(address, "Tulen!\n\n> Oletko tulossa?\n")) == "coming"
    assert rsvp_of(meeting, person).standing == Standing.ADMITTED
    assert comes_in(address, plain_mail(address, "nej, tyvärr\n")) == "not_coming"
    assert rsvp_of(meeting, person).answer == Answer.NOT_COMING
    assert not Message.objects.exists()


def test_other_words_reach_the_coordinator_who_can_reply(
    meeting: Meeting, world: GroupWorld, comes_in: Callable[..., str]
) -> None:
    person = world.members[1]
    address = reply_address(meeting.pk, person.pk, 0)
    text = "Voinko tuoda koiran?\n<script>alert(1)</script>\n\n> Oletko tulossa?\n"
    assert comes_in(address, plain_mail(address, text, sender="kollega@example.org")) == "passed on"
    assert rsvp_of(meeting, person).answer == Answer.NONE
    [letter] = letters("reply_forwarded")
    assert letter.to_address == world.coordinator.email
    assert letter.reply_to == f"{person.name} <{person.email}>"
    assert "Voinko tuoda koiran?" in letter.text
    assert "Oletko tulossa" not in letter.text
    assert "kollega@example.org" in letter.text
    assert f"/meetings/{meeting.pk}/answers/" in letter.text
    assert "<script>" not in letter.html


def test_a_mail_is_taken_once_however_often_it_comes(
    meeting: Meeting, world: GroupWorld, comes_in: Callable[..., str], run_jobs: Callable[..., list[str]]
) -> None:
    person = world.members[1]
    address = reply_address(meeting.pk, person.pk, 0)
    raw = plain_mail(address, "tulen")
    comes_in(address, raw)
    comes_in(address, b"Received: by another relay\r\n" + raw)
    assert InboundMail.objects.count() == 1
    assert rsvp_of(meeting, person).version == 2
    assert comes_in(address, plain_mail(address, "tulen")) == "unchanged"
    assert rsvp_of(meeting, person).version == 2


def test_a_full_evening_puts_a_yes_on_the_waiting_list_and_says_so(
    meeting: Meeting, world: GroupWorld, comes_in: Callable[..., str]
) -> None:
    Meeting.objects.update(capacity=1)
    answer_meeting(actor=world.members[0], meeting=meeting, person=world.members[0], answer="coming")
    person = world.members[1]
    address = reply_address(meeting.pk, person.pk)
    assert comes_in(address, calendar_mail(address, calendar_object(meeting, "ACCEPTED"))) == "coming"
    assert rsvp_of(meeting, person).standing == Standing.WAITING
    [letter] = letters("reply_waiting")
    assert letter.person == person
    assert event_in(letter)["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"


def test_an_answer_to_an_earlier_time_is_no_answer_and_is_asked_again_once(
    meeting: Meeting, world: GroupWorld, comes_in: Callable[..., str]
) -> None:
    person = world.members[1]
    old = calendar_object(meeting, "ACCEPTED")
    moved = change_meeting(
        actor=world.coordinator,
        meeting=meeting,
        changes={"starts_at": meeting.starts_at + timedelta(minutes=30)},
    )
    address = reply_address(meeting.pk, person.pk)
    assert comes_in(address, calendar_mail(address, old)) == "asked again"
    words = reply_address(meeting.pk, person.pk, 0)
    assert comes_in(words, plain_mail(words, "tulen")) == "asked again"
    assert rsvp_of(meeting, person).answer == Answer.NONE
    [letter] = letters("reply_asked_again")
    assert event_in(letter)["SEQUENCE"] == moved.sequence
    renamed = change_meeting(actor=world.coordinator, meeting=moved, changes={"theme": "Verkkokauppa"})
    assert renamed.sequence == moved.sequence + 1
    assert comes_in(address, calendar_mail(address, calendar_object(moved, "ACCEPTED"))) == "coming"


def test_replies_that_overtake_each_other_leave_the_newest(
    meeting: Meeting, world: GroupWorld, comes_in: Callable[..., str]
) -> None:
    person = world.members[1]
    address = reply_address(meeting.pk, person.pk)
    late = calendar_object(meeting, "DECLINED", stamp=now())
    early = calendar_object(meeting, "ACCEPTED", stamp=now() - timedelta(minutes=5))
    assert comes_in(address, calendar_mail(address, late)) == "not_coming"
    assert comes_in(address, calendar_mail(address, early)) == "older"
    assert rsvp_of(meeting, person).answer == Answer.NOT_COMING


def test_a_delegate_comes_instead_and_gets_a_letter(
    meeting: Meeting, world: GroupWorld, comes_in: Callable[..., str]
) -> None:
    person = world.members[1]
    address = reply_address(meeting.pk, person.pk)
    delegated = calendar_object(
        meeting,
        "DELEGATED",
        parameters=';DELEGATED-TO="mailto:veli@example.org"',
        lines='ATTENDEE;CN=Veli Vaara;DELEGATED-FROM="mailto:aino@example.org":mailto:veli@example.org',
    )
    assert comes_in(address, calendar_mail(address, delegated)) == "coming"
    rsvp = rsvp_of(meeting, person)
    assert (rsvp.substitute_name, rsvp.substitute_email) == ("Veli Vaara", "veli@example.org")
    [letter] = letters("answer_substitute")
    assert str(event_in(letter)["ORGANIZER"]) == f"mailto:{substitute_address(meeting.pk, person.pk)}"
    own = substitute_address(meeting.pk, person.pk)
    refusal = calendar_object(meeting, "DECLINED", lines="COMMENT:flunssa")
    assert comes_in(own, calendar_mail(own, refusal)) == "passed on"
    [forwarded] = letters("reply_forwarded")
    assert "flunssa" in forwarded.text
    assert forwarded.reply_to == "Veli Vaara <veli@example.org>"
    assert rsvp_of(meeting, person).answer == Answer.COMING


def test_another_time_is_asked_for_and_the_host_keeps_the_time(
    meeting: Meeting,
    world: GroupWorld,
    comes_in: Callable[..., str],
    as_person: Callable[..., Client],
) -> None:
    person, host = world.members[1], world.members[0]
    address = reply_address(meeting.pk, person.pk)
    later = meeting.starts_at + timedelta(days=1)
    asked = calendar_object(
        meeting, "TENTATIVE", method="COUNTER", start=later, lines="COMMENT:Torstai sopisi paremmin"
    )
    assert comes_in(address, calendar_mail(address, asked)) == "time asked"
    proposal = TimeProposal.objects.get()
    assert (proposal.starts_at, proposal.ends_at - proposal.starts_at) == (
        later,
        timedelta(hours=2, minutes=30),
    )
    assert {m.to_address for m in letters("reply_time_asked")} == {host.email, world.coordinator.email}
    assert rsvp_of(meeting, person).answer == Answer.MAYBE

    page = as_person(host).get(f"/meetings/{meeting.pk}/answers/")
    assert "Torstai sopisi paremmin" in page.text
    answers = as_person(host).get(f"/meetings/{meeting.pk}/answers/").content.decode()
    move = f"/meetings/{meeting.pk}/change/?proposal={proposal.pk}"
    assert move in answers
    local = later.astimezone(ZoneInfo(meeting.time_zone))
    assert f'value="{local:%Y-%m-%d}"' in as_person(host).get(move).content.decode()
    plain = as_person(host).get(f"/meetings/{meeting.pk}/change/?proposal=99999999").content.decode()
    assert f'value="{local:%Y-%m-%d}"' not in plain
    kept = as_person(host).post(f"/meetings/{meeting.pk}/proposals/{proposal.pk}/keep/")
    assert kept.status_code == 303
    [letter] = letters("reply_time_kept")
    assert letter.person == person
    assert letter.calendar_method == "DECLINECOUNTER"
    assert Calendar.from_ical(letter.calendar)["METHOD"] == "DECLINECOUNTER"
    again = as_person(host).post(f"/meetings/{meeting.pk}/proposals/{proposal.pk}/keep/")
    assert again.status_code == 422
    assert as_person(world.members[2]).post(again.request["PATH_INFO"]).status_code == 403
    assert as_person(make_group().members[0]).post(again.request["PATH_INFO"]).status_code == 404


def test_moving_the_evening_closes_what_was_asked(
    meeting: Meeting, world: GroupWorld, comes_in: Callable[..., str]
) -> None:
    address = reply_address(meeting.pk, world.members[1].pk)
    later = meeting.starts_at + timedelta(days=1)
    comes_in(
        address, calendar_mail(address, calendar_object(meeting, "TENTATIVE", method="COUNTER", start=later))
    )
    meeting.refresh_from_db()
    changes = {"starts_at": later, "ends_at": later + timedelta(hours=2)}
    change_meeting(actor=world.coordinator, meeting=meeting, changes=changes)
    assert TimeProposal.objects.get().state == "moved"


def test_cancelled_begun_and_long_past_evenings_take_no_answer(
    meeting: Meeting, world: GroupWorld, comes_in: Callable[..., str]
) -> None:
    person = world.members[1]
    address = reply_address(meeting.pk, person.pk)
    cancel_meeting(actor=world.coordinator, meeting=meeting)
    assert comes_in(address, calendar_mail(address, calendar_object(meeting, "ACCEPTED"))) == "refused"
    [letter] = letters("reply_refused")
    assert "The evening is cancelled." in letter.text
    Meeting.objects.update(
        starts_at=now() - timedelta(days=90), ends_at=now() - timedelta(days=89), state=MeetingState.HELD
    )
    for _again in range(2):
        assert comes_in(address, plain_mail(address, "tulen")) == "long past"
    assert len(letters("reply_refused")) == 2
    assert rsvp_of(meeting, person).answer == Answer.NONE


@pytest.mark.parametrize(
    "header",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Auto_Response_Suppress": "OOF, AutoReply"},
        {"List_Id": "<list.example.org>"},
        {"Subject": "Automaattinen vastaus: loma"},
        {"Subject": "Autosvar: semester"},
        {"Subject": "Out of office"},
    ],
)
def test_machines_are_not_listened_to(
    meeting: Meeting, world: GroupWorld, comes_in: Callable[..., str], header: dict[str, str]
) -> None:
    address = reply_address(meeting.pk, world.members[1].pk, 0)
    raw = plain_mail(address, "yes", **header)
    assert comes_in(address, raw) == "automatic"
    assert not Message.objects.exists()
    assert rsvp_of(meeting, world.members[1]).answer == Answer.NONE


def test_the_null_sender_is_a_machine_and_gets_no_letter(
    meeting: Meeting, world: GroupWorld, comes_in: Callable[..., str]
) -> None:
    address = reply_address(meeting.pk, world.members[1].pk, 0)
    assert comes_in(address, plain_mail(address, "I am on holiday"), "") == "automatic"
    assert not Message.objects.exists()


def test_a_person_who_is_no_longer_invited_and_a_flood_change_nothing(
    meeting: Meeting, world: GroupWorld, comes_in: Callable[..., str]
) -> None:
    person = world.members[1]
    address = reply_address(meeting.pk, person.pk, 0)
    for number in range(12):
        comes_in(address, plain_mail(address, f"Hello number {number}"))
    assert len(letters("reply_forwarded")) == 10
    Rsvp.objects.filter(person=person).delete()
    assert comes_in(address, plain_mail(address, "tulen")) == "not invited"


def test_an_invitation_taken_back_leaves_the_calendar_of_one_person(
    meeting: Meeting,
    world: GroupWorld,
    as_person: Callable[..., Client],
    run_jobs: Callable[..., list[str]],
) -> None:
    Meeting.objects.update(capacity=1)
    first, second = world.members[1], world.members[2]
    answer_meeting(actor=first, meeting=meeting, person=first, answer="coming")
    answer_meeting(actor=second, meeting=meeting, person=second, answer="coming")
    address = f"/meetings/{meeting.pk}/answers/{first.pk}/withdraw/"
    assert as_person(second).post(address).status_code == 403
    host = as_person(world.members[0])
    assert host.post(address, {"version": "1"}).status_code == 409
    assert host.post(address, {"version": "2"}).status_code == 303
    assert host.post(address, {"version": "2"}).status_code == 404
    [letter] = letters("withdrawn")
    calendar = Calendar.from_ical(letter.calendar)
    assert calendar["METHOD"] == "CANCEL"
    event = calendar.walk("VEVENT")[0]
    assert event["SEQUENCE"] == meeting.sequence + 1
    assert "STATUS" not in event
    assert str(event["ATTENDEE"]) == f"mailto:{first.email}"
    run_jobs("meetings.fill_places")
    assert rsvp_of(meeting, second).standing == Standing.ADMITTED
    assert Rsvp.objects.filter(meeting=meeting).count() == 2
