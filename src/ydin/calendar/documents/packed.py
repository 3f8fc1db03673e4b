"""Text kept compressed in pieces, so that a feed of ten thousand events is put together, not written anew.

Each piece is raw DEFLATE (RFC 1951) that ends on a byte and looks back at nothing before itself: pieces one
after another are one stream. A gzip file (RFC 1952) of them needs only the checksum of the whole, which follows
from those of the pieces.
"""

from __future__ import annotations

import struct
import zlib
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from threading import Lock

LEVEL = 4
"""Half the time of zlib's own choice, a tenth larger."""

_RAW = -15
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LAST = b"\x03\x00"
_POLYNOMIAL = 0xEDB88320
_ONE = 1 << 31


@dataclass(frozen=True, slots=True)
class Packed:
    """A piece of text: compressed, its length in octets, its CRC-32, and how it moves a checksum before it."""

    data: bytes
    size: int
    crc: int
    shift: int


def pack(text: str) -> Packed:
    """Return the text compressed."""
    raw = text.encode()
    press = zlib.compressobj(LEVEL, zlib.DEFLATED, _RAW)
    data = press.compress(raw) + press.flush(zlib.Z_FULL_FLUSH)
    return Packed(data, len(raw), zlib.crc32(raw), _power(8 * len(raw)))


def unpack(pieces: Iterable[Packed]) -> Iterator[bytes]:
    """Yield the text again, piece by piece."""
    for piece in pieces:
        yield zlib.decompressobj(_RAW).decompress(piece.data)


def as_gzip(pieces: Iterable[Packed]) -> bytes:
    """Return one gzip member that holds all pieces; always the same bytes for the same pieces."""
    crc, size, body = 0, 0, [_HEADER]
    for piece in pieces:
        crc = _times(crc, piece.shift) ^ piece.crc
        size += piece.size
        body.append(piece.data)
    return b"".join([*body, _LAST, struct.pack("<II", crc, size & 0xFFFFFFFF)])


def _times(a: int, b: int) -> int:
    """Multiply two polynomials modulo that of CRC-32, bits reversed (as zlib's `crc32_combine` does)."""
    product = 0
    while a:
        if a & _ONE:
            product ^= b
        a = (a << 1) & 0xFFFFFFFF
        b = (b >> 1) ^ _POLYNOMIAL if b & 1 else b >> 1
    return product


def _power(bits: int) -> int:
    """Return x to the power of `bits`."""
    result, square = _ONE, _ONE >> 1
    while bits:
        if bits & 1:
            result = _times(square, result)
        square = _times(square, square)
        bits >>= 1
    return result


class Shelf:
    """Pieces by key, those least asked for thrown away when all together grow past `most` octets."""

    def __init__(self, most: int) -> None:
        """Begin empty."""
        self._most, self._size, self._lock = most, 0, Lock()
        self._pieces: OrderedDict[Hashable, Packed] = OrderedDict()

    def get(self, key: Hashable) -> Packed | None:
        """Return the piece, if it is still here."""
        with self._lock:
            piece = self._pieces.get(key)
            if piece is not None:
                self._pieces.move_to_end(key)
            return piece

    def put(self, key: Hashable, piece: Packed) -> None:
        """Keep the piece."""
        with self._lock:
            before = self._pieces.pop(key, None)
            self._size += len(piece.data) - (len(before.data) if before else 0)
            self._pieces[key] = piece
            while self._size > self._most and self._pieces:
                _, gone = self._pieces.popitem(last=False)
                self._size -= len(gone.data)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pieces.clear()
            self._size = 0

    def __len__(self) -> int:
        """Return how many pieces there are."""
        return len(self._pieces)
