"""States of a story and of the consents it needs. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class StoryState(StrEnum):
    """Where a story stands."""

    DRAFT = "draft"
    ASKED = "asked"
    PUBLISHED = "published"
    DOWN = "down"


class ConsentState(StrEnum):
    """What a company that is named said."""

    WAITING = "waiting"
    YES = "yes"
    NO = "no"


def may_publish(state: str, consents: Iterable[str]) -> bool:
    """Tell whether it can be published: it is not yet, and each company named said yes."""
    return state != StoryState.PUBLISHED and all(one == ConsentState.YES for one in consents)
