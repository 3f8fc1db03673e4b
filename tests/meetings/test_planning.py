"""A season from the wishes to agreed hosts, through the pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import GroupWorld, make_group, make_season

from ydin.kernel.links import make_token
from ydin.meetings.models import HostingTurn, HostingWish, Meeting, PlanRevision, Season
from ydin.meetings.rules.states import MeetingState, SeasonState, TurnState
from ydin.outbox.models import Message
from ydin.people.models import Person

SignIn = Callable[[Person | None], Client]
Mails = Callable[[], list[Message]]
pytestmark = pytest.mark.django_db
FIRST = date(2027, 2, 1)


@pytest.fixture(autouse=True)
def _in_december() -> Iterator[None]:
    with time_machine.travel("2026-12-10 09:00+02:00", tick=False):
        yield


@pytest.fixture
def world() -> GroupWorld:
    return make_group(members=8, months_off=[7], weekdays=[1, 2, 3])


def wish(season: Season, world: GroupWorld, number: int, **fields: Any) -> HostingWish:
    values = {"can_host": True, "months": season.months, "answered_at": "2026-12-01T09:00Z", **fields}
    return HostingWish.objects.create(
        season=season, group=world.group, enterprise=world.companies[number], **values
    )


def board(client: Client, season: Season) -> str:
    answer = client.get(reverse("meetings:season", args=[season.pk]))
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def sealed(text: str) -> str:
    found = re.search(r'name="plan" value="([^"]+)"', text)
    assert found
    return found[1]


def live(season: Season) -> dict[date, HostingTurn]:
    rows = HostingTurn.objects.filter(season=season, state__in=["proposed", "asked", "accepted"])
    return {turn.month: turn for turn in rows}


def test_a_season_is_started_with_the_months_off_left_out(world: GroupWorld, as_person: SignIn) -> None:
    client = as_person(world.coordinator)
    address = reverse("meetings:season_new") + f"?group={world.group.pk}"
    page = client.get(address).content.decode()
    assert "Spring season 2027" in page
    assert "July" in page
    data = {"first": "2027-05-01", "count": "4", "name": "Kevät ’27", "wishes_until": ""}
    answer = client.post(address, data)
    assert answer.status_code == 303
    season = Season.objects.get()
    assert season.months == [date(2027, 5, 1), date(2027, 6, 1), date(2027, 8, 1)]
    assert season.state == SeasonState.DRAFT
    again = client.post(address, {**data, "first": "2027-09-01"})
    assert again.status_code == 422
    assert "a season of this name already" in again.content.decode()
    overlap = client.post(address, {**data, "first": "2027-06-01", "name": "another"})
    assert overlap.status_code == 422
    bad = client.post(address, {"first": "2027-99", "count": "0", "name": ""})
    assert bad.status_code == 422


def test_wishes_are_asked_once_reminded_and_entered_on_the_phone(
    world: GroupWorld, as_person: SignIn, mails: Mails
) -> None:
    season = make_season(world, first=FIRST, months=4)
    client = as_person(world.coordinator)
    assert "have not been asked yet" in board(client, season)
    client.post(reverse("meetings:wishes_ask", args=[season.pk]))
    client.post(reverse("meetings:wishes_ask", args=[season.pk]))
    asked = [m for m in mails() if m.kind == "meetings.wish_asked"]
    assert len(asked) == 8
    assert asked[0].subject.startswith("February–May 2027 · ")
    assert asked[0].reply_to == world.coordinator.email
    season.refresh_from_db()
    assert season.state == SeasonState.COLLECTING
    company = world.companies[0]
    address = reverse("meetings:wish_by_phone", args=[season.pk, company.pk])
    assert company.name in client.get(address).content.decode()
    data = {
        "can_host": "yes",
        "months": ["2027-03-01"],
        "capacity": "12",
        "version": "1",
        "away": "10.3.2027",
    }
    assert client.post(address, data).status_code == 303
    saved = HostingWish.objects.get(enterprise=company)
    assert (saved.months, saved.capacity, saved.away) == ([date(2027, 3, 1)], 12, [date(2027, 3, 10)])
    assert saved.answered_by == world.coordinator
    client.post(reverse("meetings:wishes_remind", args=[season.pk]))
    client.post(reverse("meetings:wishes_remind", args=[season.pk]))
    reminded = [m for m in mails() if m.kind == "meetings.wish_reminder"]
    assert len(reminded) == 7
    assert world.members[0].email not in {m.to_address for m in reminded}
    text = board(client, season)
    assert "7 companies have not told yet" in text


def test_the_wish_page_needs_no_account(world: GroupWorld, mails: Mails, as_person: SignIn) -> None:
    season = make_season(world, first=date(2028, 2, 1), months=3, state=SeasonState.COLLECTING)
    client = Client(HTTP_ACCEPT_LANGUAGE="de")
    address = reverse("meetings:wish", args=[make_token("wish", season.pk, world.members[2].pk)])
    page = client.get(address)
    text = page.content.decode()
    assert world.companies[2].name in text
    assert "29 Feb" in text
    empty = client.post(address, {"can_host": "yes", "version": "0"})
    assert empty.status_code == 422
    assert "Choose at least one month" in empty.content.decode()
    data = {
        "can_host": "yes",
        "months": ["2028-02-01", "2028-03-01"],
        "evening_2028-02_0": "2028-02-29",
        "evening_2028-02_1": "2028-02-15",
        "capacity": "14",
        "never_weekdays": ["3"],
        "away": "14.3.2028; 15.3.2028",
        "theme_offered": "Ääni & kuva 🎬",
        "theme_wanted": "näkyvyys",
        "version": "0",
    }
    assert client.post(address, data).status_code == 303
    saved = HostingWish.objects.get()
    assert saved.evenings == [date(2028, 2, 29), date(2028, 2, 15)]
    assert saved.never_weekdays == [3]
    assert saved.answered_by == world.members[2]
    assert "Ääni &amp; kuva 🎬" in client.get(address).content.decode()
    stale = client.post(address, data)
    assert stale.status_code == 409
    assert "This is what is there now" in stale.content.decode()
    bad = client.post(address, {**data, "away": "yesterday", "capacity": "-3", "version": "1"})
    assert bad.status_code == 422
    assert "is not a date" in bad.content.decode()
    no = client.post(address, {"can_host": "no", "version": "1"})
    assert no.status_code == 303
    saved.refresh_from_db()
    assert (saved.can_host, saved.months, saved.version) == (False, [], 2)
    Season.objects.update(state=SeasonState.PLANNING)
    closed = client.post(address, data)
    assert closed.status_code == 422
    assert "The season has been planned" in closed.content.decode()


def test_collect_plan_ask_accept_cancel_repair_undo(
    world: GroupWorld, as_person: SignIn, mails: Mails
) -> None:
    season = make_season(world, first=FIRST, months=5, state=SeasonState.COLLECTING)
    for number in range(7):
        wish(season, world, number)
    client = as_person(world.coordinator)
    page = client.get(reverse("meetings:season_plan", args=[season.pk])).content.decode()
    assert "Nothing has been done yet" in page
    assert not HostingTurn.objects.exists()
    assert (
        client.post(reverse("meetings:season_confirm", args=[season.pk]), {"plan": sealed(page)}).status_code
        == 303
    )
    turns = live(season)
    assert sorted(turns) == season.months
    assert len({turn.enterprise_id for turn in turns.values()}) == 5
    assert all(turn.evening.weekday() in (1, 2, 3) and turn.reasons for turn in turns.values())
    assert world.companies[7].pk not in {turn.enterprise_id for turn in turns.values()}
    text = board(client, season)
    assert "has never hosted" in text
    # a stale page is told
    stale = client.post(
        reverse("meetings:season_confirm", args=[season.pk]), {"plan": sealed(page)}, follow=True
    )
    assert "Somebody changed the season meanwhile" in stale.content.decode()
    # ask
    season.refresh_from_db()
    client.post(reverse("meetings:season_ask", args=[season.pk]), {"version": season.version})
    asked = [m for m in mails() if m.kind == "meetings.turn_asked"]
    assert len(asked) == 5
    season.refresh_from_db()
    assert season.state == SeasonState.RUNNING
    # accept by link
    april = live(season)[date(2027, 4, 1)]
    host = world.members[world.companies.index(april.enterprise)]
    token = make_token("host", april.pk, host.pk)
    stranger = Client()
    assert "Would you host in April?" in stranger.get(reverse("meetings:host", args=[token])).content.decode()
    accepted = stranger.post(reverse("meetings:host_accept", args=[token]))
    assert accepted.headers["Location"] == reverse("meetings:host_prepare", args=[token, "theme"])
    meeting = Meeting.objects.get()
    assert meeting.state == MeetingState.DRAFT
    assert (meeting.host, meeting.address) == (april.enterprise, "Tehtaantie 4")
    assert {"meetings.turn_accepted", "meetings.host_accepted"} <= {m.kind for m in mails()}
    # cancel later, coordinator told, board names the repair
    answer = stranger.post(
        reverse("meetings:host_decline", args=[token]),
        {"note": "Remontti kesken", "version": april.version + 1},
    )
    assert answer.status_code == 303
    april.refresh_from_db()
    assert april.state == TurnState.CANCELLED
    assert not Meeting.objects.exists()
    [told] = [m for m in mails() if m.kind == "meetings.host_cancelled"]
    assert told.to_address == world.coordinator.email
    assert "Remontti kesken" in told.text
    text = board(client, season)
    assert "could take it on" in text
    before = {m: (t.enterprise_id, t.evening) for m, t in live(season).items()}
    client.post(reverse("meetings:season_confirm", args=[season.pk]), {"plan": sealed(text), "ask": "yes"})
    after = live(season)
    assert {m: (t.enterprise_id, t.evening) for m, t in after.items() if m != april.month} == before
    assert after[april.month].state == TurnState.ASKED
    assert after[april.month].enterprise_id != april.enterprise_id
    # undo
    season.refresh_from_db()
    client.post(reverse("meetings:season_undo", args=[season.pk]), {"version": season.version})
    assert {m: (t.enterprise_id, t.evening) for m, t in live(season).items()} == before
    assert "meetings.turn_withdrawn" in {m.kind for m in mails()}
    assert PlanRevision.objects.filter(undone_at__isnull=True).count() == 1


def test_moving_locking_and_planning_anew(world: GroupWorld, as_person: SignIn, mails: Mails) -> None:
    season = make_season(world, first=FIRST, months=3, state=SeasonState.COLLECTING)
    for number in range(5):
        wish(season, world, number, never_weekdays=[3] if number == 4 else [])
    client = as_person(world.coordinator)
    page = client.get(reverse("meetings:season_plan", args=[season.pk])).content.decode()
    client.post(reverse("meetings:season_confirm", args=[season.pk]), {"plan": sealed(page)})
    turn = live(season)[FIRST]
    idle = next(
        c for c in world.companies[:5] if c.pk not in {t.enterprise_id for t in live(season).values()}
    )
    address = reverse("meetings:season_move", args=[season.pk, 2027, 2])
    text = client.get(address).content.decode()
    assert f'value="{idle.pk}:2027-02-' in text
    assert "hosts in March already" in text or "hosts in April already" in text
    assert client.post(address, {"choice": "x:y", "version": "0"}).status_code == 422
    assert client.post(address, {"choice": f"{idle.pk}:2027-03-09", "version": "0"}).status_code == 422
    preview = client.post(address, {"choice": f"{idle.pk}:2027-02-24", "version": "0"})
    assert "chosen by the coordinator" in preview.content.decode()
    assert live(season)[FIRST].enterprise_id == turn.enterprise_id
    client.post(
        reverse("meetings:season_confirm", args=[season.pk]), {"plan": sealed(preview.content.decode())}
    )
    moved = live(season)[FIRST]
    assert (moved.enterprise_id, moved.evening) == (idle.pk, date(2027, 2, 24))
    client.post(reverse("meetings:turn_lock", args=[season.pk, moved.pk]), {"version": moved.version})
    late = client.post(
        reverse("meetings:turn_unlock", args=[season.pk, moved.pk]), {"version": moved.version}, follow=True
    )
    assert "Somebody changed the season meanwhile" in late.content.decode()
    moved.refresh_from_db()
    assert moved.locked
    page = client.get(reverse("meetings:season_plan", args=[season.pk])).content.decode()
    client.post(reverse("meetings:season_confirm", args=[season.pk]), {"plan": sealed(page)})
    assert live(season)[FIRST].evening == date(2027, 2, 24)
    assert not mails()
    cancelled = live(season)[date(2027, 3, 1)]
    client.post(
        reverse("meetings:turn_cancel", args=[season.pk, cancelled.pk]), {"version": cancelled.version}
    )
    assert date(2027, 3, 1) not in live(season)


def test_who_has_not_answered_comes_last_and_is_marked(world: GroupWorld, as_person: SignIn) -> None:
    season = make_season(world, first=FIRST, months=4, state=SeasonState.COLLECTING)
    wish(season, world, 0)
    wish(season, world, 1, months=[date(2027, 3, 1)])
    wish(season, world, 2, can_host=False, months=[])
    client = as_person(world.coordinator)
    page = client.get(reverse("meetings:season_plan", args=[season.pk])).content.decode()
    assert "has not answered whether it can host" in page
    client.post(reverse("meetings:season_confirm", args=[season.pk]), {"plan": sealed(page)})
    hosts = {turn.enterprise_id for turn in live(season).values()}
    assert len(hosts) == 4
    assert {world.companies[0].pk, world.companies[1].pk} <= hosts
    assert world.companies[2].pk not in hosts


def test_a_month_that_nobody_can_take_says_why(world: GroupWorld, as_person: SignIn) -> None:
    season = make_season(world, first=FIRST, months=3, state=SeasonState.COLLECTING)
    for number in range(8):
        wish(season, world, number, months=[FIRST, date(2027, 3, 1)])
    client = as_person(world.coordinator)
    page = client.get(reverse("meetings:season_plan", args=[season.pk])).content.decode()
    assert "did not offer this month" in page
    client.post(reverse("meetings:season_confirm", args=[season.pk]), {"plan": sealed(page)})
    assert sorted(live(season)) == [FIRST, date(2027, 3, 1)]
    text = board(client, season)
    assert "Why is it open?" in text


@pytest.mark.parametrize(("months", "members"), [(3, 3), (12, 25)])
def test_the_board_costs_as_many_queries_for_a_large_group(
    as_person: SignIn, months: int, members: int
) -> None:
    world = make_group(members=members, months_off=[])
    season = make_season(world, first=FIRST, months=months, state=SeasonState.COLLECTING)
    for number in range(members):
        wish(season, world, number)
    client = as_person(world.coordinator)
    page = client.get(reverse("meetings:season_plan", args=[season.pk])).content.decode()
    client.post(reverse("meetings:season_confirm", args=[season.pk]), {"plan": sealed(page)})
    turn = live(season)[FIRST]
    client.post(reverse("meetings:turn_cancel", args=[season.pk, turn.pk]), {"version": turn.version})
    client.get(reverse("meetings:season", args=[season.pk]))
    with CaptureQueriesContext(connection) as made:
        client.get(reverse("meetings:season", args=[season.pk]))
    queries = [q["sql"] for q in made if "SAVEPOINT" not in q["sql"]]
    assert len(queries) == 13  # two say who reads it, by name


def test_rights(world: GroupWorld, as_person: SignIn) -> None:
    other = make_group(network=world.network)
    season = make_season(world, first=FIRST, months=3, state=SeasonState.COLLECTING)
    address = reverse("meetings:season", args=[season.pk])
    assert Client().get(address).status_code == 302
    assert as_person(world.members[0]).get(address).status_code == 404
    assert as_person(other.coordinator).get(address).status_code == 404
    assert as_person(make_group().national).get(address).status_code == 404
    national = as_person(world.national)
    assert national.get(address).status_code == 200
    for name in ("wishes_ask", "wishes_remind", "season_ask", "season_undo", "season_confirm"):
        assert national.post(reverse(f"meetings:{name}", args=[season.pk])).status_code == 403, name
        assert (
            as_person(other.coordinator).post(reverse(f"meetings:{name}", args=[season.pk])).status_code
            == 404
        )
    for name in ("season_plan", "wishes"):
        assert national.get(reverse(f"meetings:{name}", args=[season.pk])).status_code == 403
    new = reverse("meetings:season_new") + f"?group={world.group.pk}"
    assert national.get(new).status_code == 403
    assert as_person(other.coordinator).get(new).status_code == 404
    token = make_token("wish", season.pk, world.members[0].pk)
    for bad in (
        token[:-1],
        make_token("host", season.pk, world.members[0].pk),
        make_token("wish", season.pk, 0),
    ):
        assert Client().get(reverse("meetings:wish", args=[bad])).status_code == 404
    outsider = make_token("wish", season.pk, other.members[0].pk)
    assert Client().get(reverse("meetings:wish", args=[outsider])).status_code == 404
    seat = world.seats[0]
    seat.state, seat.ends_on = "left", date(2026, 12, 1)
    seat.save()
    assert Client().get(reverse("meetings:wish", args=[token])).status_code == 404
    tampered = as_person(world.coordinator).post(
        reverse("meetings:season_confirm", args=[season.pk]), {"plan": "abc"}, follow=True
    )
    assert "had been open too long" in tampered.content.decode()
