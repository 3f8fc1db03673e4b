"""Texts as sparse rows: concepts of the taxonomy, stems, and pieces of words, side by side.

Concepts carry meaning across languages; stems (TF-IDF) what the taxonomy has no word for; pieces of words (n-grams
of characters) names, loans and odd inflections. Each part is of length 1, so that a row times another one is
a weighted sum of three cosines.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from ydin.planning.matching.taxonomy import ancestors, concepts
from ydin.planning.matching.words import LANGUAGES, Lexicon, tokens

Matrix: TypeAlias = sp.csr_array
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Word = tuple[str, str]
PIECES = (4, 5)


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


@cache
def lexicons() -> dict[str, Lexicon]:
    """The atoms of every language, learnt from the taxonomy."""
    made = {}
    for code in LANGUAGES:
        lexicon = Lexicon(code)
        lexicon.learn(
            word for concept in concepts().values() for term in concept.terms[code] for word in tokens(term)
        )
        made[code] = lexicon
    return made


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
    _stems: _Columns = field(default_factory=_Columns, repr=False)
    _pieces: _Columns = field(default_factory=_Columns, repr=False)
    _rare_stems: Floats = field(default_factory=lambda: np.zeros(0), repr=False)
    _rare_pieces: Floats = field(default_factory=lambda: np.zeros(0), repr=False)

    def fit(self, texts: Sequence[Text]) -> None:
        """Learn the stems and pieces of `texts` and how many of them use each."""
        counts, words = _read(texts)
        self._rare_stems = _rarity(counts @ self._stems_of(words))
        self._stems.closed = True
        if self.weights.pieces:
            self._rare_pieces = _rarity(counts @ self._pieces_of(words))
        self._pieces.closed = True

    def rows(self, texts: Sequence[Text]) -> Matrix:
        """One row a text; the product of two rows is their score, 0 to 1."""
        counts, words = _read(texts)
        w = self.weights
        parts = [
            _unit(self._concepts(counts, words)) * math.sqrt(w.concepts),
            _unit(_damped(counts @ self._stems_of(words)) @ sp.diags_array(self._rare_stems))
            * math.sqrt(w.stems),
        ]
        if w.pieces:
            pieces = _damped(counts @ self._pieces_of(words)) @ sp.diags_array(self._rare_pieces)
            parts.append(_unit(pieces) * math.sqrt(w.pieces))
        return sp.csr_array(sp.hstack(parts, format="csr"))

    def concepts(self, texts: Sequence[Text]) -> Matrix:
        """Texts × concepts and fields: how surely each text speaks of each concept or a narrower one."""
        return self._concepts(*_read(texts))

    def _concepts(self, counts: Matrix, words: list[Word]) -> Matrix:
        terms = _terms(self.weights)
        atoms = (
            [
                column
                for atom in lexicons()[code].of_word(word)
                if (column := terms.atoms.of((code, atom))) is not None
            ]
            for code, word in words
        )
        present = sp.csr_array(counts @ _table(atoms, len(terms.atoms.known)))
        present.data[:] = 1.0
        covered = sp.csr_array(present @ terms.coverage)
        covered.data[covered.data < self.weights.floor] = 0.0
        covered.data = covered.data**self.weights.doubt * terms.strength[covered.indices]
        best = _best_by_group(covered, terms.concept_of, len(concepts()))
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


def _read(texts: Sequence[Text]) -> tuple[Matrix, list[Word]]:
    """Texts × words, with how often each comes, and the words."""
    known: dict[Word, int] = {}
    rows = (
        [known.setdefault((item.language, word), len(known)) for word in tokens(item.text)] for item in texts
    )
    table = _table(rows, None)
    return sp.csr_array((table.data, table.indices, table.indptr), shape=(len(texts), len(known))), list(
        known
    )


def _table(rows: Iterable[Iterable[int]], width: int | None) -> Matrix:
    """A matrix of counts from the columns of each row."""
    columns: list[int] = []
    starts = [0]
    for row in rows:
        columns += row
        starts.append(len(columns))
    wide = width if width is not None else max(columns, default=-1) + 1
    table = sp.csr_array((np.ones(len(columns)), columns, starts), shape=(len(starts) - 1, wide))
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
    squares = np.asarray(rows.multiply(rows).sum(axis=1)).ravel()
    scale = np.divide(1.0, np.sqrt(squares), out=np.zeros_like(squares), where=squares > 0)
    return sp.csr_array(sp.diags_array(scale) @ rows)


def _best_by_group(matrix: Matrix, group_of: Ints, groups: int) -> Matrix:
    """Rows × groups: the largest entry among the columns of each group."""
    matrix.eliminate_zeros()
    lines = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    keys = lines * groups + group_of[matrix.indices]
    if not len(keys):
        return sp.csr_array((matrix.shape[0], groups))
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], matrix.data[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    best = np.maximum.reduceat(values, first)
    return sp.csr_array(
        (best, (keys[first] // groups, keys[first] % groups)), shape=(matrix.shape[0], groups)
    )
