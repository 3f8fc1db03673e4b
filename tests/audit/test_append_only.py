"""Entries are added and nothing else, whoever acts."""

from __future__ import annotations

from contextlib import AbstractContextManager

import pytest
from django.db import DatabaseError, connection, transaction
from tests.factories import PersonFactory, make_group

from ydin.audit.models import Entry, Link, Waiting
from ydin.audit.services import record, seal_entries
from ydin.kernel.acting import acting_as, acting_as_system

TABLES = ("audit_entry", "audit_link", "audit_waiting")
ACTS = (
    "update audit_entry set action = 'x'",
    "delete from audit_entry",
    "truncate audit_entry",
    "update audit_link set digest = ''",
    "delete from audit_link",
    "truncate audit_link",
)


@pytest.fixture
def sealed(db: None) -> Entry:
    person = PersonFactory()
    with acting_as(person.pk):
        record(actor=person, action="feed.created", target=person)
    with acting_as_system():
        seal_entries(actor=None)
    return Entry.objects.get()


def _roles(entry: Entry) -> dict[str, AbstractContextManager[None]]:
    return {
        "stranger": acting_as(None),
        "the one who acted": acting_as(entry.actor_id),
        "system": acting_as_system(),
    }


@pytest.mark.parametrize("statement", ACTS)
@pytest.mark.parametrize("role", ["stranger", "the one who acted", "system"])
def test_no_role_of_the_application_changes_or_deletes(sealed: Entry, role: str, statement: str) -> None:
    before = (Entry.objects.values().get(), Link.objects.values().get())
    with _roles(sealed)[role], pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
    assert (Entry.objects.values().get(), Link.objects.values().get()) == before


@pytest.mark.parametrize("statement", [a for a in ACTS if not a.startswith("truncate")])
def test_the_owner_is_stopped_too_unless_a_migration_says_so(sealed: Entry, statement: str) -> None:
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Entry.objects.get().action == sealed.action


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("ydin_web", {"audit_entry": {"INSERT", "SELECT"}}),
        (
            "ydin_worker",
            {
                "audit_entry": {"INSERT", "SELECT"},
                "audit_link": {"INSERT", "SELECT"},
                "audit_waiting": {"SELECT", "DELETE"},
            },
        ),
    ],
)
def test_the_rights_of_a_role_are_these_and_no_more(role: str, rights: dict[str, set[str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, privilege_type from information_schema.role_table_grants "
            "where grantee = %s and table_name = any(%s)",
            [role, list(TABLES)],
        )
        found: dict[str, set[str]] = {}
        for table, right in cursor.fetchall():
            found.setdefault(table, set()).add(right)
    assert found == rights


def test_a_person_who_goes_takes_nothing_from_the_log(sealed: Entry) -> None:
    assert sealed.actor is not None
    gone = sealed.actor_id
    sealed.actor.delete()
    assert Entry.objects.get().actor_id == gone


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data",
    [
        {"title": "Aino Rantala"},
        {"email": "aino@example.org"},
        {"names": ["ok", "Kuura Oy"]},
        {"text": "ä"},
        {"deep": {"a": 1}},
    ],
)
def test_names_and_addresses_are_not_taken_into_the_log(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="is no reference"):
        record(actor=None, action="feed.created", target=PersonFactory(), **data)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_what_is_added_waits_until_it_is_sealed() -> None:
    world = make_group(members=1)
    record(actor=world.coordinator, action="group.changed", target=world.group, fields=["name"])
    entry = Entry.objects.get()
    assert Waiting.objects.get().entry_id == entry.pk
    assert (entry.of_group, entry.of_network, entry.readers) == (world.group.pk, world.network.pk, "group")
    with acting_as_system():
        assert seal_entries(actor=None) == 1
        assert seal_entries(actor=None) == 0
    assert not Waiting.objects.exists()
