"""A group's evenings as the twelve months of the year ring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from ydin.home.queries.public import Evening
from ydin.kernel.clock import add_months
from ydin.ui import dates
from ydin.ui.ring import Segment
from ydin.ui.text import initials_of

MONTHS = 12
SECOND_HALF = 8


def first_month(today: date) -> date:
    """Return where the shown year begins: in the first half of a year last August, when groups start again.

    So the picture always has evenings that were and evenings to come.
    """
    return date(today.year, 8, 1) if today.month >= SECOND_HALF else date(today.year - 1, 8, 1)


def year_of(
    first: date,
    today: date,
    months_off: Sequence[int],
    evenings: Iterable[Evening],
    hosts: Mapping[date, str],
    *,
    shows_gaps: bool = False,
) -> list[Segment]:
    """Return twelve segments from the month `first`.

    Args:
        first: first day of the first month.
        today: on the group's calendar.
        months_off: 1 … 12.
        evenings: of these months; the first of a month counts.
        hosts: hosts agreed for months that have no evening yet, by first day of the month.
        shows_gaps: whether a month without a host is shown as missing one (for those who plan).

    """
    by_month: dict[date, Evening] = {}
    days: dict[date, date] = {}
    for evening in evenings:
        day = evening.starts_at.astimezone(ZoneInfo(evening.time_zone)).date()
        by_month.setdefault(day.replace(day=1), evening)
        days.setdefault(day.replace(day=1), day)
    this = today.replace(day=1)
    nearest = min((m for m, day in days.items() if day >= today), default=None)
    segments = []
    for step in range(MONTHS):
        month = add_months(first, step)
        evening_of = by_month.get(month)
        host = (evening_of.host if evening_of else "") or hosts.get(month, "")
        if evening_of or host:
            state = _taken(month, nearest, over=(month in days and days[month] < today) or month < this)
        else:
            is_gap = shows_gaps and month >= this and month.month not in months_off
            state = "open" if is_gap else "off"
        segments.append(Segment(dates.month_name(month), state, host, initials_of(host) if host else ""))
    return segments


def _taken(month: date, nearest: date | None, *, over: bool) -> str:
    if over:
        return "past"
    return "now" if month == nearest else "coming"


def middle(segments: Sequence[Segment]) -> tuple[str, str]:
    """Return title and note for the middle of the ring: the month that is next, and its host."""
    for segment in segments:
        if segment.state == "now":
            name = f"{segment.month[:1].upper()}{segment.month[1:]}"
            return name, _("hosted by %s") % segment.host if segment.host else ""
    return "", ""
