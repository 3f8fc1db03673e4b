"""States of seats and applications, and what a group is by default."""

from __future__ import annotations

from datetime import date, time, timedelta
from enum import StrEnum

MIN_SIZE, MAX_SIZE = 10, 25
EVENING_START, EVENING_END = time(17, 30), time(20, 0)
DEFAULT_MONTHS_OFF = (7,)
DEFAULT_WEEKDAYS = (0, 1, 2, 3)
DEFAULT_REMINDER_DAYS = (7, 1)
UNDO_TIME = timedelta(hours=1)
"""How long a change of a seat can be taken back."""

DEFAULT_AGENDA: dict[str, tuple[tuple[int, str], ...]] = {
    "fi": (
        (15, "Kahvit ja viime kerran lupaukset"),
        (30, "Kierros: mitä kullekin kuuluu"),
        (30, "Isäntäyritys esittäytyy"),
        (50, "Illan teema"),
        (15, "Lupaukset ensi kertaan"),
        (10, "Seuraava isäntä"),
    ),
    "sv": (
        (15, "Kaffe och löftena från förra gången"),
        (30, "Rundan: hur har var och en det"),
        (30, "Värdföretaget presenterar sig"),
        (50, "Kvällens tema"),
        (15, "Löften till nästa gång"),
        (10, "Nästa värd"),
    ),
    "en": (
        (15, "Coffee, and the promises of last time"),
        (30, "Round: how is everybody doing"),
        (30, "The host company presents itself"),
        (50, "Theme of the evening"),
        (15, "Promises for next time"),
        (10, "The next host"),
    ),
}
"""(minutes, title): two and a half hours, in the group's language. A group changes it as it likes."""


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
    MOVED = "moved"


READING_STATES = (SeatState.MEMBER, SeatState.PAUSED)
OPEN_APPLICATIONS = (ApplicationState.RECEIVED, ApplicationState.INVITED)
SEAT_CHANGES: dict[SeatState, tuple[SeatState, ...]] = {
    SeatState.VISITOR: (SeatState.MEMBER, SeatState.LEFT),
    SeatState.MEMBER: (SeatState.PAUSED, SeatState.LEFT),
    SeatState.PAUSED: (SeatState.MEMBER, SeatState.LEFT),
    SeatState.LEFT: (),
}


def default_agenda(language: str) -> list[dict[str, int | str]]:
    """Return the agenda template of a new group as stored: `[{minutes, title}]`."""
    rows = DEFAULT_AGENDA.get(language, DEFAULT_AGENDA["en"])
    return [{"minutes": minutes, "title": title} for minutes, title in rows]


def meeting_months(first: date, count: int, months_off: list[int] | tuple[int, ...]) -> list[date]:
    """Return the first days of the months, of `count` months from `first`, in which the group meets."""
    index = first.year * 12 + first.month - 1
    months = [date(i // 12, i % 12 + 1, 1) for i in range(index, index + count)]
    return [m for m in months if m.month not in months_off]
