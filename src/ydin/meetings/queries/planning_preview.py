"""What would change, month by month, and the list from which a coordinator chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from ydin.groups.queries import groups_overseen_by
from ydin.meetings.models import HostingTurn, Season
from ydin.meetings.queries.planning import facts_of, living_turns, refused_months
from ydin.meetings.queries.planning_choices import Choice, choices, others_than
from ydin.meetings.queries.planning_reasons import (
    missing_count,
    names_in_words,
    reason_sentences,
    regret_words,
    why_not_words,
)
from ydin.meetings.rules.planning import why_open
from ydin.meetings.rules.planning_changes import Proposal
from ydin.people.policies import Reader, as_person


@dataclass(frozen=True)
class Change:
    """A month before and after; `before` None: it was open, `after` empty: nobody fits."""

    month: date
    before: HostingTurn | None
    after: str
    evening: date | None
    why: Sequence[str]
    regret: str
    is_change: bool


def preview_of(season: Season, proposal: Proposal) -> list[Change]:
    """Return every month of the season with what would become of it."""
    facts = facts_of(season)
    names = {company.id: company.name for company in facts.companies}
    living = {turn.month: turn for turn in living_turns(season)}
    slots = {slot.month: slot for slot in proposal.turns}
    hosting = {turn.enterprise_id: month for month, turn in living.items() if month not in proposal.open}
    hosting |= {slot.company: slot.month for slot in proposal.turns}
    rows = []
    for month in facts.months:
        slot, turn = slots.get(month), living.get(month)
        if slot is not None:
            why = reason_sentences(slot.reasons, names)
            regret = "" if proposal.what == "move" else regret_words(slot.regret)
            name = names.get(slot.company, "")
            rows.append(Change(month, turn, name, slot.evening, why, regret, is_change=True))
        elif turn is not None and month not in proposal.open:
            rows.append(Change(month, turn, turn.enterprise.name, turn.evening, [], "", is_change=False))
        else:
            why = reason_sentences(why_open(facts, month, hosting), names)
            rows.append(Change(month, turn, "", None, why, "", is_change=turn is not None))
    return rows


@dataclass(frozen=True)
class Option:
    """An evening of a company, as one value of the form, with who cannot come."""

    value: str
    day: date
    missing: str
    names: str
    is_now: bool


@dataclass(frozen=True)
class CompanyOptions:
    """A company with its evenings, or why it does not fit."""

    name: str
    options: Sequence[Option]
    why: Sequence[str]
    why_not: str
    is_now: bool


def move_page(season: Season, month: date) -> dict[str, Any]:
    """Return the companies that could host the month, best first, and those that do not fit, with why."""
    facts = facts_of(season)
    turns = living_turns(season)
    now = next((turn for turn in turns if turn.month == month), None)
    names = {company.id: company.name for company in facts.companies}
    refused = refused_months(season).get(month, frozenset())
    rows = sorted(choices(facts, others_than(turns, month), month), key=lambda c: c.company.id in refused)
    found = [_company(choice, now, names, refused) for choice in rows]
    return {
        "now": now,
        "fitting": [c for c in found if c.options],
        "others": [c for c in found if not c.options],
    }


MOST_EVENINGS = 8


def _company(
    choice: Choice, now: HostingTurn | None, names: dict[int, str], refused: frozenset[int]
) -> CompanyOptions:
    company = choice.company
    is_host = now is not None and now.enterprise_id == company.id
    options = [
        Option(
            f"{company.id}:{evening.day.isoformat()}",
            evening.day,
            missing_count(len(evening.missing), len(names)),
            names_in_words([names[pk] for pk in evening.missing]),
            is_host and now is not None and now.evening == evening.day,
        )
        for evening in choice.evenings[:MOST_EVENINGS]
    ]
    since = (
        {"code": "never_hosted"}
        if company.since is None
        else {
            "code": "last_hosted",
            "values": {"seasons": company.since},
        }
    )
    facts = [since] if company.wish is not None else [{"code": "did_not_answer"}, since]
    if company.id in refused:
        facts.insert(0, {"code": "said_no"})
    why_not = ", ".join(why_not_words(r["code"], r["values"]) for r in choice.why_not)
    return CompanyOptions(company.name, options, reason_sentences(facts, names), why_not, is_host)


def seasons_of(reader: Reader) -> QuerySet[Season]:
    """Return the seasons of the groups that the reader oversees, the newest first."""
    person = as_person(reader)
    if person is None:
        return Season.objects.none()
    return (
        Season.objects.filter(group__in=groups_overseen_by(person))
        .select_related("group")
        .order_by("-created_at", "-pk")[:100]
    )
