"""States and which may follow which."""

from __future__ import annotations

from enum import StrEnum


class SeasonState(StrEnum):
    """A season's life: wishes are collected, the plan is made and shared, the months pass."""

    DRAFT = "draft"
    COLLECTING = "collecting"
    PLANNING = "planning"
    RUNNING = "running"
    CLOSED = "closed"


class TurnState(StrEnum):
    """A hosting turn's life."""

    PROPOSED = "proposed"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SWAPPED = "swapped"
    CANCELLED = "cancelled"


class SwapState(StrEnum):
    """A host asked another to change months."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class MeetingState(StrEnum):
    """A meeting's life."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    HELD = "held"
    CANCELLED = "cancelled"


class Audience(StrEnum):
    """Who may see that a meeting takes place: its theme, time and place."""

    GROUP = "group"
    NETWORK = "network"
    PUBLIC = "public"


WIDTH = {Audience.GROUP: 0, Audience.NETWORK: 1, Audience.PUBLIC: 2}
"""How wide an audience is, to tell whether a change shows something to more people."""


class Answer(StrEnum):
    """What a person answered to an invitation."""

    NONE = "none"
    COMING = "coming"
    MAYBE = "maybe"
    NOT_COMING = "not_coming"


class Standing(StrEnum):
    """Whether somebody who answered 'coming' has a place."""

    NONE = "none"
    ADMITTED = "admitted"
    WAITING = "waiting"


class Recorded(StrEnum):
    """How an attendance was recorded."""

    CODE = "code"
    COORDINATOR = "coordinator"
    PAPER = "paper"


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class ProposalState(StrEnum):
    """What became of another time that somebody asked for."""

    OPEN = "open"
    KEPT = "kept"
    MOVED = "moved"


LIVE_TURNS = (TurnState.PROPOSED, TurnState.ASKED, TurnState.ACCEPTED)
TURN_CHANGES: dict[TurnState, tuple[TurnState, ...]] = {
    TurnState.PROPOSED: (TurnState.ASKED, TurnState.ACCEPTED, TurnState.CANCELLED),
    TurnState.ASKED: (TurnState.ACCEPTED, TurnState.DECLINED, TurnState.SWAPPED, TurnState.CANCELLED),
    TurnState.ACCEPTED: (TurnState.SWAPPED, TurnState.CANCELLED),
    TurnState.DECLINED: (),
    TurnState.SWAPPED: (),
    TurnState.CANCELLED: (),
}
MEETING_CHANGES: dict[MeetingState, tuple[MeetingState, ...]] = {
    MeetingState.DRAFT: (MeetingState.ANNOUNCED, MeetingState.CANCELLED),
    MeetingState.ANNOUNCED: (MeetingState.HELD, MeetingState.CANCELLED),
    MeetingState.HELD: (),
    MeetingState.CANCELLED: (MeetingState.ANNOUNCED,),
}
