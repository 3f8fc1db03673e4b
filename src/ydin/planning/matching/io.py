"""Offers and needs as JSON (format of `ydin plan matches`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten

from ydin.planning.errors import InputError
from ydin.planning.matching.model import Item
from ydin.planning.matching.vectors import Text
from ydin.planning.matching.words import LANGUAGES, guess_language
from ydin.planning.reading import Json, Reader

LONGEST_TEXT = 10_000
SHOWN = 60


def load(source: object) -> tuple[list[Item], list[Item]]:
    """Offers and needs; `language` may be missing (it is guessed) or another one (read as English).

    Raises InputError with the field's name.
    """
    reader = Reader()
    top = reader.thing(source, "")
    return _items(reader, top, "offers"), _items(reader, top, "needs")


def _items(reader: Reader, top: Json, kind: str) -> list[Item]:
    seen: set[str] = set()

    def read(value: object, field: str) -> Item:
        row = reader.thing(value, field)
        name = reader.text(reader.get(row, "id", field), f"{field}.id")
        if name in seen:
            raise InputError(f"{field}.id", f"{shorten(name, SHOWN)} is there twice")
        seen.add(name)
        return Item(name, _text(reader, row, field))

    return reader.many(reader.get(top, kind, ""), kind, read)


def _text(reader: Reader, row: Json, field: str) -> Text:
    words = reader.get(row, "text", field)
    if not isinstance(words, str):
        raise InputError(f"{field}.text", "not a text")
    if len(words) > LONGEST_TEXT:
        raise InputError(f"{field}.text", f"{len(words)} characters, at most {LONGEST_TEXT}")
    given = reader.get(row, "language", field, default=None)
    if given is None:
        return Text(guess_language(words), words)
    code = reader.text(given, f"{field}.language").lower().split("-")[0]
    return Text(code if code in LANGUAGES else "en", words)


def dump(found: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The answer as JSON: need id -> offer ids, best first."""
    return {need: list(offers) for need, offers in found.items()}
