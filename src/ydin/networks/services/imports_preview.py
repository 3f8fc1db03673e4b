"""What a reader is shown before anything is written, and keeps until they confirm it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from ydin.networks.rules.reasons import Code, Reason
from ydin.networks.services.imports_words import ACTION_LABELS, say_reason

CREATE, CHANGE, MATCH, REFUSE = ACTIONS = ("create", "change", "match", "refuse")


@dataclass(frozen=True)
class PreviewRow:
    """What happens to one company of the file."""

    row: int
    action: str
    company: str
    people: int
    reasons: tuple[Reason, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """The reasons in the reader's language."""
        return [say_reason(why) for why in self.reasons]

    @property
    def label(self) -> str:
        """The action in the reader's language."""
        return str(ACTION_LABELS[self.action])

    @property
    def is_flagged(self) -> bool:
        """Whether the company is too large for a micro-enterprise."""
        return any(why.code == Code.NOT_MICRO for why in self.reasons)


@dataclass(frozen=True)
class Preview:
    """All rows, with how many companies and people there are when it is done, and headings not understood."""

    companies: int
    people: int
    rows: tuple[PreviewRow, ...]
    unknown: tuple[str, ...] = ()

    def count(self, action: str) -> int:
        """Return how many rows have the action."""
        return sum(row.action == action for row in self.rows)

    @property
    def flagged(self) -> int:
        """How many companies are too large for a micro-enterprise."""
        return sum(row.is_flagged for row in self.rows)

    @property
    def new_seats(self) -> int:
        """How many companies get a seat."""
        return sum(any(why.code == Code.GETS_SEAT for why in row.reasons) for row in self.rows)

    def public(self) -> dict[str, Any]:
        """Return what the command prints: `companies`, `people` and `rows` with reasons as sentences."""
        return {
            "companies": self.companies,
            "people": self.people,
            "rows": [
                {
                    "row": r.row,
                    "action": r.action,
                    "company": r.company,
                    "people": r.people,
                    "reasons": r.sentences,
                }
                for r in self.rows
            ],
        }

    def stored(self) -> dict[str, Any]:
        """Return the preview as JSON that is kept, in no language."""
        rows = [
            [r.row, r.action, r.company, r.people, [[w.code.value, w.values] for w in r.reasons]]
            for r in self.rows
        ]
        return {
            "companies": self.companies,
            "people": self.people,
            "unknown": list(self.unknown),
            "rows": rows,
        }

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Preview:
        """Return the preview that `stored` has made."""
        rows = tuple(
            PreviewRow(row, action, company, people, tuple(Reason(Code(c), v) for c, v in reasons))
            for row, action, company, people, reasons in stored["rows"]
        )
        return cls(stored["companies"], stored["people"], rows, tuple(stored["unknown"]))

    def digest(self) -> str:
        """Return a short text that differs when anything that is shown differs."""
        text = json.dumps(self.stored(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]
