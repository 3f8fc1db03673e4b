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
from ydin.planning.season.prices import Market, Quote, picked, quote, raise_bound
from ydin.planning.season.single import assign

MARGIN = 50.0
WIDER = 3.0
ROUNDS = 100


@dataclass(slots=True)
class Part:
    """The best found for a part: chosen options by group or None, and a proven bound."""

    chosen: list[Ints] | None
    bound: float


def solve(groups: Sequence[Options], pairs: Sequence[tuple[int, int]], clock: Clock, seconds: float) -> Part:
    """Plan groups jointly; `chosen` is None when some month must stay open or the seconds ran out."""
    until = clock.elapsed() + seconds
    if any(not _can_be_full(options) for options in groups):
        return Part(None, -math.inf)
    market = Market.of(groups, pairs)
    raise_bound(market, clock, seconds / 4, ROUNDS if len(groups) > 1 else 0)
    by_group = market.by_group()
    quotes = []
    for place in range(len(groups)):
        fair_share = max(0.05, until - clock.elapsed()) / (len(groups) - place)
        quotes.append(quote(market, place, by_group[place], seconds=min(10.0, fair_share), clock=clock))
    bound = sum(found.found.bound for found in quotes) - market.paid()
    if len(groups) == 1:
        return Part([_picked(market, quotes[0])], bound)
    return _widen(groups, pairs, quotes, bound, _Until(clock, until))


def _can_be_full(options: Options) -> bool:
    """Whether the group alone has a host for every month."""
    if options.members < options.months:
        return False
    lacking = np.ones((options.months, options.members))
    lacking[options.month, options.host] = 0.0
    return assign(lacking)[1] == 0.0


def _picked(market: Market, seen: Quote) -> Ints:
    """The options of the best assignment of the only group."""
    assert seen.found.hosts is not None
    return np.array(sorted(picked(market, 0, seen.cost, seen.found.hosts)), dtype=np.int64)


@dataclass(slots=True)
class _Until:
    """A clock that stops at a time of its own."""

    clock: Clock
    seconds: float

    def left(self) -> float:
        """Seconds that remain."""
        return max(0.0, min(self.clock.left(), self.seconds - self.clock.elapsed()))


def _widen(
    groups: Sequence[Options],
    pairs: Sequence[tuple[int, int]],
    quotes: Sequence[Quote],
    bound: float,
    until: _Until,
) -> Part:
    """Solve with the options of little excess, and with more of them until the plan is proved the best."""
    margin = MARGIN
    excess = [found.excess for found in quotes]
    best = Part(None, bound)
    most = max(float(mine[np.isfinite(mine)].max(initial=0.0)) for mine in excess)
    while until.left() > 0:
        masks = [(mine <= margin) | (options.day == 0) for options, mine in zip(groups, excess, strict=True)]
        kept = [np.flatnonzero(mask) for mask in masks]
        slim = [options.keep(mask) for options, mask in zip(groups, masks, strict=True)]
        answer = joint.solve(slim, pairs, until.left(), until.clock)
        if answer is not None:
            best.chosen = [places[mine] for places, mine in zip(kept, answer.chosen, strict=True)]
            best.bound = max(best.bound, min(answer.bound, bound + margin))
            until.clock.tell("region", len(groups), len(groups), answer.value, best.bound)
            if answer.value <= bound + margin + 1e-6 or not answer.proved:
                return best
            margin = answer.value - bound
        elif margin > most:
            return best
        else:
            margin *= WIDER
    return best
