"""The QR picture of a check-in address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ydin.kernel.lazy import lazy

if TYPE_CHECKING:
    import segno
else:
    segno = lazy("segno")


QUIET = 4
"""Empty modules around the picture (ISO/IEC 18004, 6.3.8)."""


@dataclass(frozen=True)
class Picture:
    """A QR picture as one path of an SVG whose side is `size`; dark on light only."""

    size: int
    path: str


def qr_picture(address: str) -> Picture:
    """Return the picture of an address, with room for dirt and folds (error correction M)."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    path = "".join(_runs(row, y + QUIET) for y, row in enumerate(rows))
    return Picture(len(rows) + 2 * QUIET, path)


def _runs(row: list[int], y: int) -> str:
    parts, x = [], 0
    while x < len(row):
        end = x
        while end < len(row) and row[end]:
            end += 1
        if end > x:
            parts.append(f"M{x + QUIET} {y}h{end - x}v1h-{end - x}z")
        x = max(end, x + 1)
    return "".join(parts)
