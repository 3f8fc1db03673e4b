"""A part of the season small enough for one program, solved to the proved optimum.

Prices give a bound and, for each option, by how much any plan that uses it exceeds the bound. A program over
the options with little excess is small. Its best plan is the best of all when it exceeds the bound by no
more than what was left out would; otherwise the program is widened accordingly and solved again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ydin.planning.run import Clock
from ydin.planning.season import joint
from ydin.planning.season.options import Ints, Options
from ydin.planning.season.prices import Market, Quote, quote, raise_bound

MARGIN = 50.0
WIDER = 3.0
ROUNDS = 100


@dataclass(slots=True)
class Part:
    """The best found for a part: chosen options by group or None, and a proven bound."""

    chosen: list[Ints] | None
    bound: float


def solve(
    groups: Sequence[Options], pairs: Sequence[tuple[int, int]], clock: Clock, rounds: int = ROUNDS
) -> Part:
    """Plan groups jointly; `chosen` is None when some month must stay open or time ran out."""
    if any(len(np.unique(options.month)) < options.months for options in groups):
        return Part(None, -math.inf)
    market = Market.of(groups, pairs)
    raise_bound(market, clock, clock.left() / 4, rounds if len(groups) > 1 else 0)
    by_group = market.by_group()
    quotes = [quote(market, place, by_group[place]) for place in range(len(groups))]
    if any(found.found.hosts is None for found in quotes):
        return Part(None, -math.inf)
    bound = sum(found.found.bound for found in quotes) - market.paid()
    return _widen(groups, pairs, quotes, bound, clock)


def _widen(
    groups: Sequence[Options],
    pairs: Sequence[tuple[int, int]],
    quotes: Sequence[Quote],
    bound: float,
    clock: Clock,
) -> Part:
    """Solve with the options of little excess, and with more of them until the plan is proved the best."""
    margin = MARGIN
    excess = [found.excess for found in quotes]
    best = Part(None, bound)
    most = max(float(mine[np.isfinite(mine)].max(initial=0.0)) for mine in excess)
    while clock.left() > 0:
        kept = [np.flatnonzero(mine <= margin) for mine in excess]
        slim = [options.keep(mine <= margin) for options, mine in zip(groups, excess, strict=True)]
        answer = joint.solve(slim, pairs, clock.left())
        if answer is not None:
            best.chosen = [places[mine] for places, mine in zip(kept, answer.chosen, strict=True)]
            best.bound = max(best.bound, min(answer.bound, bound + margin))
            clock.tell("region", len(groups), len(groups), answer.value, best.bound)
            if answer.value <= bound + margin + 1e-6 or not answer.proved:
                return best
            margin = answer.value - bound
        elif margin > most:
            return best
        else:
            margin *= WIDER
    return best
