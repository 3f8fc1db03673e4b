"""One world for each test, its readers signed in once."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.test import Client
from tests.permissions.walk import browsers
from tests.permissions.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def readers(world: World) -> dict[str, Client]:
    """A browser for each role; an error comes back as a page, as it would in production."""
    found = browsers(world)
    for client in found.values():
        client.raise_request_exception = False
    return found


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    caches["process"].clear()
