"""The year ring: twelve months around, the hosts' initials in them. The mark of the product."""

import math
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CENTRE = 180.0
OUTER = 167.4
INNER = 108.0
MIDDLE = 137.7
GAP_DEGREES = 1.6
STATES = ("past", "now", "coming", "open", "off")


@dataclass(frozen=True)
class Segment:
    """One month: its name in words, its state (one of STATES), and who hosts (may be empty)."""

    month: str
    state: str
    host: str = ""
    initials: str = ""
    url: str = ""


@dataclass(frozen=True)
class Slice:
    """A drawn segment: outline and the point where the initials stand."""

    segment: Segment
    path: str
    x: str
    y: str


def as_segments(rows: "Iterable[Segment | Mapping[str, str]]") -> list[Segment]:
    """Accept segments or mappings with the same keys; an unknown state raises ValueError."""
    segments = [row if isinstance(row, Segment) else Segment(**row) for row in rows]
    for segment in segments:
        if segment.state not in STATES:
            raise ValueError(f"unknown state of a month: {segment.state}")
    return segments


def slices(segments: list[Segment]) -> list[Slice]:
    """Lay the segments around the circle, clockwise, the first one after twelve o'clock."""
    step = 360 / max(len(segments), 1)
    drawn = []
    for place, segment in enumerate(segments):
        begins, ends = place * step, (place + 1) * step
        x, y = _point((begins + ends) / 2, MIDDLE)
        drawn.append(Slice(segment, _outline(begins, ends), f"{x:.1f}", f"{y + 5.3:.1f}"))
    return drawn


def _point(degrees: float, radius: float) -> tuple[float, float]:
    angle = math.radians(degrees - 90)
    return CENTRE + radius * math.cos(angle), CENTRE + radius * math.sin(angle)


def _outline(begins: float, ends: float) -> str:
    inner_gap = GAP_DEGREES * OUTER / INNER
    a = _point(begins + GAP_DEGREES, OUTER)
    b = _point(ends - GAP_DEGREES, OUTER)
    c = _point(ends - inner_gap, INNER)
    d = _point(begins + inner_gap, INNER)
    large = 1 if ends - begins > 180 else 0  # noqa: PLR2004  more than half of the circle
    return (
        f"M{a[0]:.1f} {a[1]:.1f}A{OUTER} {OUTER} 0 {large} 1 {b[0]:.1f} {b[1]:.1f}"
        f"L{c[0]:.1f} {c[1]:.1f}A{INNER} {INNER} 0 {large} 0 {d[0]:.1f} {d[1]:.1f}Z"
    )


@dataclass(frozen=True)
class Line:
    """A line of text in the middle of the ring."""

    text: str
    y: int
    kind: str


def centre_lines(title: str, note: str) -> list[Line]:
    """Break a title and a note so that they fit inside the ring; a very long note ends in an ellipsis."""
    kind = "centre" if len(title) <= 14 else "centre long"  # noqa: PLR2004  letters that fit at the full size
    notes = textwrap.wrap(note, 24, max_lines=3, placeholder=" …")
    top = 188 - 10 * len(notes)
    lines = [Line(title, top, kind)] if title else []
    return lines + [Line(text, top + 22 + 19 * row, "note") for row, text in enumerate(notes)]


def mark_dots() -> list[tuple[str, str, str]]:
    """Eight points around one: (x, y, class) in a box of 40 × 40. The small mark beside the name."""
    dots = []
    for place in range(8):
        angle = math.radians(place * 45 - 90)
        kind = "mark-now" if place == 1 else "mark-dot"
        dots.append((f"{20 + 15 * math.cos(angle):.1f}", f"{20 + 15 * math.sin(angle):.1f}", kind))
    return dots
