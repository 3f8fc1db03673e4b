"""Personal links: made for one purpose, good for a time, changing nothing when they are looked at."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

import ydin
from ydin.kernel.clock import now
from ydin.kernel.links import LIFETIMES, OTHERWISE, BadLink, make_token, read_token

SOURCES = "\n".join(p.read_text() for p in sorted(Path(ydin.__file__).parent.rglob("*.py")))
PURPOSES = set(re.findall(r"(?:make|read)_token\(\s*\"(\w+)\"", SOURCES)) | {"application"}


def test_every_purpose_has_a_lifetime_of_its_own() -> None:
    assert sorted(PURPOSES - set(LIFETIMES)) == []
    assert [p for p, lifetime in LIFETIMES.items() if lifetime is None] == ["story", "feed"], (
        "revoked by its own row"
    )


@pytest.mark.parametrize("purpose", sorted({*LIFETIMES, "something-new"}))
def test_a_link_is_of_one_purpose_and_runs_out(purpose: str) -> None:
    token = make_token(purpose, 7, 12)
    assert read_token(purpose, token, 2) == [7, 12]
    others = [other for other in [*LIFETIMES, "else"] if other != purpose]
    damaged = (
        token[:-1],
        token + "x",
        token.replace("7-", "8-", 1),
        "",
        ".",
        "7-12",
        f"7-12.{token}",
        token * 50,
    )
    for other, wrong in [*((other, token) for other in others), *((purpose, d) for d in damaged)]:
        with pytest.raises(BadLink):
            read_token(other, wrong, 2)
    for count in (0, 1, 3):
        with pytest.raises(BadLink):
            read_token(purpose, token, count)
    lifetime = LIFETIMES.get(purpose, OTHERWISE)
    if lifetime is not None:
        with time_machine.travel(now() + lifetime - timedelta(days=1)):
            assert read_token(purpose, token, 2) == [7, 12]
        with time_machine.travel(now() + lifetime + timedelta(days=2)), pytest.raises(BadLink):
            read_token(purpose, token, 2)


def test_a_link_outlives_a_change_of_the_key_until_the_old_key_is_gone(settings: object) -> None:
    token = make_token("answer", 7, 12)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key" * 8  # type: ignore[attr-defined]
    assert read_token("answer", token, 2) == [7, 12]
    settings.SECRET_KEY_FALLBACKS = []  # type: ignore[attr-defined]
    with pytest.raises(BadLink):
        read_token("answer", token, 2)
