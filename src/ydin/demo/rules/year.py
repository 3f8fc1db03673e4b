"""The sample network's dates, counted from today so that it always looks alive. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from ydin.demo.rules.parts import Part, Phase, Twist
from ydin.kernel.clock import add_months, month_start
from ydin.meetings.rules.planning import holidays_of

WEEKDAYS = (0, 1, 2, 3)
SEASON = 9
RUNNING_BACK = 2
RUNNING_MONTHS = 10
SUMMER = (6, 7, 8)
QUARTERS = {
    12: "Talvi",
    1: "Talvi",
    2: "Talvi",
    3: "Kevät",
    4: "Kevät",
    5: "Kevät",
    6: "Kesä",
    7: "Kesä",
    8: "Kesä",
}


@dataclass(frozen=True)
class PastSeason:
    """A season that is over: name, months and the evening of each."""

    name: str
    evenings: tuple[date, ...]

    @property
    def months(self) -> list[date]:
        """The first day of each month."""
        return [month_start(day) for day in self.evenings]


@dataclass(frozen=True)
class GroupYear:
    """A group's dates: two seasons that are over, the present one, its evenings behind and the next one.

    `months` are those in which the group meets in the present season; `upcoming` is None while it is planned.
    """

    past: tuple[PastSeason, ...]
    name: str
    months: list[date]
    behind: tuple[date, ...] = ()
    upcoming: date | None = None


@dataclass
class Diary:
    """Evenings that are taken, for all groups together: neighbours and coordinators do not meet twice a day."""

    today: date
    taken: dict[str, set[date]] = field(default_factory=dict)

    def book(self, keys: Collection[str], day: date) -> date:
        """Write an evening down for these keys (a region, a coordinator)."""
        for key in keys:
            self.taken.setdefault(key, set()).add(day)
        return day

    def is_free(self, keys: Collection[str], day: date) -> bool:
        """Tell whether one could meet: a weekday evening, no holiday, nobody else there."""
        if day.weekday() not in WEEKDAYS or day in holidays_of("FI", [month_start(day)], "fi"):
            return False
        return not any(day in self.taken.get(key, ()) for key in keys)

    def from_day(self, keys: Collection[str], day: date, step: int = 1) -> date:
        """Return the first free evening from `day` on (`step` -1: backwards)."""
        while not self.is_free(keys, day):
            day += timedelta(days=step)
        return day


def months_off(today: date) -> list[int]:
    """Return the month without meetings: July, unless that would empty a demo seen in summer."""
    return [12] if today.month in SUMMER else [7]


def season_name(first: date) -> str:
    """Return what people call the season that begins in this month; December is the next year's winter."""
    return f"{QUARTERS.get(first.month, 'Syksy')} {add_months(first, 1).year}"


def months_from(first: date, count: int, off: Collection[int], step: int = 1) -> list[date]:
    """Return `count` months in which the group meets, from `first` on (`step` -1: backwards), in order of time."""
    found: list[date] = []
    month = month_start(first)
    while len(found) < count:
        if month.month not in off:
            found.append(month)
        month = add_months(month, step)
    return sorted(found)


def group_year(index: int, part: Part, keys: Collection[str], diary: Diary) -> GroupYear:
    """Return the dates of the group at this place of the list, and book its evenings."""
    off = months_off(diary.today)
    if part.phase is not Phase.RUNNING:
        first = months_from(add_months(diary.today, 1), 1, off)[0]
        months = months_from(first, SEASON, off)
        past = _past(index, add_months(month_start(diary.today), -1), off, keys, diary)
        return GroupYear(past, season_name(first), months)
    held = diary.today
    if part.twist is Twist.JUST_HELD:
        held = diary.book(keys, diary.from_day(keys, diary.today - timedelta(days=1), -1))
        following = months_from(add_months(held, 1), 1, off)[0]
        start = max(diary.today + timedelta(days=3), following + timedelta(days=9))
        upcoming = diary.from_day(keys, start)
    else:
        upcoming = _upcoming(keys, diary, part.ahead, off)
    diary.book(keys, upcoming)
    return _running(index, upcoming, held, off, keys, diary)


def _upcoming(keys: Collection[str], diary: Diary, ahead: int, off: Collection[int]) -> date:
    day = diary.from_day(keys, diary.today + timedelta(days=ahead))
    while day.month in off:
        day = diary.from_day(keys, add_months(day, 1))
    return day


def _running(
    index: int, upcoming: date, held: date, off: Collection[int], keys: Collection[str], diary: Diary
) -> GroupYear:
    first = months_from(add_months(upcoming, -1), RUNNING_BACK, off, -1)[0]
    months = months_from(first, RUNNING_MONTHS, off)
    behind = []
    for month in months[:RUNNING_BACK]:
        is_held = held < diary.today and month_start(held) == month
        behind.append(held if is_held else _evening_of(index, month, keys, diary))
    past = _past(index, add_months(first, -1), off, keys, diary)
    return GroupYear(past, season_name(first), months, tuple(behind), upcoming)


def _past(
    index: int, last: date, off: Collection[int], keys: Collection[str], diary: Diary
) -> tuple[PastSeason, ...]:
    months = months_from(last, 2 * SEASON, off, -1)
    halves = (months[:SEASON], months[SEASON:])
    return tuple(
        PastSeason(season_name(half[0]), tuple(_evening_of(index, month, keys, diary) for month in half))
        for half in halves
    )


def _evening_of(index: int, month: date, keys: Collection[str], diary: Diary) -> date:
    """Return the group's evening of a month behind us: the same weekday of the second or third week."""
    week = month + timedelta(days=7 * (1 + index // len(WEEKDAYS) % 2))
    day = week + timedelta(days=(index % len(WEEKDAYS) - week.weekday()) % 7)
    free = diary.from_day(keys, day)
    if free >= diary.today or free.month != month.month:
        free = diary.from_day(keys, min(day, diary.today - timedelta(days=1)), -1)
    return diary.book(keys, free)
