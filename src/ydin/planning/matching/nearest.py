"""The best columns of each row of a product of sparse matrices, without the whole product in memory."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sparse_dot_topn import sp_matmul_topn

Matrix: TypeAlias = sp.csr_array
Ints = npt.NDArray[np.int64]


def best_columns(rows: Matrix, postings: Matrix, top: int, *, threads: int = 1) -> Matrix:
    """Return rows @ postings with only the `top` largest positive entries of each row, largest first."""
    found = sp_matmul_topn(
        sp.csr_matrix(rows), sp.csr_matrix(postings), top_n=top, threshold=0.0, sort=True, n_threads=threads
    )
    return sp.csr_array(found)


def strongest(matrix: Matrix, most: int) -> Matrix:
    """Each row's `most` largest entries (impact-ordered pruning, Anh & Moffat 2006)."""
    lines = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((-matrix.data, lines))
    kept = order[place_in_run(lines[order]) < most]
    return sp.csr_array((matrix.data[kept], (lines[kept], matrix.indices[kept])), shape=matrix.shape)


def place_in_run(keys: Ints) -> Ints:
    """0, 1, 2 … within each run of equal keys."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    lengths = np.diff(np.append(starts, len(keys)))
    found: Ints = np.arange(len(keys)) - np.repeat(starts, lengths)
    return found
