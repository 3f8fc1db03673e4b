"""The meeting's page and the evening: who sees what, ticking the list, marking as held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import GroupWorld, make_group, make_meeting

from ydin.audit.models import Entry
from ydin.groups.models import Seat
from ydin.groups.rules import SeatState
from ydin.kernel.clock import now
from ydin.meetings.models import Attendance, Meeting, Memo, Promise, Rsvp
from ydin.meetings.rules.states import Audience, MeetingState, Recorded
from ydin.meetings.services.record import close_meetings
from ydin.people.models import Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person | None], Client]

AGENDA = [
    {"minutes": 15, "title": "Kahvit"},
    {"minutes": 60, "title": "Teema"},
    {"minutes": 30, "title": "Lupaukset"},
]


def tonight(world: GroupWorld, **fields: Any) -> Meeting:
    """Return an evening that began half an hour ago."""
    start = now() - timedelta(minutes=30)
    return make_meeting(
        world, **{"starts_at": start, "ends_at": start + timedelta(hours=2), "agenda": AGENDA, **fields}
    )


def url(name: str, meeting: Meeting, *more: object) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk, *more])


def confide(world: GroupWorld, meeting: Meeting) -> None:
    Memo.objects.create(meeting=meeting, group=world.group, discussed="Kate on 40 %")
    Promise.objects.create(
        meeting=meeting, group=world.group, enterprise=world.companies[0], what="Soitan kolmelle"
    )


def somebody() -> Person:
    return Person.objects.create_user("vieras@example.org", name="Veli Vieras")


def visitor_of(world: GroupWorld, meeting: Meeting) -> Person:
    person = somebody()
    Rsvp.objects.create(meeting=meeting, group=world.group, person=person, is_visitor=True)
    return person


def test_a_member_reads_everything_of_the_evening(as_person: SignIn) -> None:
    world = make_group()
    meeting = tonight(world)
    confide(world, meeting)
    page = as_person(world.members[1]).get(url("meeting", meeting)).content.decode()
    for said in ("Tehtaantie 4", "Kahvit", "Kate on 40 %", "Soitan kolmelle", "Seen by 3 companies"):
        assert said in page
    assert url("evening", meeting) not in page


def test_a_paused_member_reads_too(as_person: SignIn) -> None:
    world = make_group()
    meeting = tonight(world)
    confide(world, meeting)
    world.seats[1].state = SeatState.PAUSED
    world.seats[1].save()
    assert "Kate on 40 %" in as_person(world.members[1]).get(url("memo", meeting)).content.decode()


def test_a_visitor_sees_the_evening_but_nothing_that_was_said(as_person: SignIn) -> None:
    world = make_group()
    meeting = tonight(world)
    confide(world, meeting)
    client = as_person(visitor_of(world, meeting))
    page = client.get(url("meeting", meeting)).content.decode()
    assert "Tehtaantie 4" in page
    for said in ("Kate on 40 %", "Soitan kolmelle", world.members[1].name, world.companies[1].name):
        assert said not in page
    for name in ("memo", "promises", "evening", "sheet_pdf", "attendance_table", "summary"):
        assert client.get(url(name, meeting)).status_code == 403


def test_the_network_coordinator_sees_attendance_but_not_what_was_said(as_person: SignIn) -> None:
    world = make_group()
    meeting = tonight(world)
    confide(world, meeting)
    Attendance.objects.create(
        meeting=meeting, group=world.group, person=world.members[0], recorded=Recorded.CODE
    )
    client = as_person(world.national)
    page = client.get(url("meeting", meeting)).content.decode()
    assert world.members[0].name in page
    assert "1 person was there" in page
    assert "Kate on 40 %" not in page
    assert "Soitan kolmelle" not in page
    assert client.get(url("attendance_table", meeting)).status_code == 200
    for name in ("memo", "promises", "evening", "sheet_pdf", "summary", "memo_write"):
        assert client.get(url(name, meeting)).status_code == 403


@pytest.mark.parametrize(
    "name", ["meeting", "evening", "memo", "promises", "sheet_pdf", "attendance_table", "summary"]
)
def test_people_of_other_groups_and_former_members_find_nothing(as_person: SignIn, name: str) -> None:
    world, other = make_group(), make_group()
    meeting = tonight(world, invited=False)
    Seat.objects.filter(pk=world.seats[2].pk).update(
        state=SeatState.LEFT, ends_on=now().date() - timedelta(days=1)
    )
    for person in (other.members[0], other.coordinator, other.national, world.members[2], somebody()):
        assert as_person(person).get(url(name, meeting)).status_code == 404
    asked = as_person(None).get(url(name, meeting))
    assert asked.status_code == 302
    assert asked["Location"].startswith("/accounts/login/")


def test_a_stranger_sees_a_public_evening_without_the_street(as_person: SignIn) -> None:
    world = make_group()
    meeting = tonight(world, audience=Audience.PUBLIC)
    confide(world, meeting)
    page = as_person(None).get(url("meeting", meeting)).content.decode()
    assert "Ylivieska" in page
    for said in ("Tehtaantie 4", "Kate on 40 %", "Soitan kolmelle", "Aino"):
        assert said not in page


def test_a_host_of_another_evening_is_a_member_on_this_one(as_person: SignIn) -> None:
    world = make_group()
    meeting = tonight(world)
    make_meeting(world, host=world.companies[1], invited=False)
    client = as_person(world.members[1])
    assert client.get(url("meeting", meeting)).status_code == 200
    for name in ("evening", "memo_write", "summary", "sheet"):
        assert client.get(url(name, meeting)).status_code == 403
    for name in ("hold", "visitor", "summary_publish"):
        assert client.post(url(name, meeting)).status_code == 403


def test_the_evening_shows_what_is_now_and_next(as_person: SignIn) -> None:
    world = make_group()
    meeting = tonight(world)
    for person in (world.coordinator, world.members[0]):
        page = as_person(person).get(url("evening", meeting)).content.decode()
        assert 'class="now" aria-current="step"' in page
        assert "KUUSI7" in page
        assert "<svg" in page
        assert "What is said here stays here." in page


def test_ticking_and_unticking_with_and_without_htmx(as_person: SignIn) -> None:
    world = make_group()
    meeting = tonight(world)
    client, key = as_person(world.members[0]), f"p{world.members[2].pk}"
    answer = client.post(url("tick", meeting, key))
    assert answer.status_code == 303
    row = Attendance.objects.get(meeting=meeting)
    assert (row.person, row.enterprise, row.recorded, row.recorded_by) == (
        world.members[2],
        world.companies[2],
        Recorded.COORDINATOR,
        world.members[0],
    )
    client.post(url("tick", meeting, key))
    assert Attendance.objects.filter(meeting=meeting).count() == 1
    swapped = client.post(url("untick", meeting, key), headers={"HX-Request": "true"})
    assert f'id="row-{key}"' in swapped.content.decode()
    assert "<html" not in swapped.content.decode()
    assert not Attendance.objects.filter(meeting=meeting).exists()
    acts = Entry.objects.filter(action__startswith="attendance.").order_by("at")
    assert [a.action for a in acts] == ["attendance.recorded", "attendance.removed"]


def test_a_name_that_is_not_on_the_list_cannot_be_ticked(as_person: SignIn) -> None:
    world, other = make_group(), make_group()
    meeting = tonight(world)
    answer = as_person(world.coordinator).post(url("tick", meeting, f"p{other.members[0].pk}"))
    assert answer.status_code == 422
    again = as_person(world.coordinator).post(
        url("tick", meeting, f"p{other.members[0].pk}"), headers={"HX-Request": "true"}
    )
    assert again["HX-Redirect"] == url("evening", meeting)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("days_ago", "host", "coordinator"), [(0, 303, 303), (3, 422, 303), (31, 422, 422), (-1, 422, 422)]
)
def test_how_long_the_list_stays_open(as_person: SignIn, days_ago: int, host: int, coordinator: int) -> None:
    world = make_group()
    start = now() - timedelta(days=days_ago, hours=1)
    meeting = tonight(world, starts_at=start, ends_at=start + timedelta(hours=2))
    path = url("tick", meeting, f"p{world.members[1].pk}")
    assert as_person(world.members[0]).post(path).status_code == host
    assert as_person(world.coordinator).post(path).status_code == coordinator


def test_lateness_only_where_the_group_records_it(as_person: SignIn) -> None:
    world = make_group()
    meeting = tonight(world)
    client, key = as_person(world.coordinator), f"p{world.members[1].pk}"
    client.post(url("tick", meeting, key))
    assert client.post(url("lateness", meeting, key), {"late": "on"}).status_code == 422
    world.group.records_lateness = True
    world.group.save()
    assert "came late" in client.get(url("evening", meeting)).content.decode()
    assert client.post(url("lateness", meeting, key), {"late": "on"}).status_code == 303
    assert Attendance.objects.get(meeting=meeting).late


def test_a_visitor_by_name_is_one_visitor(as_person: SignIn) -> None:
    world = make_group()
    meeting = tonight(world)
    client = as_person(world.coordinator)
    name = "O'Brien 🙂 " + "x" * 480
    for _again in range(2):
        assert client.post(url("visitor", meeting), {"name": name, "company": "=1+1"}).status_code == 303
    row = Attendance.objects.get(meeting=meeting)
    assert (row.name, row.company, row.as_visitor, row.person) == (name, "=1+1", True, None)
    answer = client.post(url("visitor", meeting), {"name": "  "})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    client.post(url("untick", meeting, f"v{row.pk}"), headers={"HX-Request": "true"})
    assert not Attendance.objects.exists()


def test_a_substitute_stands_on_the_list_for_the_company(as_person: SignIn) -> None:
    world = make_group()
    meeting = tonight(world)
    rsvp = Rsvp.objects.get(meeting=meeting, person=world.members[1])
    rsvp.answer, rsvp.substitute_name = "coming", "Veli Rantala"
    rsvp.save()
    client = as_person(world.coordinator)
    assert "instead of" in client.get(url("evening", meeting)).content.decode()
    client.post(url("tick", meeting, f"s{rsvp.pk}"))
    row = Attendance.objects.get(meeting=meeting)
    assert (row.person, row.name, row.enterprise, row.as_visitor) == (
        None,
        "Veli Rantala",
        world.companies[1],
        False,
    )
    client.post(url("untick", meeting, f"s{rsvp.pk}"))
    assert not Attendance.objects.exists()


def test_held_after_the_start_only_and_taken_back_within_a_day(as_person: SignIn) -> None:
    world = make_group()
    ahead = make_meeting(world, invited=False)
    client = as_person(world.coordinator)
    assert client.post(url("hold", ahead)).status_code == 422
    meeting = tonight(world)
    for _again in range(2):
        assert client.post(url("hold", meeting)).status_code == 303
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    assert as_person(world.members[0]).post(url("hold_undo", meeting)).status_code == 403
    assert client.post(url("hold_undo", meeting)).status_code == 303
    meeting.refresh_from_db()
    assert (meeting.state, meeting.held_at) == (MeetingState.ANNOUNCED, None)
    client.post(url("hold", meeting))
    Meeting.objects.filter(pk=meeting.pk).update(held_at=now() - timedelta(days=2))
    assert client.post(url("hold_undo", meeting)).status_code == 422


def test_a_day_after_its_end_an_evening_with_attendance_counts_as_held() -> None:
    world = make_group()
    start = now() - timedelta(days=2)
    times: dict[str, Any] = {"starts_at": start, "ends_at": start + timedelta(hours=2), "invited": False}
    ticked, empty = make_meeting(world, **times), make_meeting(world, **times)
    fresh = tonight(world, invited=False)
    for meeting in (ticked, fresh):
        Attendance.objects.create(
            meeting=meeting, group=world.group, person=world.members[0], recorded=Recorded.CODE
        )
    assert close_meetings(actor=None) == 1
    assert close_meetings(actor=None) == 0
    states = [Meeting.objects.get(pk=m.pk).state for m in (ticked, empty, fresh)]
    assert states == [MeetingState.HELD, MeetingState.ANNOUNCED, MeetingState.ANNOUNCED]


@pytest.mark.parametrize("name", ["meeting", "evening", "sheet"])
def test_the_number_of_statements_does_not_grow_with_the_group(as_person: SignIn, name: str) -> None:
    counts = []
    for size in (2, 25):
        world = make_group(members=size)
        meeting = tonight(world)
        confide(world, meeting)
        for person in world.members[1:]:
            Attendance.objects.create(meeting=meeting, group=world.group, person=person, recorded="code")
        client = as_person(world.coordinator)
        client.get(url(name, meeting))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(name, meeting)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 24
