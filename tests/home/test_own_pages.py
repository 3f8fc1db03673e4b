"""A member's own page, the coordinator's day and the network's health."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import EnterpriseFactory, make_group, make_meeting, make_season, make_turn

from ydin.calendar.models import FeedAddress
from ydin.groups.models import Application, GroupCoordinator, Seat
from ydin.kernel.clock import now
from ydin.meetings.models import Attendance, Memo, Promise
from ydin.meetings.rules.states import MeetingState

pytestmark = pytest.mark.django_db


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        text_of(client, url)
    return len(
        [
            q
            for q in asked
            if q["sql"].upper().startswith(("SELECT", "(SELECT", "WITH")) and "set_config" not in q["sql"]
        ]
    )


def test_own_pages_ask_to_sign_in(as_person) -> None:
    world = make_group()
    for url in ("/mine/", "/mine/groups/", "/mine/network/"):
        answer = as_person(None).get(url)
        assert answer.status_code == 302 and "login" in answer.headers["Location"]
    assert as_person(world.members[0]).get("/mine/groups/").status_code == 403
    for person in (world.members[0], world.coordinator):
        assert as_person(person).get("/mine/network/").status_code == 403


def test_a_member_finds_next_evening_turn_promise_and_group(as_person) -> None:
    world, other = make_group(), make_group()
    meeting = make_meeting(world, theme="Hinnoittelu", days=6)
    make_meeting(world, theme="Verkkokauppa", days=40)
    make_meeting(other, theme="Toisten", days=3)
    season = make_season(world)
    make_turn(season, world.companies[0], season.months[1], state="asked")
    make_turn(season, world.companies[1], season.months[2], state="asked")
    make_turn(season, world.companies[0], season.months[3], state="proposed")
    Promise.objects.create(
        meeting=meeting,
        group=world.group,
        enterprise=world.companies[0],
        person=world.members[0],
        what="Soitan pankkiin",
    )
    Promise.objects.create(
        meeting=meeting, group=world.group, enterprise=world.companies[1], what="Toisen lupaus"
    )
    FeedAddress.objects.create(person=world.members[0])
    page = text_of(as_person(world.members[0]), "/mine/")
    for shown in ("Hinnoittelu", "Verkkokauppa", "Are you coming?", "Say whether you can host", "Soitan pankkiin",
                  "1 calendar address", world.group.name, world.companies[0].name, "Aino Rantala"):  # fmt: skip
        assert shown in page
    assert "Toisten" not in page and "Toisen lupaus" not in page and page.count("Say whether") == 1
    meeting.rsvps.filter(person=world.members[0]).update(answer="coming", standing="admitted")
    page = text_of(as_person(world.members[0]), "/mine/")
    assert "is coming" in page and "Are you coming?" not in page


def test_somebody_without_a_seat_gets_first_steps(as_person) -> None:
    world = make_group(members=1)
    Seat.objects.all().delete()
    page = text_of(as_person(world.members[0]), "/mine/")
    assert "No evening has been announced" in page and "Find a group" in page


def test_my_page_asks_as_often_with_30_of_each(as_person) -> None:
    world = make_group(members=1)

    def grow(count: int) -> None:
        for number in range(count):
            meeting = make_meeting(world, days=number + 2)
            Promise.objects.create(
                meeting=meeting,
                group=world.group,
                enterprise=world.companies[0],
                person=world.members[0],
                what="x",
            )
            season = make_season(world, name=f"S{Promise.objects.count()}", months=2)
            make_turn(season, world.companies[0], season.months[1], state="asked")

    grow(1)
    client = as_person(world.members[0])
    first = queries_of(client, "/mine/")
    grow(29)
    assert queries_of(client, "/mine/") == first <= 18


def _busy(world) -> None:
    season = make_season(world)
    make_turn(season, world.companies[0], season.months[1], state="asked")
    make_turn(season, world.companies[1], season.months[2], state="cancelled")
    make_turn(season, world.companies[1], season.months[3], state="declined")
    make_turn(season, world.companies[2], season.months[3], state="proposed")
    make_meeting(world, days=5, theme="Kutsuttu")
    make_meeting(world, days=12, theme="", state=MeetingState.DRAFT, invited=False)
    make_meeting(world, days=-4, state=MeetingState.ANNOUNCED)
    for days in (-10, -40, -70):
        held = make_meeting(world, days=days, state=MeetingState.HELD)
        for company in world.companies[:2]:
            Attendance.objects.create(
                meeting=held, group=world.group, enterprise=company, recorded="coordinator"
            )
        if days < -10:
            Memo.objects.create(meeting=held, group=world.group)
    Application.objects.create(
        group=world.group, name="Uusi Yrittäjä", email="uusi@example.org", language="fi"
    )


def test_the_coordinators_day_names_what_needs_them(as_person) -> None:
    world, other = make_group(min_size=10), make_group()
    _busy(world)
    _busy(other)
    page = text_of(as_person(world.coordinator), "/mine/groups/")
    for shown in (
        f"{world.companies[0].name} has not said yet whether they can host",
        f"{world.companies[1].name} cannot host in",
        "has no theme yet",
        "have not been sent",
        "3 people have not answered the invitation",
        "has not been written down",
        "has no memo yet",
        "1 person has asked to visit or to join",
        f"Away from the last three evenings: {world.companies[2].name}.",
        "The group has 3 companies; it is meant to have at least 10",
    ):
        assert shown in page, shown
    assert page.count(">no host<") == 1
    assert other.group.name not in page and other.companies[2].name not in page
    assert "Uusi" not in page


def test_a_quiet_group_says_so(as_person) -> None:
    world = make_group(min_size=1)
    make_season(world)
    page = text_of(as_person(world.coordinator), "/mine/groups/")
    assert "Nothing today" in page and "Nothing waits for you" in page


def test_newcomers_do_not_drift_and_two_evenings_are_too_few(as_person) -> None:
    world = make_group()
    _busy(world)
    Seat.objects.filter(enterprise=world.companies[2]).update(starts_on=(now() - timedelta(days=30)).date())
    assert "Away from the last three" not in text_of(as_person(world.coordinator), "/mine/groups/")
    Seat.objects.filter(enterprise=world.companies[2]).update(starts_on=date(2020, 1, 1))
    Attendance.objects.filter(meeting__starts_at__lt=now() - timedelta(days=60)).delete()
    assert "Away from the last three" not in text_of(as_person(world.coordinator), "/mine/groups/")


def test_five_groups_cost_as_many_queries_as_one(as_person) -> None:
    world = make_group()
    _busy(world)
    client = as_person(world.coordinator)
    first = queries_of(client, "/mine/groups/")
    for _ in range(4):
        more = make_group(network=world.network)
        _busy(more)
        GroupCoordinator.objects.create(
            group=more.group, person=world.coordinator, starts_on=date(2020, 1, 1)
        )
    assert queries_of(client, "/mine/groups/") == first <= 15


def test_the_networks_health_is_counts_of_its_own_groups(as_person) -> None:
    world, other = make_group(), make_group()
    _busy(world)
    season = world.group.seasons.get()
    make_turn(season, EnterpriseFactory(network=world.network), season.months[4], state="accepted")
    client = as_person(world.national)
    page = text_of(client, "/mine/network/")
    assert world.group.name in page and "2 of 3 present" in page and "1 of 6 months agreed" in page
    assert other.group.name not in page and "Kutsuttu" not in page
    first = queries_of(client, "/mine/network/")
    for _ in range(5):
        _busy(make_group(network=world.network))
    assert queries_of(client, "/mine/network/") == first <= 12
