"""A text that exists in several languages: which one a reader gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A text and the language it is in. `only_in` names that language where it is not the reader's."""

    text: str
    language: str
    only_in: str = ""

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return bool(self.text)


def best_text(texts: Mapping[str, str], wanted: str, order: Sequence[str]) -> Said:
    """Return the text in the wanted language, or else the first there is in `order`, then any.

    Args:
        texts: by language; a blank one counts as none.
        wanted: the reader's language, as "fi" or "fi-FI".
        order: languages to fall back on, the best first.

    """
    own = wanted.partition("-")[0].lower()
    written = {code: text.strip() for code, text in texts.items() if text.strip()}
    if own in written:
        return Said(written[own], own)
    other = next((code for code in (*order, *sorted(written)) if code in written), "")
    return Said(written[other], other, other) if other else Said("", own)
