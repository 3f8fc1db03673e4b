"""Evenings that were held before the group used Ydin are brought in with who was there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import GroupWorld, make_group

from ydin.audit.models import Entry
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed, Refused
from ydin.meetings.models import Attendance, Meeting
from ydin.meetings.rules.states import MeetingState, Recorded
from ydin.meetings.services.record import record_past_meeting
from ydin.outbox.models import Message

pytestmark = pytest.mark.django_db


def last_spring() -> tuple[datetime, datetime]:
    start = now() - timedelta(days=200)
    return start, start + timedelta(hours=2)


def bring_in(world: GroupWorld, **more: object) -> Meeting:
    starts_at, ends_at = last_spring()
    values: dict[str, object] = {
        "actor": world.coordinator,
        "group": world.group,
        "host": world.companies[0],
        "theme": "Talven tilinpäätös",
        "starts_at": starts_at,
        "ends_at": ends_at,
        "present": list(zip(world.members, world.companies, strict=True)),
    }
    return record_past_meeting(**{**values, **more})  # type: ignore[arg-type]


def test_a_past_evening_is_held_with_its_people_and_no_letters(mails: Callable[[], list[Message]]) -> None:
    world = make_group(members=3)
    meeting = bring_in(world, visitors=[("Matti Meikäläinen", "=Meikä Oy")])
    assert meeting.state == MeetingState.HELD
    rows = Attendance.objects.filter(meeting=meeting)
    assert rows.filter(as_visitor=False).count() == 3
    visitor = rows.get(as_visitor=True)
    assert (visitor.name, visitor.company, visitor.recorded) == (
        "Matti Meikäläinen",
        "=Meikä Oy",
        Recorded.COORDINATOR,
    )
    assert mails() == []
    assert Entry.objects.filter(action="meeting.brought_in", target_id=str(meeting.pk)).exists()


def test_it_takes_few_statements_whatever_the_number_of_people() -> None:
    world = make_group(members=25)
    with CaptureQueriesContext(connection) as queries:
        bring_in(world)
    assert len(queries) <= 10, [q["sql"][:80] for q in queries]


def test_who_is_named_twice_was_there_once() -> None:
    world = make_group(members=1)
    meeting = bring_in(world, present=[(world.members[0], world.companies[0])] * 2)
    assert meeting.attendances.count() == 1


def test_refusals() -> None:
    world, other = make_group(), make_group()
    for stranger in (world.members[0], other.coordinator, other.national):
        with pytest.raises(NotAllowed):
            bring_in(world, actor=stranger)
    start, end = last_spring()
    with pytest.raises(Refused):
        bring_in(world, starts_at=end, ends_at=start)
    with pytest.raises(Refused):
        bring_in(world, starts_at=now() + timedelta(days=1), ends_at=now() + timedelta(days=2))
    with pytest.raises(Refused):
        bring_in(world, host=other.companies[0])
    assert bring_in(world, actor=world.national).state == MeetingState.HELD
    assert bring_in(world, actor=None).state == MeetingState.HELD
