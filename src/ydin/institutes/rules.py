"""Facilities, assignments and demos: states, who may do what in which state, and what may be counted. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from typing import Final

SHORT, LONG = 300, 4000
"""The longest line and the longest text that is typed, in characters."""
LARGEST_TEAM: Final = 40
NEW_AGAIN_AFTER: Final = timedelta(days=90)
"""What was taken down and is shown again is news again after so long, not every time that somebody corrects it."""


class PageState(StrEnum):
    """A facility or an assignment: written, shown to the network's members, taken down."""

    DRAFT = "draft"
    SHOWN = "shown"
    DOWN = "down"


class Audience(StrEnum):
    """Who reads what a company wrote about a demo."""

    TEAM = "team"
    GROUP = "group"
    NETWORK = "network"


class DemoState(StrEnum):
    """How far a demo is."""

    ASKED = "asked"
    MORE = "more"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TAKEN = "taken"
    DELIVERED = "delivered"
    ASSESSED = "assessed"


class Act(StrEnum):
    """What moves a demo on."""

    TAKE = "take"
    DECLINE = "decline"
    ASK_MORE = "more"
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    NAME_TEAM = "team"
    DELIVER = "deliver"
    ASSESS = "assess"
    RECRUIT = "recruit"
    SHOW = "show"


class Side(StrEnum):
    """Where somebody stands in a demo."""

    COMPANY = "company"
    INSTITUTE = "institute"
    TEAM = "team"


_S, _A = DemoState, Act
_COMPANY, _INSTITUTE = frozenset({Side.COMPANY}), frozenset({Side.INSTITUTE})
_MAKERS = frozenset({Side.INSTITUTE, Side.TEAM})
MOVES: Final[dict[tuple[DemoState, Act], tuple[DemoState, frozenset[Side]]]] = {
    (_S.ASKED, _A.TAKE): (_S.TAKEN, _INSTITUTE),
    (_S.ASKED, _A.DECLINE): (_S.DECLINED, _INSTITUTE),
    (_S.ASKED, _A.ASK_MORE): (_S.MORE, _INSTITUTE),
    (_S.ASKED, _A.ANSWER): (_S.ASKED, _COMPANY),
    (_S.ASKED, _A.WITHDRAW): (_S.WITHDRAWN, _COMPANY),
    (_S.MORE, _A.ANSWER): (_S.ASKED, _COMPANY),
    (_S.MORE, _A.DECLINE): (_S.DECLINED, _INSTITUTE),
    (_S.MORE, _A.WITHDRAW): (_S.WITHDRAWN, _COMPANY),
    (_S.TAKEN, _A.NAME_TEAM): (_S.TAKEN, _INSTITUTE),
    (_S.TAKEN, _A.DELIVER): (_S.DELIVERED, _MAKERS),
    (_S.TAKEN, _A.DECLINE): (_S.DECLINED, _INSTITUTE),
    (_S.TAKEN, _A.WITHDRAW): (_S.WITHDRAWN, _COMPANY),
    (_S.DELIVERED, _A.DELIVER): (_S.DELIVERED, _MAKERS),
    (_S.DELIVERED, _A.ASSESS): (_S.ASSESSED, _COMPANY),
    (_S.DELIVERED, _A.RECRUIT): (_S.DELIVERED, _COMPANY),
    (_S.ASSESSED, _A.ASSESS): (_S.ASSESSED, _COMPANY),
    (_S.ASSESSED, _A.RECRUIT): (_S.ASSESSED, _COMPANY),
    **{
        (state, _A.SHOW): (state, _COMPANY)
        for state in (_S.ASKED, _S.MORE, _S.TAKEN, _S.DELIVERED, _S.ASSESSED)
    },
}
"""From a state by an act to the next one, and whose act it is. What is not here is refused."""

OPEN: Final = (DemoState.ASKED, DemoState.MORE, DemoState.TAKEN)
TOLD: Final = (DemoState.TAKEN, DemoState.DELIVERED, DemoState.ASSESSED)
"""From here on the company's group or network reads it, if the company said so: a no is nobody else's business."""


def next_state(state: str, act: Act) -> DemoState | None:
    """Return the state after the act, or None where the act is not possible."""
    found = MOVES.get((DemoState(state), act))
    return None if found is None else found[0]


def may_act(state: str, act: Act, sides: Collection[Side]) -> bool:
    """Tell whether somebody who stands on these sides may do the act now."""
    found = MOVES.get((DemoState(state), act))
    return found is not None and not found[1].isdisjoint(sides)


def is_theirs(act: Act, sides: Collection[Side]) -> bool:
    """Tell whether the act is theirs in any state."""
    return any(not who.isdisjoint(sides) for (_state, one), (_next, who) in MOVES.items() if one == act)


class InterestState(StrEnum):
    """A company would like to try a facility."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Usable(StrEnum):
    """What a demo was worth to the company."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class RecruitKind(StrEnum):
    """As what a student came to the company."""

    JOB = "job"
    TRAINEE = "trainee"
    SUMMER = "summer"
    THESIS = "thesis"


class NameState(StrEnum):
    """Whether a student's name may be shown beside a recruitment."""

    ASKED = "asked"
    YES = "yes"
    NO = "no"


PAGE_MOVES: Final[dict[PageState, frozenset[PageState]]] = {
    PageState.SHOWN: frozenset({PageState.DRAFT, PageState.DOWN}),
    PageState.DOWN: frozenset({PageState.SHOWN}),
}
"""To a state of a facility or an assignment from which ones."""
