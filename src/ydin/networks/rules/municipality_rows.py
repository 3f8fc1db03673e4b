"""Regions, sub-regions and municipalities out of a table with one municipality a row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from ydin.networks.rules import RegionLevel
from ydin.networks.rules.cells import one_line
from ydin.networks.rules.reasons import Code, Reason, reason
from ydin.networks.rules.tables import Columns, Row, Table

NUTS_VERSION = "2024"
LONGEST_NAME = 120
CODE_DIGITS = {"municipality": 3, RegionLevel.SUB_REGION: 3, RegionLevel.REGION: 2}


class Column(StrEnum):
    """What a column tells, by the headings of Statistics Finland's classifications."""

    CODE = "kunta code"
    NAME_FI = "municipality name fi"
    NAME_SV = "municipality name sv"
    SUB_CODE = "seutukunta code"
    SUB_NAME_FI = "seutukunta name fi"
    SUB_NAME_SV = "seutukunta name sv"
    REGION_CODE = "maakunta code"
    REGION_NAME_FI = "maakunta name fi"
    REGION_NAME_SV = "maakunta name sv"
    REGION_NAME_EN = "maakunta name en"
    NUTS = "nuts3 2024 code"


NEEDED = (
    Column.CODE, Column.NAME_FI, Column.SUB_CODE, Column.SUB_NAME_FI, Column.REGION_CODE,
    Column.REGION_NAME_FI,
)  # fmt: skip
_OTHER_WORDS = {
    "kuntakoodi": Column.CODE,
    "kunta": Column.NAME_FI,
    "kunnan nimi": Column.NAME_FI,
    "kommun": Column.NAME_SV,
    "seutukuntakoodi": Column.SUB_CODE,
    "seutukunta": Column.SUB_NAME_FI,
    "maakuntakoodi": Column.REGION_CODE,
    "maakunta": Column.REGION_NAME_FI,
    "landskap": Column.REGION_NAME_SV,
    "region": Column.REGION_NAME_EN,
    "nuts3": Column.NUTS,
    "kunta name fi": Column.NAME_FI,
    "kunta name sv": Column.NAME_SV,
    "municipality code": Column.CODE,
}


def understand_municipality_heading(row: Row) -> tuple[Columns, tuple[str, ...]] | None:
    """Return where each column stands and the headings not understood; None unless all needed are there."""
    columns: Columns = {}
    unknown: list[str] = []
    meanings = {column.value: column for column in Column}
    for index, cell in enumerate(row.cells):
        words = " ".join(re.findall(r"[^\W_]+", cell.casefold()))
        column = meanings.get(words) or _OTHER_WORDS.get(words)
        if column is not None:
            columns.setdefault((column, 0), index)
        elif cell:
            unknown.append(cell)
    return (columns, tuple(unknown)) if all((c, 0) in columns for c in NEEDED) else None


@dataclass(frozen=True)
class Node:
    """A region, sub-region or municipality. `parent` is the code of what it lies in."""

    row: int
    code: str
    names: dict[str, str]
    parent: str = ""
    nuts: str = ""


@dataclass
class Places:
    """Everything that the table tells, by code, and the rows that are left out."""

    regions: dict[str, Node] = field(default_factory=dict)
    sub_regions: dict[str, Node] = field(default_factory=dict)
    municipalities: dict[str, Node] = field(default_factory=dict)
    refused: list[tuple[int, str, Reason]] = field(default_factory=list)


def read_places(table: Table) -> Places:
    """Return the table's tree. A row that lacks something or contradicts an earlier one is left out whole."""
    places = Places()
    for row in table.rows:
        if not any(row.at(index) for index in table.columns.values()):
            continue
        nodes = _nodes(table, row)
        wrong = _missing(table, row) or _contradiction(places, nodes)
        if wrong:
            places.refused.append((row.number, nodes[2].names["name_fi"][:LONGEST_NAME], wrong))
            continue
        kinds = (places.regions, places.sub_regions, places.municipalities)
        for kind, node in zip(kinds, nodes, strict=True):
            kind.setdefault(node.code, node)
    return places


def _nodes(table: Table, row: Row) -> tuple[Node, Node, Node]:
    def told(column: Column) -> str:
        return one_line(table.cell(row, column))

    region_code = _code(told(Column.REGION_CODE), CODE_DIGITS[RegionLevel.REGION])
    sub_code = _code(told(Column.SUB_CODE), CODE_DIGITS[RegionLevel.SUB_REGION])
    region = Node(
        row.number,
        region_code,
        {
            "name_fi": told(Column.REGION_NAME_FI),
            "name_sv": told(Column.REGION_NAME_SV),
            "name_en": told(Column.REGION_NAME_EN),
        },
        nuts=told(Column.NUTS),
    )
    sub_region = Node(
        row.number,
        sub_code,
        {"name_fi": told(Column.SUB_NAME_FI), "name_sv": told(Column.SUB_NAME_SV)},
        parent=region_code,
    )
    municipality = Node(
        row.number,
        _code(told(Column.CODE), CODE_DIGITS["municipality"]),
        {"name_fi": told(Column.NAME_FI), "name_sv": told(Column.NAME_SV)},
        parent=sub_code,
    )
    return region, sub_region, municipality


def _code(text: str, digits: int) -> str:
    """Return the code as text, with the zeros before it that a spreadsheet drops."""
    return text.zfill(digits) if text.isascii() and text.isdecimal() else text


def _missing(table: Table, row: Row) -> Reason | None:
    for column in NEEDED:
        if not table.cell(row, column):
            code = Code.NO_CODE if column.value.endswith("code") else Code.NO_NAME
            return reason(code, column=table.heading_of(column))
    for column in Column:
        most = {Column.NUTS: 8, Column.CODE: 10}.get(column, 20 if "code" in column else LONGEST_NAME)
        if len(table.cell(row, column)) > most:
            return reason(Code.TOO_LONG, column=table.heading_of(column), most=most)
    return None


def _contradiction(places: Places, nodes: tuple[Node, Node, Node]) -> Reason | None:
    kinds = (places.regions, places.sub_regions, places.municipalities)
    for kind, node in zip(kinds, nodes, strict=True):
        known = kind.get(node.code)
        if known and (known.names, known.parent, known.nuts) != (node.names, node.parent, node.nuts):
            return reason(Code.OTHER_REGION, code=node.code, row=known.row)
    return None
