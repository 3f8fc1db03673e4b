"""Every pair of colours that the style sheet uses, against WCAG 2.2 AA, in both schemes."""

from __future__ import annotations

import pytest

from ydin.ui import tokens

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


def luminance(colour: tuple[int, int, int]) -> float:
    parts = [level / 255 for level in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_formula_knows_black_on_white() -> None:
    assert ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_contrast(scheme: tokens.Scheme, front: str, ground: str, least: float) -> None:
    assert ratio(tokens.rgb(front, scheme), tokens.rgb(ground, scheme)) >= least
