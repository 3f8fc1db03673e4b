"""Texts as sparse rows: concepts of the taxonomy, stems, and pieces of words, side by side.

Concepts carry meaning across languages; stems (TF-IDF) what the taxonomy has no word for; pieces of words (n-grams
of characters) names, loans and odd inflections. Each part is of length 1, so that a row times another one is
a weighted sum of three cosines.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from ydin.planning.matching.learnt import lexicons
from ydin.planning.matching.nearest import lines_of, side_by_side
from ydin.planning.matching.taxonomy import ancestors, concepts
from ydin.planning.matching.words import LANGUAGES, tokens

Matrix: TypeAlias = sp.csr_array
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Word = tuple[str, str]
PIECES = (4, 5)
BLOCK = 10_000


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of a score counts, and how a text's words speak of a concept.

    `broader`: share that a broader concept gets, a step; `field`: share of the whole field. A term counts when
    at least `floor` of it (weighted by rarity) is in the text, to the power `doubt`, and by the rarity of
    its words to the power `rare`.
    """

    concepts: float = 0.75
    stems: float = 0.1
    pieces: float = 0.15
    broader: float = 0.4
    field: float = 0.05
    floor: float = 0.45
    doubt: float = 3.0
    rare: float = 2.0


@dataclass(frozen=True, slots=True)
class Text:
    """One short text: `language` is one of fi, sv, en."""

    language: str
    text: str


@dataclass
class _Columns:
    """Numbers for keys as they come; None for a new key once `closed`."""

    known: dict[Hashable, int] = field(default_factory=dict)
    closed: bool = False

    def of(self, key: Hashable) -> int | None:
        """The column of a key."""
        if self.closed:
            return self.known.get(key)
        return self.known.setdefault(key, len(self.known))


@dataclass(frozen=True)
class _Terms:
    """The taxonomy as matrices: atoms × terms (columns sum to 1), concepts × concepts and fields."""

    atoms: _Columns
    coverage: Matrix
    strength: Floats
    concept_of: Ints
    spread: Matrix


@cache
def _terms(weights: Weights) -> _Terms:
    known = concepts()
    rows = [
        (n, code, sorted(set(lexicons()[code].of_text(term))))
        for n, concept in enumerate(known.values())
        for code in LANGUAGES
        for term in concept.terms[code]
    ]
    rows = [row for row in rows if row[2]]
    atoms = _Columns()
    used: dict[int, set[int]] = {}
    for concept, code, parts in rows:
        for part in parts:
            used.setdefault(_must(atoms.of((code, part))), set()).add(concept)
    atoms.closed = True
    rarity = np.array([math.log(1 + len(known) / len(used[a])) for a in range(len(used))])
    coverage = _table(
        ([_must(atoms.of((code, part))) for part in parts] for _n, code, parts in rows), len(used)
    )
    weighted = sp.csr_array(coverage @ sp.diags_array(rarity))
    total = np.asarray(weighted.sum(axis=1)).ravel()
    shares = sp.csr_array((sp.diags_array(1 / total) @ weighted).T)
    strength = np.minimum(1.0, total / math.log(1 + len(known))) ** weights.rare
    return _Terms(atoms, shares, strength, np.array([row[0] for row in rows]), _spread(weights))


def _must(column: int | None) -> int:
    if column is None:
        raise KeyError
    return column


def _spread(weights: Weights) -> Matrix:
    """Concept × concept and field: itself in full, broader ones and its field by their shares."""
    index = {name: n for n, name in enumerate(concepts())}
    fields = sorted({concept.field for concept in concepts().values()})
    spread = sp.lil_array((len(index), len(index) + len(fields)))
    for name, n in index.items():
        spread[n, n] = 1.0
        spread[n, len(index) + fields.index(concepts()[name].field)] = weights.field
        for step, other in enumerate(ancestors(name), start=1):
            spread[n, index[other]] = weights.broader**step
    return spread.tocsr()


