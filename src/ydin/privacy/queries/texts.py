"""Finding a person in what others wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, JSONField, Q, QuerySet, TextField
from django.db.models.functions import Cast

from ydin.groups.models import Seat
from ydin.networks.models import ContactCard
from ydin.people.models import Person
from ydin.privacy.queries.registry import Table
from ydin.privacy.queries.tables_groups import TABLES
from ydin.privacy.rules import Wanted, passages, seal, strings, wanted


@dataclass(frozen=True)
class Mention:
    """A sentence that names the person: in which column of which row, and who looks after the row."""

    table: Table
    row: str
    column: str
    group: int | None
    network: int | None
    digest: str


def words_of(person: Person) -> Wanted:
    """Return what to look for: the person's name, addresses and numbers, as they are now."""
    cards = ContactCard.objects.filter(representative__person=person)
    addresses = {person.email, *(card.email for card in cards)} - {""}
    return wanted(person.name, sorted(addresses), sorted({card.phone for card in cards} - {""}))


def groups_ever(person: Person) -> set[int]:
    """Return the ids of all groups in which the person ever was, where a first name is enough to mean them."""
    seats = Seat.objects.filter(enterprise__representatives__person=person)
    found = {*seats.values_list("group_id", flat=True)}
    found |= {*person.coordinated.values_list("group_id", flat=True)}
    return found | {*person.attendances.values_list("group_id", flat=True)}


def mentions(words: Wanted, near: set[int]) -> Iterator[Mention]:
    """Yield every sentence in the register's free texts that names somebody; each of a column once."""
    for table in TABLES:
        seen = set()
        for row in _candidates(table, table.texts, words):
            pattern = words.near if row["_group"] in near else words.far
            for column in table.texts:
                for sentence in (s for text in strings(row[column]) for s in passages(text)):
                    key = (row["pk"], column, sentence)
                    if key not in seen and pattern.search(sentence):
                        seen.add(key)
                        yield Mention(
                            table, str(row["pk"]), column, row["_group"], row["_network"], seal(sentence)
                        )


def copies(table: Table, words: Wanted, near: set[int]) -> list[Any]:
    """Return the ids of the table's rows in which a machine wrote the person's name."""
    found = []
    for row in _candidates(table, table.copies, words):
        pattern = words.near if row["_group"] in near else words.far
        if any(pattern.search(text) for column in table.copies for text in strings(row[column])):
            found.append(row["pk"])
    return found


def _candidates(table: Table, columns: tuple[str, ...], words: Wanted) -> Iterator[dict[str, Any]]:
    """Yield the rows in which one of the hints stands, with `columns`, `_group` and `_network`."""
    if not columns or not words.hints:
        return iter(())
    rows: QuerySet[Any] = table.rows()
    where = Q()
    for column in columns:
        name = column
        if isinstance(table.model._meta.get_field(column), JSONField):  # noqa: SLF001 - Django's documented attribute
            name = f"{column}_as_text"
            rows = rows.annotate(**{name: Cast(column, TextField())})
        for hint in words.hints:
            where |= Q(**{f"{name}__icontains": hint})
    scopes = {"_group": table.group, "_network": table.network}
    known = {name: F(path) for name, path in scopes.items() if path}
    missing = {name: None for name, path in scopes.items() if not path}
    found = rows.filter(where).order_by("pk").values("pk", *columns, **known)
    return ({**missing, **row} for row in found.iterator())
