"""Companies and their people out of the rows of a coordinator's table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ydin.networks.rules import MICRO_LIMIT
from ydin.networks.rules import cells as c
from ydin.networks.rules.headings import OF_PEOPLE, Column
from ydin.networks.rules.reasons import Code, Reason, reason
from ydin.networks.rules.row_people import LONGEST_PHONE, PersonEntry, people_of
from ydin.networks.rules.tables import Row, Table

MOST_PEOPLE = 1_000_000
MOST_PLACES = 32_767
LONGEST = {Column.COMPANY: 500, Column.ADDRESS: 300, Column.WEBSITE: 200}
LONGEST_OF_PERSON = {
    Column.PERSON: 500, Column.FIRST_NAME: 240, Column.LAST_NAME: 240, Column.PHONE: LONGEST_PHONE,
    Column.ROLE: 120,
}  # fmt: skip


@dataclass
class CompanyEntry:
    """A company as the file tells it. `row` is where it first stands; empty texts mean "not told"."""

    row: int
    name: str
    business_id: str = ""
    municipality: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    people: dict[str, PersonEntry] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    refused: bool = False

    def refuse(self, why: Reason) -> None:
        """Leave the company out, for a reason."""
        self.refused = True
        self.reasons.insert(0, why)


def read_companies(table: Table) -> list[CompanyEntry]:
    """Return one entry for each company, in the order of the file.

    A row without a company's name is about the company above. Rows that name a company again, anywhere in
    the file, add their people to it; told apart are companies by business ID, else by name and municipality.
    """
    book = _Book(table)
    for row in table.rows:
        book.take(row)
    return book.entries


class _Book:
    """Entries so far, found by business ID and by name."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.entries: list[CompanyEntry] = []
        self.by_id: dict[str, CompanyEntry] = {}
        self.by_name: dict[str, list[CompanyEntry]] = {}
        self.above: CompanyEntry | None = None

    def take(self, row: Row) -> None:
        told = {key for key, index in self.table.columns.items() if row.at(index)}
        if not told:
            return
        if (Column.COMPANY, 0) not in told:
            self._take_nameless(row)
            return
        entry = _entry(self.table, row)
        known = self._known(entry)
        if known is None:
            self._add(entry)
        elif known is not entry:
            _merge(known, entry)
            if known.business_id:
                self.by_id[known.business_id] = known
        self.above = known or entry

    def _take_nameless(self, row: Row) -> None:
        own_id = self.table.cell(row, Column.BUSINESS_ID)
        if self.above is None or (own_id and _business_id(own_id) != self.above.business_id):
            entry = CompanyEntry(row.number, "")
            entry.refuse(reason(Code.NO_COMPANY))
            self.entries.append(entry)
            return
        entry = CompanyEntry(row.number, self.above.name)
        people, reasons = people_of(self.table, row)
        _check_lengths(entry, self.table, row, people)
        if entry.refused:
            self.entries.append(entry)
        else:
            _add_people(self.above, people, reasons)

    def _known(self, entry: CompanyEntry) -> CompanyEntry | None:
        """Return the earlier entry that the new one is about; the new one itself once it has been refused."""
        if entry.refused:
            self.entries.append(entry)
            return entry
        same = self.by_id.get(entry.business_id)
        if same is not None:
            if c.bare_name_key(same.name) == c.bare_name_key(entry.name):
                return same
            entry.refuse(
                reason(Code.ID_OF_ANOTHER_ROW, id=entry.business_id, company=same.name, row=same.row)
            )
            self.entries.append(entry)
            return entry
        return next(
            (e for e in reversed(self.by_name.get(c.name_key(entry.name), [])) if _alike(e, entry)), None
        )

    def _add(self, entry: CompanyEntry) -> None:
        self.entries.append(entry)
        self.by_name.setdefault(c.name_key(entry.name), []).append(entry)
        if entry.business_id:
            self.by_id[entry.business_id] = entry


def _alike(known: CompanyEntry, entry: CompanyEntry) -> bool:
    """Tell whether nothing that both entries of a name tell speaks against their being one company."""
    pairs = (
        (known.business_id, entry.business_id),
        (c.name_key(known.municipality), c.name_key(entry.municipality)),
    )
    return all(not a or not b or a == b for a, b in pairs)


def _business_id(text: str) -> str:
    try:
        return c.parse_business_id(text)
    except ValueError:
        return text


def _entry(table: Table, row: Row) -> CompanyEntry:
    def told(column: Column) -> str:
        return c.one_line(table.cell(row, column))

    entry = CompanyEntry(row.number, told(Column.COMPANY))
    entry.municipality = told(Column.MUNICIPALITY) or told(Column.TOWN)
    if c.is_nothing(entry.municipality):
        entry.municipality = ""
    try:
        entry.business_id = c.parse_business_id(told(Column.BUSINESS_ID))
    except ValueError:
        entry.refuse(reason(Code.BAD_BUSINESS_ID, id=_short(told(Column.BUSINESS_ID))))
    _read_fields(entry, table, row)
    people, reasons = people_of(table, row)
    _check_lengths(entry, table, row, people)
    _add_people(entry, people, reasons)
    return entry


