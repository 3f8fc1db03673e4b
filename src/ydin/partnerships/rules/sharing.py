"""Who is suggested to whom, so that nobody is suggested more often than thrice their share. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

FAIR_SHARE = 3


@dataclass(frozen=True)
class Fit:
    """An offer that may answer a need, and the two companies behind them."""

    score: float
    need: int
    offer: int
    asker: int
    giver: int


def shared_out(fits: Sequence[Fit], *, top: int) -> list[Fit]:
    """Return at most `top` for each need, the best first, none of the companies in too many of them.

    A company's share is the mean over the companies that are in any (at least one); thrice that, rounded up, is
    the most. As fewer are chosen the mean sinks, so that it is reckoned until it stands.
    """
    ordered = sorted(fits, key=lambda one: (-one.score, one.need, one.offer))
    most = len(ordered)
    while True:
        chosen = _taken(ordered, top, most)
        allowed = most_of(chosen)
        if allowed >= most:
            return chosen
        most = allowed


def most_of(chosen: Sequence[Fit]) -> int:
    """Return in how many of these suggestions one company may be: thrice the mean, at least three."""
    companies = {company for one in chosen for company in (one.asker, one.giver)}
    return FAIR_SHARE * max(1, math.ceil(2 * len(chosen) / max(1, len(companies))))


def _taken(ordered: Sequence[Fit], top: int, most: int) -> list[Fit]:
    asked, seen, chosen = Counter[int](), Counter[int](), list[Fit]()
    for one in ordered:
        if asked[one.need] < top and seen[one.asker] < most and seen[one.giver] < most:
            asked[one.need] += 1
            seen[one.asker] += 1
            seen[one.giver] += 1
            chosen.append(one)
    return chosen
