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
GLASS_TIME = timedelta(hours=1)
"""How long somebody who broke the glass reads."""
GLASS_SHOWN = timedelta(days=30)
"""How long the group's pages tell that the glass was broken; the log tells for ever."""
SHORTEST_REASON = 15
"""A reason for breaking the glass has at least so many characters."""

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


class AcceptedHow(StrEnum):
    """How somebody accepted the ground rules."""

    SITE = "site"
    PAPER = "paper"


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


DEFAULT_GROUND_RULES: dict[str, str] = {
    "fi": (
        "Mitä ryhmässä puhutaan, se jää ryhmään. En kerro kenenkään muun asioita, lukuja enkä nimiä "
        "ulkopuolisille, en edes hyvässä tarkoituksessa. Omista asioistani kerron kenelle haluan.\n\n"
        "Muistiot ja lupaukset ovat vain ryhmälle. En välitä niitä eteenpäin enkä näytä niitä muille.\n\n"
        "En käytä kuulemaani toista yritystä vastaan. Jos kilpailemme tai asia koskee minua muuten, "
        "sanon sen ääneen.\n\n"
        "Kuuntelen loppuun, kysyn ensin ja neuvon vasta sitten. Saan itse päättää, mitä kerron.\n\n"
        "Jos jotain on lipsahtanut, kerron siitä heti koordinaattorille. Lupaus sitoo myös sen jälkeen, "
        "kun olen jättänyt ryhmän."
    ),
    "sv": (
        "Det som sägs i gruppen stannar i gruppen. Jag berättar inte om andras angelägenheter, siffror "
        "eller namn för utomstående, inte ens i god mening. Om mina egna angelägenheter berättar jag för "
        "vem jag vill.\n\n"
        "Promemorior och löften är bara för gruppen. Jag skickar dem inte vidare och visar dem inte för "
        "andra.\n\n"
        "Jag använder inte det jag hört mot ett annat företag. Om vi konkurrerar, eller om saken rör mig "
        "på annat sätt, säger jag det högt.\n\n"
        "Jag lyssnar till slut, frågar först och ger råd sedan. Jag bestämmer själv vad jag berättar.\n\n"
        "Om något har sluppit ut säger jag det genast till koordinatorn. Löftet gäller också efter att "
        "jag har lämnat gruppen."
    ),
    "en": (
        "What is said in the group stays in the group. I tell nobody outside about anybody else's "
        "affairs, figures or names, not even to help. Of my own affairs I tell whom I like.\n\n"
        "Memos and promises are for the group alone. I do not pass them on or show them to others.\n\n"
        "I do not use what I hear against another company. If we compete, or the matter touches me in "
        "another way, I say so openly.\n\n"
        "I listen to the end, ask first and advise afterwards. I decide myself what I tell.\n\n"
        "If something has slipped out, I tell the coordinator at once. The promise holds after I have "
        "left the group, too."
    ),
}
"""What every group begins with (version 0), paragraphs divided by an empty line. A group writes its own."""


def default_ground_rules(*languages: str) -> tuple[str, str]:
    """Return (language, text) of what every group begins with, in the first language that has it."""
    language = next((one for one in languages if one in DEFAULT_GROUND_RULES), "en")
    return language, DEFAULT_GROUND_RULES[language]
