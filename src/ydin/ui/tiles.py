"""Maps with an operator's tile server: only then is Leaflet loaded, and only that host may send pictures."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from ydin.kernel.http import POLICY
from ydin.ui.maps import Drawing

_PICTURES = "img-src 'self' data:"


def tiles_of(drawing: Drawing | None) -> dict[str, Any] | None:
    """Return what the script needs to show the drawing's places on the operator's tiles; nothing without them."""
    if not settings.MAP_TILES or drawing is None:
        return None
    return {
        "url": settings.MAP_TILES,
        "attribution": settings.MAP_ATTRIBUTION,
        "places": [
            {
                "at": [dot.place.latitude, dot.place.longitude],
                "name": dot.place.name,
                "url": dot.place.url,
                "mark": dot.place.mark,
                "state": dot.place.state,
            }
            for dot in drawing.dots
        ],
    }


def with_tiles(response: HttpResponse, tiles: dict[str, Any] | None) -> HttpResponse:
    """Let this page, and no other, load pictures from the tile server's host."""
    if tiles:
        host = urlsplit(settings.MAP_TILES).netloc.replace("{s}", "*")
        allowed = f"{_PICTURES} https://{host}"
        response.headers["Content-Security-Policy"] = POLICY.replace(_PICTURES, allowed)
    return response
