"""How often something came from one place, counted once for all processes.

A count is one statement (an upsert), so that requests at the same moment do not miss each other, as they would
in a cache's get-and-set. Inside a transaction it counts when that commits: answer a refusal, don't raise it.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Callable
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

_HIT: Final = """
insert into kernel_throttle as t (key, hits, until) values (%s, %s, now() + make_interval(secs => %s))
on conflict (key) do update set
    hits = case when t.until < now() then excluded.hits else t.hits + excluded.hits end,
    until = case when t.until < now() then excluded.until else t.until end
returning hits
"""
_SWEEP: Final = """
delete from kernel_throttle where key in (select key from kernel_throttle where until < now() limit 500)
"""
SWEEP_EVERY: Final = 1000
"""Rows of the past are deleted at about every so many first hits."""

GUESSES, GUESS_SECONDS = 40, 600
"""Addresses with a personal token that led nowhere, from one place in ten minutes."""
READS, READ_SECONDS, READ_STEP = 300, 600, 20
"""Readings of one feed from one place in ten minutes; counted in steps, so that a quiet program costs nothing."""
TOO_MANY: Final = 429


def place_of(request: HttpRequest) -> str:
    """Return where a request comes from: an IPv4 address, or an IPv6 network of 64 bits.

    Behind proxies it is what the nearest trusted one (`YDIN_TRUSTED_PROXIES`) says, never what the sender
    wrote before that.
    """
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def hit(what: str, place: str, seconds: int, *, times: int = 1) -> int:
    """Count `times` more of `what` from `place`; return how many there were in this window of `seconds`."""
    with connection.cursor() as cursor:
        cursor.execute(_HIT, (_key(what, place), times, seconds))
        hits = int(cursor.fetchone()[0])
        if hits == times and int(_key(what, place)[-8:], 16) % SWEEP_EVERY == 0:
            cursor.execute(_SWEEP)
    return hits


def hits(what: str, place: str) -> int:
    """Return how many there were in this window, without counting one more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select hits from kernel_throttle where key = %s and until >= now()", (_key(what, place),)
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def is_within(request: HttpRequest, what: str, most: int, seconds: int) -> bool:
    """Count one more of `what` from the request's place, and tell whether it is within the limit."""
    return hit(what, place_of(request), seconds) <= most


def _key(what: str, place: str) -> str:
    return f"{what}:{hashlib.sha256(place.encode()).hexdigest()[:40]}"


class ThrottleMiddleware:
    """Slows down whoever tries out personal links, and programs that ask for a feed all the time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a token that led nowhere is a guess."""
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code == 404 and match and "token" in match.kwargs:  # noqa: PLR2004
            place = place_of(request)
            if hit("guess", place, GUESS_SECONDS) > GUESSES:
                caches["process"].set(f"guess:{place}", 1, GUESS_SECONDS // 10)
                return _too_many(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse before the view runs, outside its transaction."""
        del view, args
        if "token" in kwargs and caches["process"].get(f"guess:{place_of(request)}"):
            return _too_many(request)
        if request.path.endswith(".ics") and _reads_too_often(request):
            return _too_many(request)
        return None


def _reads_too_often(request: HttpRequest) -> bool:
    """Count in this process, and tell the others in steps."""
    key = _key(hashlib.blake2b(request.path.encode(), digest_size=16).hexdigest(), place_of(request))
    here = caches["process"]
    here.add(key, 0, READ_SECONDS)
    try:
        count = here.incr(key)
    except ValueError:  # it ran out between the two
        return False
    if count % READ_STEP:
        return bool(here.get(f"{key}!"))
    if hit("feed", key, READ_SECONDS, times=READ_STEP) > READS:
        here.set(f"{key}!", 1, READ_SECONDS // 10)
        return True
    return False


def _too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=TOO_MANY)
    response.headers["Retry-After"] = str(GUESS_SECONDS)
    return response
