"""VTIMEZONE of a zone (RFC 5545, 3.6.5), computed from the machine's zone data.

`icalendar.Timezone.from_tzinfo` (7.3) states the spring change an hour late, so the component is made here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STEP = timedelta(days=7)
_WEEK = 7


@dataclass(frozen=True)
class _Change:
    """A change of the clocks: `wall` is what they show just before it, without a zone."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool

    @property
    def kind(self) -> tuple[timedelta, timedelta, str, bool]:
        return self.before, self.after, self.name, self.summer


@lru_cache(maxsize=256)
def vtimezone(zone: str, first_year: int, last_year: int) -> str:
    """Return the component for an IANA zone, right for the years given (and the end of the one before)."""
    changes = sorted(_changes(ZoneInfo(zone), first_year - 1, last_year), key=lambda c: (c.kind, c.wall))
    blocks = [_block(list(group)) for _, group in groupby(changes, key=lambda c: c.kind)]
    blocks.sort(key=lambda block: block[0])
    if not blocks or blocks[0][0].year >= first_year:
        blocks.insert(0, _before(ZoneInfo(zone), first_year - 1))
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}", *(line for _, block in blocks for line in block)]
    return "\r\n".join([*lines, "END:VTIMEZONE", ""])


def _before(zone: ZoneInfo, year: int) -> tuple[datetime, list[str]]:
    start = datetime(year, 1, 1, tzinfo=zone)
    offset = start.utcoffset() or timedelta()
    wall = datetime(1970, 1, 1)  # noqa: DTZ001 - local time of the component
    return wall, _component(_Change(wall, offset, offset, start.tzname() or "", bool(start.dst())), [])


def _changes(zone: ZoneInfo, first_year: int, last_year: int) -> list[_Change]:
    moment, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    found = []
    while moment < end:
        later = moment + _STEP
        if moment.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            found.append(_at_change(zone, moment, later))
        moment = later
    return found


def _at_change(zone: ZoneInfo, low: datetime, high: datetime) -> _Change:
    """Find the change between two moments to the second."""
    before = low.astimezone(zone).utcoffset() or timedelta()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    local = high.astimezone(zone)
    wall = (high + before).replace(tzinfo=None)
    return _Change(wall, before, local.utcoffset() or timedelta(), local.tzname() or "", bool(local.dst()))


def _block(changes: list[_Change]) -> tuple[datetime, list[str]]:
    first = changes[0]
    rule = _yearly_rule([c.wall for c in changes])
    if rule:
        return first.wall, _component(first, [f"RRULE:FREQ=YEARLY;{rule}"])
    return first.wall, _component(first, [f"RDATE:{c.wall:%Y%m%dT%H%M%S}" for c in changes[1:]])


def _yearly_rule(walls: list[datetime]) -> str:
    """Return the rule "second Sunday of March" that all changes follow, one every year, or nothing."""
    years = [w.year for w in walls]
    regular = years == list(range(years[0], years[0] + len(years))) and len(years) > 1
    same = len({(w.month, w.weekday(), w.time()) for w in walls}) == 1
    if not (regular and same):
        return ""
    first = walls[0]
    day = _DAYS[first.weekday()]
    if all((w + timedelta(days=_WEEK)).month != w.month for w in walls):
        return f"BYMONTH={first.month};BYDAY=-1{day}"
    weeks = {(w.day - 1) // _WEEK + 1 for w in walls}
    return f"BYMONTH={first.month};BYDAY={weeks.pop()}{day}" if len(weeks) == 1 else ""


def _component(change: _Change, dates: list[str]) -> list[str]:
    kind = "DAYLIGHT" if change.summer else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{change.wall:%Y%m%dT%H%M%S}",
        *dates,
        f"TZOFFSETFROM:{_offset(change.before)}",
        f"TZOFFSETTO:{_offset(change.after)}",
        f"TZNAME:{change.name}",
        f"END:{kind}",
    ]


def _offset(value: timedelta) -> str:
    seconds = int(value.total_seconds())
    sign = "-" if seconds < 0 else "+"
    minutes = abs(seconds) // 60
    return f"{sign}{minutes // 60:02d}{minutes % 60:02d}"
