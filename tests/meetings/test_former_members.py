"""Who left a group or a company is invited no more, and sees nothing of the evenings to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar
from tests.factories import LONG_AGO, GroupWorld, PersonFactory, make_group, make_meeting

from ydin.groups.models import Seat
from ydin.groups.services.companies import end_representative
from ydin.groups.services.seats import change_seat, undo_seat_change
from ydin.kernel.acting import acting_as_system
from ydin.kernel.clock import now
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.policies import visible_meetings
from ydin.meetings.services.announce_withdraw import withdraw_former
from ydin.networks.models import Representative
from ydin.networks.queries import utc_today
from ydin.outbox.models import Message
from ydin.people.models import Person

pytestmark = pytest.mark.django_db
JOB = "meetings.withdraw_former"


@pytest.fixture
def world() -> GroupWorld:
    return make_group(members=4)


@pytest.fixture
def meeting(world: GroupWorld) -> Meeting:
    return make_meeting(world)


def invited(meeting: Meeting, person: Person) -> bool:
    return Rsvp.objects.filter(meeting=meeting, person=person).exists()


def at_night() -> None:
    with acting_as_system():
        withdraw_former(actor=None)


def withdrawn() -> list[Message]:
    return list(Message.objects.filter(kind="meetings.withdrawn"))


def test_a_seat_that_was_left_takes_the_coming_invitations_along(
    world: GroupWorld, meeting: Meeting, as_person: Callable[..., Client], run_jobs: Callable[..., list[str]]
) -> None:
    past = make_meeting(world, days=-10)
    gone, stays = world.members[1], world.members[2]
    visitor = PersonFactory()
    Rsvp.objects.create(meeting=meeting, group=world.group, person=visitor, is_visitor=True)
    client = as_person(gone)
    assert client.get(f"/meetings/{meeting.pk}/").status_code == 200
    change_seat(actor=world.coordinator, seat=world.seats[1], state="left")
    at_night()
    assert invited(meeting, gone), "it can still be taken back"
    with time_machine.travel(now() + timedelta(minutes=61)):
        run_jobs(JOB)
    assert not invited(meeting, gone)
    assert invited(meeting, stays)
    assert invited(meeting, visitor)
    assert invited(past, gone)
    [letter] = withdrawn()
    calendar = Calendar.from_ical(letter.calendar)
    assert (letter.to_address, calendar["METHOD"]) == (gone.email, "CANCEL")
    assert client.get(f"/meetings/{meeting.pk}/").status_code == 404
    assert meeting not in visible_meetings(gone)
    with time_machine.travel(now() + timedelta(minutes=62)):
        change_seat(actor=None, seat=Seat.objects.get(pk=world.seats[0].pk), state="left")
    with time_machine.travel(now() + timedelta(minutes=124)):
        run_jobs(JOB)
    assert invited(meeting, world.members[0]), "the company still hosts the evening"
    assert len(withdrawn()) == 1


def test_a_change_that_was_taken_back_takes_nobody_s_invitation(
    world: GroupWorld, meeting: Meeting, run_jobs: Callable[..., list[str]]
) -> None:
    seat = change_seat(actor=None, seat=world.seats[1], state="left")
    undo_seat_change(actor=None, seat=seat, version=seat.version)
    with time_machine.travel(now() + timedelta(hours=2)):
        run_jobs(JOB)
    assert invited(meeting, world.members[1])
    assert not withdrawn()


def test_whoever_acts_for_the_company_no_more_is_invited_no_more(
    world: GroupWorld, meeting: Meeting, run_jobs: Callable[..., list[str]]
) -> None:
    leaves, moves = world.members[1], world.members[2]
    for person in (leaves, moves):
        acts = Representative.objects.get(person=person)
        end_representative(actor=None, representative=acts, last_day=utc_today() + timedelta(days=1))
    Representative.objects.create(person=moves, enterprise=world.companies[3], starts_on=LONG_AGO)
    with time_machine.travel(now() + timedelta(days=1)):
        at_night()
    assert invited(meeting, leaves)
    with time_machine.travel(now() + timedelta(days=2)):
        run_jobs(JOB)
    assert not invited(meeting, leaves)
    assert Rsvp.objects.get(meeting=meeting, person=moves).enterprise == world.companies[3]
    assert [letter.to_address for letter in withdrawn()] == [leaves.email]


def test_a_slip_of_the_pen_invites_nobody(
    world: GroupWorld, meeting: Meeting, run_jobs: Callable[..., list[str]]
) -> None:
    person = PersonFactory()
    acts = Representative.objects.create(person=person, enterprise=world.companies[1], starts_on=utc_today())
    Rsvp.objects.create(meeting=meeting, group=world.group, person=person, enterprise=world.companies[1])
    end_representative(actor=None, representative=acts, last_day=utc_today() - timedelta(days=1))
    run_jobs(JOB)
    assert not invited(meeting, person)
