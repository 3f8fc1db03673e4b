"""The answer to a program that asks for a calendar: validators, compression, text in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]  # the wheel carries no types
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag

from ydin.calendar.documents.packed import Packed, as_gzip, unpack

CALENDAR = "text/calendar; charset=utf-8"
_BROTLI_QUALITY, _BROTLI_WINDOW = 4, 18
"""A window of 256 kB: a feed repeats itself within a month, and each answer holds one."""

_SMALL = 256 * 1024
"""A text of so many octets is sent whole; a larger one in pieces, as they are unpacked."""

_CODINGS = ("gzip", "br", "identity")
"""In the order of our liking: gzip is put together of pieces that are compressed already."""


@dataclass(frozen=True)
class Validators:
    """What tells whether a reader's copy is current: a digest of the state, and seconds of the last change."""

    digest: str
    changed: int

    def etag(self, coding: str) -> str:
        """Return the strong entity tag of the text in this coding (RFC 9110, 8.8.3.3)."""
        return quote_etag(self.digest if coding == "identity" else f"{self.digest}-{coding}")


def answer(
    request: HttpRequest, validators: Validators, keep: str, build: Callable[[], list[Packed]]
) -> HttpResponseBase:
    """Answer GET or HEAD, whatever `Accept` says; `build` runs only when the reader's copy is out of date."""
    coding = best_coding(request.headers.get("Accept-Encoding", ""))
    given = request.headers.get("If-None-Match", "")
    held = next((c for c in _CODINGS if validators.etag(c) in given), coding)
    response: HttpResponseBase | None = get_conditional_response(
        request, etag=validators.etag(held), last_modified=validators.changed
    )
    if response is None:
        held, response = coding, _whole(build(), coding)
        response.headers["Content-Disposition"] = 'inline; filename="ydin.ics"'
    response.headers["ETag"] = validators.etag(held)
    response.headers["Last-Modified"] = http_date(validators.changed)
    response.headers["Cache-Control"] = keep
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _whole(pieces: list[Packed], coding: str) -> HttpResponseBase:
    response: HttpResponseBase
    size = sum(piece.size for piece in pieces)
    if coding == "gzip":
        response = HttpResponse(as_gzip(pieces), content_type=CALENDAR)
    else:
        text = unpack(pieces) if coding == "identity" else _by_brotli(unpack(pieces))
        kind = HttpResponse if size <= _SMALL else StreamingHttpResponse
        response = kind(text, content_type=CALENDAR)
    if coding == "identity":
        response.headers["Content-Length"] = str(size)
    else:
        response.headers["Content-Encoding"] = coding
    return response


def _by_brotli(text: Iterable[bytes]) -> Iterator[bytes]:
    press = brotli.Compressor(quality=_BROTLI_QUALITY, lgwin=_BROTLI_WINDOW)
    for piece in text:
        if packed := press.process(piece):
            yield packed
    yield press.finish()


def best_coding(accepted: str) -> str:
    """Return the coding of `_CODINGS` that an Accept-Encoding header likes best; identity for whatever is odd."""
    liking: dict[str, float] = {}
    for part in accepted.lower().split(",")[:20]:
        name, _, rest = part.partition(";")
        liking[name.strip()] = _quality(rest)
    others = liking.get("*", 0.0)
    chosen, most = "identity", 0.0
    for name in _CODINGS[:2]:
        value = liking.get(name, others)
        if value > most:
            chosen, most = name, value
    return chosen if most >= liking.get("identity", 0.0) else "identity"


def _quality(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
