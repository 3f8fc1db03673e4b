"""The drawing of a lineage, and the rules of a card."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ydin.experiments.rules.card import Nudge, end_on, half_on, needs_guard, nudge_due, share_of_goal
from ydin.experiments.rules.tree import HIGH, WIDE, draw, parents_of

START = date(2026, 1, 5)


@st.composite
def lineages(make: st.DrawFn) -> dict[int, list[int]]:
    """Trees of up to forty experiments, some of which are not seen."""
    lines: dict[int, list[int]] = {1: []}
    for key in range(2, make(st.integers(2, 40))):
        parent = make(st.sampled_from(sorted(lines)))
        lines[key] = [*lines[parent], parent]
    seen = make(st.sets(st.sampled_from(sorted(lines)), min_size=1))
    return {key: lines[key] for key in seen}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(lineages())
def test_no_two_boxes_touch_and_all_stand_within_the_drawing(lines: dict[int, list[int]]) -> None:
    parents = parents_of(lines)
    assert set(lines) <= set(parents)
    drawing = draw(parents)
    assert {spot.key for spot in drawing.spots} == set(parents)
    for place, one in enumerate(drawing.spots):
        assert 0 <= one.x <= drawing.width - WIDE
        assert 0 <= one.y <= drawing.height - HIGH
        for other in drawing.spots[place + 1 :]:
            assert one.x != other.x or abs(one.y - other.y) >= HIGH


@pytest.mark.parametrize(
    ("kind", "country", "cents", "guarded"),
    [
        ("export", "", 100, True), ("export", "FI", 1, True), ("sales", "SE", 1, True),
        ("export", "SE", 0, False), ("export", "SE", None, False), ("sales", "FI", 900, False), ("sales", "", 900, False),
    ],
)  # fmt: skip
def test_money_abroad_is_guarded(kind: str, country: str, cents: int | None, guarded: bool) -> None:
    assert needs_guard(kind, country, cents) is guarded


@given(st.integers(1, 52), st.integers(-5, 400))
def test_the_end_is_asked_before_the_half(weeks: int, after: int) -> None:
    today = START + timedelta(days=after)
    due = nudge_due(START, weeks, today, half_asked=False, end_asked=False)
    expected = (
        Nudge.END if today >= end_on(START, weeks) else Nudge.HALF if today >= half_on(START, weeks) else None
    )
    assert due is expected
    assert nudge_due(START, weeks, today, half_asked=True, end_asked=True) is None


@pytest.mark.parametrize(
    ("baseline", "goal", "result", "share"),
    [
        ("0", "10", "5", 50),
        (None, "10", "12", 120),
        ("20", "10", "15", 50),
        ("3", "3", "4", None),
        ("1", None, "4", None),
    ],
)
def test_how_far_to_the_goal(
    baseline: str | None, goal: str | None, result: str | None, share: int | None
) -> None:
    numbers = [None if one is None else Decimal(one) for one in (baseline, goal, result)]
    assert share_of_goal(*numbers) == share
