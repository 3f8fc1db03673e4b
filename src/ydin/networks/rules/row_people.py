"""The people of one row of a table: in numbered columns, and several in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from ydin.networks.rules import cells as c
from ydin.networks.rules.headings import OF_PEOPLE, Column
from ydin.networks.rules.reasons import Code, Reason, reason
from ydin.networks.rules.tables import Row, Table

LONGEST_PHONE = 40


@dataclass
class PersonEntry:
    """A person as the file tells it; the address tells people apart."""

    email: str
    name: str = ""
    phone: str = ""
    title: str = ""

    def fill(self, other: PersonEntry) -> None:
        """Take over what another row tells and this one does not."""
        self.name = self.name or other.name
        self.phone = self.phone or other.phone
        self.title = self.title or other.title


def people_of(table: Table, row: Row) -> tuple[list[PersonEntry], list[Reason]]:
    """Return the row's people that have an address, and why others are left out."""
    people: dict[str, PersonEntry] = {}
    reasons: list[Reason] = []
    for slot in sorted({slot for column, slot in table.columns if column in OF_PEOPLE}):
        for person in _people_of_slot(table, row, slot, reasons):
            people.setdefault(person.email, person).fill(person)
    return list(people.values()), reasons


def _people_of_slot(table: Table, row: Row, slot: int, reasons: list[Reason]) -> list[PersonEntry]:
    emails = c.split_emails(table.cell(row, Column.EMAIL, slot))
    names = c.split_names(_name_text(table, row, slot), max(len(emails), 1))
    phone = table.cell(row, Column.PHONE, slot)
    phones = _phones(table, slot, phone, len(emails), reasons)
    titles = c.split_lines(table.cell(row, Column.ROLE, slot), len(emails))
    if not emails and not names and phone:
        reasons.append(reason(Code.PHONE_WITHOUT_EMAIL, phone=c.one_line(phone)))
    if len(emails) > 1 and len(names) == 1 and not any(name for name, _ in emails):
        reasons.append(reason(Code.NAMES_UNCLEAR, name=names[0]))
    found = []
    for email, name, number, title in zip_longest(
        emails, names, phones[: len(emails)], titles[: len(emails)]
    ):
        own_name, address = email or ("", "")
        shown = own_name or name or ""
        if not address:
            reasons.append(reason(Code.PERSON_WITHOUT_EMAIL, name=shown))
            continue
        try:
            found.append(PersonEntry(c.parse_email(address), shown, c.parse_phone(number or ""), title or ""))
        except ValueError:
            reasons.append(reason(Code.BAD_EMAIL, email=address[:80]))
    return found


def _phones(table: Table, slot: int, text: str, count: int, reasons: list[Reason]) -> list[str]:
    """Return a number for each address; of more numbers than fit for one person, the first."""
    phones = c.split_lines(text, count)
    if count == 1 and phones and len(phones[0]) > LONGEST_PHONE:
        first, *others = [part.strip() for part in re.split(r"[\n;,/|]", text) if part.strip()]
        if others:
            column, left_out = table.heading_of(Column.PHONE, slot), ", ".join(others)[:80]
            reasons.append(reason(Code.NOT_UNDERSTOOD, column=column, text=left_out))
            return [first]
    return phones


def _name_text(table: Table, row: Row, slot: int) -> str:
    first, last = (table.cell(row, x, slot) for x in (Column.FIRST_NAME, Column.LAST_NAME))
    whole = table.cell(row, Column.PERSON, slot)
    return f"{first} {last}".strip() if first or last else whole
