"""Who may read which act, what may stand in it, and how entries are chained. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any


class Readers(StrEnum):
    """Who reads an act, beside the one who did it and the one whom it concerns."""

    OWN = "own"
    INSIDE = "inside"
    OVERSEERS = "overseers"
    GROUP = "group"


@dataclass(frozen=True)
class Scope:
    """Who learns of an act. `company`: also the people of the company; `person`: also the one concerned."""

    readers: Readers
    company: bool = False
    person: bool = False


_OWN, _INSIDE, _OVERSEERS, _GROUP = Readers.OWN, Readers.INSIDE, Readers.OVERSEERS, Readers.GROUP
_ABOUT_A_TURN = Scope(_OVERSEERS, company=True)
SCOPES: dict[str, Scope] = {
    "address": Scope(_OVERSEERS, person=True),
    "app_password": Scope(_OWN, person=True),
    "application": Scope(_OVERSEERS),
    "assignment": Scope(_OVERSEERS),
    "attendance": Scope(_GROUP, person=True),
    "attendance.lateness": Scope(_INSIDE, person=True),
    "collaboration": Scope(_OWN, company=True),
    "commitment": Scope(_OVERSEERS, person=True),
    "companies": Scope(_OVERSEERS),
    "consent": Scope(_OWN, person=True),
    "contact_card": Scope(_OWN, company=True, person=True),
    "coordinator": Scope(_GROUP, person=True),
    "correction": Scope(_OVERSEERS, person=True),
    "demo": Scope(_OWN, company=True),
    "demo.name_answered": Scope(_OWN, person=True),
    "enterprise": Scope(_OWN, company=True),
    "erasure": Scope(_OWN, person=True),
    "event": Scope(_OVERSEERS),
    "experiment": Scope(_OWN, company=True),
    "export": Scope(_OWN, person=True),
    "facility": Scope(_OVERSEERS),
    "facility.answered": Scope(_OWN, company=True),
    "facility.unwanted": Scope(_OWN, company=True),
    "facility.wanted": Scope(_OWN, company=True),
    "feed": Scope(_OWN, person=True),
    "feedback": Scope(_OVERSEERS),
    "glass": Scope(_GROUP, person=True),
    "ground_rules": Scope(_GROUP),
    "ground_rules.accepted": Scope(_GROUP, person=True),
    "group": Scope(_GROUP),
    "meeting": Scope(_GROUP),
    "meeting.answered": Scope(_INSIDE, person=True),
    "meeting.answered_by_other": Scope(_INSIDE, person=True),
    "meeting.draft_dropped": Scope(_OVERSEERS),
    "meeting.drafted": Scope(_OVERSEERS),
    "meeting.invited": Scope(_INSIDE, person=True),
    "meeting.moved_up": Scope(_INSIDE, person=True),
    "meeting.prepared": Scope(_OVERSEERS),
    "meeting.time_asked": Scope(_INSIDE, person=True),
    "meeting.time_kept": Scope(_INSIDE, person=True),
    "meeting.uninvited": Scope(_INSIDE, person=True),
    "idea": Scope(_INSIDE, company=True),
    "introduction": Scope(_OWN, person=True),
    "listing": Scope(_GROUP, company=True),
    "memo": Scope(_INSIDE),
    "municipalities": Scope(_OVERSEERS),
    "network": Scope(_OVERSEERS),
    "organisation": Scope(_OVERSEERS),
    "outsider": Scope(_OVERSEERS, person=True),
    "passage": Scope(_OVERSEERS),
    "promise": Scope(_INSIDE),
    "region": Scope(_OVERSEERS),
    "representative": Scope(_OWN, company=True, person=True),
    "role": Scope(_OVERSEERS, person=True),
    "season": Scope(_OVERSEERS),
    "season.wish_saved": Scope(_INSIDE),
    "second_step": Scope(_OWN, person=True),
    "session": Scope(_OWN, person=True),
    "seat": Scope(_GROUP, company=True),
    "suggestion": Scope(_OWN),
    "story": Scope(_OVERSEERS, company=True),
    "summary": Scope(_GROUP),
    "swap": Scope(_OVERSEERS),
    "talk": Scope(_OVERSEERS, person=True),
    "turn": Scope(_OVERSEERS),
    "turn.accepted": _ABOUT_A_TURN,
    "turn.asked": _ABOUT_A_TURN,
    "turn.cancelled": _ABOUT_A_TURN,
    "turn.declined": _ABOUT_A_TURN,
}
"""By action, or by its first word. An action that is in neither is told to nobody but those concerned."""

UNKNOWN = Scope(Readers.OWN, person=True)


def scope_of(action: str) -> Scope:
    """Return who learns of an act: its own scope, or that of its first word, or only those concerned."""
    return SCOPES.get(action) or SCOPES.get(action.partition(".")[0]) or UNKNOWN


_WORD = re.compile(r"[0-9A-Za-z_.:+/-]{0,64}")
"""Codes, dates, names of fields and states: no space, no @, so that neither name nor address fits."""


def fault_of(data: Mapping[str, Any]) -> str:
    """Return the key whose value is no reference (number, flag, code, date, list of these), or nothing.

    What people wrote and what they are called stays in its own row, where it can be corrected and erased.
    """
    for key, value in data.items():
        if not all(_is_reference(one) for one in (value if isinstance(value, list | tuple) else [value])):
            return key
    return ""


def _is_reference(value: Any) -> bool:
    if isinstance(value, str):
        return bool(_WORD.fullmatch(value))
    return value is None or isinstance(value, bool | int | float)


START = "0" * 64
"""What stands where the first entry of the chain would name the one before it."""

SEALED_WITHIN = timedelta(minutes=5)
"""The job seals every minute; an entry that waits longer than this is reported."""


def canonical(content: Mapping[str, Any]) -> bytes:
    """Return the one way to write an entry's content: JSON, keys sorted, no spaces, UTF-8, instants in UTC."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_instant
    ).encode()


def _instant(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)


def digest(previous: str, position: int, content: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hexadecimal) of the digest before, the position and the entry's content."""
    return hashlib.sha256(f"{previous}:{position}:".encode() + canonical(content)).hexdigest()
