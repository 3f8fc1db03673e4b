"""One running site for each module, and readers with a browser of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.e2e.walking import Reader, Walks
from tests.servers import LiveSite, running_site


@pytest.fixture(scope="module")
def site(
    live_template: str, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[LiveSite]:
    """Granian, the worker and a database of the module's own."""
    del chromium  # without a browser no site is started
    folder = tmp_path_factory.mktemp("site")
    with running_site(template=live_template, blocker=django_db_blocker, folder=folder, workers=1) as running:
        yield running


@pytest.fixture
def walks(chromium: Browser, site: LiveSite) -> Iterator[Walks]:
    """Open browsers for readers; no page of theirs may complain on the console."""
    opened = Walks(chromium, site)
    yield opened
    opened.close()


@pytest.fixture
def desk(walks: Walks) -> Callable[..., Reader]:
    """Give a browser of 1280 px with script, signed in as a person if one is given."""
    return walks.desk


@pytest.fixture
def phone(walks: Walks) -> Callable[..., Reader]:
    """Give a telephone of 360 px without script, signed in as nobody."""
    return walks.phone
