"""Who asks by CalDAV: HTTP Basic (RFC 7617) with an e-mail address and a device's app password."""

from __future__ import annotations

import base64
import binascii

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from ydin.calendar.queries import Login, login_of
from ydin.calendar.rules import digest_of
from ydin.kernel.throttle import hit, hits, place_of

WINDOW_SECONDS = 600
MOST_FAILURES, MOST_OF_PLACE = 10, 60
"""So many wrong passwords in the window for one name from one place, and for all names from it."""

_WRONG = "caldav"

_LONGEST = 600


def login(request: HttpRequest) -> Login | HttpResponse:
    """Return who asks, or the refusal: 401, the same whether name, password or device is unknown, or 429.

    A password is not even looked at while its name is held back at this network address.
    """
    name, secret = _given(request)
    place = place_of(request)
    named = f"{place} {name.strip().lower()}"
    if hits(_WRONG, named) >= MOST_FAILURES:
        return _held_back()
    found = login_of(digest_of(secret))
    email = found.email if found else "-"
    if constant_time_compare(name.strip().lower(), email.lower()) and found is not None:
        return found
    # a request without a password is how programs begin
    if secret and hit(_WRONG, named, WINDOW_SECONDS) and hit(_WRONG, place, WINDOW_SECONDS) > MOST_OF_PLACE:
        return _held_back()
    refusal = _refusal(
        401, _("Sign in with your e-mail address and an app password. You make one on your page.")
    )
    refusal.headers["WWW-Authenticate"] = 'Basic realm="Ydin", charset="UTF-8"'
    return refusal


def _given(request: HttpRequest) -> tuple[str, str]:
    scheme, _space, value = request.headers.get("Authorization", "")[:_LONGEST].partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _colon, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return name, secret


def _held_back() -> HttpResponse:
    refusal = _refusal(429, _("Too many wrong passwords. Try again in ten minutes."))
    refusal.headers["Retry-After"] = str(WINDOW_SECONDS)
    return refusal


def _refusal(status: int, text: str) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
