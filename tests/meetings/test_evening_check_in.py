"""Checking in at the door with the code: known, by address, by name, and never with a list of names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.factories import GroupWorld, make_group, make_meeting

from ydin.kernel.clock import now
from ydin.kernel.links import make_token
from ydin.meetings.models import Attendance, Meeting, Rsvp
from ydin.meetings.rules.states import MeetingState, Recorded
from ydin.meetings.views import evening_check_in
from ydin.people.models import Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person | None], Client]
CODE = "KUUSI7"


@pytest.fixture(autouse=True)
def _empty_counters() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def tonight(world: GroupWorld, **fields: Any) -> Meeting:
    start = now() - timedelta(minutes=30)
    return make_meeting(world, **{"starts_at": start, "ends_at": start + timedelta(hours=2), **fields})


def path(name: str = "check_in", code: str = CODE) -> str:
    return reverse(f"meetings:{name}", args=[code])


def door(client: Client, way: str, **data: str) -> Any:
    return client.post(path(f"check_in_{way}"), data)


def strict() -> Client:
    """A device without cookies: nothing would carry a CSRF token."""
    return Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")


def test_a_signed_in_member_needs_one_button(as_person: SignIn) -> None:
    world = make_group()
    meeting = tonight(world)
    client = as_person(world.members[1])
    page = client.get(path()).content.decode()
    assert "I am here" in page
    assert world.members[2].name not in page
    assert not Attendance.objects.exists()
    for _again in range(2):
        assert door(client, "here").status_code == 303
    row = Attendance.objects.get(meeting=meeting)
    assert (row.person, row.enterprise, row.recorded, row.as_visitor) == (
        world.members[1],
        world.companies[1],
        Recorded.CODE,
        False,
    )
    assert "you are on the list" in client.get(path()).content.decode()


def test_the_answer_link_knows_who_comes_without_cookies() -> None:
    world = make_group()
    meeting = tonight(world)
    token = make_token("answer", meeting.pk, world.members[0].pk)
    client = strict()
    assert world.members[0].name in client.get(path(), {"a": token}).content.decode()
    assert door(client, "here", a=token).status_code == 303
    assert Attendance.objects.get().person == world.members[0]


def test_a_link_of_another_evening_or_a_forged_one_is_nobody() -> None:
    world = make_group()
    meeting = tonight(world)
    other = make_meeting(world, check_in_code="MUUALL")
    for token in (make_token("answer", other.pk, world.members[0].pk), "1-2.forged", "x"):
        client = strict()
        assert world.members[0].name not in client.get(path(), {"a": token}).content.decode()
        assert door(client, "here", a=token).status_code == 303
    assert not Attendance.objects.filter(meeting=meeting).exists()


def test_by_address_the_answer_tells_nothing() -> None:
    world = make_group()
    meeting = tonight(world)
    answers = []
    for email in (world.members[1].email.upper(), "kukaan@example.org"):
        client = strict()
        answer = client.post(path("check_in_address"), {"email": email}, follow=True)
        answers.append((answer.redirect_chain, answer.content))
    assert answers[0] == answers[1]
    row = Attendance.objects.get(meeting=meeting)
    assert (row.person, row.recorded) == (world.members[1], Recorded.CODE)


def test_a_substitute_and_an_invited_visitor_are_found_by_address() -> None:
    world = make_group()
    meeting = tonight(world)
    rsvp = Rsvp.objects.get(meeting=meeting, person=world.members[1])
    rsvp.answer, rsvp.substitute_name, rsvp.substitute_email = "coming", "Veli", "veli@example.org"
    rsvp.save()
    guest = Person.objects.create_user("vieras@example.org", name="Vieras")
    Rsvp.objects.create(meeting=meeting, group=world.group, person=guest, is_visitor=True)
    for email in ("Veli@example.org", "veli@example.org", guest.email):
        door(strict(), "address", email=email)
    rows = {row.name: row for row in Attendance.objects.all()}
    assert len(rows) == 2
    assert (rows["Veli"].enterprise, rows["Veli"].as_visitor) == (world.companies[1], False)
    assert rows[guest.name].as_visitor


def test_a_visitor_by_name_is_written_once() -> None:
    world = make_group()
    meeting = tonight(world)
    for name in ("Åke O'Brien 🙂", "åke o'brien 🙂"):
        assert door(strict(), "visitor", name=name, company="=HYPERLINK()").status_code == 303
    row = Attendance.objects.get(meeting=meeting)
    assert (row.name, row.as_visitor, row.recorded) == ("Åke O'Brien 🙂", True, Recorded.CODE)
    wrong = door(strict(), "visitor", name="", company="x")
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.content.decode()
    assert door(strict(), "visitor", name="x" * 501).status_code == 422
    assert door(strict(), "address", email="no address").status_code == 422


def test_a_signed_in_stranger_is_a_visitor(as_person: SignIn) -> None:
    world, other = make_group(), make_group()
    meeting = tonight(world)
    door(as_person(other.members[0]), "here")
    row = Attendance.objects.get(meeting=meeting)
    assert (row.person, row.enterprise, row.as_visitor) == (other.members[0], other.companies[0], True)


@pytest.mark.parametrize(
    ("minutes", "state", "is_open"),
    [
        (-121, MeetingState.ANNOUNCED, False),
        (-119, MeetingState.ANNOUNCED, True),
        (120 + 179, MeetingState.HELD, True),
        (120 + 181, MeetingState.HELD, False),
        (10, MeetingState.CANCELLED, False),
        (10, MeetingState.DRAFT, False),
    ],
)
def test_the_door_is_open_around_the_evening_only(minutes: int, state: str, is_open: bool) -> None:
    start = now() - timedelta(minutes=minutes)
    tonight(make_group(), starts_at=start, ends_at=start + timedelta(hours=2), state=state)
    client = Client()
    assert client.get(path()).status_code == (200 if is_open else 404)
    assert door(client, "visitor", name="Veli").status_code == (303 if is_open else 404)
    assert Attendance.objects.exists() is is_open


def test_the_code_is_typed_in_any_way_and_a_wrong_one_is_told_kindly() -> None:
    tonight(make_group())
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    answer = client.get(reverse("meetings:check_in_start"), {"code": " kuu-si 7"})
    assert answer["Location"] == path()
    assert client.get(reverse("meetings:check_in_start"), {"code": "!?"}).status_code == 422
    assert client.get(path(code="ACDEFG")).status_code == 404
    assert client.get(path(code="kuusi7")).status_code == 200


def test_the_host_is_led_from_the_code_of_the_paper_to_keying_in(as_person: SignIn) -> None:
    world = make_group()
    start = now() - timedelta(days=1, hours=-1)
    meeting = tonight(world, starts_at=start, ends_at=start + timedelta(hours=2))
    sheet = reverse("meetings:sheet", args=[meeting.pk])
    assert sheet in as_person(world.coordinator).get(path()).content.decode()
    assert sheet not in as_person(world.members[1]).get(path()).content.decode()


def test_guessing_codes_and_filling_the_list_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evening_check_in, "MOST_GUESSES", 3)
    monkeypatch.setattr(evening_check_in, "MOST_ENTRIES", 4)
    tonight(make_group())
    client = Client()
    answers = [client.get(path(code=f"ACDEF{n}")).status_code for n in (3, 4, 6, 7)]
    assert answers == [404, 404, 404, 429]
    entries = [door(client, "visitor", name=f"Veli {n}").status_code for n in range(6)]
    assert entries == [303] * 4 + [429] * 2
    assert Attendance.objects.count() == 4
