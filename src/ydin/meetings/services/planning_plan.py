"""Planning a season: a proposal is made and looked at first, then done, and may be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.errors import Refused
from ydin.meetings.models import HostingTurn, Season
from ydin.meetings.queries.planning import as_fixed, facts_of, is_settled, living_turns, refused_months
from ydin.meetings.queries.planning_choices import slot_of
from ydin.meetings.rules.planning import (
    Fixed,
    SeasonFacts,
    Silent,
    as_plan,
    build,
    days_of,
    free,
    key_of,
    told_reasons,
)
from ydin.meetings.rules.planning_changes import Proposal, Slot, changes
from ydin.meetings.rules.states import SeasonState
from ydin.meetings.services.planning_base import (
    bump,
    changed_meanwhile,
    hold_season,
    keep_revision,
    require_coordinator,
)
from ydin.meetings.services.planning_replace import replace_turn, take_away
from ydin.meetings.services.planning_turns import ask
from ydin.people.models import Person
from ydin.planning import season as planner

SECONDS = 2.0


def propose_plan(*, actor: Person | None, season: Season) -> Proposal:
    """Plan every month that is not settled, within two seconds; nothing is written.

    Locked, asked and accepted turns and past months stay. Companies that have not answered are left out as
    long as those who have can fill the months; else they are taken as willing, after everybody who answered.
    """
    require_coordinator(actor, season.group)
    facts = facts_of(season)
    turns = living_turns(season)
    members = {company.id for company in facts.companies}
    settled = [t for t in turns if is_settled(t) and t.enterprise_id in members]
    facts = _within(facts, {*plannable(facts), *(turn.month for turn in settled)})
    slots = _plan_all(facts, as_fixed(settled))
    kept = {turn.month for turn in turns if is_settled(turn)}
    slots = [slot for slot in slots if slot.month not in kept]
    old = [t for t in as_fixed(turns) if t.month not in kept and t.month in plannable(facts)]
    changed, left = changes(old, slots)
    return Proposal("plan", season.version, changed, left)


def plannable(facts: SeasonFacts) -> list[date]:
    """Return the months that have a day left."""
    return [month for month in facts.months if days_of(month)[-1] >= facts.earliest]


def _within(facts: SeasonFacts, months: set[date]) -> SeasonFacts:
    return replace(facts, months=tuple(month for month in facts.months if month in months))


def _plan_all(facts: SeasonFacts, settled: list[Fixed]) -> list[Slot]:
    """Plan with those who answered; what they leave open goes to the silent, or all is mixed anew."""
    slots = _slots(facts, _solve(facts, settled, Silent.OUT))
    if len(slots) == len(plannable(facts)) or all(company.wish for company in facts.companies):
        return slots
    mine = {slot.month for slot in slots} | {turn.month for turn in settled}
    agreed = [Fixed(s.month, s.company, s.evening) for s in slots if s.month in plannable(facts)]
    fixed = list({turn.month: turn for turn in (*agreed, *settled)}.values())
    filled = _slots(facts, _solve(facts, fixed, Silent.EQUAL))
    slots = sorted([*slots, *(s for s in filled if s.month not in mine)], key=lambda slot: slot.month)
    if len(slots) == len(plannable(facts)):
        return slots
    mixed = _slots(facts, _solve(facts, settled, Silent.LAST))
    return mixed if len(mixed) > len(slots) else slots


def _solve(facts: SeasonFacts, fixed: list[Fixed], silent: Silent) -> planner.Plan:
    if not facts.months or not facts.companies:
        return planner.Plan("optimal", 0, 0, ())
    instance = build(facts, fixed, silent=silent, best_only=True)
    return planner.plan_season(instance, deadline_seconds=SECONDS / 3, exact_regrets=False)


def _slots(facts: SeasonFacts, plan: planner.Plan) -> list[Slot]:
    by_key = {key_of(month): month for month in plannable(facts)}
    found = []
    for turn in plan.turns:
        company = facts.company(int(turn.host))
        if company is None or turn.month not in by_key:
            continue
        reasons = told_reasons(company, turn.evening, turn.why)
        found.append(Slot(by_key[turn.month], company.id, turn.evening, reasons, turn.regret))
    return found


def propose_repair(*, actor: Person | None, season: Season, month: date) -> Proposal:
    """Fill a month whose host fell out with the fewest changes of other turns; nothing is written.

    Turns that are asked, accepted or locked stay, as do those of companies that still may host; proposed
    ones are moved only when no other way exists. Whoever declined or cancelled the month is not asked again.
    """
    require_coordinator(actor, season.group)
    facts = facts_of(season)
    turns = living_turns(season)
    banned = refused_months(season).get(month, frozenset())
    facts = _within(facts, {month, *(turn.month for turn in turns)})
    settled = [t for t in turns if is_settled(t) and t.month != month]
    instance = _without(build(facts, as_fixed(settled)), banned, month)
    previous = as_plan(as_fixed(t for t in turns if t.month != month))
    plan = planner.replan(instance, previous, deadline_seconds=SECONDS)
    kept = {turn.month for turn in settled}
    slots = [slot for slot in _slots(facts, plan) if slot.month not in kept]
    old = [t for t in as_fixed(turns) if t.month not in kept and t.month in plannable(facts)]
    changed, left = changes(old, slots)
    return Proposal("repair", season.version, changed, left)


def _without(instance: planner.Season, banned: frozenset[int], month: date) -> planner.Season:
    """Return the instance in which some companies do not offer a month."""
    group = instance.groups[0]
    members = tuple(
        replace(m, evenings=tuple(d for d in m.evenings if d.replace(day=1) != month))
        if int(m.id) in banned
        else m
        for m in group.members
    )
    return replace(instance, groups=(replace(group, members=members),))


def propose_move(
    *, actor: Person | None, season: Season, month: date, company: int, evening: date
) -> Proposal:
    """Give a month the host and evening that the coordinator chose; nothing is written. Raises Refused."""
    require_coordinator(actor, season.group)
    facts = facts_of(season)
    known = facts.company(company)
    if known is None:
        raise Refused(_("The company does not hold a seat in the group any more."))
    _require_free(facts, month, evening)
    turns = as_fixed(living_turns(season))
    if any(turn.company == company and turn.month != month for turn in turns):
        raise Refused(_("The company hosts another month of the season already."))
    slot = slot_of(facts, known, month, evening, None)
    slot.reasons.insert(0, {"code": "chosen", "values": {}})
    changed, _left = changes(turns, [slot])
    return Proposal("move", season.version, changed)


def _require_free(facts: SeasonFacts, month: date, evening: date) -> None:
    if month not in facts.months or evening.replace(day=1) != month:
        raise Refused(_("The evening is not in that month of the season."))
    if not free(facts, evening):
        raise Refused(
            _("That evening is not free any more: a holiday, or another group of the coordinator meets.")
        )


@transaction.atomic
def apply_proposal(
    *, actor: Person | None, season: Season, proposal: Proposal, ask_hosts: bool = False
) -> list[HostingTurn]:
    """Do what was proposed, exactly; returns the new living turns of the changed months.

    Hosts who had been asked and lose their month are told. With `ask_hosts` the new hosts are asked at once.
    Raises NotAllowed, Conflict when the season changed since the proposal was made, and Refused when an
    evening was taken by another group meanwhile or a company left.
    """
    require_coordinator(actor, season.group)
    season = hold_season(season.pk, proposal.version)
    if proposal.is_empty():
        return []
    facts = facts_of(season)
    turns = {turn.month: turn for turn in living_turns(season)}
    for slot in proposal.turns:
        _require_still_possible(facts, turns, proposal, slot)
    keep_revision(actor=actor, season=season, what=proposal.what)
    for month in (*proposal.open, *(slot.month for slot in proposal.turns)):
        if month in turns and _loses_host(turns[month], proposal):
            take_away(actor=actor, turn=turns[month])
    made = [
        replace_turn(actor=actor, season=season, old=turns.get(slot.month), slot=slot)
        for slot in proposal.turns
    ]
    state = (
        SeasonState.PLANNING if season.state in (SeasonState.DRAFT, SeasonState.COLLECTING) else season.state
    )
    bump(season, state=state)
    record(
        actor=actor,
        action=f"season.{proposal.what}",
        target=season,
        months=[slot.month.isoformat() for slot in proposal.turns],
    )
    if ask_hosts:
        ask(actor, season, made)
    return made


def _loses_host(turn: HostingTurn, proposal: Proposal) -> bool:
    return all(slot.company != turn.enterprise_id for slot in proposal.turns if slot.month == turn.month)


def _require_still_possible(
    facts: SeasonFacts, turns: dict[date, HostingTurn], proposal: Proposal, slot: Slot
) -> None:
    if facts.company(slot.company) is None:
        raise Refused(_("The company does not hold a seat in the group any more."))
    _require_free(facts, slot.month, slot.evening)
    moving = {s.month for s in proposal.turns} | set(proposal.open)
    for month, turn in turns.items():
        if month not in moving and turn.enterprise_id == slot.company:
            raise changed_meanwhile()
