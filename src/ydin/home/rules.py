"""What the public site knows by itself: where a reader may be, and how feedback lives. Pure."""

from __future__ import annotations

import math
from datetime import timedelta
from enum import StrEnum

ANSWERED_WITHIN = timedelta(days=14)
"""How long feedback on accessibility may wait (Finnish Act 306/2019)."""

_FOLDED = "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýÿœšžčćłđ"
_PLAIN = "aaaaaaaceeeeiiiidnoooooouuuuyyoszccld"
FOLDING = (_FOLDED, _PLAIN)
"""Letters and what stands for them in a search, for SQL's `translate`; both of one length."""

DECIMALS = 1
"""A reader's place is kept to a tenth of a degree, some ten kilometres, and for one request only."""


class FeedbackState(StrEnum):
    """Feedback waits until a person has answered it, or has read it where there is nobody to answer."""

    WAITING = "waiting"
    ANSWERED = "answered"


def fold(text: str) -> str:
    """Return a text as searches compare it: small letters without their dots and rings."""
    return text.lower().translate(str.maketrans(_FOLDED, _PLAIN))


def read_point(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Return the reader's rough place from an address, or nothing when it is none."""
    try:
        north, east = float(latitude[:20]), float(longitude[:20])
    except ValueError:
        return None
    if not (math.isfinite(north) and math.isfinite(east) and abs(north) <= 90 and abs(east) <= 180):  # noqa: PLR2004
        return None
    return round(north, DECIMALS), round(east, DECIMALS)
