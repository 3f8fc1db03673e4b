"""Coordinators see whether letters arrive, never what is in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import LONG_AGO, GroupWorld, PersonFactory, make_group

from ydin.audit.models import Entry
from ydin.groups.models import GroupCoordinator, LetterState
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.networks.models import ContactCard, Representative
from ydin.outbox.emails import Letter
from ydin.outbox.models import Message
from ydin.outbox.rules import MessageState
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.people.policies import failing_addresses
from ydin.people.services import mark_address_failing

pytestmark = pytest.mark.django_db
CONTENT = "only for the receiver"
SignIn = Callable[[Person | None], Client]


@pytest.fixture
def world() -> GroupWorld:
    return make_group(members=2)


def _post(world: GroupWorld, number: int = 0, **more: object) -> None:
    person = world.members[0]
    fields = {"subject": f"Thu 4 Feb, no. {number}", "group_id": world.group.pk, **more}
    post(
        actor=None,
        letter=Letter(
            kind="meetings.announced", address=person.email, person=person, name=str(person), language="en",
            text=CONTENT, html=f"<p>{CONTENT}</p>", **fields,  # type: ignore[arg-type]
        ),
    )  # fmt: skip


def test_the_coordinator_sees_state_and_no_content(world: GroupWorld, as_person: SignIn) -> None:
    _post(world)
    _post(make_group(members=1), subject="of another group")
    _post(world, subject="a sign-in code", group_id=None)
    Message.objects.filter(subject="Thu 4 Feb, no. 0").update(
        state=MessageState.FAILED, last_error="550 no such box"
    )
    for reader in (world.coordinator, world.national):
        page = as_person(reader).get(reverse("groups:letters")).content.decode()
        assert "Thu 4 Feb, no. 0" in page
        assert "could not be delivered" in page
        assert "550 no such box" in page
        for hidden in (CONTENT, "of another group", "a sign-in code"):
            assert hidden not in page
    with acting_as(world.coordinator.pk):
        assert LetterState.objects.count() == 1
        assert Message.objects.count() == 0
    with acting_as(world.members[0].pk):
        assert LetterState.objects.count() == 0


def test_who_coordinates_nothing_gets_nothing(world: GroupWorld, as_person: SignIn) -> None:
    for reader in (world.members[0], PersonFactory()):
        assert as_person(reader).get(reverse("groups:letters")).status_code == 403
    assert Client().get(reverse("groups:letters")).status_code == 302


def test_outside_a_demo_the_outbox_leads_there(settings, as_person: SignIn, world: GroupWorld) -> None:
    settings.SHOWS_OUTBOX = False
    answer = as_person(world.coordinator).get(reverse("outbox:messages"))
    assert answer.headers["Location"] == reverse("groups:letters")
    _post(world)
    message = Message.objects.get()
    for name in ("message", "letter", "invitation"):
        assert (
            as_person(world.coordinator).get(reverse(f"outbox:{name}", args=[message.pk])).status_code == 404
        )


def test_one_query_count_for_one_and_for_thirty(world: GroupWorld, as_person: SignIn) -> None:
    client = as_person(world.coordinator)
    counts = []
    for number in (1, 30):
        for one in range(number):
            _post(world, one)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("groups:letters")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_address_that_fails_shows_a_number_and_is_tried_again(
    world: GroupWorld, as_person: SignIn
) -> None:
    person = world.members[0]
    ContactCard.objects.update_or_create(
        representative=Representative.objects.get(person=person), defaults={"phone": "040 555 0142"}
    )
    mark_address_failing(actor=None, address=person.email, reason="550 5.1.1 gone", permanent=True)
    [problem] = failing_addresses([person.email]).values()
    client = as_person(world.coordinator)
    page = client.get(reverse("groups:letters")).content.decode()
    assert 'href="tel:0405550142"' in page
    assert "550 5.1.1 gone" in page
    again = reverse("groups:letters_again", args=[problem.pk])
    stranger = as_person(make_group(members=1).coordinator)
    assert str(person.email) not in stranger.get(reverse("groups:letters")).content.decode()
    assert stranger.post(again).status_code == 403
    assert failing_addresses([person.email])
    assert client.get(again).status_code == 405
    assert client.post(again).status_code == 303
    assert not failing_addresses([person.email])
    assert Entry.objects.filter(action="address.tried_again").exists()


def test_letters_that_did_not_arrive_stand_on_the_coordinator_s_day(
    world: GroupWorld, as_person: SignIn
) -> None:
    for number in range(3):
        _post(world, number)
    page = as_person(world.coordinator).get(reverse("home:own-groups")).content.decode()
    assert "did not arrive" not in page
    Message.objects.exclude(subject__endswith="no. 0").update(
        state=MessageState.FAILED, last_error="554 5.6.0 looks like spam"
    )
    page = as_person(world.coordinator).get(reverse("home:own-groups")).content.decode()
    assert "2 letters of the last two weeks did not arrive." in page
    assert reverse("groups:letters") in page
    Message.objects.update(created_at=now() - timedelta(days=15))
    assert (
        "did not arrive" not in as_person(world.coordinator).get(reverse("home:own-groups")).content.decode()
    )


def test_the_group_is_told_where_there_are_several(world: GroupWorld, as_person: SignIn) -> None:
    _post(world)
    heading = '<th scope="col">Group</th>'
    page = as_person(world.coordinator).get(reverse("groups:letters")).content.decode()
    assert heading not in page
    GroupCoordinator.objects.create(
        group=make_group(members=1).group, person=world.coordinator, starts_on=LONG_AGO
    )
    page = as_person(world.coordinator).get(reverse("groups:letters")).content.decode()
    assert heading in page
    assert world.group.name in page
