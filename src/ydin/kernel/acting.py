"""Who acts in the database: the second barrier of confidentiality (ADR 0001).

PostgreSQL row security reads two transaction-local settings: the role and `ydin.actor`, the acting
person's id. They are set where a transaction begins (see `postgresql/base.py`) and again when
`acting_as` is entered inside one. With nothing set, the web role reads no confidential row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg.pq import TransactionStatus

WEB_ROLE = "ydin_web"
WORKER_ROLE = "ydin_worker"


@dataclass(frozen=True)
class Acting:
    """A database role and, for the web role, how to learn the acting person's id (None: nobody)."""

    role: str
    person_id: Callable[[], int | None]


_current: ContextVar[Acting | None] = ContextVar("acting", default=None)


def apply_acting(wrapper: Any) -> None:
    """Set the current actor in the transaction that `wrapper` has just begun."""
    acting = _current.get()
    if acting is not None:
        _write(wrapper, acting.role, acting.person_id())


@contextmanager
def acting_as(person_id: int | Callable[[], int | None] | None) -> Iterator[None]:
    """Act as a person (None: as nobody) with the web role's rights, until the block ends."""
    with _acting(Acting(WEB_ROLE, person_id if callable(person_id) else lambda: person_id)):
        yield


@contextmanager
def acting_as_system() -> Iterator[None]:
    """Act with the worker role, which reads every row. For jobs and commands, never for a page's content."""
    with _acting(Acting(WORKER_ROLE, lambda: None)):
        yield


@contextmanager
def _acting(acting: Acting) -> Iterator[None]:
    token = _current.set(acting)
    try:
        if connection.in_atomic_block:
            apply_acting(connection)
        yield
    finally:
        _current.reset(token)
        if connection.in_atomic_block and _usable():
            _restore()


def _restore() -> None:
    if _current.get() is None:
        _write(connection, "none", None)
    else:
        apply_acting(connection)


def _usable() -> bool:
    raw = connection.connection
    return (
        raw is not None
        and not connection.needs_rollback
        and raw.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.IDLE)
    )


def _write(wrapper: Any, role: str, person_id: int | None) -> None:
    with wrapper.connection.cursor() as cursor:
        cursor.execute(
            "select set_config('role', %s, true), set_config('ydin.actor', %s, true)",
            (role, "" if person_id is None else str(person_id)),
        )
