"""Samples of the drawings that the catalogue shows: who works with whom, and how an experiment spread."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

WIDE, HIGH = 220, 64


def partners() -> Any:
    """Return three companies and one without a name, as `partnerships` gives them."""
    spots = [
        (120, 60, "Leipomo Huhta", True),
        (320, 90, "Verstas Kide", False),
        (220, 200, "Kahvila Sarka", False),
    ]
    circles = [SimpleNamespace(x=x, y=y, name=name, short=name, is_mine=mine) for x, y, name, mine in spots]
    circles.append(SimpleNamespace(x=400, y=210, name="", short="", is_mine=False))
    lines = [
        SimpleNamespace(x1=120, y1=60, x2=320, y2=90, kind="", label=_("Sales"), is_hidden=False),
        SimpleNamespace(x1=120, y1=60, x2=220, y2=200, kind="", label=_("Shared purchase"), is_hidden=False),
        SimpleNamespace(x1=220, y1=200, x2=400, y2=210, kind="", label="", is_hidden=True),
    ]
    return SimpleNamespace(width=520, height=270, circles=circles, lines=lines, shows_names=True)


def lineage() -> Any:
    """Return a first experiment and two that followed it, as `experiments` gives them."""
    first = _node("Leipomo Huhta", (0, 50, ""), "keep", _("kept"), is_here=True)
    second = _node("Verstas Kide", (300, 0, "M 220 82 L 300 32"), "change", _("changed"))
    third = _node(_("not shown to you"), (300, 100, "M 220 82 L 300 132"), "", "")
    drawing = SimpleNamespace(width=520, height=170)
    return SimpleNamespace(drawing=drawing, wide=WIDE, high=HIGH, nodes=[first, second, third])


def _node(
    name: str, spot: tuple[int, int, str], state: str, outcome: str, *, is_here: bool = False
) -> SimpleNamespace:
    what = _("Packages by post") if state else ""
    return SimpleNamespace(
        spot=SimpleNamespace(x=spot[0], y=spot[1], path=spot[2]),
        name=name,
        label=name,
        what=what,
        short=what,
        state=state,
        outcome=outcome,
        after="" if is_here else "Leipomo Huhta",
        url="#lineage" if state else "",
        is_here=is_here,
    )
