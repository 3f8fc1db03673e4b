"""The mark as a file: an SVG that follows the reader's scheme, and the PNG that telephones ask for.

Both are drawn from `ring.mark_dots` and the tokens, so that mark, favicon and touch icon cannot differ.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from ydin.ui import ring, tokens

BOX: Final = 40.0
DOT, CORE = 3.6, 6.4
TOUCH_SIZE: Final = 180
_SCHEMES: Final[tuple[tokens.Scheme, ...]] = ("light", "dark")
_SOFT = 0.5  # half a pixel of the edge is mixed


def svg(schemes: tuple[tokens.Scheme, ...] = _SCHEMES) -> bytes:
    """Return the favicon; its dark colours are used where the browser's own frame is dark."""
    light, *others = (
        f".s{{fill:{tokens.value('spruce', scheme)}}}.b{{fill:{tokens.value('berry', scheme)}}}"
        for scheme in schemes
    )
    sheet = light + "".join(f"@media(prefers-color-scheme:dark){{{dark}}}" for dark in others)
    dots = "".join(
        f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="{r:g}"/>' for x, y, r, kind in _circles()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><style>{sheet}</style>{dots}</svg>'.encode()


def _circles() -> Iterator[tuple[float, float, float, str]]:
    for x, y, kind in ring.mark_dots():
        yield float(x), float(y), DOT, "b" if kind == "mark-now" else "s"
    yield BOX / 2, BOX / 2, CORE, "s"


def png(size: int = TOUCH_SIZE, margin: float = 0.14) -> bytes:
    """Return the mark on paper as a PNG of `size` × `size`; `margin` is the share of each side left free."""
    ground = tokens.rgb("snow")
    rows = [bytearray(bytes(ground) * size) for _ in range(size)]
    scale = size * (1 - 2 * margin) / BOX
    for x, y, r, kind in _circles():
        colour = tokens.rgb("berry" if kind == "b" else "spruce")
        _disc(rows, size * margin + x * scale, size * margin + y * scale, r * scale, colour)
    drawn = b"".join(b"\x00" + bytes(row) for row in rows)
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(drawn, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _disc(rows: list[bytearray], x: float, y: float, radius: float, colour: tuple[int, int, int]) -> None:
    for line in range(max(int(y - radius) - 1, 0), min(int(y + radius) + 2, len(rows))):
        for place in range(max(int(x - radius) - 1, 0), min(int(x + radius) + 2, len(rows))):
            away = ((place + _SOFT - x) ** 2 + (line + _SOFT - y) ** 2) ** 0.5
            share = min(max(radius + _SOFT - away, 0.0), 1.0)
            for part, level in enumerate(colour):
                at = place * 3 + part
                rows[line][at] = round(rows[line][at] * (1 - share) + level * share)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def ico() -> bytes:
    """Return favicon.ico for browsers that ask for nothing else: one PNG of 32 × 32 in an icon file."""
    picture = png(32, margin=0.02)
    head = struct.pack("<HHH", 0, 1, 1)
    return head + struct.pack("<BBBBHHII", 32, 32, 0, 0, 1, 24, len(picture), 22) + picture
