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
    """Evenings that are taken: neighbours and a coordinator's groups never meet on the same day."""

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
    """Return `count` months in which a group meets, from `first` on (`step` -1: back), in order of time."""
    found: list[date] = []
    month = month_start(first)
    while len(found) < count:
        if month.month not in off:
            found.append(month)
        month = add_months(month, step)
    return sorted(found)


def group_year(index: int, part: Part, keys: Collection[str], diary: Diary) -> GroupYear:
    """Return the dates of the group at this place of the list, and book its evenings."""
    return _Pencil(index, keys, diary, months_off(diary.today)).year(part)


@dataclass(frozen=True)
class _Pencil:
    """Writes one group's evenings into the diary."""

    index: int
    keys: Collection[str]
    diary: Diary
    off: Collection[int]

    def year(self, part: Part) -> GroupYear:
        today = self.diary.today
        if part.phase is Phase.RUNNING:
            return self._running(*(self._just_held() if part.twist is Twist.JUST_HELD else self._ahead(part)))
        first = months_from(add_months(today, 1), 1, self.off)[0]
        months = months_from(first, SEASON, self.off)
        return GroupYear(self._past(add_months(today, -1)), season_name(first), months)

    def _ahead(self, part: Part) -> tuple[date, None]:
        day = self._from(self.diary.today + timedelta(days=part.ahead))
        while day.month in self.off:
            day = self._from(add_months(day, 1))
        return self.diary.book(self.keys, day), None

    def _just_held(self) -> tuple[date, date]:
        """Return the next evening, in the month after the one that was held on the last working day."""
        held = self.diary.book(self.keys, self._from(self.diary.today - timedelta(days=1), -1))
        following = months_from(add_months(held, 1), 1, self.off)[0]
        start = max(self.diary.today + timedelta(days=3), following + timedelta(days=9))
        return self.diary.book(self.keys, self._from(start)), held

    def _running(self, upcoming: date, held: date | None) -> GroupYear:
        first = months_from(add_months(upcoming, -1), RUNNING_BACK, self.off, -1)[0]
        months = months_from(first, RUNNING_MONTHS, self.off)
        behind = tuple(
            held if held and month_start(held) == month else self._evening_of(month)
            for month in months[:RUNNING_BACK]
        )
        return GroupYear(self._past(add_months(first, -1)), season_name(first), months, behind, upcoming)

    def _past(self, last: date) -> tuple[PastSeason, ...]:
        months = months_from(last, 2 * SEASON, self.off, -1)
        return tuple(
            PastSeason(season_name(half[0]), tuple(self._evening_of(month) for month in half))
            for half in (months[:SEASON], months[SEASON:])
        )

    def _from(self, day: date, step: int = 1) -> date:
        return self.diary.from_day(self.keys, day, step)

    def _evening_of(self, month: date) -> date:
        """Return the group's evening of a month behind us: the same weekday of the second or third week."""
        week = month + timedelta(days=7 * (1 + self.index // len(WEEKDAYS) % 2))
        day = week + timedelta(days=(self.index % len(WEEKDAYS) - week.weekday()) % 7)
        free = self._from(day)
        if free >= self.diary.today or free.month != month.month:
            free = self._from(min(day, self.diary.today - timedelta(days=1)), -1)
        return self.diary.book(self.keys, free)
