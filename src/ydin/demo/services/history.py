"""Two seasons that are over: hosts, evenings, who was there, what was said and promised."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, time, timedelta

from django.db import transaction

from ydin.demo.rules import words
from ydin.demo.rules.network import SEED, TRADES
from ydin.demo.rules.parts import MEMBER, PARTS, SHOWCASE, Twist
from ydin.demo.rules.year import GroupYear, PastSeason
from ydin.demo.services.network import BuiltGroup
from ydin.kernel.clock import at, month_start
from ydin.meetings.models import HostingTurn, Meeting, Memo, Promise, Season, Summary
from ydin.meetings.rules.states import Audience, PromiseState, SeasonState, TurnState
from ydin.meetings.services.record import record_past_meeting
from ydin.networks.models import Enterprise
from ydin.people.models import Person

LEAST, MOST = 0.48, 0.95
SECOND_PERSON = 0.15
WITH_MEMO, WITH_SUMMARY = 5, 3
FADING, FADED_EVENINGS = 2, 4
ANSWERED_AT = time(18)
OPEN_EVENINGS = {3, 7}
PROMISES, KEPT = 4, 3


class GroupHistory:
    """Brings in the evenings of one group. `actor` is the system."""

    def __init__(self, one: BuiltGroup, year: GroupYear) -> None:
        """Draw who comes how often; two companies have faded away lately."""
        self.one = one
        self.draw = random.Random(f"{SEED} past {one.area.slug}")  # noqa: S311 - repeatable, nothing secret
        self.chance = {c.pk: self.draw.uniform(LEAST, MOST) for c in one.members}
        self.fading = {c.pk for c in one.members[-FADING - 3 : -3]}
        evenings = sorted(day for season in year.past for day in season.evenings)
        self.all_evenings = [*evenings, *year.behind]
        self.texts = self.draw.randrange(100)
        # counted from the last evening back; those at the list's beginning host now and are rested
        self.hosts = [*one.members[:2:-1], *one.members[:3]]

    @property
    def recent(self) -> int:
        """How many of the last evenings have a memo."""
        return len(self.all_evenings) if self.one.area.slug == SHOWCASE else WITH_MEMO

    def host_of(self, day: date) -> Enterprise:
        """Return who hosted: each in turn, one who had a seat by then."""
        index = len(self.all_evenings) - 1 - self.all_evenings.index(day)
        order = self.hosts[index % len(self.hosts) :] + self.hosts
        return next((c for c in order if self.one.since[c.pk] <= day and c.pk not in self.fading), order[0])

    def present_on(self, day: date, host: Enterprise) -> list[tuple[Person, Enterprise]]:
        """Return who was there, with the company for which they came."""
        lately = self.all_evenings[-FADED_EVENINGS:]
        found = []
        for company in self.one.members:
            if self.one.since[company.pk] > day or (company.pk in self.fading and day in lately):
                continue
            people = self.one.people[company.pk]
            if company == host or self.draw.random() < self.chance[company.pk]:
                found.append((people[0], company))
                if len(people) > 1 and self.draw.random() < SECOND_PERSON:
                    found.append((people[1], company))
        return found


@transaction.atomic
def build_history(*, actor: None, one: BuiltGroup, year: GroupYear) -> GroupHistory:
    """Bring in the seasons that are over, with memos, summaries and promises of the last evenings."""
    history = GroupHistory(one, year)
    for past in year.past:
        season = Season.objects.create(
            group=one.group, name=past.name, months=past.months, state=SeasonState.CLOSED
        )
        bring_in(actor=actor, history=history, season=season, past=past)
    return history


def bring_in(*, actor: None, history: GroupHistory, season: Season, past: PastSeason) -> list[Meeting]:
    """Bring in the evenings of a season: a turn that was kept, and its meeting."""
    hosts = [history.host_of(day) for day in past.evenings]
    turns = HostingTurn.objects.bulk_create(
        HostingTurn(
            season=season,
            month=month_start(day),
            enterprise=host,
            evening=day,
            state=TurnState.ACCEPTED,
            answered_at=at(day - timedelta(days=60), ANSWERED_AT, history.one.group.time_zone),
        )
        for day, host in zip(past.evenings, hosts, strict=True)
    )
    return [_evening(actor, history, turn) for turn in turns]


def _evening(actor: None, history: GroupHistory, turn: HostingTurn) -> Meeting:
    group, host = history.one.group, turn.enterprise
    day = turn.evening
    number = history.all_evenings.index(day)
    age = len(history.all_evenings) - number
    trade = TRADES[(number * 5 + history.texts) % len(TRADES)]
    is_public = age in OPEN_EVENINGS or PARTS[history.one.area.slug].twist is Twist.PUBLIC
    municipality = host.municipality
    meeting = record_past_meeting(
        actor=actor,
        group=group,
        host=host,
        theme=trade.offers,
        starts_at=at(day, group.evening_start, group.time_zone),
        ends_at=at(day, group.evening_end, group.time_zone),
        present=history.present_on(day, host),
        visitors=[words.APPLICANTS[number % 3][:2]] if number % 4 == 1 else (),
        turn=turn,
        address=host.address,
        municipality=municipality.name_fi if municipality else "",
        latitude=host.latitude,
        longitude=host.longitude,
        agenda=group.agenda_template,
        audience=Audience.PUBLIC if is_public else Audience.GROUP,
    )
    waits_for_memo = age == 1 and PARTS[history.one.area.slug].twist is Twist.JUST_HELD
    if age <= history.recent and not waits_for_memo:
        write_down(actor=actor, history=history, meeting=meeting, age=age)
    return meeting


def write_down(*, actor: None, history: GroupHistory, meeting: Meeting, age: int) -> None:
    """Write memo, public summary (of public evenings) and promises; `age` 1 is the last evening."""
    assert actor is None
    one, number = history.one, history.texts + age
    Memo.objects.create(
        meeting=meeting,
        group=one.group,
        discussed=words.DISCUSSED[number % len(words.DISCUSSED)],
        advice=words.ADVICE[number % len(words.ADVICE)],
        next_time=words.NEXT_TIME[number % len(words.NEXT_TIME)],
        written_by=one.coordinator,
    )
    if meeting.audience == Audience.PUBLIC or age <= WITH_SUMMARY:
        Summary.objects.create(
            meeting=meeting,
            text=words.SUMMARIES[number % len(words.SUMMARIES)],
            published_at=meeting.ends_at + timedelta(days=2) if meeting.audience == Audience.PUBLIC else None,
            written_by=one.coordinator,
        )
    companies = _promising(history, age)
    Promise.objects.bulk_create(
        _promise(history, meeting, company, number + i, is_open=age == 1 and i < KEPT)
        for i, company in enumerate(companies)
    )


def _promising(history: GroupHistory, age: int) -> Sequence[Enterprise]:
    members = history.one.members
    return [members[(age + MEMBER - 1 + i * 4) % len(members)] for i in range(PROMISES)]


def _promise(
    history: GroupHistory, meeting: Meeting, company: Enterprise, number: int, *, is_open: bool
) -> Promise:
    return Promise(
        meeting=meeting,
        group=meeting.group,
        enterprise=company,
        person=history.one.people[company.pk][0],
        what=words.PROMISES[number % len(words.PROMISES)],
        due=meeting.starts_at.date() + timedelta(days=28),
        state=PromiseState.OPEN if is_open else PromiseState.DONE,
        outcome="" if is_open else words.OUTCOMES[number % len(words.OUTCOMES)],
    )
