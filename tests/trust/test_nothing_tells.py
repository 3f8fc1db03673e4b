"""Neither words nor work tell a stranger whether something is there: forbidden and absent are the same answer."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.permissions import walk
from tests.permissions.walk import addresses, fill
from tests.permissions.world import APPLICANT, COMMENT, MEMO, PHONE, PROMISE, THEME, WISH, World, build_world

SECRETS = (MEMO, PROMISE, COMMENT, WISH, PHONE, APPLICANT, THEME)
ABSENT = 987_654_321
BY_NAME = re.compile(r"<(slug|str|path)?:?(token|code|network|slug)>|^tried/")
"""Parts of an address that are public names or carry their own right, and what was told to everybody."""


def _plain(body: bytes, address: str) -> str:
    """Return a page without what differs at each request: the token of its forms, and its own address."""
    text = body.decode(errors="replace").replace(address, "HERE")
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return re.sub(r"nonce-[\w+/=-]+", "", text)


def _ask(client: Client, address: str) -> tuple[int, str, dict[str, str], int]:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kept = {
        k: v
        for k, v in answer.headers.items()
        if k in {"ETag", "Cache-Control", "Content-Type", "Location", "Vary"}
    }
    kept = {k: "there is one" if k == "ETag" else v.replace(address, "HERE") for k, v in kept.items()}
    return answer.status_code, _plain(body, address), kept, len(asked)


def _absent(route: str, world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address with numbers that nothing has."""
    with monkeypatch.context() as patched:
        real = walk._values
        patched.setattr(
            walk,
            "_values",
            lambda r, w: {k: ABSENT if isinstance(v, int) else v for k, v in real(r, w).items()},
        )
        return fill(route, world)


def _can_fill(route: str, world: World) -> bool:
    """Tell whether the walk knows what to put into an address; if not, tests/permissions says so."""
    try:
        fill(route, world)
    except AssertionError:
        return False
    return True


@pytest.mark.django_db
def test_a_stranger_learns_nothing_from_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    world = build_world()
    strangers = {name: Client(HTTP_ACCEPT_LANGUAGE="en") for name in ("nobody", "other network")}
    for name, client in strangers.items():
        if (person := world.roles[name]) is not None:
            client.force_login(person)
        client.get("/about/")  # the first visit notes the day in the session; later ones do not
    compared, faults = 0, []
    for route, _name in sorted(addresses()):
        if "int:" not in route and "[0-9]" not in route:
            continue
        if BY_NAME.search(route) or not _can_fill(route, world):
            continue
        there, gone = fill(route, world), _absent(route, world, monkeypatch)
        for who, client in strangers.items():
            first, second = _ask(client, there), _ask(client, gone)
            if first != second:  # what is kept for half a minute may have run out between the two
                first, second = _ask(client, there), _ask(client, gone)
            if first[0] == 405:
                continue
            compared += 1
            faults += [
                f"{who} at /{route}: {what} {a!r:.300} is not {b!r:.300}"
                for what, a, b in zip(("status", "page", "headers", "queries"), first, second, strict=True)
                if a != b
            ]
    assert faults == [], "\n".join(faults)
    assert compared > 100


@pytest.mark.django_db
def test_lists_feeds_and_searches_give_nothing_away() -> None:
    """What is asked by words and not by number: each word of a secret finds nothing, and counts stay the same."""
    world = build_world()
    paths = [
        "/",
        "/groups/",
        "/calendar/",
        "/sitemap.xml",
        "/robots.txt",
        f"/feeds/{world.ours.network.slug}.ics",
    ]
    paths += [f"{path}?q={secret.split()[0]}" for path in ("/groups/", "/calendar/") for secret in SECRETS]
    group = f"/groups/{world.ours.network.slug}/{world.ours.group.slug}/"
    for name in ("nobody", "no role", "other network", "former"):
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        if (person := world.roles[name]) is not None:
            client.force_login(person)
        for path in [*paths, group]:
            answer = client.get(path)
            assert answer.status_code in {200, 304, 404}, path
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            shown = body.decode().replace(path.partition("?q=")[2] or "\0", "")
            assert [s for s in SECRETS if s in shown] == [], f"{name} at {path}"


@pytest.mark.django_db
def test_an_unchanged_answer_is_no_hint() -> None:
    """A validator that a member got is worth nothing to a stranger: no 304 that says 'there is such a page'."""
    world = build_world()
    member, stranger = Client(), Client()
    member.force_login(world.ours.members[1])
    stranger.force_login(world.roles["other network"])
    for path in (
        f"/meetings/{world.held.pk}/memo/",
        f"/meetings/{world.held.pk}/",
        f"/log/groups/{world.ours.group.pk}/",
    ):
        known = member.get(path)
        assert known.status_code == 200
        tag = known.headers.get("ETag", '"x"')
        assert stranger.get(path, headers={"If-None-Match": tag}).status_code == 404
        assert stranger.get(path, headers={"If-None-Match": "*"}).status_code == 404
