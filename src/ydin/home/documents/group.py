"""A group's rhythm in words, and its year as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ydin.groups.models import CoreGroup
from ydin.home.documents.ring import MONTHS, first_month, middle, year_of
from ydin.home.queries.inside import HOST_STATES_FOR_MEMBERS, HOST_STATES_FOR_PLANNERS, agreed_hosts
from ydin.home.queries.public import evenings_of
from ydin.kernel.clock import add_months, month_end, today
from ydin.ui import dates
from ydin.ui.ring import Segment

A_MONDAY = date(2024, 1, 1)
ALL_DAYS, A_RANGE = 7, 3


@dataclass(frozen=True)
class Ring:
    """A group's year: segments, and what stands in the middle."""

    segments: list[Segment]
    title: str
    note: str
    has_evenings: bool


def ring_of(group: CoreGroup, *, names_all: bool, shows_gaps: bool) -> Ring:
    """Return the group's calendar year. Hosts of evenings that are not public are named only if `names_all`."""
    day = today(group.time_zone)
    first = first_month(day)
    last = month_end(add_months(first, 11))
    states = HOST_STATES_FOR_PLANNERS if shows_gaps else HOST_STATES_FOR_MEMBERS
    hosts = agreed_hosts(group, first, last, states=states) if names_all else {}
    evenings = evenings_of(group, first, last, names_all=names_all)
    segments = year_of(first, day, group.months_off, evenings, hosts, shows_gaps=shows_gaps)
    title, note = middle(segments)
    return Ring(segments, title, note, bool(evenings or hosts))


def weekday_name(number: int) -> str:
    """Return the short name of a weekday, 0 being Monday."""
    return dates.weekday_short(A_MONDAY.replace(day=1 + number))


def rhythm(group: CoreGroup) -> dict[str, str]:
    """Return when the group meets: `days` (as "ti, ke"), `clock`, `off` (months without an evening)."""
    months = [date(A_MONDAY.year, m, 1) for m in sorted(set(group.months_off)) if 1 <= m <= MONTHS]
    return {
        "days": _days([d for d in sorted(set(group.weekdays)) if 0 <= d < ALL_DAYS]),
        "clock": f"{dates.clock(group.evening_start)}–{dates.clock(group.evening_end)}",
        "off": ", ".join(dates.month_name(m) for m in months) or _("none"),
    }


def _days(days: list[int]) -> str:
    """Return as "ma–to" or "ti, to"; nothing when any day will do."""
    if len(days) in {0, ALL_DAYS}:
        return ""
    if len(days) >= A_RANGE and days[-1] - days[0] == len(days) - 1:
        return f"{weekday_name(days[0])}–{weekday_name(days[-1])}"
    return ", ".join(weekday_name(d) for d in days)
