"""What is known of a season, turned into the planner's problem, and the planner's answer turned back. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from ydin.kernel.lazy import lazy
from ydin.networks.rules import Place, travel_minutes
from ydin.planning import season as planner
from ydin.planning.season import model as planner_rules

if TYPE_CHECKING:
    import holidays
else:
    holidays = lazy("holidays")

GROUP, COORDINATOR = "group", "coordinator"
MID_MONTH = 14
PLENTY = 1000
LATELY = 0
SHARE = 0.7
EVES = {"FI": ((4, 30), (12, 31)), "SE": ((4, 30), (12, 31))}
"""Evenings that no holiday calendar names, and on which nobody would come: 30 April and New Year's Eve."""

Reasons = list[dict[str, Any]]


class Silent(Enum):
    """How companies that have not answered are taken: not at all, willing, or willing after everybody else."""

    OUT = 1
    EQUAL = 2
    LAST = 3


@dataclass(frozen=True)
class WishFacts:
    """What a company answered. `evenings` best first; a month of `months` without any means: any evening."""

    can_host: bool
    months: frozenset[date] = frozenset()
    evenings: tuple[date, ...] = ()
    capacity: int | None = None
    away: frozenset[date] = frozenset()
    never_weekdays: frozenset[int] = frozenset()


@dataclass(frozen=True)
class CompanyFacts:
    """A member company. `wish` None: has not answered. `since` seasons since it hosted, None: never."""

    id: int
    name: str
    place: Place
    capacity: int | None
    since: int | None
    wish: WishFacts | None


@dataclass(frozen=True)
class Taken:
    """An evening on which the group cannot meet: `code` of the rule and the name of what stands in the way."""

    code: str
    name: str


@dataclass(frozen=True)
class Fixed:
    """A turn that stays."""

    month: date
    company: int
    evening: date


@dataclass(frozen=True)
class SeasonFacts:
    """All that the planner needs to know of one group's season."""

    months: tuple[date, ...]
    weekdays: frozenset[int]
    earliest: date
    companies: tuple[CompanyFacts, ...]
    holidays: Mapping[date, str] = field(default_factory=dict)
    taken: Mapping[date, Taken] = field(default_factory=dict)
    at_premises: bool = True

    def company(self, company: int) -> CompanyFacts | None:
        """Return the member company of this id."""
        return next((c for c in self.companies if c.id == company), None)


def key_of(month: date) -> str:
    """Return a month as the planner writes it."""
    return f"{month:%Y-%m}"


def days_of(month: date) -> list[date]:
    """Return every day of a month."""
    days = [month + timedelta(days=n) for n in range(31)]
    return [day for day in days if day.month == month.month]


def holidays_of(country: str, months: Iterable[date], language: str) -> dict[date, str]:
    """Return public holidays of the months by date, with their names (the country's own when unknown)."""
    wanted = list(months)
    years = {month.year for month in wanted}
    spoken = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}.get(language)
    try:
        known = holidays.country_holidays(country, years=years, language=spoken)
        found = dict(known.items())
    except NotImplementedError:
        found = {}
    for year in years:
        for month, day in EVES.get(country, ()):
            found.setdefault(date(year, month, day), "")
    inside = {(m.year, m.month) for m in wanted}
    return {day: str(name) for day, name in sorted(found.items()) if (day.year, day.month) in inside}


def free(facts: SeasonFacts, day: date) -> bool:
    """Tell whether the group could meet on the day at all."""
    return day >= facts.earliest and day not in facts.holidays and day not in facts.taken


def usual_evenings(facts: SeasonFacts, month: date) -> list[date]:
    """Return the month's free evenings on the group's weekdays, those in the middle of the month first.

    Nobody preferred one of them, so an even rhythm decides: evenings near the middle lie a month apart.
    """
    days = [day for day in days_of(month) if day.weekday() in facts.weekdays and free(facts, day)]
    return sorted(days, key=lambda day: (abs(day.day - MID_MONTH), day))


def is_away(company: CompanyFacts, day: date) -> bool:
    """Tell whether the company said that it cannot come on the day."""
    wish = company.wish
    return wish is not None and (day in wish.away or day.weekday() in wish.never_weekdays)


