"""What is asked by words and not by number tells a stranger nothing. Numbers: tests/security/test_isolation.py."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.permissions.world import APPLICANT, COMMENT, MEMO, PHONE, PROMISE, THEME, WISH, build_world

SECRETS = (MEMO, PROMISE, COMMENT, WISH, PHONE, APPLICANT, THEME)


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
