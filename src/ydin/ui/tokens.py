"""The values of tokens.css for what no style sheet reaches: favicon, theme colour, e-mail."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

Scheme = Literal["light", "dark", "print"]

FILE: Final = Path(__file__).resolve().parent / "static" / "ydin" / "css" / "tokens.css"
_VALUE = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")
_COLOUR = re.compile(r"#[0-9a-f]{3,8}$|rgb\([^)]*\)$")
_BORDERS: Final[dict[Scheme, str]] = {"dark": "@media (prefers-color-scheme: dark)", "print": "@media print"}


@lru_cache(maxsize=1)
def _read() -> dict[Scheme, dict[str, str]]:
    light, _, rest = FILE.read_text(encoding="utf-8").partition(_BORDERS["dark"])
    dark, _, paper = rest.partition(_BORDERS["print"])
    first = dict(_VALUE.findall(light))
    return {
        "light": first,
        "dark": first | dict(_VALUE.findall(dark)),
        "print": first | dict(_VALUE.findall(paper)),
    }


def value(name: str, scheme: Scheme = "light") -> str:
    """Give a token as it is written, by its name without dashes; an unknown name raises KeyError."""
    return _read()[scheme][name]


def names() -> list[str]:
    """Return the names of all tokens in the order of the file."""
    return list(_read()["light"])


def colours(scheme: Scheme = "light") -> dict[str, str]:
    """Return every colour of a scheme by its name."""
    return {name: text for name, text in _read()[scheme].items() if _COLOUR.match(text)}


def rgb(name: str, scheme: Scheme = "light") -> tuple[int, int, int]:
    """Return a colour written as #rgb or #rrggbb as three numbers 0–255."""
    digits = value(name, scheme).removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004  the short form
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
