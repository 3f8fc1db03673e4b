"""Offers for each need by their words alone."""

from __future__ import annotations

from collections.abc import Sequence

import scipy.sparse as sp

from ydin.planning.matching.model import Item
from ydin.planning.matching.nearest import best_columns
from ydin.planning.matching.vectors import Vectoriser, Weights

MANY = 4_000
COARSE = Weights(concepts=0.8, stems=0.2, pieces=0.0)


def fitted(items: Sequence[Item]) -> Vectoriser:
    """A vectoriser that has read the items; pieces of words are left out where there are very many."""
    vectoriser = Vectoriser(COARSE if len(items) > MANY else Weights())
    vectoriser.fit([item.text for item in items])
    return vectoriser


def rank(
    offers: Sequence[Item], needs: Sequence[Item], *, top: int = 50, threads: int = 1
) -> dict[str, list[str]]:
    """For each need the ids of at most `top` offers that fit, best first; what has nothing in common is left out.

    Vector space ranking (Salton, Wong & Yang 1975) over concepts, stems and character n-grams.
    """
    if not offers or not needs:
        return {need.id: [] for need in needs}
    vectoriser = fitted([*offers, *needs])
    best = best_columns(
        vectoriser.rows([need.text for need in needs]),
        sp.csr_array(vectoriser.rows([offer.text for offer in offers]).T),
        top,
        threads=threads,
    )
    return {
        need.id: [offers[column].id for column in best.indices[best.indptr[n] : best.indptr[n + 1]]]
        for n, need in enumerate(needs)
    }
