"""Clock times of an evening, when something may be recorded, and what may be said in public. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from ydin.meetings.rules.answers import CODE_LETTERS

CHECK_IN_BEFORE = timedelta(hours=2)
CHECK_IN_AFTER = timedelta(hours=3)
"""The code on the wall works from so long before the start until so long after the end."""
HOST_CORRECTS = timedelta(days=1)
CORRECTION_TIME = timedelta(days=30)
"""The host ticks until so long after the end, the coordinator until so long."""
UNDO_HELD = timedelta(days=1)
CLOSES_AFTER = timedelta(hours=24)
"""An announced meeting with attendance counts as held so long after its end."""
MAX_AGENDA = 40
"""A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection)."""


class Moment(StrEnum):
    """Where an item of the agenda stands."""

    PAST = "past"
    NOW = "now"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True)
class AgendaItem:
    """One item of the evening with its clock times."""

    title: str
    minutes: int
    starts_at: datetime
    ends_at: datetime
    moment: Moment


def agenda_with_times(
    agenda: Sequence[Mapping[str, Any]], starts_at: datetime, moment: datetime
) -> list[AgendaItem]:
    """Return the agenda ({minutes, title}) with times, and what is now and next at `moment`.

    Minutes that are no number count as none; items without a title are left out.
    """
    spans: list[tuple[str, int, datetime, datetime]] = []
    at = starts_at
    for row in agenda[:MAX_AGENDA]:
        title, minutes = str(row.get("title") or "").strip(), _minutes(row.get("minutes"))
        if title:
            spans.append((title, minutes, at, at + timedelta(minutes=minutes)))
            at += timedelta(minutes=minutes)
    ahead = next((n for n, span in enumerate(spans) if span[2] > moment), None)
    return [
        AgendaItem(title, minutes, begin, end, _moment(begin, end, moment, is_next=n == ahead))
        for n, (title, minutes, begin, end) in enumerate(spans)
    ]


def _minutes(value: object) -> int:
    return max(0, min(int(value), 24 * 60)) if isinstance(value, int | float) else 0


def _moment(begin: datetime, end: datetime, moment: datetime, *, is_next: bool) -> Moment:
    if begin <= moment < end:
        return Moment.NOW
    if end <= moment:
        return Moment.PAST
    return Moment.NEXT if is_next else Moment.LATER


def is_check_in_open(starts_at: datetime, ends_at: datetime, moment: datetime) -> bool:
    """Tell whether people may check themselves in."""
    return starts_at - CHECK_IN_BEFORE <= moment <= ends_at + CHECK_IN_AFTER


def may_tick(starts_at: datetime, ends_at: datetime, moment: datetime, *, coordinates: bool) -> bool:
    """Tell whether the list may be ticked: by the host for a day, by the coordinator for thirty."""
    until = ends_at + (CORRECTION_TIME if coordinates else HOST_CORRECTS)
    return starts_at - CHECK_IN_BEFORE <= moment <= until


def read_code(typed: str) -> str:
    """Return a code as it is stored, however it was typed: letter case, spaces and hyphens do not matter."""
    return "".join(c for c in typed.upper() if c in CODE_LETTERS or c.isalnum())[:8]
