"""What every page shows around its content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the masthead's items for the reader: `nav`, a list of (address, label, current)."""
    del request
    return {"nav": []}
