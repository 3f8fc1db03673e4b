"""Tables for spreadsheet programs. Every CSV of the product is written here, so that no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What spreadsheet programs take for the beginning of a formula or a command, in half and full width."""


def safe_cell(value: object) -> str:
    """Return the text of a cell so that no spreadsheet runs it: an apostrophe before it makes it text.

    Spaces in front count as nothing, as some programs skip them. Numbers stay numbers.
    """
    if isinstance(value, int | float):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return the rows as CSV, cells divided by semicolons as Nordic spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return out.getvalue()
