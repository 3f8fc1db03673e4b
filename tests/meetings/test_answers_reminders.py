"""Reminders: at nine in the group's zone, once, and only to those who have not answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from procrastinate.contrib.django import app
from tests.factories import GroupWorld, make_group, make_meeting

from ydin.kernel.acting import acting_as_system
from ydin.meetings.models import Meeting
from ydin.meetings.rules.answers import reminder_due
from ydin.meetings.services.announce import cancel_meeting, change_meeting
from ydin.meetings.services.answers import answer_meeting, remind_all
from ydin.outbox.models import Message
from ydin.people.models import NotificationChoice
from ydin.people.services import clear_address_failing, mark_address_failing

pytestmark = pytest.mark.django_db
STARTS = datetime(2027, 4, 1, 14, 30, tzinfo=UTC)  # Thursday, half past five in Helsinki, summer time


@pytest.fixture
def world() -> GroupWorld:
    return make_group(members=4)


@pytest.fixture
def meeting(world: GroupWorld) -> Meeting:
    return make_meeting(world, starts_at=STARTS, ends_at=STARTS + timedelta(hours=2))


def run(moment: datetime) -> int:
    """Run the periodic job at that moment."""
    with time_machine.travel(moment, tick=False), acting_as_system():
        before = _count()
        app.tasks["meetings.remind"].func(timestamp=0)
        return _count() - before


def _count() -> int:
    return Message.objects.filter(kind="meetings.reminder").count()


def test_at_nine_local_time_a_week_and_a_day_before_and_not_twice(
    world: GroupWorld, meeting: Meeting, mails: Any
) -> None:
    helsinki = ZoneInfo("Europe/Helsinki")
    week, day = datetime(2027, 3, 25, 9, tzinfo=helsinki), datetime(2027, 3, 31, 9, tzinfo=helsinki)
    assert run(week - timedelta(seconds=1)) == 0
    assert run(week) == 4
    assert run(week + timedelta(minutes=15)) == 0
    assert run(day - timedelta(minutes=1)) == 0
    assert run(day) == 4
    assert run(STARTS) == 0
    assert week.astimezone(UTC).hour == 7
    assert day.astimezone(UTC).hour == 6
    keys = {m.dedupe_key for m in mails()}
    assert keys == {f"reminder:{meeting.pk}:{p.pk}:{d}" for p in world.members for d in (7, 1)}


def test_only_those_who_have_not_answered_and_maybe_the_day_before(
    world: GroupWorld, meeting: Meeting, mails: Any
) -> None:
    for person, answer in zip(world.members, ("coming", "maybe", "not_coming"), strict=False):
        answer_meeting(actor=person, meeting=meeting, person=person, answer=answer)
    assert run(STARTS - timedelta(days=6)) == 1
    assert run(STARTS - timedelta(hours=20)) == 2
    receivers = [m.person_id for m in mails()]
    assert receivers[0] == world.members[3].pk
    assert set(receivers[1:]) == {world.members[1].pk, world.members[3].pk}
    assert any("You said maybe" in m.text for m in mails())


def test_one_click_turns_reminders_off(world: GroupWorld, meeting: Meeting, mails: Any) -> None:
    assert run(STARTS - timedelta(days=6)) == 4
    letter = mails()[0]
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter.headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    assert address in letter.text
    answer = Client().post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert NotificationChoice.objects.get(person=letter.person).wanted is False
    assert run(STARTS - timedelta(hours=20)) == 3


def test_nobody_is_reminded_whom_mail_does_not_reach(world: GroupWorld, meeting: Meeting) -> None:
    address = world.members[2].email
    mark_address_failing(actor=None, address=address, reason="550 5.1.1 no such box", permanent=True)
    assert run(STARTS - timedelta(days=6)) == 3
    clear_address_failing(actor=None, address=address.upper())
    assert run(STARTS - timedelta(hours=20)) == 4


def test_groups_choose_their_days(world: GroupWorld, meeting: Meeting) -> None:
    world.group.reminder_days = [3]
    world.group.save()
    assert run(STARTS - timedelta(days=6)) == 0
    assert run(STARTS - timedelta(days=2)) == 4
    world.group.reminder_days = []
    world.group.save()
    assert run(STARTS - timedelta(hours=1)) == 0


def test_nobody_is_reminded_just_after_the_invitation_or_of_a_cancelled_evening(
    world: GroupWorld, meeting: Meeting
) -> None:
    meeting.rsvps.update(invited_at=STARTS - timedelta(days=5))
    assert run(STARTS - timedelta(days=5) + timedelta(hours=1)) == 0
    cancel_meeting(actor=world.coordinator, meeting=meeting)
    assert run(STARTS - timedelta(hours=20)) == 0


def test_a_worker_that_slept_reminds_once_for_the_nearest_day(world: GroupWorld, meeting: Meeting) -> None:
    assert run(STARTS - timedelta(hours=3)) == 4
    assert run(STARTS - timedelta(hours=2)) == 0


def test_a_moved_evening_is_reminded_of_by_its_new_date(world: GroupWorld, meeting: Meeting) -> None:
    later = {"starts_at": STARTS + timedelta(days=7), "ends_at": STARTS + timedelta(days=7, hours=2)}
    change_meeting(actor=world.coordinator, meeting=meeting, changes=later)
    assert run(STARTS - timedelta(days=6)) == 0
    assert run(STARTS + timedelta(hours=1)) == 4


def test_a_thousandth_run_writes_nothing(world: GroupWorld, meeting: Meeting) -> None:
    moment = STARTS - timedelta(hours=20)
    assert remind_all(actor=None, moment=moment) == 4
    assert remind_all(actor=None, moment=moment) == 0


@pytest.mark.parametrize("zone", ["Europe/Helsinki", "America/New_York", "Pacific/Apia", "UTC"])
def test_the_local_date_counts_not_the_date_in_utc(zone: str) -> None:
    starts = datetime(2027, 2, 4, 0, 30, tzinfo=ZoneInfo(zone))
    nine = datetime(2027, 2, 3, 9, 0, tzinfo=ZoneInfo(zone))
    assert reminder_due(starts, [1], zone, nine) == (1, nine)
    assert reminder_due(starts, [1], zone, nine - timedelta(seconds=1)) is None
