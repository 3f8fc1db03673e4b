"""Which group is in which part of its year, and who the demo lets people be. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NETWORK = "pohjoinen"
SHOWCASE = "ylivieska"


class Phase(StrEnum):
    """Where a group's season stands."""

    RUNNING = "running"
    COLLECTING = "collecting"
    PROPOSED = "proposed"


class Twist(StrEnum):
    """What is special about a group's next evenings."""

    NONE = "none"
    SHOWCASE = "showcase"
    JUST_HELD = "just held"
    FULL = "full"
    CANCELLED = "cancelled"
    PUBLIC = "public"
    NETWORK = "network"


@dataclass(frozen=True)
class Part:
    """A group's part: phase, days until its next evening at least, what is special, theme if not the host's."""

    phase: Phase = Phase.RUNNING
    ahead: int = 14
    twist: Twist = Twist.NONE
    theme: str = ""


PARTS = {
    "nivala-haapajarvi": Part(twist=Twist.JUST_HELD),
    "ylivieska": Part(ahead=4, twist=Twist.SHOWCASE),
    "raahe": Part(phase=Phase.PROPOSED),
    "haapavesi": Part(phase=Phase.COLLECTING),
    "muhos": Part(ahead=9, twist=Twist.PUBLIC),
    "kokkola": Part(ahead=6, twist=Twist.FULL),
    "iisalmi": Part(ahead=12),
    "kuopio": Part(ahead=15, twist=Twist.CANCELLED),
    "varkaus": Part(ahead=19),
    "rovaniemi": Part(ahead=7, twist=Twist.PUBLIC, theme="Yhdessä maailmalle"),
    "kemi-tornio": Part(ahead=11, twist=Twist.NETWORK),
    "kajaani": Part(ahead=16),
    "verkkokauppa": Part(ahead=5),
}
HOST_NOW, HOST_NEXT, MEMBER = 0, 1, 4
"""Companies of the showcase group by their place in `sample_companies`: host of the next evening, host of the
one after it (whose theme is open), and one that has not answered the invitation."""
VISITORS, PAUSED, LEFT = 2, 1, 1
"""So many companies at the end of each group's list are visitors, then on a break, then gone."""


class Role(StrEnum):
    """As whom the demo is entered."""

    COORDINATOR = "coordinator"
    HOST = "host"
    MEMBER = "member"
    VISITOR = "visitor"
    NATIONAL = "national"
    INSTITUTE = "institute"


LINKED = (Role.COORDINATOR, Role.HOST, Role.MEMBER, Role.VISITOR)
"""The roles that the supervisor tells of when the demo is ready."""


def is_member(index: int, size: int) -> bool:
    """Tell whether the company at this place of a group's list is a member."""
    return index < size - VISITORS - PAUSED - LEFT
