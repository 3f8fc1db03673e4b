"""Every address, by several readers, with hostile values in everything it might read: no error page, no secret.

Forms with values that get past their checks: test_looking.
"""

from __future__ import annotations

import zlib
from collections import Counter
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests.permissions.test_walk import BY_LINK, MAY_READ
from tests.permissions.world import World
from tests.security.hostile import TEXTS
from tests.security.places import ask, fields, names_read, places

SHORT = tuple(text for text in TEXTS if len(text) < 300)
ROLES = ("nobody", "host", "coordinator", "national", "its national")
SEEN: Counter[int] = Counter()


def hostile(names: list[str], seed: str) -> dict[str, str]:
    """A hostile text for every name, other ones for other seeds, the same ones at every run."""
    start = zlib.crc32(seed.encode())
    return {name: SHORT[(start + 7 * i) % len(SHORT)] for i, name in enumerate(names)}


def told(route: str, role: str, text: str) -> list[str]:
    """Secrets that this role must not read here."""
    if route.startswith(BY_LINK) or "<token>" in route or "<str:token>" in route:
        return []
    return [secret for secret, may in MAY_READ.items() if role not in may and secret in text]


def check(
    readers: dict[str, Client], route: str, address: str, role: str, method: str, data: Any
) -> list[str]:
    status, text, answer = ask(readers[role], method, address, data)
    SEEN[status] += 1
    faults = [f"{role} {method} {address}: {secret} is told" for secret in told(route, role, text)]
    if status >= 500:
        kind = answer.exc_info[0].__name__ if getattr(answer, "exc_info", None) else ""
        faults.append(
            f"{role} {method} {address}: {status} {kind} {answer.exc_info[1] if kind else ''}"[:300]
        )
    return faults


@pytest.mark.slow
def test_no_address_breaks_or_tells_whatever_it_is_sent(world: World, readers: dict[str, Client]) -> None:
    names = sorted({*fields(), *names_read()})
    faults = []
    for number, (route, address) in enumerate(places(world).items()):
        one, two = (ROLES[(number + turn) % len(ROLES)] for turn in range(2))
        faults += check(readers, route, address, one, "get", hostile(names[:40], route + one))
        written_out = urlencode(hostile(names, route + two), errors="replace")
        faults += check(readers, route, address, two, "post", written_out)
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults[:80])
    assert SEEN[422] > 30 and SEEN[200] > 60, f"too little gets past the first check: {SEEN}"


def test_a_page_that_signs_out_ends_no_other_request(readers: dict[str, Client]) -> None:
    """Or everything after it would be asked by nobody, and prove nothing."""
    for role in ("host", "coordinator"):
        assert ask(readers[role], "post", "/accounts/logout/")[0] in {302, 303}
        assert ask(readers[role], "get", "/mine/")[0] == 200


@pytest.mark.slow
def test_no_address_breaks_whatever_hypothesis_thinks_of(world: World, readers: dict[str, Client]) -> None:
    every = sorted(places(world).items())
    names = sorted({*fields(), *names_read()})

    @settings(
        max_examples=250,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        place=some.sampled_from(every),
        role=some.sampled_from(ROLES),
        method=some.sampled_from(["get", "post"]),
        data=some.dictionaries(
            some.sampled_from(names),
            some.one_of(
                some.text(alphabet=some.characters(codec="utf-8"), max_size=60), some.sampled_from(SHORT)
            ),
            max_size=12,
        ),
    )
    def send(place: tuple[str, str], role: str, method: str, data: dict[str, str]) -> None:
        assert check(readers, place[0], place[1], role, method, data) == []

    send()


def test_no_address_breaks_when_its_ids_are_strange(world: World, readers: dict[str, Client]) -> None:
    faults = []
    for route, address in places(world).items():
        for strange in ("0", "99999999999999999999"):
            parts = [strange if part.isdigit() else part for part in address.split("/")]
            if "/".join(parts) != address:
                faults += check(readers, route, "/".join(parts), "coordinator", "get", {})
    assert not faults, "\n".join(faults)
