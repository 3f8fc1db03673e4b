"""The best columns of each row of a product of sparse matrices, without the whole product in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sparse_dot_topn import sp_matmul_topn

Matrix: TypeAlias = sp.csr_array
Ints = npt.NDArray[np.int64]
Given = TypeVar("Given")
Made = TypeVar("Made")
SORTED_AT_ONCE = 1_000_000


def best_columns(rows: Matrix, postings: Matrix, top: int) -> Matrix:
    """Return rows @ postings with only the `top` largest positive entries of each row, largest first."""
    found = sp_matmul_topn(
        sp.csr_matrix(rows), sp.csr_matrix(postings), top_n=top, threshold=0.0, sort=True, n_threads=1
    )
    return sp.csr_array(found)


def side_by_side(work: Callable[[Given], Made], given: Iterable[Given], threads: int) -> list[Made]:
    """Do the work for each, in order; numpy and scipy let other threads run meanwhile."""
    if threads == 1:
        return [work(one) for one in given]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, given))


def strongest(matrix: Matrix, most: int) -> Matrix:
    """Each row's `most` largest entries, the first of equal ones (impact-ordered pruning, Anh & Moffat 2006).

    Rows within a factor of two in length are padded and sorted together.
    """
    starts, lengths = matrix.indptr[:-1].astype(np.int64), np.diff(matrix.indptr)
    kept = np.ones(len(matrix.data), dtype=bool)
    width = most
    while (lengths > width).any():
        rows = np.flatnonzero((lengths > width) & (lengths <= 2 * width))
        width *= 2
        for some in np.array_split(rows, max(1, len(rows) * width // SORTED_AT_ONCE)):
            at = starts[some, None] + np.arange(width)
            there = np.arange(width) < lengths[some, None]
            values = np.where(there, -matrix.data[np.where(there, at, 0)], np.inf)
            rest = np.argsort(values, axis=1, kind="stable")[:, most:]
            kept[np.take_along_axis(at, rest, 1)[np.take_along_axis(there, rest, 1)]] = False
    before = np.concatenate(([0], np.cumsum(kept))).astype(matrix.indptr.dtype)
    return sp.csr_array((matrix.data[kept], matrix.indices[kept], before[matrix.indptr]), shape=matrix.shape)


def lines_of(matrix: Matrix) -> Ints:
    """The row of each entry."""
    found: Ints = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return found
