"""Every address, every reader: held to docs/permissions.md, and no secret where it does not belong."""

from __future__ import annotations

import logging
import os

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from tests.permissions import world as secrets
from tests.permissions.ideas_rows import IDEA, NOTE
from tests.permissions.institutes_rows import DEMO
from tests.permissions.partners import LISTING
from tests.permissions.rights import TABLE, in_table, lines_of, write
from tests.permissions.walk import Seen, addresses, browsers, fill, look, table, text_of
from tests.permissions.world import World, build_world

from ydin.config import urls
from ydin.ui import middleware as ui_middleware

pytestmark = pytest.mark.slow
SHARES = 4
INSIDE = {"member", "host", "on a break", "coordinator"}
MAY_READ = {
    secrets.MEMO: INSIDE,
    secrets.PROMISE: INSIDE,
    secrets.COMMENT: INSIDE,
    secrets.WISH: INSIDE,
    LISTING: INSIDE,
    IDEA: INSIDE,
    NOTE: {"host", "coordinator"},
    DEMO: INSIDE,
    secrets.PHONE: {"member", "coordinator", "national"},
    secrets.APPLICANT: {"coordinator", "national"},
    secrets.THEME: INSIDE | {"visitor", "national"},
    secrets.STREET: INSIDE | {"visitor", "national", "former"},
}
BY_LINK = (
    "a/",
    "e/",
    "y/",
    "i/",
    "k/",
    "o/",
    "ideas/by/",
    "talks/for/",
    "talks/by/",
    "d/",
    "p/",
    "apply/follow/",
    "h/",
    "w/",
    "feeds/p/",
    "me/unsubscribe/",
    "me/letters/<",
)


OWN = (
    "mine/",
    "calendar/",
    "me/",
    "tried/<int:pk>/copy/",
    "experiments/new/",
    "market/new/",
    "ideas/new/",
    "market/together/new/",
)
"""Pages about oneself, and what is public taken over for one's own company: for a member of any network."""


def _differs(seen: dict[str, Seen]) -> bool:
    return seen["other network"].outcome != seen["no role"].outcome


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Build the world. A refusal's page is that of tests/ui/test_refusals.py; here only its words are looked at."""

    def in_words(_request: HttpRequest, exception: Exception) -> HttpResponse:
        return HttpResponse(str(exception), status=403 if isinstance(exception, PermissionDenied) else 404)

    def in_words_too(
        _request: HttpRequest, _template: str, context: dict[str, str], status: int
    ) -> HttpResponse:
        return HttpResponse(context["message"], status=status)

    monkeypatch.setattr(urls, "handler403", in_words, raising=False)
    monkeypatch.setattr(urls, "handler404", in_words, raising=False)
    monkeypatch.setattr(ui_middleware, "render", in_words_too)
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)  # thousands of refusals
    return build_world()


def _leaks(rows: dict[str, dict[str, Seen]]) -> list[str]:
    found = []
    for route, seen in rows.items():
        if route.startswith(BY_LINK):
            continue
        for role, page in seen.items():
            found += [
                f"{role} reads {secret} at /{route}"
                for secret, readers in MAY_READ.items()
                if secret in page.text and role not in readers
            ]
    return found


class _Share:
    """A share of the addresses, walked by every reader. Each share is a class of its own, so that workers share them."""

    number: int

    def test_what_everybody_may_open_and_read(self, world: World) -> None:
        readers = browsers(world)
        rows: dict[str, dict[str, Seen]] = {}
        for route, _name in sorted(addresses())[self.number :: SHARES]:
            address = fill(route, world)
            rows[route] = {role: look(client, address) for role, client in readers.items()}

        assert _leaks(rows) == []
        strange = [route for route, seen in rows.items() if _differs(seen) and not route.startswith(OWN)]
        assert strange == [], (
            "a member of another network gets something else there than nobody in particular"
        )
        text = table(rows, list(world.roles))
        if os.environ.get("YDIN_WRITE"):
            write(text, [route for route, _name in sorted(addresses())])
        known = lines_of(TABLE.read_text())
        assert [line for route, line in lines_of(text).items() if known.get(route) != line] == []


class TestOneQuarter(_Share):
    number = 0


class TestAnotherQuarter(_Share):
    number = 1


class TestAThirdQuarter(_Share):
    number = 2


class TestTheLastQuarter(_Share):
    number = 3


def test_the_table_has_each_address_once_and_no_other(world: World) -> None:
    text = TABLE.read_text()

    assert list(lines_of(text)) == [route for route, _name in sorted(addresses())]
    assert text.startswith(table({}, list(world.roles)))


def test_every_secret_is_shown_to_somebody(world: World) -> None:
    """Otherwise the walk proves nothing about it."""
    readers, known, hidden = browsers(world), in_table(TABLE.read_text()), dict(MAY_READ)
    for role in ("coordinator", "host", "member", "national"):
        for route, _name in sorted(addresses()):
            if hidden and known.get(route, {}).get(role, True):
                text = text_of(readers[role].get(fill(route, world)))
                hidden = {
                    secret: who for secret, who in hidden.items() if role not in who or secret not in text
                }

    assert list(hidden) == []
