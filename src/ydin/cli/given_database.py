"""A demo on the server of `DATABASE_URL`: it marks the database as its own and touches no other."""

from __future__ import annotations

import os
from typing import Any

from ydin.cli.lazy import load
from ydin.cli.surroundings import BadSurroundings

BEGUN = "Ydin demo, not complete"
BUILT = "Ydin demo"


def is_built() -> bool:
    """Tell whether the whole sample network is in the database; drops the half of one.

    Raises:
        BadSurroundings: the database cannot be reached, or holds tables that no demo made.

    """
    with _connected() as connection:
        mark = _our_mark(connection)
        if mark == BEGUN:
            _drop_all(connection)
        return mark == BUILT


def mark_begun() -> None:
    """Claim the empty database; a demo that was stopped half-way is emptied and built anew."""
    _mark(BEGUN)


def mark_built() -> None:
    """Remember in the database that the sample network is complete."""
    _mark(BUILT)


def _mark(text: str) -> None:
    with _connected() as connection:
        name = connection.execute("select quote_ident(current_database())").fetchone()[0]
        connection.execute(f"comment on database {name} is '{text}'")


def empty() -> None:
    """Drop everything in the database of a demo.

    Raises:
        BadSurroundings: the database cannot be reached, or holds tables that no demo made.

    """
    with _connected() as connection:
        if _our_mark(connection):
            _drop_all(connection)


def _drop_all(connection: Any) -> None:
    connection.execute("drop schema public cascade")
    connection.execute("create schema public")


def _our_mark(connection: Any) -> str:
    mark, tables = connection.execute(
        "select shobj_description(oid, 'pg_database'), "
        "(select count(*) from pg_tables where schemaname = 'public') "
        "from pg_database where datname = current_database()"
    ).fetchone()
    if not tables:
        return ""
    if mark not in {BEGUN, BUILT}:
        raise BadSurroundings(
            "the database of DATABASE_URL holds tables that no demo made; "
            "a demo needs an empty database of its own"
        )
    return str(mark)


def _connected() -> Any:
    try:
        return load("psycopg:connect")(os.environ["DATABASE_URL"], connect_timeout=5)
    except load("psycopg:Error") as error:
        raise BadSurroundings(f"the database of DATABASE_URL does not answer: {error}") from error
