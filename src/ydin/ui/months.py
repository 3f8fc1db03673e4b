"""A month as a grid of weeks that begin on Monday."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

Entry = tuple[str, str]


@dataclass(frozen=True)
class Day:
    """One cell: the date, its entries as (address, text), and the classes that tell its kind."""

    date: dt.date
    entries: list[Entry]
    kind: str
    is_today: bool = False


def weeks(
    month: dt.date, entries: Iterable[tuple[dt.date, str, str]], today: dt.date | None = None
) -> list[list[Day]]:
    """Lay (date, address, text) entries into the weeks of the month; days of its neighbours are "other"."""
    by_day: dict[dt.date, list[Entry]] = {}
    for date, url, text in entries:
        by_day.setdefault(date, []).append((url, text))
    grid = calendar.Calendar(calendar.MONDAY).monthdatescalendar(month.year, month.month)
    return [[_day(date, month, by_day.get(date, []), today) for date in week] for week in grid]


def _day(date: dt.date, month: dt.date, entries: list[Entry], today: dt.date | None) -> Day:
    marks = {
        "other": date.month != month.month,
        "today": date == today,
        "none": not entries,
    }
    return Day(date, entries, " ".join(mark for mark, is_so in marks.items() if is_so), date == today)