@dataclass
class Vectoriser:
    """Rows for texts; `fit` learns from all texts at hand how rare stems and pieces are."""

    weights: Weights = Weights()
    threads: int = 1
    _stems: _Columns = field(default_factory=_Columns, repr=False)
    _pieces: _Columns = field(default_factory=_Columns, repr=False)
    _rare: list[Floats] = field(default_factory=list, repr=False)

    def fit(self, texts: Sequence[Text]) -> None:
        """Learn the stems and pieces of `texts` and how many of them use each."""
        self._learn(self._used(_read(texts)))

    def rows(self, texts: Sequence[Text]) -> Matrix:
        """One row a text; the product of two rows is their score, 0 to 1."""
        read = _read(texts)
        return self._stacked(read, self._used(read))

    def fit_rows(self, texts: Sequence[Text]) -> Matrix:
        """`fit` and `rows` of the same texts, which are read once."""
        read = _read(texts)
        used = self._used(read)
        self._learn(used)
        return self._stacked(read, used)

    def _used(self, read: _Read) -> list[Matrix]:
        """Texts × stems and, where they count, texts × pieces: how often each comes."""
        tables = [self._stems_of(read.words)]
        if self.weights.pieces:
            tables.append(self._pieces_of(read.words))
        return [sp.csr_array(read.counts @ table) for table in tables]

    def _learn(self, used: list[Matrix]) -> None:
        self._rare = [_rarity(table) for table in used]
        self._stems.closed = self._pieces.closed = True

    def _stacked(self, read: _Read, used: list[Matrix]) -> Matrix:
        w = self.weights
        parts = [_unit(self._concepts(read)) * math.sqrt(w.concepts)]
        for table, rare, weight in zip(used, self._rare, (w.stems, w.pieces), strict=False):
            weighed = _damped(table)
            weighed.data *= rare[weighed.indices]
            parts.append(_unit(weighed) * math.sqrt(weight))
        return sp.csr_array(sp.hstack(parts, format="csr"))

    def concepts(self, texts: Sequence[Text]) -> Matrix:
        """Texts × concepts and fields: how surely each text speaks of each concept or a narrower one."""
        return self._concepts(_read(texts))

    def _concepts(self, read: _Read) -> Matrix:
        terms = _terms(self.weights)
        atoms = (
            [
                column
                for atom in lexicons()[code].of_word(word)
                if (column := terms.atoms.of((code, atom))) is not None
            ]
            for code, word in read.words
        )
        atoms_of = _table(atoms, len(terms.atoms.known))

        def block(start: int) -> Matrix:
            return self._spoken_of(sp.csr_array(read.counts[start : start + BLOCK, :] @ atoms_of))

        starts = range(0, max(1, read.counts.shape[0]), BLOCK)
        return sp.csr_array(sp.vstack(side_by_side(block, starts, self.threads), format="csr"))

    def _spoken_of(self, present: Matrix) -> Matrix:
        """Texts × concepts and fields, from texts × atoms."""
        terms = _terms(self.weights)
        present.data[:] = 1.0
        covered = sp.csr_array(present @ terms.coverage)
        enough = covered.data >= self.weights.floor
        lines, term, share = lines_of(covered)[enough], covered.indices[enough], covered.data[enough]
        sure = share**self.weights.doubt * terms.strength[term]
        best = _best_by_group(lines, terms.concept_of[term], sure, (present.shape[0], len(concepts())))
        return sp.csr_array(best @ terms.spread)

    def _stems_of(self, words: list[Word]) -> Matrix:
        """Words × stems."""
        rows = [
            [self._stems.of((code, atom)) for atom in lexicons()[code].of_word(word)] for code, word in words
        ]
        return _table(([c for c in row if c is not None] for row in rows), len(self._stems.known))

    def _pieces_of(self, words: list[Word]) -> Matrix:
        """Words × pieces; function words have none."""
        rows = [
            [self._pieces.of(piece) for piece in _pieces(word)] if lexicons()[code].of_word(word) else []
            for code, word in words
        ]
        return _table(([c for c in row if c is not None] for row in rows), len(self._pieces.known))


def _pieces(word: str) -> list[str]:
    padded = f"_{word}_"
    return sorted({padded[i : i + size] for size in PIECES for i in range(len(padded) - size + 1)})


@dataclass(frozen=True)
class _Read:
    """Texts × words, with how often each comes, and the words."""

    counts: Matrix
    words: list[Word]


def _read(texts: Sequence[Text]) -> _Read:
    number = count()
    known: dict[str, defaultdict[str, int]] = {}
    columns = array("q")
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    for n, item in enumerate(texts, start=1):
        mine = known.get(item.language)
        if mine is None:
            mine = known[item.language] = defaultdict(number.__next__)
        columns.extend(map(mine.__getitem__, tokens(item.text)))
        starts[n] = len(columns)
    found = {column: (code, word) for code, words in known.items() for word, column in words.items()}
    words = [found[n] for n in range(len(found))]
    return _Read(_counted(np.frombuffer(columns, dtype=np.int64), starts, len(words)), words)


def _table(rows: Iterable[Iterable[int]], width: int) -> Matrix:
    """A matrix of counts from the columns of each row."""
    columns: list[int] = []
    starts = [0]
    for row in rows:
        columns += row
        starts.append(len(columns))
    return _counted(np.array(columns, dtype=np.int64), np.array(starts, dtype=np.int64), width)


def _counted(columns: Ints, starts: Ints, width: int) -> Matrix:
    """A matrix of counts: row n holds `columns[starts[n]:starts[n + 1]]`."""
    narrow = (np.ones(len(columns)), columns.astype(np.int32), starts.astype(np.int32))
    table = sp.csr_array(narrow, shape=(len(starts) - 1, width))
    table.sum_duplicates()
    return table


def _damped(matrix: Matrix) -> Matrix:
    """Counts as 1 + their logarithm."""
    found = sp.csr_array(matrix)
    found.data = 1 + np.log(found.data)
    return found


def _rarity(matrix: Matrix) -> Floats:
    """The inverse document frequency of each column (Spärck Jones 1972), smoothed."""
    documents = np.bincount(matrix.indices, minlength=matrix.shape[1])
    found: Floats = np.log((1 + matrix.shape[0]) / (1 + documents)) + 1
    return found


def _unit(matrix: Matrix) -> Matrix:
    """Rows brought to length 1; empty rows stay empty."""
    rows = sp.csr_array(matrix)
    lines = lines_of(rows)
    squares = np.bincount(lines, rows.data**2, minlength=rows.shape[0]).astype(float)
    scale = np.divide(1.0, np.sqrt(squares), out=np.zeros_like(squares), where=squares > 0)
    return sp.csr_array((rows.data * scale[lines], rows.indices, rows.indptr), shape=rows.shape)


def _best_by_group(lines: Ints, groups: Ints, values: Floats, shape: tuple[int, int]) -> Matrix:
    """Rows × groups: the largest of the values of each row and group."""
    keys = lines * shape[1] + groups
    if not len(keys):
        return sp.csr_array(shape)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    best = np.maximum.reduceat(values[order], first)
    where = np.array(np.divmod(keys[first], shape[1]), dtype=np.int32)
    return sp.csr_array((best, tuple(where)), shape=shape)
