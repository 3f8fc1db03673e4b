"""The gathered letter: at the person's hour, once, with what they may read then and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.factories import EnterpriseFactory, GroupWorld, PersonFactory, make_group, make_meeting

from ydin.calendar.models import Event
from ydin.calendar.rules import EventDetails, EventState
from ydin.calendar.services import announce_event, cancel_event, change_event, create_event
from ydin.groups.models import Seat
from ydin.groups.rules import SeatState
from ydin.home.services.digest import queue_digests, send_digest
from ydin.kernel.acting import acting_as_system
from ydin.meetings.models import Promise, Summary
from ydin.meetings.rules.states import Audience, MeetingState
from ydin.outbox.models import Message
from ydin.people.models import NotificationChoice, Person
from ydin.people.policies import due_for_digest
from ydin.people.rules import MailKind, Rhythm, digest_slot, spread_of
from ydin.people.services import mark_address_failing

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = datetime(2027, 2, 1, 7, 30, tzinfo=HELSINKI)
SECRET = "Nostan hinnat maaliskuussa"


@pytest.fixture
def world(db: None) -> GroupWorld:
    with time_machine.travel(MONDAY - timedelta(days=30), tick=False):
        return make_group(members=2)


def _news(world: GroupWorld) -> None:
    """One of each kind, all new in the week before."""
    with time_machine.travel(MONDAY - timedelta(days=2), tick=False):
        held = make_meeting(
            world, days=-5, theme="Varasto kuntoon", state=MeetingState.HELD, audience=Audience.NETWORK
        )
        Promise.objects.create(
            meeting=held, group=world.group, enterprise=world.companies[0], person=world.members[0],
            what=SECRET, due=date(2027, 2, 4),
        )  # fmt: skip
        Seat.objects.create(
            group=world.group, enterprise=EnterpriseFactory(network=world.network, name="Rajalan Savustamo"),
            starts_on=date(2027, 1, 30),
        )  # fmt: skip
        Summary.objects.create(
            meeting=held, text="Varasto pieneni puoleen.", published_at=MONDAY - timedelta(days=2)
        )
        Event.objects.create(
            network=world.network, state=EventState.ANNOUNCED, audience=Audience.PUBLIC, title="Kassavirta pöytään",
            starts_at=MONDAY + timedelta(days=9), ends_at=MONDAY + timedelta(days=9, hours=2),
            time_zone="Europe/Helsinki", municipality="Nivala", announced_at=MONDAY - timedelta(days=2),
        )  # fmt: skip


def _send(person: Person, slot: datetime = MONDAY) -> None:
    with acting_as_system():
        send_digest(actor=None, person_id=person.pk, slot=slot)


def test_it_tells_what_is_new_once_and_never_what_was_said(world: GroupWorld) -> None:
    _news(world)
    person = world.members[0]
    with time_machine.travel(MONDAY + timedelta(minutes=10), tick=False):
        _send(person)
        _send(person)
    [letter] = Message.objects.filter(kind="home.digest")
    assert letter.person == person
    assert letter.subject.startswith("Mon 1 Feb · ")
    for words in (
        "Falls due on Thu 4 Feb",
        "Rajalan Savustamo has joined",
        "Varasto kuntoon",
        "Kassavirta pöytään",
    ):
        assert words in letter.text
        assert words in letter.html
    assert SECRET not in letter.text + letter.html
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    week = MONDAY + timedelta(days=7)
    Promise.objects.all().delete()
    with time_machine.travel(week, tick=False):
        _send(person, week)
    assert Message.objects.filter(kind="home.digest").count() == 1, "what was told is not told again"


def test_an_event_that_was_corrected_after_it_was_told_is_no_news(world: GroupWorld) -> None:
    person, week = world.members[0], MONDAY + timedelta(days=7)
    details = EventDetails(
        title="Kassavirta pöytään", description="", audience=Audience.PUBLIC, language="fi",
        starts_at=MONDAY + timedelta(days=20), ends_at=MONDAY + timedelta(days=20, hours=2),
    )  # fmt: skip
    with time_machine.travel(MONDAY - timedelta(days=9), tick=False):
        event = create_event(actor=world.national, network=world.network, group=None, details=details)
    with time_machine.travel(MONDAY - timedelta(days=1), tick=False):
        event = announce_event(actor=world.national, event=event, version=event.version)
    with time_machine.travel(MONDAY, tick=False):
        _send(person)
    assert "Kassavirta" in Message.objects.get(kind="home.digest").text
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        corrected = replace(details, link="https://example.org/")
        event = change_event(actor=world.national, event=event, version=event.version, details=corrected)
        event.language = "sv"
        event.save()
        event = cancel_event(actor=world.national, event=event, version=event.version)
        announce_event(actor=world.national, event=event, version=event.version)
    Event.objects.update(sequence=0)
    with time_machine.travel(week, tick=False):
        _send(person, week)
    assert Message.objects.filter(kind="home.digest").count() == 1


def test_nothing_new_no_letter_and_strangers_read_nothing_of_the_group(world: GroupWorld) -> None:
    outsider = make_group(members=1).members[0]
    _news(world)
    with time_machine.travel(MONDAY, tick=False):
        _send(outsider)
    assert not Message.objects.filter(kind="home.digest").exists()
    outsider.refresh_from_db()
    assert outsider.digest_until == MONDAY


def test_who_left_before_it_leaves_reads_nothing(world: GroupWorld) -> None:
    _news(world)
    Seat.objects.filter(enterprise=world.companies[0]).update(state=SeatState.LEFT, ends_on=date(2027, 1, 31))
    with time_machine.travel(MONDAY, tick=False):
        _send(world.members[0])
    assert not Message.objects.filter(kind="home.digest").exists()


def test_without_news_the_own_group_remains(world: GroupWorld) -> None:
    _news(world)
    NotificationChoice.objects.create(person=world.members[0], kind=MailKind.NEWS, wanted=False)
    with time_machine.travel(MONDAY, tick=False):
        _send(world.members[0])
    [letter] = Message.objects.filter(kind="home.digest")
    assert "Rajalan Savustamo" in letter.text
    assert "Kassavirta" not in letter.text


def test_an_undone_claim_is_free_again(world: GroupWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed worker leaves: neither letter nor claim."""
    _news(world)
    person = world.members[0]

    def killed(**_given: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken, time_machine.travel(MONDAY, tick=False):
        broken.setattr("ydin.home.services.digest.post", killed)
        with pytest.raises(RuntimeError):
            _send(person)
    person.refresh_from_db()
    assert person.digest_until is None
    with time_machine.travel(MONDAY, tick=False):
        _send(person)
    assert Message.objects.filter(kind="home.digest").count() == 1


def test_a_crowd_is_queued_over_the_hour_and_each_once(db: None, run_jobs: Callable[..., list[str]]) -> None:
    with time_machine.travel(MONDAY - timedelta(days=9), tick=False):
        people = PersonFactory.create_batch(60)
    counts = []
    for minutes in range(0, 70, 5):
        with time_machine.travel(MONDAY + timedelta(minutes=minutes), tick=False), acting_as_system():
            before = ProcrastinateJob.objects.filter(task_name="home.send_digest").count()
            queue_digests(actor=None)
            queue_digests(actor=None)
            counts.append(ProcrastinateJob.objects.filter(task_name="home.send_digest").count() - before)
            run_jobs("home.send_digest")
    assert sum(counts) == len(people)
    assert max(counts) <= 15
    assert counts[-1] == 0
    with (
        CaptureQueriesContext(
            connection,
        ) as asked,
        time_machine.travel(MONDAY + timedelta(hours=3), tick=False),
    ):
        assert due_for_digest(datetime.now(UTC)) == []
    assert len(asked) <= 2


@pytest.mark.parametrize(
    ("local", "rhythm", "slot"),
    [
        ("2027-02-01T07:29", Rhythm.WEEKLY, "2027-01-25T07:30"),
        ("2027-02-01T07:30", Rhythm.WEEKLY, "2027-02-01T07:30"),
        ("2027-02-07T23:00", Rhythm.WEEKLY, "2027-02-01T07:30"),
        ("2027-02-01T07:29", Rhythm.DAILY, "2027-01-29T07:30"),
        ("2027-02-06T12:00", Rhythm.DAILY, "2027-02-05T07:30"),
        ("2027-03-28T12:00", Rhythm.DAILY, "2027-03-26T07:30"),
        ("2027-03-29T07:30", Rhythm.DAILY, "2027-03-29T07:30"),
    ],
)
def test_the_hour_is_of_the_persons_clock(local: str, rhythm: Rhythm, slot: str) -> None:
    found = digest_slot(datetime.fromisoformat(local).replace(tzinfo=HELSINKI), rhythm, time(7, 30))
    assert found.strftime("%Y-%m-%dT%H:%M") == slot


@pytest.mark.django_db
def test_who_is_due_and_who_is_not() -> None:
    with time_machine.travel(MONDAY - timedelta(days=30), tick=False):
        weekly, daily = PersonFactory(), PersonFactory(digest_rhythm=Rhythm.DAILY)
        abroad = PersonFactory(time_zone="America/New_York")
        off, away, failing = (
            PersonFactory(),
            PersonFactory(mail_paused_until=date(2027, 3, 1)),
            PersonFactory(),
        )
        told = PersonFactory(digest_until=MONDAY)
        NotificationChoice.objects.create(person=off, kind=MailKind.DIGEST, wanted=False)
        mark_address_failing(actor=None, address=failing.email, reason="550", permanent=True)

    def due(moment: datetime) -> set[int]:
        return {pk for pk, _slot in due_for_digest(moment)}

    assert due(MONDAY - timedelta(minutes=1)) == set()
    after = MONDAY + timedelta(hours=1)
    assert due(after) == {weekly.pk, daily.pk}
    assert {off.pk, away.pk, failing.pk, told.pk} & due(after) == set()
    assert due(MONDAY + spread_of(weekly.pk) - timedelta(seconds=1)) & {weekly.pk} == set()
    assert abroad.pk in due(MONDAY + timedelta(hours=8))
    assert due(datetime(2027, 2, 1, 23, tzinfo=HELSINKI)) & {weekly.pk} == set(), "not at night"
    assert due(datetime(2027, 2, 3, 12, tzinfo=HELSINKI)) == {weekly.pk, daily.pk, abroad.pk}, "caught up"
    assert due(datetime(2027, 2, 5, 12, tzinfo=HELSINKI)) == {daily.pk}
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        new = PersonFactory()
    assert new.pk not in due(MONDAY + timedelta(hours=3))
