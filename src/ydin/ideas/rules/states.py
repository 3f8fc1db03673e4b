"""What an idea is, its states, and who takes which step. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST: Final = 280
"""Signs of an idea: one or two sentences."""
LONGEST_WHY: Final = 500
LONGEST_ANSWER: Final = 6000
ALIKE_FROM: Final = 0.3
"""So much of their words (trigrams of the stems, 0 to 1) two ideas share before one is asked about the other."""
ALIKE_SHOWN: Final = 3


class Kind(StrEnum):
    """What is wanted."""

    THEME = "theme"
    QUESTION = "question"
    TOOL = "tool"


class Topic(StrEnum):
    """What it is about, so that wishes can be counted without telling them."""

    UNSAID = ""
    SALES = "sales"
    MARKETING = "marketing"
    PRICE = "price"
    PRODUCT = "product"
    DIGITAL = "digital"
    EXPORT = "export"
    MONEY = "money"
    LAW = "law"
    PEOPLE = "people"
    WELLBEING = "wellbeing"
    TOGETHER = "together"
    GREEN = "green"


@dataclass(frozen=True)
class Wish:
    """What is written: kind and topic are codes, `why` is why it matters to the company."""

    text: str
    kind: str = Kind.THEME
    topic: str = Topic.UNSAID
    why: str = ""


class Shown(StrEnum):
    """Who reads an idea."""

    GROUP = "group"
    NETWORK = "network"


WIDTH: Final = {one: width for width, one in enumerate(Shown)}


class State(StrEnum):
    """Where an idea stands."""

    OPEN = "open"
    TAKEN = "taken"
    PLANNED = "planned"
    ANSWERED = "answered"
    PARKED = "parked"
    CLOSED = "closed"


LIVE: Final = (State.OPEN, State.TAKEN, State.PLANNED)
"""An idea in one of these still waits for something, and can be supported."""


class Act(StrEnum):
    """What is done with an idea."""

    TAKE_UP = "take_up"
    RELEASE = "release"
    PLAN = "plan"
    UNPLAN = "unplan"
    ANSWER = "answer"
    PARK = "park"
    REOPEN = "reopen"
    CLOSE = "close"


class Part(StrEnum):
    """What somebody is to an idea.

    Of its company; coordinator of its group or network; expert, researcher or institute who has signed; the one
    who took it up; host of the evening for which it is planned.
    """

    AUTHOR = "author"
    COORDINATOR = "coordinator"
    OUTSIDER = "outsider"
    TAKER = "taker"
    HOST = "host"


_A, _C, _O, _T, _H = Part.AUTHOR, Part.COORDINATOR, Part.OUTSIDER, Part.TAKER, Part.HOST


@dataclass(frozen=True)
class Step:
    """Where an act leads (None: back to where it stood, taken up or open), and who may do it."""

    to: State | None
    by: frozenset[Part]


STEPS: Final[dict[tuple[State, Act], Step]] = {
    (State.OPEN, Act.TAKE_UP): Step(State.TAKEN, frozenset({_C, _O})),
    (State.OPEN, Act.PLAN): Step(State.PLANNED, frozenset({_H})),
    (State.OPEN, Act.ANSWER): Step(State.ANSWERED, frozenset({_C, _O})),
    (State.OPEN, Act.PARK): Step(State.PARKED, frozenset({_C})),
    (State.OPEN, Act.CLOSE): Step(State.CLOSED, frozenset({_A})),
    (State.TAKEN, Act.RELEASE): Step(State.OPEN, frozenset({_T})),
    (State.TAKEN, Act.PLAN): Step(State.PLANNED, frozenset({_H})),
    (State.TAKEN, Act.ANSWER): Step(State.ANSWERED, frozenset({_T})),
    (State.TAKEN, Act.PARK): Step(State.PARKED, frozenset({_T, _C})),
    (State.TAKEN, Act.CLOSE): Step(State.CLOSED, frozenset({_A})),
    (State.PLANNED, Act.UNPLAN): Step(None, frozenset({_H})),
    (State.PLANNED, Act.ANSWER): Step(State.ANSWERED, frozenset({_T, _C, _H})),
    (State.PLANNED, Act.CLOSE): Step(State.CLOSED, frozenset({_A})),
    (State.ANSWERED, Act.ANSWER): Step(State.ANSWERED, frozenset({_T})),
    (State.PARKED, Act.REOPEN): Step(None, frozenset({_A, _C, _T})),
    (State.PARKED, Act.TAKE_UP): Step(State.TAKEN, frozenset({_C, _O})),
    (State.CLOSED, Act.REOPEN): Step(None, frozenset({_A})),
}
"""From a state by an act. What is not here is refused."""


def after(state: str, act: Act, *, is_taken: bool) -> State | None:
    """Return the state to which an act leads, or None where it leads nowhere."""
    step = STEPS.get((State(state), act))
    if step is None:
        return None
    return step.to or (State.TAKEN if is_taken else State.OPEN)


def acts_for(state: str, parts: set[Part]) -> set[Act]:
    """Return what somebody who is these parts may do with an idea in this state."""
    return {act for (at, act), step in STEPS.items() if at == state and step.by & parts}
