"""Every pair of colours that the style sheet uses, against WCAG 2.2 AA, in both schemes."""

from __future__ import annotations

import re

import pytest

from ydin.ui.bundle import SOURCES

TEXT, SHAPE = 4.5, 3.0
GROUNDS = ["snow", "paper"]
TINTS = ["moss", "sky", "heather", "berry-soft"]
PAIRS = [
    *[
        ("ink", ground, TEXT)
        for ground in (*GROUNDS, "moss", "sky", "heather", "berry-soft", "rowan-soft", "line")
    ],
    *[("bark", ground, TEXT) for ground in (*GROUNDS, *TINTS)],
    *[("spruce", ground, TEXT) for ground in (*GROUNDS, "moss")],
    *[("berry", ground, TEXT) for ground in GROUNDS],
    ("berry-ink", "berry-soft", TEXT),
    *[("rowan", ground, TEXT) for ground in (*GROUNDS, "rowan-soft")],
    ("on-spruce", "spruce", TEXT),
    ("on-spruce", "spruce-deep", TEXT),
    ("on-berry", "berry", TEXT),
    *[("edge", ground, SHAPE) for ground in GROUNDS],
    *[("berry", ground, SHAPE) for ground in (*GROUNDS, "moss", "sky", "line")],
]


def tokens(scheme: str) -> dict[str, str]:
    text = (SOURCES / "css" / "tokens.css").read_text(encoding="utf-8")
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", dark))


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_formula_knows_black_on_white() -> None:
    assert ratio("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_contrast(scheme: str, front: str, ground: str, least: float) -> None:
    colours = tokens(scheme)

    assert ratio(colours[front], colours[ground]) >= least
