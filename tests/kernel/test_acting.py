"""The second barrier works at the connection: nobody set, nothing read."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from ydin.kernel.acting import acting_as, acting_as_system


def _role_and_actor() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, current_setting('ydin.actor', true)")
        row = cursor.fetchone()
    return row[0], row[1] or ""


@pytest.mark.django_db
def test_acting_inside_a_transaction_and_back() -> None:
    before = _role_and_actor()
    with acting_as(7):
        assert _role_and_actor() == ("ydin_web", "7")
        with acting_as_system():
            assert _role_and_actor() == ("ydin_worker", "")
        assert _role_and_actor() == ("ydin_web", "7")
    assert _role_and_actor()[0] == before[0]


@pytest.mark.django_db(transaction=True)
def test_acting_is_set_where_the_transaction_begins() -> None:
    with acting_as(9):
        with transaction.atomic():
            assert _role_and_actor() == ("ydin_web", "9")
        assert _role_and_actor()[1] == ""


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["ydin_web", "ydin_worker"])
def test_application_roles_own_nothing_and_bypass_nothing(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = %s", [role])
        assert cursor.fetchone() == (False, False, False)
        cursor.execute(
            "select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = %s",
            [role],
        )
        assert cursor.fetchone() == (0,)
