"""One world for each module, its readers signed in once; each test takes back what it did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from tests.permissions.walk import browsers
from tests.permissions.world import World, build_world
from tests.security.places import keep_cookies


@pytest.fixture(scope="module")
def kept_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Build the world in a transaction that ends with the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def kept_readers(kept_world: World, django_db_blocker: Any) -> dict[str, Client]:
    """A browser for each role; an error comes back as a page, as it would in production."""
    with django_db_blocker.unblock():
        found = browsers(kept_world)
    for client in found.values():
        client.raise_request_exception = False
    return found


@pytest.fixture
def world(kept_world: World, db: None) -> World:
    return kept_world


@pytest.fixture
def readers(kept_readers: dict[str, Client], world: World) -> Iterator[dict[str, Client]]:
    """The browsers, as they were when they had just signed in."""
    with keep_cookies(*kept_readers.values()):
        yield kept_readers


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    caches["process"].clear()
