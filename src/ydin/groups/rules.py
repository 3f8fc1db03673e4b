"""States of seats and applications, and what a group is by default."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum

MIN_SIZE, MAX_SIZE = 10, 25
EVENING_START, EVENING_END = time(17, 30), time(20, 0)
DEFAULT_MONTHS_OFF = (7,)
DEFAULT_WEEKDAYS = (0, 1, 2, 3)
DEFAULT_REMINDER_DAYS = (7, 1)


class GroupKind(StrEnum):
    """Where a core group meets."""

    PLACE = "place"
    ONLINE = "online"


class SeatState(StrEnum):
    """A seat's life. Only members and paused members read what is said in the group."""

    VISITOR = "visitor"
    MEMBER = "member"
    PAUSED = "paused"
    LEFT = "left"


class ApplicationState(StrEnum):
    """A person who asked to visit or to join."""

    RECEIVED = "received"
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


READING_STATES = (SeatState.MEMBER, SeatState.PAUSED)
OPEN_APPLICATIONS = (ApplicationState.RECEIVED, ApplicationState.INVITED)
SEAT_CHANGES: dict[SeatState, tuple[SeatState, ...]] = {
    SeatState.VISITOR: (SeatState.MEMBER, SeatState.LEFT),
    SeatState.MEMBER: (SeatState.PAUSED, SeatState.LEFT),
    SeatState.PAUSED: (SeatState.MEMBER, SeatState.LEFT),
    SeatState.LEFT: (),
}


def meeting_months(first: date, count: int, months_off: list[int] | tuple[int, ...]) -> list[date]:
    """Return the first days of the months, of `count` months from `first`, in which the group meets."""
    index = first.year * 12 + first.month - 1
    months = [date(i // 12, i % 12 + 1, 1) for i in range(index, index + count)]
    return [m for m in months if m.month not in months_off]
