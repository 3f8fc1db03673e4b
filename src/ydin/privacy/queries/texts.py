"""Finding a person in what others wrote."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, JSONField, Q, QuerySet, TextField
from django.db.models.functions import Cast

from ydin.groups.models import Seat
from ydin.networks.models import ContactCard
from ydin.outbox.models import InboundMail
from ydin.outbox.rules.inbound import read_mail
from ydin.people.models import Person
from ydin.privacy.models import Passage
from ydin.privacy.queries.registry import Table
from ydin.privacy.queries.tables_groups import TABLES, table_of
from ydin.privacy.rules import Wanted, marks, passages, seal, strings, wanted


@dataclass(frozen=True)
class Mention:
    """A sentence that names the person: in which column of which row, and who looks after the row."""

    table: Table
    row: str
    column: str
    group: int | None
    network: int | None
    sentence: str
    words: tuple[str, ...]


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
    key = marks_key()
    for table in TABLES:
        for row in _candidates(table, table.texts, words):
            pattern = words.near if row["_group"] in near else words.far
            scope = (row["_group"], row["_network"])
            for column in table.texts:
                for sentence in dict.fromkeys(s for text in strings(row[column]) for s in passages(text)):
                    named = " | ".join(m[0] for m in pattern.finditer(sentence))
                    if named:
                        digests = tuple(sorted(marks(named, key)))
                        yield Mention(table, str(row["pk"]), column, *scope, sentence, digests)


def marks_key() -> bytes:
    """Return the key of the digests of names that wait for a decision."""
    return hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"ydin passages").digest()


def sentence_of(passage: Passage) -> tuple[str, str] | None:
    """Return the text in which a passage stands, and the passage as it reads now; None: it is gone.

    A sentence that was edited since is known by the words that named the person.
    """
    found = [(text, s) for text in texts_of(passage) for s in passages(text)]
    same = next((one for one in found if seal(one[1]) == passage.digest), None)
    if same is not None:
        return same
    wanted_marks, key, others = set(passage.words), marks_key(), beside(passage)
    return next((o for o in found if wanted_marks & marks(o[1], key) and seal(o[1]) not in others), None)


def beside(passage: Passage) -> set[str]:
    """Return the digests of the other passages of the same erasure in the same column."""
    where = {name: getattr(passage, name) for name in ("erasure_id", "table", "row", "column")}
    return set(Passage.objects.filter(**where).exclude(pk=passage.pk).values_list("digest", flat=True))


def texts_of(passage: Passage) -> list[str]:
    """Return the texts of the column in which a passage stands, as far as row security shows them."""
    rows = table_of(passage.table).rows().filter(pk=passage.row)
    return strings(rows.values_list(passage.column, flat=True).first())


def copies(table: Table, words: Wanted, near: set[int]) -> list[Any]:
    """Return the ids of the table's rows in which a machine wrote the person's name."""
    found = []
    for row in _candidates(table, table.copies, words):
        pattern = words.near if row["_group"] in near else words.far
        if any(pattern.search(text) for column in table.copies for text in strings(row[column])):
            found.append(row["pk"])
    return found


def mails_naming(words: Wanted) -> list[InboundMail]:
    """Return mails that came in and are still kept (for a month) in which the person is named, by anybody."""
    kept = (
        InboundMail.objects.filter(size__gt=0)
        .order_by("pk")
        .only("raw", "sender", "received_at", "handled_at")
    )
    return [mail for mail in kept.iterator(chunk_size=50) if words.near.search(_said_in(mail))]


def _said_in(mail: InboundMail) -> str:
    read = read_mail(bytes(mail.raw), mail.sender, mail.received_at)
    odd = "" if read.readable else bytes(mail.raw).decode(errors="replace")
    return f"{mail.sender}\n{read.from_name}\n{read.from_address}\n{read.subject}\n{read.text}\n{odd}"


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
