"""The label that says who reads what a page shows, by what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template

from ydin.groups.documents.seen import (
    seen_by_coordinators,
    seen_by_network,
    seen_by_whom_one_asks,
    seen_company,
    seen_inside,
    seen_inside_and_network,
)
from ydin.ui.audience import Seen

register = template.Library()

CIRCLES: dict[str, Callable[[Any], Seen]] = {
    "inside": seen_inside,
    "attendance": seen_inside_and_network,
    "coordinators": seen_by_coordinators,
    "network": seen_by_network,
    "company": seen_company,
    "asked": seen_by_whom_one_asks,
}


@register.inclusion_tag("ui/components/audience.html", takes_context=True)
def seen_by(context: template.Context, circle: str, of: Any, words: str = "") -> dict[str, Any]:
    """Say who reads this, with the list behind it; asked once for a page however often it stands there.

    Args:
        context: of the page; what was found is kept on its request.
        circle: of `CIRCLES`; the page, not the reader, decides it.
        of: the group, company or network.
        words: instead of the circle's own.

    """
    request = context["request"]
    found: dict[tuple[str, int], Seen] = request.__dict__.setdefault("_seen_by", {})
    key = (circle, of.pk)
    if key not in found:
        found[key] = CIRCLES[circle](of)
    return {"words": words or found[key].words, "names": found[key].names}
