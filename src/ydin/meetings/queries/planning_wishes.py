"""What the wish form offers, and who has answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language

from ydin.groups.queries import member_seats
from ydin.kernel.clock import today
from ydin.meetings.models import HostingWish, Season
from ydin.meetings.queries.planning import call_list, wishes_of
from ydin.meetings.rules.planning import SeasonFacts, holidays_of, usual_evenings
from ydin.networks.models import Enterprise


@dataclass(frozen=True)
class WishFormFacts:
    """Months and evenings to choose from, what is known already, and who reads the answer."""

    wish: HostingWish | None
    months: list[date]
    evenings: Mapping[date, Sequence[date]]
    initial: dict[str, Any]
    member_names: list[str]


def wish_of(season: Season, company: int) -> HostingWish | None:
    """Return the company's wish row."""
    return HostingWish.objects.filter(season=season, enterprise=company).first()


def member_company(season: Season, company: int) -> Enterprise | None:
    """Return a company that holds a member's seat in the group."""
    seat = member_seats(season.group).filter(enterprise=company).first()
    return seat.enterprise if seat else None


def wish_form_facts(season: Season, enterprise: Enterprise) -> WishFormFacts:
    """Return what the form needs. Evenings: the group's weekdays without holidays, from tomorrow on."""
    group = season.group
    months = sorted(season.months)
    facts = SeasonFacts(
        months=tuple(months),
        weekdays=frozenset(group.weekdays),
        earliest=today(group.time_zone) + timedelta(days=1),
        companies=(),
        holidays=holidays_of(group.network.country, months, get_language() or group.language),
    )
    evenings = {month: usual_evenings(facts, month) for month in months}
    ahead = [month for month in months if evenings[month]]
    wish = wish_of(season, enterprise.pk)
    initial: dict[str, Any] = {
        "capacity": enterprise.premises_capacity,
        "version": wish.version if wish else 0,
    }
    if wish is not None and wish.answered_at is not None:
        initial = {
            "can_host": "yes" if wish.can_host else "no",
            "months": [month.isoformat() for month in wish.months],
            "evenings": wish.evenings,
            "capacity": wish.capacity,
            "never_weekdays": [str(n) for n in wish.never_weekdays],
            "away": wish.away,
            "theme_offered": wish.theme_offered,
            "theme_wanted": wish.theme_wanted,
            "version": wish.version,
        }
    names = [seat.enterprise.name for seat in member_seats(group)]
    return WishFormFacts(wish, ahead, evenings, initial, names)


@dataclass(frozen=True)
class WishRow:
    """A member company, its answer if any, and whom to call."""

    company: Enterprise
    wish: HostingWish | None
    is_asked: bool
    people: Sequence[tuple[str, str]]


def wish_list(season: Season) -> list[WishRow]:
    """Return every member company: those who have not answered first."""
    seats = list(member_seats(season.group))
    wishes = wishes_of(season)
    people = call_list(seat.enterprise_id for seat in seats)
    rows = []
    for seat in seats:
        wish = wishes.get(seat.enterprise_id)
        answered = wish if wish is not None and wish.answered_at is not None else None
        rows.append(WishRow(seat.enterprise, answered, wish is not None, people.get(seat.enterprise_id, [])))
    return sorted(rows, key=lambda row: row.wish is not None)
