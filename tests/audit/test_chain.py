"""Whatever is done to the log behind its back, `ydin audit verify` says where."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import make_group

from ydin.audit.models import Entry, Link
from ydin.audit.rules import canonical, digest
from ydin.audit.services import record, seal_entries
from ydin.kernel.acting import acting_as_system


def _tamper(statement: str, *values: object) -> None:
    """Do what only somebody with the owner's login, the triggers off, could do."""
    with connection.cursor() as cursor:
        for table in ("audit_entry", "audit_link"):
            cursor.execute(f"alter table {table} disable trigger user")
        cursor.execute(statement, values)
        for table in ("audit_entry", "audit_link"):
            cursor.execute(f"alter table {table} enable trigger user")


def _verify(head: str = "") -> tuple[int, list[str]]:
    out = StringIO()
    try:
        call_command("audit", "verify", *(["--head", head] if head else []), stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


@pytest.fixture
def ids(db: None) -> list[str]:
    world = make_group(members=1)
    for number in range(6):
        record(actor=world.coordinator, action="group.changed", target=world.group, number=number)
    with acting_as_system():
        assert seal_entries(actor=None) == 6
    return [str(link.entry_id) for link in Link.objects.order_by("position")]


def _head() -> str:
    return str(Link.objects.latest("position"))


def test_a_whole_chain(ids: list[str]) -> None:
    assert _verify() == (0, [f"whole; head {_head()}"])
    assert _verify(_head())[0] == 0
    first = str(Link.objects.earliest("position"))
    record(actor=None, action="group.changed", target=make_group(members=1).group)
    call_command("audit", "seal", stdout=StringIO())
    assert _verify(first)[0] == 0, "a head that was kept stays true as the chain grows"
    assert len(ids) == 6


@pytest.mark.parametrize(
    "change",
    [
        "actor_id = 999",
        "at = at + interval '1 microsecond'",
        "action = 'group.created'",
        "target_id = '0'",
        "readers = 'own'",
        "of_group = null",
        "of_network = 1",
        "of_person_id = 1",
        "of_enterprise = 1",
        "data = '{\"number\": 7}'",
    ],
)
def test_a_changed_field_is_named(ids: list[str], change: str) -> None:
    _tamper(f"update audit_entry set {change} where id = %s", ids[2])
    assert _verify() == (1, [f"position 3, entry {ids[2]}: the content is not what was sealed"])


def test_a_deleted_entry_is_named(ids: list[str]) -> None:
    _tamper("delete from audit_entry where id = any(%s::uuid[])", [ids[1], ids[4]])
    assert _verify() == (1, [f"position {n}, entry {ids[n - 1]}: the entry is gone" for n in (2, 5)])


def test_an_entry_deleted_with_its_link(ids: list[str]) -> None:
    _tamper("delete from audit_link where position = 3")
    code, lines = _verify()
    assert code == 1
    assert lines[0] == "positions 3 to 3: the links are gone"
    assert f"entry {ids[2]}: it has no link" in lines


def test_two_entries_that_changed_places(ids: list[str]) -> None:
    _tamper("update audit_link set entry_id = gen_random_uuid() where position = 2")
    _tamper("update audit_link set entry_id = %s where position = 3", ids[1])
    _tamper("update audit_link set entry_id = %s where position = 2", ids[2])
    code, lines = _verify()
    assert code == 1
    assert [line.split(",")[0] for line in lines] == ["position 2", "position 3"]


def test_an_end_that_was_cut_shows_by_the_head_that_was_kept(ids: list[str]) -> None:
    kept = _head()
    _tamper("delete from audit_entry where id = %s", ids[5])
    _tamper("delete from audit_link where position = 6")
    assert _verify()[0] == 0, "the chain alone cannot know"
    code, lines = _verify(kept)
    assert (code, lines) == (
        1,
        ["position 6: the chain has no entry with the digest that was kept, its end was cut or rewritten"],
    )


def test_a_chain_that_was_computed_anew_shows_by_the_head_that_was_kept(ids: list[str]) -> None:
    kept = _head()
    _tamper("update audit_entry set actor_id = 999 where id = %s", ids[0])
    _tamper("delete from audit_link")
    with connection.cursor() as cursor:
        cursor.execute("insert into audit_waiting select id from audit_entry")
    call_command("audit", "seal", stdout=StringIO())
    assert _verify()[0] == 0
    assert _verify(kept)[0] == 1


def test_entries_that_were_never_sealed(ids: list[str]) -> None:
    world = make_group(members=1)
    record(actor=None, action="group.changed", target=world.group)
    late, gone = Entry.objects.get(of_group=world.group.pk), ids
    assert _verify()[0] == 0, "waiting for a minute is no break"
    _tamper(
        "update audit_entry set at = %s where id = %s", timezone.now() - timezone.timedelta(hours=1), late.pk
    )
    assert _verify()[1][0].startswith(f"entry {late.pk}: waits to be sealed since ")
    _tamper("delete from audit_entry where id = %s", late.pk)
    assert _verify()[1] == [f"entry {late.pk}: was gone before it could be sealed"]
    assert gone


@pytest.mark.django_db
@pytest.mark.parametrize("head", ["x", "1", "1:", ":abc", "1:ab cd"])
def test_a_head_that_is_none(head: str) -> None:
    assert _verify(head)[0] == 2


def test_export_can_be_verified_without_this_program(ids: list[str], tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    call_command("audit", "export", str(file), stdout=StringIO())
    previous = "0" * 64
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    for row in rows:
        previous = digest(previous, row["position"], row["content"])
        assert previous == row["digest"]
    assert [row["entry"] for row in rows] == ids


SIMPLE = st.none() | st.booleans() | st.integers() | st.text()
VALUES = SIMPLE | st.lists(SIMPLE) | st.dictionaries(st.text(), SIMPLE)


@given(st.dictionaries(st.text(), VALUES))
def test_canonical_form_survives_reading_back(content: dict[str, object]) -> None:
    written = canonical(content)
    assert canonical(json.loads(written)) == written
    assert canonical(dict(reversed(content.items()))) == written
