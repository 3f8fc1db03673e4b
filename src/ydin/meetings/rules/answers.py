"""Who gets a place at a meeting, and when somebody is reminded. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ydin.meetings.rules.states import Answer, Standing

MAX_GUESTS = 5
"""So many may one person bring; the answer page offers one."""

REMINDER_CLOCK = time(9, 0)
MAYBE_DAYS = 1
"""Those who said maybe are asked again this many days before, and not earlier."""

CODE_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Letters and figures that nobody confuses when a code is read aloud or from a wall."""
CODE_LENGTH = 6

TOLD = (
    "theme",
    "starts_at",
    "ends_at",
    "time_zone",
    "place",
    "address",
    "municipality",
    "video_link",
    "host",
    "expert",
    "description",
    "parking",
    "food",
    "access",
)
"""Fields of a meeting whose change is told to everybody."""
DRAWN = ("latitude", "longitude")
"""Fields that calendar programs show, though nobody is written to because of them."""
QUIET = ("audience", "capacity", "visitor_places", "agenda", "expert_wish")
"""Fields that change without a word."""
CHANGEABLE = (*TOLD, *DRAWN, *QUIET)


@dataclass(frozen=True)
class Room:
    """How full a meeting is. `capacity` None: no limit. Guests count; `waiting` are answers."""

    capacity: int | None
    visitor_places: int
    taken: int
    visitors: int
    waiting: int

    def free(self) -> int | None:
        """Return how many more fit in (None: as many as come)."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    def fits(self, people: int, *, visitors: bool) -> bool:
        """Tell whether so many more fit in, whoever waits."""
        if visitors and self.visitors + people > self.visitor_places:
            return False
        return self.capacity is None or self.taken + people <= self.capacity

    def without(self, people: int, *, visitors: bool) -> Room:
        """Return the room as it is when so many have left their places (negative: taken them)."""
        fewer = people if visitors else 0
        return Room(
            self.capacity, self.visitor_places, self.taken - people, self.visitors - fewer, self.waiting
        )


def standing_for(
    room: Room, before: Standing, guests_before: int, guests: int, *, visitors: bool
) -> Standing:
    """Return the standing of somebody who says that they come; NONE: more guests than there is room for.

    Whoever has a place keeps it. Nobody passes those who wait.
    """
    if before is Standing.ADMITTED:
        more = guests - guests_before
        return Standing.ADMITTED if more <= 0 or _admits(room, more, visitors=visitors) else Standing.NONE
    if before is Standing.WAITING:
        return Standing.WAITING
    return Standing.ADMITTED if _admits(room, 1 + guests, visitors=visitors) else Standing.WAITING


def _admits(room: Room, people: int, *, visitors: bool) -> bool:
    return room.waiting == 0 and room.fits(people, visitors=visitors)


@dataclass(frozen=True)
class Waiting:
    """Somebody on the waiting list: `people` with their guests."""

    key: int
    people: int
    visitors: bool


def moving_up(room: Room, queue: Iterable[Waiting]) -> list[int]:
    """Return the keys of those who get a place now, in the order of the list.

    The first who does not fit stops the list, so that a pair is not passed for ever by single people.
    Visitors beyond the visitors' places keep waiting while members behind them move up.
    """
    admitted = []
    for one in queue:
        if not room.fits(one.people, visitors=False):
            break
        if room.fits(one.people, visitors=one.visitors):
            admitted.append(one.key)
            room = room.without(-one.people, visitors=one.visitors)
    return admitted


def reminder_due(
    starts_at: datetime, days_before: Iterable[int], time_zone: str, moment: datetime
) -> tuple[int, datetime] | None:
    """Return which reminder is due at `moment`, as (days before, since when), or None.

    A reminder falls due at nine on the clocks of `time_zone`, so many days before the meeting's date, and
    stays due until the next one or until the meeting begins.
    """
    if moment >= starts_at:
        return None
    zone = ZoneInfo(time_zone)
    day: date = starts_at.astimezone(zone).date()
    due = [
        (days, datetime.combine(day - timedelta(days=days), REMINDER_CLOCK, tzinfo=zone))
        for days in sorted(set(days_before))
    ]
    return next(((days, since) for days, since in due if since <= moment), None)


def is_reminded(answer: Answer, days: int) -> bool:
    """Tell whether somebody with this answer hears of the reminder so many days before."""
    return answer is Answer.NONE or (answer is Answer.MAYBE and days <= MAYBE_DAYS)
