"""Traps and fixtures that every test has. The database server comes from `plugin.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings
from tests.browser import chromium, open_page  # noqa: F401 - fixtures for every test
from tests.jobs import run_jobs as run_waiting_jobs
from tests.order import longest_first
from tests.servers import live_site, live_template, migrated_database  # noqa: F401 - fixtures for every test

from ydin.outbox.models import Message
from ydin.people.models import Person

# The same examples in each run: a new one that fails is found by whoever looks for it, not by somebody else's commit.
hypothesis.settings.register_profile("ydin", derandomize=True, database=None, deadline=None)
hypothesis.settings.load_profile("ydin")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the long tests begin first; workers take them in this order (--no-loadscope-reorder)."""
    longest_first(items)


@pytest.fixture
def run_jobs() -> Callable[..., list[str]]:
    """Run what waits in the queue, in this transaction, as the worker does; returns the names."""
    return run_waiting_jobs


@pytest.fixture
def mails() -> Callable[[], list[Message]]:
    """Give the outbox rows, oldest first."""
    return lambda: list(Message.objects.order_by("created_at", "id"))


@pytest.fixture
def as_person() -> Callable[[Person | None], Client]:
    """Give a browser that is signed in as the person (None: a stranger), in English."""

    def sign_in(person: Person | None) -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        if person is not None:
            if person.language != "en":
                person.language = "en"
                person.save(update_fields=["language"])
            client.force_login(person)
        return client

    return sign_in


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Copy the migrated database of the run: migrations take five seconds, a copy a moment."""
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """End sessions that a stopped server or worker has left, so that the database can be dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings: Settings) -> None:
    """Undo the test runner's own choice: mail is a row, in tests as elsewhere."""
    settings.EMAIL_BACKEND = "ydin.outbox.backend.OutboxBackend"
