"""Offers for each need by their words alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from ydin.planning.matching.model import Item
from ydin.planning.matching.nearest import Matrix, best_columns, side_by_side, strongest
from ydin.planning.matching.vectors import BLOCK, Vectoriser, Weights

MANY = 4_000
COARSE = Weights(concepts=0.8, stems=0.2, pieces=0.0)
TELLING = 6
LONGEST_POSTING = 500


def rows_of(items: Sequence[Item], threads: int) -> Matrix:
    """One row an item; pieces of words are left out where there are very many."""
    vectoriser = Vectoriser(COARSE if len(items) > MANY else Weights(), threads)
    return vectoriser.fit_rows([item.text for item in items])


def pruned(needs: Matrix, postings: Matrix) -> tuple[Matrix, Matrix]:
    """Needs × columns and columns × offers, where there are very many with their strongest entries only."""
    if needs.shape[0] * postings.shape[1] <= MANY**2:
        return needs, postings
    return strongest(needs, TELLING), strongest(postings, LONGEST_POSTING)


def rank(
    offers: Sequence[Item], needs: Sequence[Item], *, top: int = 50, threads: int = 1
) -> dict[str, list[str]]:
    """For each need the ids of at most `top` offers that fit, best first; what has nothing in common is left out.

    Vector space ranking (Salton, Wong & Yang 1975) over concepts, stems and character n-grams.
    """
    if not offers or not needs:
        return {need.id: [] for need in needs}
    rows = rows_of([*offers, *needs], threads)
    asked, postings = pruned(
        sp.csr_array(rows[len(offers) :, :]), sp.csr_array(sp.csr_array(rows[: len(offers), :]).T)
    )

    def block(start: int) -> Matrix:
        return best_columns(asked[start : start + BLOCK, :], postings, top)

    best = sp.vstack(side_by_side(block, range(0, len(needs), BLOCK), threads), format="csr")
    names = np.array([offer.id for offer in offers], dtype=object)
    return {
        need.id: names[best.indices[best.indptr[n] : best.indptr[n + 1]]].tolist()
        for n, need in enumerate(needs)
    }
