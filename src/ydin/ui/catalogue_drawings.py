"""Samples of the drawings that the catalogue shows: who works with whom, and how an experiment spread."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

WIDE, HIGH = 220, 64


def partners() -> list[Any]:
    """Return three companies and one without a name, as `partnerships` gives them, for a screen and a phone."""
    return [_partners("wide", 520, 270, 1.0), _partners("tall", 360, 270, 0.65)]


def _partners(shape: str, width: int, height: int, scale: float) -> Any:
    spots = [
        (120, 60, "Leipomo Huhta"),
        (320, 90, "Verstas Kide"),
        (220, 200, "Kahvila Sarka"),
        (400, 210, ""),
    ]
    at = [(f"{x * scale:.0f}", y, name) for x, y, name in spots]
    circles = [
        SimpleNamespace(
            x=x,
            y=y,
            radius=9 if name else 6,
            name=name,
            label=name,
            label_x=x,
            label_y=y + 26,
            anchor="middle",
            is_mine=n == 0,
        )
        for n, (x, y, name) in enumerate(at)
    ]
    lines = [
        SimpleNamespace(x1=at[a][0], y1=at[a][1], x2=at[b][0], y2=at[b][1], label=label, is_hidden=not label)
        for a, b, label in ((0, 1, _("Sales")), (0, 2, _("Shared purchase")), (2, 3, ""))
    ]
    return SimpleNamespace(shape=shape, width=width, height=height, circles=circles, lines=lines)


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
        depth=1 if spot[0] else 0,
        is_here=is_here,
    )
