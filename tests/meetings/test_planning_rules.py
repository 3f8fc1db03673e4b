"""What is never proposed: holidays, months off, evenings of the coordinator's other groups, too small rooms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from tests.factories import GroupWorld, make_group, make_meeting, make_season, make_turn

from ydin.groups.models import GroupCoordinator
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.meetings.jobs.planning import close_seasons
from ydin.meetings.models import HostingTurn, HostingWish, Season
from ydin.meetings.queries.planning import facts_of, months_ahead, taken_evenings
from ydin.meetings.rules.planning import holidays_of, usual_evenings, wanted_themes
from ydin.meetings.rules.planning_changes import as_json, from_json
from ydin.meetings.services.planning_plan import apply_proposal, propose_move, propose_plan, propose_repair
from ydin.meetings.services.planning_seasons import save_wish, start_season
from ydin.meetings.services.planning_turns import ask_hosts, undo_last

LONG_AGO = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    with time_machine.travel("2026-11-20 09:00+02:00", tick=False):
        yield


def willing(season: Season, world: GroupWorld, **fields: object) -> None:
    for company in world.companies:
        HostingWish.objects.create(
            season=season,
            group=world.group,
            enterprise=company,
            answered_at="2026-11-01T09:00Z",
            **{"months": season.months, **fields},
        )


def test_finnish_holidays_have_their_names_in_the_readers_language() -> None:
    months = [date(2027, n, 1) for n in (1, 4, 6)]
    found = holidays_of("FI", months, "sv")
    assert found[date(2027, 1, 6)].startswith("Trettondag")
    assert found[date(2027, 6, 25)] == "Midsommarafton"
    assert date(2027, 4, 30) in found
    assert date(2027, 5, 1) not in found
    assert holidays_of("XX", months, "fi") == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("weekday", "month", "never"),
    [
        (2, date(2027, 1, 1), date(2027, 1, 6)),  # Epiphany
        (4, date(2027, 6, 1), date(2027, 6, 25)),  # Midsummer Eve
        (5, date(2027, 5, 1), date(2027, 5, 1)),  # May Day
        (4, date(2027, 4, 1), date(2027, 4, 30)),  # the eve of May Day
        (3, date(2027, 5, 1), date(2027, 5, 6)),  # Ascension Day
    ],
)
def test_holidays_are_never_proposed(weekday: int, month: date, never: date) -> None:
    world = make_group(members=3, weekdays=[weekday])
    season = make_season(world, first=month, months=1)
    days = usual_evenings(facts_of(season), month)
    assert days
    assert never not in days
    willing(season, world, evenings=[never, days[-1]])
    proposal = propose_plan(actor=world.coordinator, season=season)
    assert [slot.evening for slot in proposal.turns] == [days[-1]]


@pytest.mark.django_db
def test_months_off_are_left_out() -> None:
    world = make_group(members=3, months_off=[6, 7])
    assert months_ahead(world.group, date(2027, 5, 12), 4) == [date(2027, 5, 1), date(2027, 8, 1)]
    with pytest.raises(Refused):
        start_season(actor=world.coordinator, group=world.group, first=date(2027, 6, 1), count=2, name="x")
    with pytest.raises(NotAllowed):
        start_season(actor=world.members[0], group=world.group, first=date(2027, 5, 1), count=2, name="x")


@pytest.mark.django_db
def test_a_coordinator_of_two_groups_is_never_in_two_places() -> None:
    first = make_group(members=6, weekdays=[1])
    second = make_group(members=6, weekdays=[1], network=first.network)
    GroupCoordinator.objects.create(group=second.group, person=first.coordinator, starts_on=LONG_AGO)
    plans = []
    for world in (first, second):
        season = make_season(world, first=date(2027, 2, 1), months=4)
        willing(season, world)
        proposal = propose_plan(actor=first.coordinator, season=season)
        plans.append((season, proposal))
    # both were proposed before either was done: the second is told
    apply_proposal(actor=first.coordinator, season=plans[0][0], proposal=plans[0][1])
    with pytest.raises(Refused):
        apply_proposal(actor=first.coordinator, season=plans[1][0], proposal=plans[1][1])
    again = propose_plan(actor=first.coordinator, season=plans[1][0])
    apply_proposal(actor=first.coordinator, season=plans[1][0], proposal=again)
    evenings = list(HostingTurn.objects.values_list("evening", flat=True))
    assert len(evenings) == 8
    assert len(set(evenings)) == 8
    make_meeting(second, days=10, invited=False)
    season = make_season(first, first=date(2026, 11, 1), months=2, name="autumn")
    assert taken_evenings(season)[date(2026, 11, 30)].code == "coordinator_busy"


@pytest.mark.django_db
def test_neighbours_do_not_meet_on_one_evening() -> None:
    first, second = make_group(weekdays=[1]), make_group(weekdays=[1])
    first.group.neighbours.add(second.group)
    theirs = make_season(second, first=date(2027, 2, 1), months=1)
    turn = make_turn(theirs, second.companies[0], date(2027, 2, 1))
    season = make_season(first, first=date(2027, 2, 1), months=1)
    willing(season, first)
    assert taken_evenings(season)[turn.evening].code == "neighbours_meet"
    proposal = propose_plan(actor=first.coordinator, season=season)
    assert proposal.turns[0].evening != turn.evening
    with pytest.raises(Refused):
        propose_move(
            actor=first.coordinator,
            season=season,
            month=date(2027, 2, 1),
            company=first.companies[0].pk,
            evening=turn.evening,
        )


@pytest.mark.django_db
def test_fairness_counts_earlier_seasons() -> None:
    world = make_group(members=3, weekdays=[1])
    past = make_season(world, first=date(2026, 1, 1), months=3, name="past", state="closed")
    make_turn(past, world.companies[0], date(2026, 1, 1), state="accepted")
    older = make_season(world, first=date(2025, 1, 1), months=3, name="older", state="closed")
    make_turn(older, world.companies[1], date(2025, 1, 1), state="accepted")
    season = make_season(world, first=date(2027, 2, 1), months=2)
    since = {c.id: c.since for c in facts_of(season).companies}
    assert since == {world.companies[0].pk: 1, world.companies[1].pk: 2, world.companies[2].pk: None}
    willing(season, world)
    proposal = propose_plan(actor=None, season=season)
    assert {slot.company for slot in proposal.turns} == {world.companies[1].pk, world.companies[2].pk}
    assert from_json(as_json(proposal)) == proposal


@pytest.mark.django_db
def test_planning_anew_leaves_what_is_agreed_and_repair_changes_least() -> None:
    world = make_group(members=6, weekdays=[1])
    season = make_season(world, first=date(2027, 2, 1), months=4)
    willing(season, world)
    apply_proposal(actor=None, season=season, proposal=propose_plan(actor=None, season=season))
    season.refresh_from_db()
    assert len(ask_hosts(actor=None, season=season, version=season.version)) == 4
    season.refresh_from_db()
    assert propose_plan(actor=None, season=season).is_empty()
    with pytest.raises(Conflict):
        ask_hosts(actor=None, season=season, version=season.version - 1)
    turn = HostingTurn.objects.get(month=date(2027, 3, 1))
    HostingTurn.objects.filter(pk=turn.pk).update(state="declined", answered_at="2026-11-20T09:30Z")
    proposal = propose_repair(actor=None, season=season, month=turn.month)
    assert [slot.month for slot in proposal.turns] == [turn.month]
    assert proposal.turns[0].company != turn.enterprise_id
    with pytest.raises(Refused):
        undo_last(actor=None, season=season)


@pytest.mark.django_db
def test_a_company_that_left_loses_its_turn_in_the_next_plan() -> None:
    world = make_group(members=4, weekdays=[1])
    season = make_season(world, first=date(2027, 2, 1), months=2)
    willing(season, world)
    apply_proposal(actor=None, season=season, proposal=propose_plan(actor=None, season=season))
    turn = HostingTurn.objects.order_by("month").first()
    assert turn is not None
    world.group.seats.filter(enterprise=turn.enterprise).update(state="left", ends_on=date(2026, 11, 1))
    season.refresh_from_db()
    proposal = propose_plan(actor=None, season=season)
    assert turn.month in {slot.month for slot in proposal.turns}
    assert turn.enterprise_id not in {slot.company for slot in proposal.turns}
    with pytest.raises(Refused):
        save_wish(actor=None, season=season, enterprise=turn.enterprise, answer={"can_host": True})


def test_what_members_ask_for_is_counted_once_whatever_the_letters() -> None:
    assert wanted_themes(["Hinta", " hinta ", "", "Myynti"]) == [("Hinta", 2), ("Myynti", 1)]


@pytest.mark.django_db
def test_of_those_who_did_not_answer_the_one_who_never_hosted_comes_first() -> None:
    world = make_group(members=4, weekdays=[1])
    past = make_season(world, first=date(2026, 1, 1), months=3, name="past", state="closed")
    for number, month in ((0, 1), (1, 2), (2, 3)):
        make_turn(past, world.companies[number], date(2026, month, 1), state="accepted")
    season = make_season(world, first=date(2027, 2, 1), months=2)
    answered = world.companies[0]
    HostingWish.objects.create(
        season=season,
        group=world.group,
        enterprise=answered,
        answered_at="2026-11-01T09:00Z",
        months=season.months,
    )
    proposal = propose_plan(actor=None, season=season)
    assert {slot.company for slot in proposal.turns} == {answered.pk, world.companies[3].pk}
    codes = {slot.company: [reason["code"] for reason in slot.reasons] for slot in proposal.turns}
    assert "did_not_answer" in codes[world.companies[3].pk]
    assert "did_not_answer" not in codes[answered.pk]


@pytest.mark.django_db
def test_a_season_is_over_when_its_last_month_has_passed() -> None:
    world = make_group()
    over = make_season(world, first=date(2026, 8, 1), months=3, name="over", state="running")
    still = make_season(world, first=date(2026, 9, 1), months=3, name="still", state="running")
    close_seasons(0)
    close_seasons(0)
    over.refresh_from_db()
    still.refresh_from_db()
    assert (over.state, still.state) == ("closed", "running")


@pytest.mark.django_db
def test_the_repair_moves_a_proposed_turn_when_no_other_way_exists() -> None:
    world = make_group(members=3, weekdays=[1])
    february, march = date(2027, 2, 1), date(2027, 3, 1)
    season = make_season(world, first=february, months=2)
    offered = [[february, march], [february, march], [march]]
    for company, months in zip(world.companies, offered, strict=True):
        HostingWish.objects.create(
            season=season,
            group=world.group,
            enterprise=company,
            answered_at="2026-11-01T09:00Z",
            months=months,
        )
    make_turn(season, world.companies[0], february, state="declined", answered_at="2026-11-19T09:00Z")
    make_turn(season, world.companies[1], march)
    proposal = propose_repair(actor=None, season=season, month=february)
    hosts = {slot.month: slot.company for slot in proposal.turns}
    assert hosts == {february: world.companies[1].pk, march: world.companies[2].pk} or hosts == {
        february: world.companies[1].pk,
        march: world.companies[0].pk,
    }
    made = apply_proposal(actor=None, season=season, proposal=proposal, ask_hosts=True)
    assert {turn.state for turn in made} == {"asked"}
    assert HostingTurn.objects.filter(season=season, state="asked").count() == 2