def away_on(facts: SeasonFacts, day: date) -> list[CompanyFacts]:
    """Return the companies that cannot come on the day."""
    return [company for company in facts.companies if is_away(company, day)]


def named_evenings(company: CompanyFacts, month: date) -> list[date]:
    """Return the evenings that the company itself named in the month, best first."""
    named = company.wish.evenings if company.wish else ()
    return [day for day in named if (day.year, day.month) == (month.year, month.month)]


def offered_evenings(facts: SeasonFacts, company: CompanyFacts, month: date) -> list[date]:
    """Return the evenings on which the company would host in the month, best first."""
    wish = company.wish
    if wish is not None and (not wish.can_host or month not in wish.months):
        return []
    named = named_evenings(company, month)
    if named:
        return [day for day in named if free(facts, day)]
    return [day for day in usual_evenings(facts, month) if not is_away(company, day)]


def all_evenings(facts: SeasonFacts, company: CompanyFacts, month: date) -> list[date]:
    """Return the evenings on which the company could host if it takes the month: its own first, then the rest."""
    own = [day for day in named_evenings(company, month) if free(facts, day)]
    rest = [day for day in usual_evenings(facts, month) if day not in own and not is_away(company, day)]
    return own + rest


def room_of(facts: SeasonFacts, company: CompanyFacts) -> int:
    """Return how many fit in; unknown, or online, counts as plenty."""
    said = company.wish.capacity if company.wish else None
    known = said if said is not None else company.capacity
    return PLENTY if known is None or not facts.at_premises else known


def _member(
    facts: SeasonFacts,
    company: CompanyFacts,
    locks: Mapping[int, list[date]],
    *,
    silent: Silent,
    widen: bool,
    best_only: bool,
) -> planner.Member:
    evenings: list[date] = []
    for month in facts.months:
        pick = all_evenings if widen else offered_evenings
        offered = pick(facts, company, month)
        evenings += _up_to_best(facts, company, offered) if best_only else offered
    mine = locks.get(company.id, [])
    answered = company.wish is not None
    willing = (company.wish.can_host if company.wish else silent != Silent.OUT) or widen
    days = [day for month in facts.months for day in days_of(month)]
    return planner.Member(
        id=str(company.id),
        seasons_since_hosting=LATELY if silent == Silent.LAST and not (answered or widen) else company.since,
        hosts=willing or bool(mine),
        capacity=PLENTY if mine else room_of(facts, company),
        evenings=tuple([day for day in mine if day not in evenings] + evenings),
        unavailable=frozenset(day for day in days if is_away(company, day) and day not in mine),
    )


def _up_to_best(facts: SeasonFacts, company: CompanyFacts, offered: list[date]) -> list[date]:
    """Return the evenings up to the one that costs least, so that each keeps its rank; none when none fits."""
    best, least = 0, None
    for rank, day in enumerate(offered):
        if least is not None and rank * planner_rules.PREFERENCE >= least:
            break
        missing = len(away_on(facts, day))
        cost = planner_rules.UNAVAILABLE * missing + planner_rules.PREFERENCE * rank
        fits = room_of(facts, company) >= SHARE * (len(facts.companies) - missing)
        if fits and not is_away(company, day) and (least is None or cost < least):
            best, least = rank + 1, cost
    return offered[:best]


def _travel(facts: SeasonFacts) -> tuple[tuple[int, ...], ...]:
    """Return minutes from member to member; all zero online, and where every drive is the same.

    Equal drives decide nothing, and without them the planner proves its plan much sooner.
    """
    places = [company.place for company in facts.companies]
    table = tuple(tuple(0 if a is b else travel_minutes(a, b) for b in places) for a in places)
    drives = {minutes for n, row in enumerate(table) for k, minutes in enumerate(row) if n != k}
    if facts.at_premises and len(drives) > 1:
        return table
    return tuple((0,) * len(places) for _ in places)


