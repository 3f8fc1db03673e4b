"""Row security alone, without any filter of the application."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from tests.factories import make_group, make_meeting

from ydin.kernel.acting import acting_as
from ydin.meetings.models import Attendance, HostingWish, Memo, Promise, Rsvp
from ydin.networks.models import ContactCard, Representative
from ydin.people.models import Person

CONFIDENTIAL = (Memo, Promise, Rsvp, Attendance, HostingWish)


@pytest.fixture
def worlds():
    ours, other = make_group(), make_group()
    for world in (ours, other):
        meeting = make_meeting(world)
        Memo.objects.create(meeting=meeting, group=world.group, discussed="secret")
        Promise.objects.create(meeting=meeting, group=world.group, enterprise=world.companies[0], what="x")
        Attendance.objects.create(
            meeting=meeting, group=world.group, person=world.members[0], recorded="coordinator"
        )
        season = world.group.seasons.create(name="s", months=[])
        HostingWish.objects.create(season=season, group=world.group, enterprise=world.companies[0])
        card_of = Representative.objects.get(person=world.members[0])
        ContactCard.objects.create(representative=card_of, phone="040 000000")
    return ours, other


def _counts(person: Person | None) -> list[int]:
    with acting_as(person.pk if person else None):
        return [m.objects.count() for m in CONFIDENTIAL]


@pytest.mark.django_db
def test_nobody_reads_nothing(worlds) -> None:
    assert _counts(None) == [0, 0, 0, 0, 0]
    with acting_as(None):
        assert ContactCard.objects.count() == 0


@pytest.mark.django_db
def test_members_and_coordinators_read_their_group_only(worlds) -> None:
    ours, _ = worlds
    for person in (ours.members[1], ours.coordinator):
        assert _counts(person) == [1, 1, 3, 1, 1]
        with acting_as(person.pk):
            assert {m.group_id for m in Memo.objects.all()} == {ours.group.pk}


@pytest.mark.django_db
def test_a_network_coordinator_is_no_reader_of_what_is_said(worlds) -> None:
    ours, _ = worlds
    assert _counts(ours.national) == [0, 0, 0, 1, 0]
    with acting_as(ours.national.pk):
        assert ContactCard.objects.count() == 1


@pytest.mark.django_db
def test_contact_details_are_for_the_coordinator_until_shared(worlds) -> None:
    ours, other = worlds
    for person, seen in (
        (ours.members[0], 1),
        (ours.members[1], 0),
        (ours.coordinator, 1),
        (other.coordinator, 1),
    ):
        with acting_as(person.pk):
            assert ContactCard.objects.count() == seen
    ContactCard.objects.update(shared_with_group=True)
    with acting_as(ours.members[1].pk):
        assert ContactCard.objects.count() == 1


@pytest.mark.django_db
def test_a_member_who_left_reads_nothing(worlds) -> None:
    ours, _ = worlds
    seat = ours.seats[1]
    seat.state, seat.ends_on = "left", seat.starts_on
    seat.save()
    assert _counts(ours.members[1])[0:2] == [0, 0]


@pytest.mark.django_db
def test_writing_into_another_group_is_refused(worlds) -> None:
    ours, other = worlds
    meeting = other.group.meetings.get()
    with acting_as(ours.members[0].pk), pytest.raises(DatabaseError), transaction.atomic():
        Promise.objects.create(
            meeting=meeting, group=other.group, enterprise=other.companies[0], what="intruder"
        )
    with acting_as(ours.members[0].pk):
        assert Memo.objects.filter(group=other.group).update(discussed="gone") == 0
