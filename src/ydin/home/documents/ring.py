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


def first_month(today: date) -> date:
    """Return where a year around `today` begins: August, when groups start again, or January."""
    return date(today.year, 1, 1)


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
    for evening in evenings:
        day = evening.starts_at.astimezone(ZoneInfo(evening.time_zone)).date()
        by_month.setdefault(day.replace(day=1), evening)
    this = today.replace(day=1)
    nearest = min((m for m in by_month if m >= this), default=None)
    segments = []
    for step in range(MONTHS):
        month = add_months(first, step)
        evening_of = by_month.get(month)
        host = (evening_of.host if evening_of else "") or hosts.get(month, "")
        state = _state(month, this, nearest, bool(evening_of or host), month.month in months_off, shows_gaps)
        segments.append(Segment(dates.month_name(month), state, host, initials_of(host) if host else ""))
    return segments


def _state(  # noqa: PLR0917 - facts of one month
    month: date,
    this: date,
    nearest: date | None,
    taken: bool,
    is_off: bool,
    shows_gaps: bool,  # noqa: FBT001
) -> str:
    if taken:
        if month < this:
            return "past"
        return "now" if month == nearest else "coming"
    if is_off or month < this or not shows_gaps:
        return "off"
    return "open"


def middle(segments: Sequence[Segment]) -> tuple[str, str]:
    """Return title and note for the middle of the ring: the month that is next, and its host."""
    for segment in segments:
        if segment.state == "now":
            name = f"{segment.month[:1].upper()}{segment.month[1:]}"
            return name, _("hosted by %s") % segment.host if segment.host else ""
    return "", ""
