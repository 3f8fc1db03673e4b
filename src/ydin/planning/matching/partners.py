"""Suggested matches between companies: words, distance, language, shared acquaintances, fairness."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from ydin.planning.errors import InputError
from ydin.planning.matching.model import Market, Suggestion
from ydin.planning.matching.nearest import best_columns, lines_of, side_by_side
from ydin.planning.matching.ranking import pruned, rows_of
from ydin.planning.matching.taxonomy import concepts
from ydin.planning.matching.vectors import BLOCK, Floats, Ints, Matrix

EARTH_KM = 6371.0
FAIR_SHARE = 3
CANDIDATES = 3
FEWEST_CANDIDATES = 30
SURE = 0.3


@dataclass(frozen=True, slots=True)
class Taste:
    """How much each circumstance counts; `far` km halve the part of a score that depends on distance."""

    near: float = 0.5
    far: float = 100.0
    stranger: float = 0.4
    acquaintance: float = 0.1
    most_acquaintances: int = 3
    mutual: float = 0.25
    rocchio: float = 0.5


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Candidate pairs: positions of need and offer, and what is known of each pair."""

    need: Ints
    offer: Ints
    score: Floats
    km: Floats
    shared: Ints
    mutual: npt.NDArray[np.bool_]


class Suggestions(Sequence[Suggestion]):
    """Many suggestions; each is made when it is looked at. `offers[k]` is the position of an offer."""

    def __init__(self, index: Index, pairs: _Pairs, chosen: Ints) -> None:
        """Keep what they are made of."""
        self._index, self._pairs, self._chosen = index, pairs, chosen
        self.offers: Ints = pairs.offer[chosen]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._chosen)

    @overload
    def __getitem__(self, at: int) -> Suggestion: ...

    @overload
    def __getitem__(self, at: slice) -> list[Suggestion]: ...

    def __getitem__(self, at: int | slice) -> Suggestion | list[Suggestion]:
        """One of them, or some."""
        if isinstance(at, slice):
            return [self._index.told(self._pairs, int(k)) for k in self._chosen[at]]
        return self._index.told(self._pairs, int(self._chosen[at]))


