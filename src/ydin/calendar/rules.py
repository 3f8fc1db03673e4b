"""States of an event."""

from __future__ import annotations

from enum import StrEnum


class EventState(StrEnum):
    """An event's life."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"
