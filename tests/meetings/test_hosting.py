"""The host: yes, no, swap, and the three steps, by personal link and signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.factories import GroupWorld, make_group, make_season, make_turn

from ydin.kernel.links import make_token
from ydin.meetings.models import HostingTurn, HostingWish, Meeting, Rsvp, Season, Swap
from ydin.meetings.rules.states import MeetingState, SwapState, TurnState
from ydin.meetings.services.planning_hosting import accept_turn
from ydin.outbox.models import Message
from ydin.people.models import Person

SignIn = Callable[[Person | None], Client]
Mails = Callable[[], list[Message]]
pytestmark = pytest.mark.django_db
FEBRUARY, MARCH, OCTOBER = date(2027, 2, 1), date(2027, 3, 1), date(2027, 10, 1)


@pytest.fixture(autouse=True)
def _in_december() -> Iterator[None]:
    with time_machine.travel("2026-12-10 09:00+02:00", tick=False):
        yield


@pytest.fixture
def world() -> GroupWorld:
    return make_group(
        members=5, months_off=[7], weekdays=[1, 2, 3], agenda_template=[{"minutes": 30, "title": "Kahvit"}]
    )


def asked(world: GroupWorld, number: int, month: date, season: Season, **fields: Any) -> HostingTurn:
    values = {"state": TurnState.ASKED, **fields}
    return make_turn(season, world.companies[number], month, **values)


def link(name: str, turn: HostingTurn, person: Any, *more: str) -> str:
    return reverse(f"meetings:{name}", args=[make_token("host", turn.pk, person.pk), *more])


@pytest.mark.parametrize(
    ("evening", "begins"),
    [
        (date(2027, 3, 25), datetime(2027, 3, 25, 15, 30, tzinfo=UTC)),
        (date(2027, 3, 30), datetime(2027, 3, 30, 14, 30, tzinfo=UTC)),
        (date(2027, 10, 28), datetime(2027, 10, 28, 14, 30, tzinfo=UTC)),
        (date(2028, 2, 29), datetime(2028, 2, 29, 15, 30, tzinfo=UTC)),
    ],
)
def test_accepting_drafts_the_evening_on_the_clock_of_the_place(
    world: GroupWorld, evening: date, begins: datetime
) -> None:
    month = evening.replace(day=1)
    season = make_season(world, first=month, months=1)
    turn = asked(world, 0, month, season, evening=evening)
    meeting = accept_turn(actor=world.members[0], turn=turn)
    assert (meeting.starts_at, (meeting.ends_at - meeting.starts_at).seconds) == (begins, 9000)
    assert (meeting.capacity, meeting.visitor_places, meeting.time_zone) == (20, 2, "Europe/Helsinki")
    assert meeting.agenda == [{"minutes": 30, "title": "Kahvit"}]
    assert accept_turn(actor=world.members[0], turn=turn) == meeting


def test_declining_tells_why(world: GroupWorld, mails: Mails) -> None:
    season = make_season(world, first=FEBRUARY, months=2)
    turn = asked(world, 0, FEBRUARY, season)
    client = Client()
    page = client.get(link("host_cannot", turn, world.members[0])).content.decode()
    assert "Give the month back" in page
    data = {"note": "Lomalla O’Brienin luona 🌴", "version": turn.version}
    client.post(link("host_decline", turn, world.members[0]), data)
    turn.refresh_from_db()
    assert (turn.state, turn.note) == (TurnState.DECLINED, "Lomalla O’Brienin luona 🌴")
    [letter] = mails()
    assert (letter.kind, letter.to_address) == ("meetings.host_cancelled", world.coordinator.email)
    assert letter.reply_to == world.members[0].email
    again = client.get(link("host", turn, world.members[0])).content.decode()
    assert "You have said no, and that is fine." in again
    late = client.post(link("host_accept", turn, world.members[0]), follow=True)
    assert "This turn is over" in late.content.decode()


def test_links_hold_only_for_the_host(world: GroupWorld) -> None:
    season = make_season(world, first=FEBRUARY, months=2)
    turn = asked(world, 0, FEBRUARY, season)
    client = Client()
    assert client.get(link("host", turn, world.members[0])).status_code == 200
    assert client.get(link("host", turn, world.members[1])).status_code == 404
    other = reverse("meetings:host", args=[make_token("wish", turn.pk, world.members[0].pk)])
    assert client.get(other).status_code == 404
    assert client.get(link("host_accept", turn, world.members[0])).status_code == 405
    assert HostingTurn.objects.get().state == TurnState.ASKED
    seat = world.seats[0]
    seat.state, seat.ends_on = "left", date(2026, 12, 1)
    seat.save()
    assert client.get(link("host", turn, world.members[0])).status_code == 404


def test_two_hosts_change_months(world: GroupWorld, mails: Mails) -> None:
    season = make_season(world, first=FEBRUARY, months=2)
    mine = asked(world, 0, FEBRUARY, season, state=TurnState.PROPOSED)
    theirs = asked(world, 1, MARCH, season)
    HostingWish.objects.create(
        season=season,
        group=world.group,
        enterprise=world.companies[0],
        answered_at="2026-12-01T09:00Z",
        months=[FEBRUARY],
        away=[theirs.evening],
    )
    accept_turn(actor=None, turn=mine)
    Meeting.objects.update(theme="Hinnoittelu")
    client = Client()
    page = client.get(link("host_cannot", mine, world.members[0])).content.decode()
    assert world.companies[1].name in page
    assert client.post(link("host_swap", mine, world.members[0]), {}).status_code == 422
    client.post(link("host_swap", mine, world.members[0]), {"other": theirs.pk})
    swap = Swap.objects.get()
    [letter] = [m for m in mails() if m.kind == "meetings.swap_asked"]
    assert letter.to_address == world.members[1].email
    token = make_token("swap", swap.pk, world.members[1].pk)
    assert reverse("meetings:swap", args=[token]) in letter.text
    intruder = make_token("swap", swap.pk, world.members[2].pk)
    assert client.get(reverse("meetings:swap", args=[intruder])).status_code == 404
    assert "Would you change months?" in client.get(reverse("meetings:swap", args=[token])).content.decode()
    client.post(reverse("meetings:swap_accept", args=[token]))
    swap.refresh_from_db()
    assert swap.state == SwapState.ACCEPTED
    now = {t.month: t for t in HostingTurn.objects.filter(state=TurnState.ACCEPTED)}
    assert now[FEBRUARY].enterprise == world.companies[1]
    assert now[FEBRUARY].evening == mine.evening
    assert now[MARCH].enterprise == world.companies[0]
    assert now[MARCH].evening != theirs.evening
    kept = Meeting.objects.get(theme="Hinnoittelu")
    assert kept.turn == now[MARCH]
    assert kept.starts_at.date() == now[MARCH].evening
    assert Meeting.objects.count() == 2
    assert len([m for m in mails() if m.kind == "meetings.swap_accepted"]) == 3
    over = client.get(link("host", mine, world.members[0])).content.decode()
    assert "You changed months with another host." in over
    assert "You host in March" in over
    late = client.post(reverse("meetings:swap_decline", args=[token]), follow=True)
    assert "answered or withdrawn meanwhile" in late.content.decode()


def test_a_declined_swap_leaves_everything(world: GroupWorld, mails: Mails) -> None:
    season = make_season(world, first=FEBRUARY, months=2)
    mine, theirs = asked(world, 0, FEBRUARY, season), asked(world, 1, MARCH, season)
    client = Client()
    client.post(link("host_swap", mine, world.members[0]), {"other": theirs.pk})
    token = make_token("swap", Swap.objects.get().pk, world.members[1].pk)
    client.post(reverse("meetings:swap_decline", args=[token]))
    assert {t.state for t in HostingTurn.objects.all()} == {TurnState.ASKED}
    [letter] = [m for m in mails() if m.kind == "meetings.swap_declined"]
    assert letter.to_address == world.members[0].email


def test_three_steps_by_link(world: GroupWorld) -> None:
    season = make_season(world, first=FEBRUARY, months=2)
    turn = asked(world, 0, FEBRUARY, season, evening=date(2027, 2, 10))
    for number, away, wanted in (
        (1, [date(2027, 2, 10)], "Näkyvyys hakukoneissa"),
        (2, [], "näkyvyys  hakukoneissa"),
    ):
        HostingWish.objects.create(
            season=season,
            group=world.group,
            enterprise=world.companies[number],
            answered_at="2026-12-01T09:00Z",
            away=away,
            theme_wanted=wanted,
        )
    person, client = world.members[0], Client()
    assert client.get(link("host_prepare", turn, person, "theme")).status_code == 303
    accept_turn(actor=person, turn=turn)
    theme = link("host_prepare", turn, person, "theme")
    page = client.get(theme).content.decode()
    assert "Näkyvyys hakukoneissa" in page
    assert "wished for by 2 companies" in page
    assert client.post(theme, {"theme": " ", "version": "1"}).status_code == 422
    saved = client.post(theme, {"theme": "Näkyvyys", "version": "1"})
    assert saved.headers["Location"] == link("host_prepare", turn, person, "evening")
    stale = client.post(theme, {"theme": "Toinen", "version": "1"})
    assert stale.status_code == 409
    assert "Toinen" in stale.content.decode()
    assert "Näkyvyys" in stale.content.decode()
    evening = link("host_prepare", turn, person, "evening")
    page = client.get(evening).content.decode()
    assert "All 5 can come" in page
    assert "1 cannot come" in page
    assert f"<small>{world.companies[1].name}</small>" in page
    data = {"starts": "18:00", "ends": "20:15", "version": "2"}
    wrong = client.post(evening, {**data, "evening": "2027-03-03"})
    assert wrong.status_code == 422
    backwards = client.post(evening, {**data, "ends": "17:00", "evening": "2027-02-17"})
    assert backwards.status_code == 422
    assert client.post(evening, {**data, "evening": "2027-02-17"}).status_code == 303
    meeting = Meeting.objects.get()
    assert meeting.starts_at == datetime(2027, 2, 17, 16, 0, tzinfo=UTC)
    turn.refresh_from_db()
    assert turn.evening == date(2027, 2, 17)
    details = link("host_prepare", turn, person, "details")
    data = {"place": "Verstas", "address": "Tehtaantie 4", "capacity": "12", "food": "Soppaa", "version": "3"}
    assert client.post(details, data).status_code == 303
    assert client.post(details, {**data, "capacity": "-1", "version": "4"}).status_code == 422
    done = client.get(link("host_prepare", turn, person, "done")).content.decode()
    assert "Näkyvyys" in done
    assert "Soppaa" in done


def test_steps_signed_in(world: GroupWorld, as_person: SignIn) -> None:
    season = make_season(world, first=FEBRUARY, months=2)
    turn = asked(world, 0, FEBRUARY, season)
    meeting = accept_turn(actor=None, turn=turn)
    address = reverse("meetings:prepare", args=[meeting.pk, "theme"])
    assert Client().get(address).status_code == 302
    assert as_person(world.members[1]).get(address).status_code == 404
    assert as_person(world.national).get(address).status_code == 403
    for person in (world.members[0], world.coordinator):
        client = as_person(person)
        assert client.get(address).status_code == 200
        version = Meeting.objects.get().version
        assert client.post(address, {"theme": f"by {person}", "version": version}).status_code == 303
        assert Meeting.objects.get().theme == f"by {person}"


def test_an_announced_evening_that_moves_is_told_to_all(world: GroupWorld, mails: Mails) -> None:
    season = make_season(world, first=FEBRUARY, months=2)
    turn = asked(world, 0, FEBRUARY, season, evening=date(2027, 2, 10))
    meeting = accept_turn(actor=None, turn=turn)
    Meeting.objects.update(state=MeetingState.ANNOUNCED, theme="Näkyvyys")
    for company, person in zip(world.companies, world.members, strict=True):
        Rsvp.objects.create(meeting=meeting, group=world.group, person=person, enterprise=company)
    before = {m.pk for m in mails()}
    client = Client()
    address = link("host_prepare", turn, world.members[0], "evening")
    data = {"starts": "17:30", "ends": "20:00", "version": meeting.version, "evening": "2027-02-11"}
    assert client.post(address, data).status_code == 303
    meeting.refresh_from_db()
    assert meeting.sequence == 1
    assert {m.kind for m in mails() if m.pk not in before} == {"meetings.changed"}


def test_a_host_who_falls_out_after_the_invitations(
    world: GroupWorld, as_person: SignIn, mails: Mails
) -> None:
    season = make_season(world, first=FEBRUARY, months=2, state="running")
    turn = asked(world, 0, FEBRUARY, season, evening=date(2027, 2, 10))
    meeting = accept_turn(actor=None, turn=turn)
    Meeting.objects.update(state=MeetingState.ANNOUNCED, theme="Näkyvyys")
    turn.refresh_from_db()
    client = Client()
    client.post(link("host_decline", turn, world.members[0]), {"note": "", "version": turn.version})
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.ANNOUNCED
    mine = as_person(world.coordinator)
    address = reverse("meetings:season_move", args=[season.pk, 2027, 2])
    preview = mine.post(
        address, {"choice": f"{world.companies[1].pk}:2027-02-10", "version": "0"}
    ).content.decode()
    plan = preview.split('name="plan" value="')[1].split('"')[0]
    mine.post(reverse("meetings:season_confirm", args=[season.pk]), {"plan": plan, "ask": "yes"})
    meeting.refresh_from_db()
    assert meeting.host == world.companies[1]
    assert meeting.turn is not None
    assert (meeting.turn.enterprise, meeting.turn.state) == (world.companies[1], TurnState.ASKED)
    assert accept_turn(actor=world.members[1], turn=meeting.turn) == meeting
