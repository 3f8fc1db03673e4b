"""Names beside circles so that none lies over another one or over a circle. Pure.

No kept library places labels in an SVG without drawing the whole chart itself (adjustText needs matplotlib), so this
is the usual greedy search over places around the point (Christensen, Marks & Shieber 1995, their baseline).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LETTER, LINE = 0.67, 1.15
"""Mean width of a bold letter in the widest of the usual types, and height of a line, in sizes of the type."""
GAP, FRAME = 4.0, 4.0
CUTS = (15, 9)
LEGAL_FORM = re.compile(r"\s+(Oy Ab|Ab Oy|Oyj|Oy|Ab|Ky|Tmi|Ay|Kb|Osk)\.?$")


@dataclass(frozen=True)
class Box:
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether the two share some ground."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Label:
    """A name where it is written: the point of its base line, and how it hangs on it (SVG's text-anchor)."""

    x: float
    y: float
    anchor: str
    words: str


@dataclass(frozen=True)
class Frame:
    """What is drawn in: its measures, the radius of a circle, and the size of the type."""

    width: float
    height: float
    radius: float
    type_size: float


def short_names(name: str) -> list[str]:
    """Return ways to write a company's name, the fullest first; without its legal form, then cut."""
    plain = LEGAL_FORM.sub("", name.strip()) or name
    found = [plain]
    found += [f"{plain[:most].rstrip()}…" for most in CUTS if len(plain) > most + 1]
    return list(dict.fromkeys(found))


def placed(
    names: Mapping[str, str], at: Mapping[str, tuple[float, float]], order: Sequence[str], frame: Frame
) -> dict[str, Label]:
    """Return the labels that find a free place, by key; who comes first in `order` chooses first.

    Args:
        names: what to write, by key of the circle.
        at: the middle of every circle, also of those without a name.
        order: the keys of `names`.
        frame: the measures.

    """
    taken = {key: _round(point, frame.radius) for key, point in at.items()}
    circles, labels = list(taken.items()), list[Box]()
    found: dict[str, Label] = {}
    for key in order:
        others = [box for name, box in circles if name != key] + labels
        choice = _first_free(names[key], at[key], others, frame)
        if choice is not None:
            found[key], box = choice
            labels.append(box)
    return found


def _first_free(
    name: str, point: tuple[float, float], others: Sequence[Box], frame: Frame
) -> tuple[Label, Box] | None:
    for words in short_names(name):
        for label, box in _around(words, point, frame):
            inside = (
                box.left >= FRAME
                and box.top >= FRAME
                and box.right <= frame.width - FRAME
                and box.bottom <= frame.height - FRAME
            )
            if inside and not any(box.meets(other) for other in others):
                return label, box
    return None


def _around(words: str, point: tuple[float, float], frame: Frame) -> list[tuple[Label, Box]]:
    """Return the places around a circle, the best first: below, above, beside, and between these."""
    wide, high = len(words) * LETTER * frame.type_size, LINE * frame.type_size
    away = frame.radius + GAP
    slant = away * 0.75
    found = []
    for dx, dy, anchor in (
        (0.0, away + high / 2, "middle"),
        (0.0, -away - high / 2, "middle"),
        (away, 0.0, "start"),
        (-away, 0.0, "end"),
        (slant, slant + high / 3, "start"),
        (-slant, slant + high / 3, "end"),
        (slant, -slant - high / 3, "start"),
        (-slant, -slant - high / 3, "end"),
    ):
        x, y = point[0] + dx, point[1] + dy
        left = {"middle": x - wide / 2, "start": x, "end": x - wide}[anchor]
        box = Box(left, y - high / 2, left + wide, y + high / 2)
        found.append((Label(x, y + frame.type_size * 0.35, anchor, words), box))
    return found


def _round(point: tuple[float, float], radius: float) -> Box:
    return Box(point[0] - radius, point[1] - radius, point[0] + radius, point[1] + radius)


def apart(
    at: Mapping[str, tuple[float, float]], least: float, frame: Frame
) -> dict[str, tuple[float, float]]:
    """Return the points pushed away from one another until they are `least` apart, as far as there is room."""
    found, keys = dict(at), sorted(at)
    for _step in range(12):
        has_moved = False
        for n, one in enumerate(keys):
            for other in keys[n + 1 :]:
                dx, dy = found[other][0] - found[one][0], found[other][1] - found[one][1]
                far = (dx * dx + dy * dy) ** 0.5
                if far >= least:
                    continue
                has_moved = True
                ux, uy = (dx / far, dy / far) if far else (1.0, 0.0)
                push = (least - far) / 2
                found[one] = _within((found[one][0] - ux * push, found[one][1] - uy * push), frame)
                found[other] = _within((found[other][0] + ux * push, found[other][1] + uy * push), frame)
        if not has_moved:
            break
    return found


def _within(point: tuple[float, float], frame: Frame) -> tuple[float, float]:
    edge = frame.radius + FRAME
    return min(max(point[0], edge), frame.width - edge), min(max(point[1], edge), frame.height - edge)