class Index:
    """A market made ready; asked for one need or for all."""

    def __init__(self, market: Market, taste: Taste | None = None, *, threads: int = 1) -> None:
        """Read every text once; refuses items of unknown companies."""
        self.market = market
        self.taste = taste or Taste()
        self.threads = threads
        self._at = {company.id: n for n, company in enumerate(market.companies)}
        self._need_at = {need.id: n for n, need in enumerate(market.needs)}
        self._offer_at = {offer.id: n for n, offer in enumerate(market.offers)}
        self._need_of = self._owners("needs")
        self._offer_of = self._owners("offers")
        rows = rows_of([*market.offers, *market.needs], threads)
        self._offers = sp.csr_array(rows[: len(market.offers), :])
        self._needs = self._taught(sp.csr_array(rows[len(market.offers) :, :]))
        self._postings = sp.csr_array(self._offers.T)
        self._circumstances()

    def _owners(self, kind: str) -> Ints:
        items = self.market.needs if kind == "needs" else self.market.offers
        found = []
        for n, item in enumerate(items):
            if item.company not in self._at:
                raise InputError(f"{kind}[{n}].company", f"{item.company} is unknown")
            found.append(self._at[item.company])
        return np.array(found, dtype=np.int64)

    def _taught(self, rows: Matrix) -> Matrix:
        """Needs moved away from the offers that were called not relevant (Rocchio 1971)."""
        if not self.market.dismissed:
            return rows
        away = sp.lil_array((rows.shape[0], self._offers.shape[0]))
        for need, offers in self.market.dismissed.items():
            at = [self._offer_at[offer] for offer in sorted(offers) if offer in self._offer_at]
            if need in self._need_at and at:
                away[self._need_at[need], at] = self.taste.rocchio / len(at)
        return sp.csr_array(rows - away.tocsr() @ self._offers) if away.nnz else rows

    def _circumstances(self) -> None:
        companies = self.market.companies
        places = [company.place or (math.nan, math.nan) for company in companies]
        self._place = np.radians(np.array(places, dtype=float).reshape(-1, 2))
        languages = sorted({code for company in companies for code in company.languages})
        bit = {code: 1 << n for n, code in enumerate(languages)}
        spoken = {some: sum(bit[c] for c in some) for some in {company.languages for company in companies}}
        self._speaks = np.array([spoken[company.languages] for company in companies], dtype=np.int64)
        kinds: dict[tuple[str, str], int] = {}
        self._kind = np.array(
            [
                kinds.setdefault((c.municipality, c.industry), len(kinds)) if c.industry else -1 - n
                for n, c in enumerate(companies)
            ],
            dtype=np.int64,
        )
        self._open = np.array([company.welcomes_competitors for company in companies], dtype=bool)
        self._befriend()

    def _befriend(self) -> None:
        """How many companies both of two work with, by one key for the two."""
        companies, size = self.market.companies, len(self.market.companies)
        pairs = [n * size + self._at[k] for n, c in enumerate(companies) for k in c.known if k in self._at]
        one, other = np.divmod(np.array(pairs, dtype=np.int64), max(1, size))
        known = sp.csr_array((np.ones(len(one), dtype=np.int32), (one, other)), shape=(size, size))
        known = sp.csr_array(known + known.T)
        known.data[:] = 1
        both = sp.csr_array(known @ known.T)
        both.sort_indices()
        self._common_keys = lines_of(both) * size + both.indices
        self._common_count = both.data

    def of_need(
        self, need: str, *, top: int = 10, shown: Mapping[str, int] | None = None
    ) -> list[Suggestion]:
        """Suggestions for one need. Offers already `shown` thrice their share elsewhere are passed over."""
        n = self._need_at[need]
        row = sp.csr_array(self._needs[[n], :] @ self._postings)
        keep = np.argsort(-row.data, kind="stable")[: max(FEWEST_CANDIDATES, top * CANDIDATES)]
        found = self._weighed(np.full(len(keep), n), row.indices[keep].astype(np.int64), row.data[keep])
        pairs = self._with_mutual(_joined([found, self._back(found)]))
        full = self._full(shown or {})
        mine = np.flatnonzero(pairs.need == n)
        ranked = mine[np.argsort(-pairs.score[mine], kind="stable")]
        order = [k for k in ranked if int(pairs.offer[k]) not in full]
        return [self.told(pairs, int(k)) for k in order[:top]]

    def _back(self, pairs: _Pairs) -> _Pairs:
        """What those who could give would get from the asker: the same pairs the other way round."""
        askers = np.unique(self._need_of[pairs.need])
        offers = np.flatnonzero(np.isin(self._offer_of, askers))
        needs = np.flatnonzero(np.isin(self._need_of, self._offer_of[pairs.offer]))
        if not len(offers) or not len(needs):
            return self._weighed(*(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0))
        words = (self._needs[needs, :] @ sp.csr_array(self._offers[offers, :].T)).tocoo()
        return self._weighed(needs[words.coords[0]], offers[words.coords[1]], words.data)

    def _full(self, shown: Mapping[str, int]) -> frozenset[int]:
        cap = share(sum(shown.values()), len(self.market.offers))
        return frozenset(self._offer_at[o] for o, n in shown.items() if n >= cap and o in self._offer_at)

    def everything(self, *, top: int = 10) -> Suggestions:
        """Suggestions for every need, by need and score; no offer more often than thrice its share."""
        pairs = self._all_pairs(top)
        return Suggestions(self, pairs, self._shared_out(pairs, top))

    def _all_pairs(self, top: int) -> _Pairs:
        """Candidates of all needs, in blocks that bound the memory."""
        needs, postings = pruned(self._needs, self._postings)
        candidates = max(FEWEST_CANDIDATES, top * CANDIDATES)

        def block(start: int) -> _Pairs:
            best = best_columns(needs[start : start + BLOCK, :], postings, candidates)
            return self._weighed(start + lines_of(best), best.indices.astype(np.int64), best.data)

        starts = range(0, max(1, needs.shape[0]), BLOCK)
        return self._with_mutual(_joined(side_by_side(block, starts, self.threads)))

    def _weighed(self, needs: Ints, offers: Ints, words: Floats) -> _Pairs:
        """Pairs that may be suggested, with their score."""
        asker, giver = self._need_of[needs], self._offer_of[offers]
        rivals = (self._kind[asker] == self._kind[giver]) & ~(self._open[asker] & self._open[giver])
        fit = (asker != giver) & ~rivals & (words > 0) & ~self._dismissed(needs, offers)
        needs, offers, words, asker, giver = needs[fit], offers[fit], words[fit], asker[fit], giver[fit]
        km = self._distance(asker, giver)
        shared = self._shared(asker, giver)
        t = self.taste
        near = t.near + (1 - t.near) * np.exp2(-np.nan_to_num(km, nan=t.far) / t.far)
        common = np.where((self._speaks[asker] & self._speaks[giver]) > 0, 1.0, t.stranger)
        met = 1 + t.acquaintance * np.minimum(shared, t.most_acquaintances)
        return _Pairs(needs, offers, words * near * common * met, km, shared, np.zeros(len(km), dtype=bool))

    def _dismissed(self, needs: Ints, offers: Ints) -> npt.NDArray[np.bool_]:
        width = max(1, len(self.market.offers))
        if not self.market.dismissed:
            return np.zeros(len(needs), dtype=bool)
        gone = [
            self._need_at[need] * width + self._offer_at[offer]
            for need, some in self.market.dismissed.items()
            for offer in some
            if need in self._need_at and offer in self._offer_at
        ]
        return np.isin(needs * width + offers, np.array(gone, dtype=np.int64))

    def _distance(self, one: Ints, other: Ints) -> Floats:
        """Great-circle kilometres (haversine); NaN where a place is missing."""
        a, b = self._place[one], self._place[other]
        half = np.sin((b - a) / 2) ** 2
        chord = half[:, 0] + np.cos(a[:, 0]) * np.cos(b[:, 0]) * half[:, 1]
        found: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
        return found

    def _shared(self, one: Ints, other: Ints) -> Ints:
        """How many companies both of each pair work with."""
        keys = one * len(self.market.companies) + other
        at = np.searchsorted(self._common_keys, keys)
        at[at == len(self._common_keys)] = 0
        there = self._common_keys[at] == keys if len(self._common_keys) else np.zeros(len(keys), dtype=bool)
        return np.where(there, self._common_count[at] if len(self._common_keys) else 0, 0)

    def _with_mutual(self, pairs: _Pairs) -> _Pairs:
        """Pairs among which there is one the other way round, both sure enough, count for more."""
        size = len(self.market.companies)
        asker, giver = self._need_of[pairs.need], self._offer_of[pairs.offer]
        sure = np.flatnonzero(pairs.score >= SURE)
        there = np.sort(asker[sure] * size + giver[sure])
        back = giver[sure] * size + asker[sure]
        at = np.minimum(np.searchsorted(there, back), max(0, len(there) - 1))
        mutual = np.zeros(len(pairs.need), dtype=bool)
        mutual[sure[there[at] == back]] = True
        return replace(pairs, score=pairs.score * (1 + self.taste.mutual * mutual), mutual=mutual)

    def _shared_out(self, pairs: _Pairs, top: int) -> Ints:
        """Positions of the pairs to suggest, by need and score.

        Both sides prefer by the same score, so that taking pairs from the best down, while neither side is full,
        gives the one stable matching with quotas (Gale & Shapley 1962).
        """
        cap = share(min(len(pairs.need), top * len(self.market.needs)), len(self.market.offers))
        wants, free = np.full(len(self.market.needs), top), np.full(len(self.market.offers), cap)
        asked, left = wants.tolist(), free.tolist()
        order = np.argsort(-pairs.score, kind="stable")
        chosen = []
        for start in range(0, len(order), BLOCK):
            some = order[start : start + BLOCK]
            some = some[(wants[pairs.need[some]] > 0) & (free[pairs.offer[some]] > 0)]
            taken = np.zeros(len(some), dtype=bool)
            for n, (need, offer) in enumerate(
                zip(pairs.need[some].tolist(), pairs.offer[some].tolist(), strict=True)
            ):
                if asked[need] and left[offer]:
                    asked[need] -= 1
                    left[offer] -= 1
                    taken[n] = True
            chosen.append(some[taken])
            np.subtract.at(wants, pairs.need[chosen[-1]], 1)
            np.subtract.at(free, pairs.offer[chosen[-1]], 1)
        best = np.concatenate(chosen) if chosen else np.zeros(0, dtype=np.int64)
        by_need: Ints = best[np.argsort(pairs.need[best], kind="stable")]
        return by_need

    def told(self, pairs: _Pairs, k: int) -> Suggestion:
        """What is known of pair `k`."""
        n, o = int(pairs.need[k]), int(pairs.offer[k])
        asker = self.market.companies[self._need_of[n]]
        giver = self.market.companies[self._offer_of[o]]
        km = float(pairs.km[k])
        return Suggestion(
            self.market.needs[n].id,
            self.market.offers[o].id,
            float(pairs.score[k]),
            self._common(n, o),
            None if math.isnan(km) else km,
            tuple(sorted(asker.languages & giver.languages)),
            int(pairs.shared[k]),
            bool(pairs.mutual[k]),
        )

    def _common(self, need: int, offer: int) -> tuple[str, ...]:
        """The concepts that both speak of most, most telling first, at most three."""
        names = list(concepts())
        one = self._needs[[need], : len(names)].toarray().ravel()
        other = self._offers[[offer], : len(names)].toarray().ravel()
        both = one * other
        order = np.argsort(-both, kind="stable")[:3]
        return tuple(names[c] for c in order if both[c] > 0)


def _joined(parts: list[_Pairs]) -> _Pairs:
    """Pairs of several blocks as one."""
    return _Pairs(
        np.concatenate([part.need for part in parts]),
        np.concatenate([part.offer for part in parts]),
        np.concatenate([part.score for part in parts]),
        np.concatenate([part.km for part in parts]),
        np.concatenate([part.shared for part in parts]),
        np.concatenate([part.mutual for part in parts]),
    )


def share(suggestions: int, offers: int) -> int:
    """How often one offer may be suggested: thrice the average, at least three times."""
    return FAIR_SHARE * max(1, math.ceil(suggestions / max(1, offers)))
