"""Loaded before Django's settings: gives the whole run one PostgreSQL server and the test environment."""

from __future__ import annotations

import os
from contextlib import ExitStack

import psycopg
import pytest

from ydin.kernel.database import throwaway_server

_running = ExitStack()


def drop_databases(*names: str) -> None:
    """Drop these, before the server stops: it may be one that goes on."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        for name in names:
            admin.execute(f'drop database if exists "{name}" with (force)')


os.environ["YDIN_ENV"] = "test"
os.environ["YDIN_DB_ROLE"] = "owner"
os.environ.setdefault("YDIN_SECRET_KEY", "only for tests")
os.environ.setdefault("YDIN_BASE_URL", "http://testserver")
os.environ.setdefault("YDIN_ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
if "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = _running.enter_context(throwaway_server()).url

if "YDIN_MIGRATED" not in os.environ:  # workers inherit the name: tests/servers.py
    name = os.environ["YDIN_MIGRATED"] = f"ydin_migrated_{os.getpid()}"
    _running.callback(drop_databases, name, f"{name}_new")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop the server after the last worker has gone."""
    _running.close()
