"""The present season of each group: asked for wishes, planned, or under way."""

from __future__ import annotations

import random
from datetime import date, timedelta

from django.db import transaction

from ydin.demo.rules.network import SEED, TRADES
from ydin.demo.rules.parts import HOST_NOW, MEMBER
from ydin.demo.rules.year import GroupYear, PastSeason
from ydin.demo.services.history import GroupHistory, bring_in
from ydin.demo.services.network import BuiltGroup
from ydin.kernel.clock import month_start, now
from ydin.meetings.models import HostingTurn, HostingWish, Meeting, Season
from ydin.meetings.queries.planning import facts_of, living_turns
from ydin.meetings.rules.planning import all_evenings, free
from ydin.meetings.services.planning_hosting import accept_turn
from ydin.meetings.services.planning_plan import apply_proposal, propose_move, propose_plan
from ydin.meetings.services.planning_seasons import ask_wishes, save_wish, start_season
from ydin.meetings.services.planning_turns import ask_host
from ydin.networks.models import Enterprise

ANSWERED, CAN_HOST, OWN_WEEKDAY = 0.8, 0.8, 0.15


def begin_season(*, actor: None, one: BuiltGroup, year: GroupYear) -> Season:
    """Start the group's present season."""
    first, last = year.months[0], year.months[-1]
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return start_season(
        actor=actor,
        group=one.group,
        first=first,
        count=count,
        name=year.name,
        wishes_until=now().date() + timedelta(days=10),
    )


@transaction.atomic
def collect_wishes(*, actor: None, one: BuiltGroup, year: GroupYear) -> Season:
    """Ask the members and let a good half of them answer, each by its own link."""
    season = begin_season(actor=actor, one=one, year=year)
    ask_wishes(actor=actor, season=season)
    season.refresh_from_db()
    draw = random.Random(f"{SEED} wishes {one.area.slug}")  # noqa: S311 - repeatable, nothing secret
    for company in one.members[::2] + one.members[1::8]:
        person = one.people[company.pk][0]
        answer = _wish(draw, season, company)
        save_wish(actor=person, season=season, enterprise=company, answer=answer)
    return season


@transaction.atomic
def propose_season(*, actor: None, one: BuiltGroup, year: GroupYear) -> Season:
    """Let the planner propose a season that the coordinator has not shared yet."""
    season = begin_season(actor=actor, one=one, year=year)
    _answer_wishes(one, season)
    plan_rest(actor=actor, season=season)
    return season


@transaction.atomic
def begin_running(*, actor: None, one: BuiltGroup, year: GroupYear, history: GroupHistory) -> Season:
    """Start a season whose first evenings have been held and whose next host has agreed."""
    assert year.upcoming is not None
    season = begin_season(actor=actor, one=one, year=year)
    bring_in(actor=actor, history=history, season=season, past=PastSeason(year.name, year.behind))
    _answer_wishes(one, season)
    turn = give_month(actor=actor, season=season, company=one.members[HOST_NOW], evening=year.upcoming)
    agree(actor=actor, one=one, turn=turn)
    season.refresh_from_db()
    return season


def give_month(*, actor: None, season: Season, company: Enterprise, evening: date) -> HostingTurn:
    """Give the month of the evening to a company, as a coordinator does by hand."""
    season.refresh_from_db()
    move = propose_move(
        actor=actor, season=season, month=month_start(evening), company=company.pk, evening=evening
    )
    (turn,) = apply_proposal(actor=actor, season=season, proposal=move)
    return turn


def first_evening(season: Season, company: Enterprise, month: date) -> date:
    """Return the evening of the month on which the company would rather host."""
    facts = facts_of(season)
    known = facts.company(company.pk)
    assert known is not None
    return next(day for day in all_evenings(facts, known, month) if free(facts, day))


def plan_rest(*, actor: None, season: Season) -> list[HostingTurn]:
    """Let the planner fill every open month; returns the living turns, by month."""
    season.refresh_from_db()
    proposal = propose_plan(actor=actor, season=season)
    apply_proposal(actor=actor, season=season, proposal=proposal)
    season.refresh_from_db()
    return living_turns(season)


def agree(*, actor: None, one: BuiltGroup, turn: HostingTurn) -> Meeting:
    """Ask a host, who accepts."""
    ask_host(actor=actor, turn=turn)
    turn.refresh_from_db()
    return accept_turn(actor=one.people[turn.enterprise_id][0], turn=turn)


def _answer_wishes(one: BuiltGroup, season: Season) -> None:
    """Write wishes as they stand after weeks of asking, without the letters."""
    draw = random.Random(f"{SEED} wishes {one.area.slug}")  # noqa: S311 - repeatable, nothing secret
    moment = now() - timedelta(days=40)
    rows = []
    for index, company in enumerate(one.members):
        answered = index <= MEMBER or draw.random() < ANSWERED
        row = HostingWish(season=season, group=one.group, enterprise=company)
        if answered:
            for name, value in _wish(draw, season, company).items():
                setattr(row, name, value)
            row.can_host = row.can_host and index != MEMBER
            row.answered_at, row.answered_by = moment, one.people[company.pk][0]
        rows.append(row)
    HostingWish.objects.bulk_create(rows)


def _wish(draw: random.Random, season: Season, company: Enterprise) -> dict[str, object]:
    months = sorted(season.months)
    can_host = draw.random() < CAN_HOST
    trade = next(t for t in TRADES if t.word.lower() in company.name.lower())
    offered = sorted(draw.sample(months, k=min(len(months), draw.randint(3, 6)))) if can_host else []
    away = [draw.choice(months) + timedelta(days=draw.randint(7, 20)) for _ in range(draw.randint(0, 3))]
    return {
        "can_host": can_host,
        "months": offered,
        "capacity": company.premises_capacity if can_host else None,
        "away": sorted(set(away)),
        "never_weekdays": [draw.randrange(4)] if draw.random() < OWN_WEEKDAY else [],
        "theme_offered": trade.offers if can_host else "",
        "theme_wanted": trade.wants if draw.random() < ANSWERED else "",
    }
