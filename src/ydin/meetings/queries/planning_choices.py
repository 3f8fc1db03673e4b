"""Who else could host a month, and on which evenings: the planner's rules asked for one month at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ydin.meetings.models import HostingTurn
from ydin.meetings.queries.planning import as_fixed
from ydin.meetings.rules.planning import (
    GROUP,
    CompanyFacts,
    Fixed,
    Reasons,
    SeasonFacts,
    as_plan,
    build,
    key_of,
    told_reasons,
)
from ydin.meetings.rules.planning_changes import Slot
from ydin.planning import season as planner
from ydin.planning.season.why import why


@dataclass(frozen=True)
class Evening:
    """An evening a company could host on; `missing` are companies that cannot come then."""

    day: date
    cost: int
    missing: tuple[int, ...]


@dataclass(frozen=True)
class Choice:
    """A company and the evenings of the month that fit, best first; none: `why_not` says why."""

    company: CompanyFacts
    evenings: tuple[Evening, ...]
    cost: int
    why_not: Reasons

    @property
    def best(self) -> Evening:
        """The evening that fits best (only when there is one)."""
        return self.evenings[0]


def others_than(turns: Iterable[HostingTurn], *months: date) -> list[Fixed]:
    """Return the living turns of all other months as facts."""
    return as_fixed(turn for turn in turns if turn.month not in months)


def choices(
    facts: SeasonFacts,
    others: Sequence[Fixed],
    month: date,
    *,
    widen: frozenset[int] = frozenset(),
    only: int | None = None,
) -> list[Choice]:
    """Return every company with the evenings on which it could host the month, best first.

    Args:
        facts: what is known of the season.
        others: the turns of the other months, which stay.
        month: which month.
        widen: companies asked to take any month in which they can come.
        only: look at this company alone.

    """
    instance = build(facts, widen=widen)
    plan = as_plan(others)
    found = [
        _choice(instance, plan, company, month)
        for company in facts.companies
        if only is None or company.id == only
    ]
    return sorted(found, key=lambda c: (not c.evenings, c.company.wish is None, c.cost, c.company.name))


def _choice(instance: planner.Season, plan: planner.Plan, company: CompanyFacts, month: date) -> Choice:
    options = planner.evening_options(instance, plan, GROUP, str(company.id), key_of(month))
    fitting = [option for option in options if option.fits]
    evenings = tuple(Evening(o.evening, o.cost, tuple(int(key) for key in o.missing)) for o in fitting)
    if evenings:
        return Choice(company, evenings, evenings[0].cost, [])
    return Choice(company, (), 0, _why_not(company, instance, plan, month, options))


def _why_not(
    company: CompanyFacts,
    instance: planner.Season,
    plan: planner.Plan,
    month: date,
    options: Sequence[planner.EveningOption],
) -> Reasons:
    member = next(m for m in instance.groups[0].members if m.id == str(company.id))
    if not member.hosts:
        return [{"code": "does_not_host", "values": {}}]
    hosting = next((turn for turn in plan.turns if turn.host == member.id), None)
    if hosting is not None:
        return [{"code": "hosts_already", "values": {"month": hosting.month}}]
    if options:
        return [{"code": reason.code, "values": dict(reason.values)} for reason in options[0].reasons[:1]]
    asked = company.wish is None or month in company.wish.months
    return [{"code": "evenings_taken" if asked else "month_not_offered", "values": {}}]


def slot_of(
    facts: SeasonFacts, company: CompanyFacts, month: date, evening: date, regret: int | None
) -> Slot:
    """Return the slot with the reasons that speak for it."""
    instance = build(facts, [Fixed(month, company.id, evening)], widen=frozenset({company.id}))
    turn = planner.Turn(GROUP, key_of(month), str(company.id), evening)
    reasons = [reason for reason in why(instance.groups[0], turn) if reason.code != "locked"]
    return Slot(month, company.id, evening, told_reasons(company, evening, reasons), regret)


def best_replacement(
    facts: SeasonFacts, turns: Sequence[HostingTurn], month: date, banned: frozenset[int]
) -> Slot | None:
    """Return the best host for a month when every other month stays as it is; None when nobody fits.

    `banned`: companies that declined or cancelled the month. This is the repair with the fewest changes.
    """
    fitting = [
        choice
        for choice in choices(facts, others_than(turns, month), month)
        if choice.evenings and choice.company.id not in banned
    ]
    answered = [choice for choice in fitting if choice.company.wish is not None] or fitting
    if not answered:
        return None
    first, regret = answered[0], None
    if len(answered) > 1:
        regret = answered[1].cost - first.cost
    return slot_of(facts, first.company, month, first.best.day, regret)
