"""A change of the plan before it is done: which months, from what to what. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ydin.meetings.rules.planning import Fixed, Reasons


@dataclass(frozen=True)
class Slot:
    """Who would host a month, on which evening and why."""

    month: date
    company: int
    evening: date
    reasons: Reasons = field(default_factory=list)
    regret: int | None = None


@dataclass(frozen=True)
class Proposal:
    """The changes to make: `turns` for months that get another host or evening, `open` for months left without.

    `version` is the season's version that it was made from; `what` the code of the change.
    """

    what: str
    version: int
    turns: tuple[Slot, ...]
    open: tuple[date, ...] = ()

    def is_empty(self) -> bool:
        """Tell whether nothing would change."""
        return not self.turns and not self.open


def changes(before: Iterable[Fixed], after: Sequence[Slot]) -> tuple[tuple[Slot, ...], tuple[date, ...]]:
    """Return the slots that differ from the living turns, and the months that lose their host."""
    old = {turn.month: (turn.company, turn.evening) for turn in before}
    new = {slot.month for slot in after}
    changed = tuple(slot for slot in after if old.get(slot.month) != (slot.company, slot.evening))
    return changed, tuple(sorted(month for month in old if month not in new))


def as_json(proposal: Proposal) -> dict[str, Any]:
    """Return the proposal as JSON values, to be signed and carried by a form."""
    return {
        "what": proposal.what,
        "version": proposal.version,
        "open": [month.isoformat() for month in proposal.open],
        "turns": [
            [t.month.isoformat(), t.company, t.evening.isoformat(), t.reasons, t.regret]
            for t in proposal.turns
        ],
    }


def from_json(data: Mapping[str, Any]) -> Proposal:
    """Return what `as_json` was given."""
    return Proposal(
        what=data["what"],
        version=data["version"],
        turns=tuple(
            Slot(date.fromisoformat(month), company, date.fromisoformat(evening), reasons, regret)
            for month, company, evening, reasons, regret in data["turns"]
        ),
        open=tuple(date.fromisoformat(month) for month in data["open"]),
    )
