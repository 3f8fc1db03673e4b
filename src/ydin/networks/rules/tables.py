"""Rows of text from a CSV or XLSX file of any origin. Nothing is known here of what the columns mean."""

from __future__ import annotations

import csv
import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from ydin.kernel.lazy import lazy
from ydin.networks.rules.cells import clean

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = lazy("openpyxl")

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_UNPACKED_BYTES = 120 * 1024 * 1024
END_AFTER_BLANKS = 5_000
"""So many blank rows end a table: some workbooks are formatted down to row 1,048,576."""
HEADING_WITHIN = 50
LONGEST_SLOT = 2
"""Digits of a number that tells people of one row apart; a longer one is a year."""
SAMPLE, STRAY_CONTROLS = 20_000, 10
DELIMITERS = (";", ",", "\t", "|")
_PICTURES_AND_PAPERS = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF", b"\x1f\x8b",
    b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"MZ", b"{\\rtf",
)  # fmt: skip
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_UNREADABLE = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError,
    OSError, EOFError, SyntaxError, RuntimeError, NotImplementedError, struct.error, zlib.error,
)  # fmt: skip

csv.field_size_limit(MOST_BYTES)


class Fault(StrEnum):
    """Why a file is no table that can be brought in."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    OLD_EXCEL = "old_excel"
    NOT_A_TABLE = "not_a_table"
    NO_HEADING = "no_heading"


class NotATable(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """The file as a whole cannot be brought in; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        """Keep the reason."""
        super().__init__(fault.value)
        self.fault = fault


Columns = dict[tuple[str, int], int]
"""Where each understood column stands: (meaning, which of a row's people; 0: nobody's) → index."""


@dataclass(frozen=True)
class Row:
    """Cleaned cells of a row; `number` is what a spreadsheet shows before it (from 1)."""

    number: int
    cells: tuple[str, ...]

    def at(self, index: int) -> str:
        """Return the cell of a column, empty where the row is shorter."""
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """The rows under a heading, without empty ones, and the headings that nobody understood."""

    heading: Row
    columns: Columns
    rows: list[Row] = field(repr=False)
    unknown: tuple[str, ...]

    def cell(self, row: Row, column: str, slot: int = 0) -> str:
        """Return the row's cell of a column, empty when there is no such column."""
        index = self.columns.get((column, slot))
        return "" if index is None else row.at(index)

    def heading_of(self, column: str, slot: int = 0) -> str:
        """Return how the file itself heads the column."""
        index = self.columns.get((column, slot))
        return column if index is None else self.heading.at(index)


Understand = Callable[[Row], tuple[Columns, tuple[str, ...]] | None]
"""Reads a row as a heading: (columns, headings that mean nothing here), or None if it is none."""


def read_table(content: bytes, understand: Understand) -> Table:
    """Return the table of a file: of its sheets the first one that has a heading.

    CSV may be parted by semicolons, commas, tabs or bars, and be written in UTF-8, UTF-16 or Windows-1252.

    Raises:
        NotATable: the file is empty, too large, no table, or has no heading that `understand` takes.

    """
    if len(content) > MOST_BYTES:
        raise NotATable(Fault.TOO_LARGE)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise NotATable(Fault.EMPTY)
    if content.startswith(_OLD_EXCEL):
        raise NotATable(Fault.OLD_EXCEL)
    if content.startswith(_ZIP):
        return _from_workbook(content, understand)
    if content.startswith(_PICTURES_AND_PAPERS):
        raise NotATable(Fault.NOT_A_TABLE)
    return _from_text(_decode(content), understand)


def _decode(content: bytes) -> str:
    """Return the text: by its mark, else UTF-8 if it is, else UTF-16 by its zeros, else Windows-1252."""
    encoding = "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif _half_zeros(content[1:400:2]):
        encoding = "utf-16-le"
    elif _half_zeros(content[0:400:2]):
        encoding = "utf-16-be"
    for attempt in (encoding, "cp1252"):
        try:
            text = content.decode(attempt)
        except UnicodeDecodeError:
            continue
        return _readable(text)
    raise NotATable(Fault.NOT_A_TABLE)