def build(
    facts: SeasonFacts,
    fixed: Sequence[Fixed] = (),
    *,
    silent: Silent = Silent.EQUAL,
    widen: frozenset[int] = frozenset(),
    best_only: bool = False,
) -> planner.Season:
    """Return the planner's instance of one group.

    Args:
        facts: what is known.
        fixed: turns that stay, whatever the host answered before; turns of companies that have left do not.
        silent: how companies that have not answered are taken.
        widen: companies that may be given any month and evening on which they can come (they ask for it).
        best_only: leave out evenings that are worse than another one of the same host and month. In one
            group nothing else depends on the evening, so the best plan stays and is found much sooner.

    """
    known = {company.id for company in facts.companies}
    kept = [turn for turn in fixed if turn.company in known and turn.month in facts.months]
    locks: dict[int, list[date]] = {}
    for turn in kept:
        locks.setdefault(turn.company, []).append(turn.evening)
    group = planner.Group(
        id=GROUP,
        coordinator=COORDINATOR,
        members=tuple(
            _member(facts, c, locks, silent=silent, widen=c.id in widen, best_only=best_only)
            for c in facts.companies
        ),
        travel_minutes=_travel(facts),
        locked=tuple(planner.Lock(key_of(t.month), str(t.company), t.evening) for t in kept),
    )
    return planner.Season(months=tuple(key_of(month) for month in facts.months), groups=(group,))


def as_plan(turns: Iterable[Fixed]) -> planner.Plan:
    """Return turns as the planner's plan."""
    made = tuple(planner.Turn(GROUP, key_of(t.month), str(t.company), t.evening) for t in turns)
    return planner.Plan("feasible", 0, None, made)


def told_reasons(company: CompanyFacts, evening: date, why: Iterable[planner.Reason]) -> Reasons:
    """Return the planner's reasons as they are kept with a turn: true of companies that were silent, too."""
    named = named_evenings(company, evening.replace(day=1))
    kept: Reasons = []
    if company.wish is None:
        kept.append({"code": "did_not_answer", "values": {}})
    for reason in why:
        if reason.code in ("last_hosted", "never_hosted"):
            since = company.since
            code = "never_hosted" if since is None else "last_hosted"
            kept.append({"code": code, "values": {} if since is None else {"seasons": since}})
        elif reason.code == "evening_preferred":
            if evening in named:
                kept.append({"code": reason.code, "values": dict(reason.values)})
        elif reason.code in ("away", "nobody_away", "travel"):
            kept.append({"code": reason.code, "values": dict(reason.values)})
    return kept


def why_open(facts: SeasonFacts, month: date, hosting: Mapping[int, date]) -> Reasons:
    """Return the rules that leave a month without a host, the most frequent first.

    `hosting`: the month in which a company hosts already.
    """
    if not usual_evenings(facts, month):
        return [{"code": "no_evening_free", "values": {}}]
    found: dict[str, list[str]] = {}
    for company in facts.companies:
        found.setdefault(_why_not(facts, company, month, hosting), []).append(str(company.id))
    order = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [{"code": code, "values": {"members": ids, "count": len(ids)}} for code, ids in order if code]


def _why_not(facts: SeasonFacts, company: CompanyFacts, month: date, hosting: Mapping[int, date]) -> str:
    if company.wish is not None and not company.wish.can_host:
        return "does_not_host"
    if hosting.get(company.id, month) != month:
        return "hosts_already"
    evenings = offered_evenings(facts, company, month)
    if company.wish is not None and month not in company.wish.months:
        return "month_not_offered"
    if not evenings:
        return "evenings_taken"
    present = max(len(facts.companies) - len(away_on(facts, day)) for day in evenings)
    return "premises_too_small" if room_of(facts, company) < SHARE * present else ""


def seasons_since(hosted: date | None, earlier_starts: Iterable[date]) -> int | None:
    """Return how many seasons ago a company hosted (1: in the season before), None when never."""
    return None if hosted is None else 1 + sum(start > hosted for start in earlier_starts)


def wanted_themes(wishes: Iterable[str]) -> list[tuple[str, int]]:
    """Return what members want to hear about, the most wanted first; the same words in other letters count once."""
    words = [" ".join(text.split()) for text in wishes if text.strip()]
    first: dict[str, str] = {}
    for text in words:
        first.setdefault(text.casefold(), text)
    counted = Counter(text.casefold() for text in words)
    return [(first[key], count) for key, count in counted.most_common()]
