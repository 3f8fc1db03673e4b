"""The style sheet, the scripts and the mark: one file each on the wire.

The address carries a hash of the content, so that a browser may keep the file for a year.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

import brotli  # type: ignore[import-untyped]  # the wheel carries no types
import django_htmx
from django.conf import settings

from ydin.ui import mark

SOURCES = Path(__file__).resolve().parent / "static" / "ydin"
CSS_ORDER = ("tokens.css", "base.css", "layout.css")
_HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,])\s*")
_PACKED = ("image/png", "image/x-icon")


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
    def is_packed(self) -> bool:
        """Whether the content is compressed by its own format."""
        return self.content_type in _PACKED

    @property
    def path(self) -> str:
        stem, _, ending = self.name.rpartition(".")
        return f"/ui/{stem}-{self.digest}.{ending}"


def stylesheet() -> Asset:
    """Tokens, base, layout, every component and print, in this order, comments and line breaks removed."""
    folder = SOURCES / "css"
    files = [folder / name for name in CSS_ORDER]
    files += sorted((folder / "components").glob("*.css"))
    files.append(folder / "print.css")
    return _built("ydin.css", "text/css; charset=utf-8", tuple(files), _stamp(files))


def script() -> Asset:
    files = [SOURCES / "ydin.js"]
    return _built("ydin.js", "text/javascript; charset=utf-8", tuple(files), _stamp(files))


def htmx() -> Asset:
    """The file that comes with django-htmx; here it gets an address that may be kept."""
    return _built("htmx.js", "text/javascript; charset=utf-8", (_HTMX,), 0.0)


@lru_cache(maxsize=1)
def mark_svg() -> Asset:
    return Asset("mark.svg", "image/svg+xml", mark.svg())


@lru_cache(maxsize=1)
def touch_icon() -> Asset:
    return Asset("touch.png", "image/png", mark.png())


@lru_cache(maxsize=1)
def icon_file() -> Asset:
    return Asset("favicon.ico", "image/x-icon", mark.ico())


ASSETS: Final[dict[str, Callable[[], Asset]]] = {
    "css": stylesheet,
    "js": script,
    "htmx": htmx,
    "mark": mark_svg,
    "touch": touch_icon,
    "ico": icon_file,
}


def _stamp(files: list[Path]) -> float:
    """The time of the newest change while developing; elsewhere the files never change under a process."""
    return max(file.stat().st_mtime for file in files) if settings.DEBUG else 0.0


@lru_cache(maxsize=8)
def _built(name: str, content_type: str, files: tuple[Path, ...], stamp: float) -> Asset:
    del stamp  # part of the cache's key
    texts = [file.read_text(encoding="utf-8") for file in files]
    if name.endswith(".css"):
        texts = [shrink_css(text) for text in texts]
    return Asset(name, content_type, "".join(texts).encode())


def shrink_css(text: str) -> str:
    """Remove comments and the blanks that mean nothing (none stands inside our quoted values)."""
    short = _AROUND.sub(r"\1", _SPACE.sub(" ", _COMMENT.sub("", text)))
    return short.replace(": ", ":").replace(";}", "}").strip()
