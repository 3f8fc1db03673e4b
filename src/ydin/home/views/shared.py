"""What the public pages have in common."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers


def revalidated(response: HttpResponse) -> HttpResponse:
    """Let a browser keep the page and ask whether it is still the same (an ETag is added by middleware)."""
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
