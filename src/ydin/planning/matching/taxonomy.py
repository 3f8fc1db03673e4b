"""The trilingual taxonomy of trades, skills and needs, read from the tables beside `partnerships`.

Columns: id, broader (another id or nothing), nace (NACE Rev. 2.1 class), fi, sv, en (terms, the preferred
one first, separated by `|`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ydin.planning.matching.words import LANGUAGES


@dataclass(frozen=True, slots=True)
class Concept:
    """One trade, skill or need; `terms[language]` begins with the preferred term."""

    id: str
    broader: str
    nace: str
    field: str
    terms: dict[str, tuple[str, ...]]

    def label(self, language: str) -> str:
        """The preferred term in `language`, English where the language is not kept."""
        return (self.terms.get(language) or self.terms["en"])[0]


@cache
def concepts() -> dict[str, Concept]:
    """All concepts by id, those of one field (table) together."""
    found: dict[str, Concept] = {}
    for table in tables():
        for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
            terms = {code: tuple(row[code].split("|")) for code in LANGUAGES}
            found[row["id"]] = Concept(
                row["id"], row["broader"], row["nace"], table.name.removesuffix(".csv"), terms
            )
    return found


def ancestors(concept: str) -> Iterator[str]:
    """The broader concepts of one, nearest first."""
    known = concepts()
    broader = known[concept].broader
    while broader:
        yield broader
        broader = known[broader].broader


def tables() -> list[Traversable]:
    """The files of the taxonomy, one a field."""
    folder = files("ydin").joinpath("partnerships", "taxonomy")
    return sorted((f for f in folder.iterdir() if f.name.endswith(".csv")), key=lambda f: f.name)
