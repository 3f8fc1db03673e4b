"""Every address, every reader: held to docs/permissions.md, and no secret where it does not belong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.permissions import world as secrets
from tests.permissions.partners import LISTING
from tests.permissions.walk import Seen, addresses, browsers, fill, look, table
from tests.permissions.world import World, build_world

TABLE = Path(__file__).parents[2] / "docs" / "permissions.md"
INSIDE = {"member", "host", "on a break", "coordinator"}
MAY_READ = {
    secrets.MEMO: INSIDE,
    secrets.PROMISE: INSIDE,
    secrets.COMMENT: INSIDE,
    secrets.WISH: INSIDE,
    LISTING: INSIDE,
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
    "market/together/new/",
)
"""Pages about oneself, and what is public taken over for one's own company: for a member of any network."""


def _differs(seen: dict[str, Seen]) -> bool:
    return seen["other network"].outcome != seen["no role"].outcome


@pytest.fixture
def walked(db: None) -> tuple[World, dict[str, dict[str, Seen]]]:
    world = build_world()
    rows: dict[str, dict[str, Seen]] = {}
    readers = browsers(world)
    for route, _name in sorted(addresses()):
        address = fill(route, world)
        rows[route] = {role: look(client, address) for role, client in readers.items()}
    return world, rows


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


@pytest.mark.slow
def test_what_everybody_may_open_and_read(walked: tuple[World, dict[str, dict[str, Seen]]]) -> None:
    world, rows = walked
    assert _leaks(rows) == []
    for secret, readers in MAY_READ.items():
        shown = any(secret in seen[role].text for seen in rows.values() for role in readers if role in seen)
        assert shown, f"{secret} is shown nowhere: the walk proves nothing about it"
    strange = [route for route, seen in rows.items() if _differs(seen) and not route.startswith(OWN)]
    assert strange == [], "a member of another network gets something else there than nobody in particular"
    text = table(rows, list(world.roles))
    if os.environ.get("YDIN_WRITE"):
        TABLE.write_text(text)
    assert TABLE.read_text() == text
