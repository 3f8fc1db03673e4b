"""Small facts about names."""

import re
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

_NOISE = {"oy", "ab", "tmi", "ky", "ay", "oyj", "osk", "t:mi", "ltd", "the"}


def initials_of(name: str) -> str:
    """Return one or two letters that stand for a company or a person: "Hilla & Riite Oy" gives "HR"."""
    words = [word for word in re.split(r"[\s\-–/&+.,]+", name) if word[:1].isalnum()]
    telling = [word for word in words if word.casefold() not in _NOISE] or words
    if not telling:
        return "?"
    if len(telling) == 1:
        return telling[0][:2].upper()
    return (telling[0][0] + telling[1][0]).upper()


def tone_of(name: str) -> int:
    """A number 0–3 that stays the same for the same name: the colour of its avatar."""
    return zlib.crc32(name.encode()) % 4


def table_of(columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Lay the cells of a table out with their column's label, so that a phone can show each as a card."""
    heads = [
        {"label": column[0], "number": column[1] == "number"}
        if isinstance(column, tuple)
        else {"label": column, "number": False}
        for column in columns
    ]
    return {
        "columns": heads,
        "rows": [
            {
                "head": row[0],
                "cells": [{**head, "value": cell} for head, cell in zip(heads[1:], row[1:], strict=True)],
            }
            for row in rows
        ],
    }