def _half_zeros(every_second: bytes) -> bool:
    return len(every_second) > 1 and every_second.count(0) * 2 > len(every_second)


def _readable(text: str) -> str:
    """Return the text, unless it is a program's data rather than something written."""
    sample = text[:SAMPLE]
    strange = sum(c < " " and c not in "\r\n\t" for c in sample)
    if strange > STRAY_CONTROLS and strange * 20 > len(sample):
        raise NotATable(Fault.NOT_A_TABLE)
    return text.replace("\x00", "")


def _from_text(text: str, understand: Understand) -> Table:
    best: tuple[int, str] | None = None
    for delimiter in DELIMITERS:
        found = _heading(_csv_rows(text, delimiter), understand)
        if found and (best is None or len(found[1]) > best[0]):
            best = (len(found[1]), delimiter)
    if best is None:
        raise NotATable(Fault.NO_HEADING)
    table = _table(lambda: _csv_rows(text, best[1]), understand)
    assert table is not None
    return table


def _csv_rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, 1):
            yield Row(number, tuple(clean(c) for c in cells[:MOST_COLUMNS]))
    except csv.Error as error:
        raise NotATable(Fault.NOT_A_TABLE) from error


def _from_workbook(content: bytes, understand: Understand) -> Table:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations that openpyxl leaves out
            return _first_sheet(content, understand)
    except NotATable:
        raise
    except _UNREADABLE as error:
        raise NotATable(Fault.NOT_A_TABLE) from error


def _first_sheet(content: bytes, understand: Understand) -> Table:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
            raise NotATable(Fault.TOO_LARGE)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            table = _table(lambda sheet=sheet: _sheet_rows(sheet), understand)  # type: ignore[misc]
            if table is not None:
                return table
    finally:
        book.close()
    raise NotATable(Fault.NO_HEADING)


def _sheet_rows(sheet: object) -> Iterator[Row]:
    rows: Iterable[tuple[object, ...]] = sheet.iter_rows(values_only=True)  # type: ignore[attr-defined]
    for number, cells in enumerate(rows, 1):
        yield Row(number, tuple(_text(c) for c in cells[:MOST_COLUMNS]))


def _text(value: object) -> str:
    """Return a spreadsheet's value as it is read there; a formula counts as its last result."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)


def _heading(rows: Iterable[Row], understand: Understand) -> tuple[Row, Columns, tuple[str, ...]] | None:
    """Return the heading with the most columns understood among the first rows, the first of equals."""
    best: tuple[Row, Columns, tuple[str, ...]] | None = None
    told = (row for row in islice(rows, END_AFTER_BLANKS) if any(row.cells))
    for row in islice(told, HEADING_WITHIN):
        found = understand(row)
        if found and (best is None or len(found[0]) > len(best[1])):
            best = (row, *found)
    return best


def _table(rows: Callable[[], Iterator[Row]], understand: Understand) -> Table | None:
    found = _heading(rows(), understand)
    if found is None:
        return None
    heading, columns, unknown = found
    kept: list[Row] = []
    last = heading.number
    for row in rows():
        if row.number - last > END_AFTER_BLANKS:
            break
        if row.number <= heading.number or not any(row.cells):
            continue
        last = row.number
        if len(kept) == MOST_ROWS:
            raise NotATable(Fault.TOO_MANY_ROWS)
        kept.append(row)
    return Table(heading, columns, kept, unknown)


def heading_words(cell: str) -> tuple[str, int]:
    """Return a heading's words in lower case without brackets and signs, and the number in it (0: none)."""
    text = re.sub(r"\(.*?\)|\[.*?\]", " ", cell).casefold()
    number = re.search(r"\d+", text)
    if number:
        text = text.replace(number[0], " ", 1)
    slot = int(number[0]) if number and len(number[0]) <= LONGEST_SLOT else 0
    return " ".join(re.findall(r"[^\W_]+", text)), slot
