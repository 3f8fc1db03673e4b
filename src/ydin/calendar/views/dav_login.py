"""Who asks by CalDAV: HTTP Basic (RFC 7617) with an e-mail address and a device's app password."""

from __future__ import annotations

import base64
import binascii
import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from ydin.calendar.queries import Login, login_of
from ydin.calendar.rules import digest_of

WINDOW_SECONDS = 600
MOST_FAILURES, MOST_OF_ADDRESS = 10, 60
"""So many failures in the window for one name from one network address, and for all names from it."""

_LONGEST = 600


def login(request: HttpRequest) -> Login | HttpResponse:
    """Return who asks, or the refusal: 401, the same whether name, password or device is unknown, or 429.

    A password that was right is not looked at while its name and network address are held back.
    """
    name, secret = _given(request)
    keys = _keys(request, name)
    failed: dict[str, int] = cache.get_many(keys)
    if any(failed.get(key, 0) >= most for key, most in keys.items()):
        return _refusal(429, _("Too many wrong passwords. Try again in ten minutes."))
    found = login_of(digest_of(secret))
    email = found.email if found else "-"
    if constant_time_compare(name.strip().lower(), email.lower()) and found is not None:
        return found
    if secret:  # a first request without a password is how programs begin
        _note_failure(keys)
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


def _keys(request: HttpRequest, name: str) -> dict[str, int]:
    address = get_adapter().get_client_ip(request)
    return {_key(address, name.strip().lower()): MOST_FAILURES, _key(address): MOST_OF_ADDRESS}


def _key(*parts: str) -> str:
    return f"caldav-{hashlib.sha256('|'.join(parts).encode()).hexdigest()}"


def _note_failure(keys: dict[str, int]) -> None:
    for key in keys:
        if not cache.add(key, 1, WINDOW_SECONDS):
            try:
                cache.incr(key)
            except ValueError:  # it ended this moment
                cache.set(key, 1, WINDOW_SECONDS)


def _refusal(status: int, text: str) -> HttpResponse:
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    if status == 429:  # noqa: PLR2004 - too many requests
        response.headers["Retry-After"] = str(WINDOW_SECONDS)
    return response
