"""The style sheet and the script: layered sources on disk, one file each on the wire.

The address carries a hash of the content, so that a browser may keep the file for a year.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # the wheel carries no types

SOURCES = Path(__file__).resolve().parent / "static" / "ydin"
CSS_ORDER = ("tokens.css", "base.css", "layout.css")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,])\s*")


@dataclass(frozen=True)
class Asset:
    """One file on the wire."""

    name: str
    content_type: str
    content: bytes

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:12]

    @cached_property
    def brotli(self) -> bytes:
        return bytes(brotli.compress(self.content))

    @cached_property
    def gzip(self) -> bytes:
        return gzip.compress(self.content, mtime=0)

    @property
    def path(self) -> str:
        stem, _, ending = self.name.rpartition(".")
        return f"/ui/{stem}-{self.digest}.{ending}"


@cache
def stylesheet() -> Asset:
    """Tokens, base, layout, every component and print, in this order, comments and line breaks removed."""
    folder = SOURCES / "css"
    files = [folder / name for name in CSS_ORDER]
    files += sorted((folder / "components").glob("*.css"))
    files.append(folder / "print.css")
    text = "".join(shrink_css(file.read_text(encoding="utf-8")) for file in files)
    return Asset("ydin.css", "text/css; charset=utf-8", text.encode())


@cache
def script() -> Asset:
    content = (SOURCES / "ydin.js").read_bytes()
    return Asset("ydin.js", "text/javascript; charset=utf-8", content)


def shrink_css(text: str) -> str:
    """Remove comments and the blanks that mean nothing (none stands inside our quoted values)."""
    return _AROUND.sub(r"\1", _SPACE.sub(" ", _COMMENT.sub("", text))).strip()
