"""Security headers that every answer carries, whatever made it: a page, a file, a feed, an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
DENIED: Final = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""What no page of ours asks a browser for."""
OWN: Final = ("geolocation", "publickey-credentials-create", "publickey-credentials-get")
"""What our own pages may ask for: the nearest group, and passkeys."""
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in DENIED), *(f"{name}=(self)" for name in OWN)]
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class HeadersMiddleware:
    """Adds the headers; a view may set its own before. It stands first, so that no answer goes around it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers added. What a signed-in person reads is for their own browser only."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not _is_kept_apart(response):
            response.headers["Cache-Control"] = "private, no-cache"
        return response


def _is_kept_apart(response: HttpResponseBase) -> bool:
    """Tell whether no shared cache keeps the answer, or it is no page and says itself how long it keeps."""
    kept = response.headers.get("Cache-Control", "")
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return "private" in kept or "no-store" in kept or (bool(kept) and not is_page)