def _read_fields(entry: CompanyEntry, table: Table, row: Row) -> None:
    def parsed(column: Column, parse: Callable[[str], Any]) -> Any:
        text = c.one_line(table.cell(row, column))
        try:
            return parse(text)
        except ValueError:
            entry.reasons.append(
                reason(Code.NOT_UNDERSTOOD, column=table.heading_of(column), text=_short(text))
            )
            return None

    code, words = c.parse_industry(table.cell(row, Column.INDUSTRY))
    values = {
        "address": _address(table, row),
        "head_count": parsed(Column.HEAD_COUNT, lambda text: c.parse_count(text, MOST_PEOPLE)),
        "industry_code": code,
        "languages": parsed(Column.LANGUAGE, c.parse_languages),
        "website": parsed(Column.WEBSITE, c.parse_website),
        "premises_capacity": parsed(Column.CAPACITY, lambda text: c.parse_count(text, MOST_PLACES) or None),
        "description": table.cell(row, Column.DESCRIPTION) or words,
    }
    entry.fields = {name: value for name, value in values.items() if value not in (None, "", [])}
    count = entry.fields.get("head_count")
    if count is not None and count >= MICRO_LIMIT:
        entry.reasons.append(reason(Code.NOT_MICRO, count=count))


def _address(table: Table, row: Row) -> str:
    street, code, town = (
        c.one_line(table.cell(row, x)) for x in (Column.ADDRESS, Column.POSTCODE, Column.TOWN)
    )
    if re.fullmatch(r"\d{1,4}", code):
        code = code.zfill(5)
    post = f"{code} {town}".strip() if street or code else ""
    return ", ".join(part for part in (street, post) if part and (part == street or post not in street))


def _check_lengths(entry: CompanyEntry, table: Table, row: Row, people: list[PersonEntry]) -> None:
    """Refuse the entry when a text is longer than what it is kept in."""
    if max(map(len, row.cells)) <= LONGEST_PHONE:
        return  # nothing that is kept, not even joined cells, is shorter than this
    for (column, slot), index in table.columns.items():
        most = LONGEST.get(Column(column)) or LONGEST_OF_PERSON.get(Column(column))
        if most is None:
            continue
        text = row.at(index)
        parts = [text] if column in LONGEST else re.split(r"[\n;,/|]", text)
        if max(len(part.strip()) for part in parts) > most:
            entry.refuse(reason(Code.TOO_LONG, column=table.heading_of(column, slot), most=most))
    if not entry.refused:
        _check_results(entry, table, people)
    entry.name = _short(entry.name, LONGEST[Column.COMPANY])


def _check_results(entry: CompanyEntry, table: Table, people: list[PersonEntry]) -> None:
    """Refuse the entry when parts that fit have become a whole that does not."""
    wholes = [(column, entry.fields.get(column.value, "")) for column in (Column.ADDRESS, Column.WEBSITE)]
    for person in people:
        wholes += [(Column.PERSON, person.name), (Column.PHONE, person.phone), (Column.ROLE, person.title)]
    for column, text in wholes:
        most = LONGEST.get(column) or LONGEST_OF_PERSON[column]
        if len(text) > most:
            slot = 1 if column in OF_PEOPLE else 0
            entry.refuse(reason(Code.TOO_LONG, column=table.heading_of(column, slot), most=most))


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _add_people(entry: CompanyEntry, people: list[PersonEntry], reasons: list[Reason]) -> bool:
    """Add the people; tell whether anybody was new."""
    before = len(entry.people)
    for person in people:
        known = entry.people.setdefault(person.email, person)
        known.fill(person)
    entry.reasons += [r for r in reasons if r not in entry.reasons]
    return len(entry.people) > before


def _merge(known: CompanyEntry, entry: CompanyEntry) -> None:
    """Take over what a later row about the same company adds; what it contradicts is told, not taken."""
    for name in ("business_id", "municipality"):
        if not getattr(known, name):
            setattr(known, name, getattr(entry, name))
    for name, value in entry.fields.items():
        if known.fields.setdefault(name, value) != value:
            known.reasons.append(reason(Code.ROW_DIFFERS, row=entry.row, field=name))
    kept = [r for r in entry.reasons if r not in known.reasons and r.code != Code.NOT_MICRO]
    if not _add_people(known, list(entry.people.values()), kept):
        known.reasons.append(reason(Code.ROW_REPEATS, row=entry.row))
