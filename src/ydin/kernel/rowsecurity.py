"""Migration operations for row-level security. Each confidential table names one of these in its migration."""

from __future__ import annotations

from django.db.migrations import RunSQL

from ydin.kernel.acting import WEB_ROLE, WORKER_ROLE

MEMBER_GROUPS = "(select ydin_member_groups())::bigint[]"
READABLE_GROUPS = "(select ydin_readable_groups())::bigint[]"
"""Of which the actor is a member or coordinator, or for which they broke the glass: for reading only."""
COORDINATED_GROUPS = "(select ydin_coordinated_groups())::bigint[]"
OVERSEEN_GROUPS = "(select ydin_overseen_groups())::bigint[]"


def protect(table: str, *, read: str, write: str | None = None, insert: str | None = None) -> RunSQL:
    """Return the operation that lets the web role reach only some rows of `table`.

    Args:
        table: the table's name in the database.
        read: SQL condition for rows that may be read.
        write: for rows that may be changed or deleted, and how they must look after (default: `read`).
        insert: for new rows (default: `write`).

    The worker role sees every row; nobody else sees any. Shape of the conditions: one call of a stable
    function inside a sub-select, compared with `= any(…)`, so that it runs once a query (ADR 0001).

    """
    write = write or read
    insert = insert or write
    return RunSQL(
        sql=f"""
        alter table {table} enable row level security;
        create policy {table}_read on {table} for select to {WEB_ROLE} using ({read});
        create policy {table}_insert on {table} for insert to {WEB_ROLE} with check ({insert});
        create policy {table}_update on {table} for update to {WEB_ROLE} using ({write}) with check ({write});
        create policy {table}_delete on {table} for delete to {WEB_ROLE} using ({write});
        create policy {table}_worker on {table} for all to {WORKER_ROLE} using (true) with check (true);
        """,
        reverse_sql=f"""
        drop policy {table}_read on {table}; drop policy {table}_insert on {table};
        drop policy {table}_update on {table}; drop policy {table}_delete on {table};
        drop policy {table}_worker on {table};
        alter table {table} disable row level security;
        """,
    )
