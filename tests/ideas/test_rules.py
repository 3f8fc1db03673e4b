"""Steps of an idea, figures that find nobody out, and talks that fit an evening: the rules, without a database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ydin.ideas.rules.counting import SMALL_CELL, Cell, told
from ydin.ideas.rules.states import STEPS, Act, Part, State, acts_for, after
from ydin.ideas.rules.talks import Evening, Misfit, Offer, misfits, season_of


@pytest.mark.parametrize("state", list(State))
def test_what_is_not_in_the_table_leads_nowhere(state: State) -> None:
    for act in Act:
        known = (state, act) in STEPS
        assert (after(state, act, is_taken=False) is not None) is known
        assert (act in acts_for(state, set(Part))) is known
        assert act not in acts_for(state, set())


def test_whoever_only_reads_takes_no_step_and_each_step_has_its_own_people() -> None:
    assert acts_for("open", {Part.AUTHOR}) == {Act.CLOSE}
    assert acts_for("open", {Part.OUTSIDER}) == {Act.TAKE_UP, Act.ANSWER}
    assert acts_for("taken", {Part.OUTSIDER}) == set()
    assert acts_for("taken", {Part.TAKER}) == {Act.RELEASE, Act.ANSWER, Act.PARK}
    assert acts_for("planned", {Part.HOST}) == {Act.UNPLAN, Act.ANSWER}
    assert acts_for("answered", {Part.COORDINATOR, Part.AUTHOR, Part.HOST}) == set()
    assert after("parked", Act.REOPEN, is_taken=True) == State.TAKEN
    assert after("closed", Act.REOPEN, is_taken=False) == State.OPEN


@given(st.lists(st.integers(1, 6), min_size=1, max_size=6))
def test_no_small_cell_is_told_nor_found_by_subtraction(sizes: list[int]) -> None:
    rows = told([Cell(1, group, "theme", "price", size) for group, size in enumerate(sizes)])
    for row in rows:
        assert all(count >= SMALL_CELL for _group, count in row.groups)
        hidden = row.companies - sum(count for _group, count in row.groups)
        assert hidden == 0 or hidden >= SMALL_CELL
    assert bool(rows) is (max(sizes) >= SMALL_CELL or sum(sizes) >= SMALL_CELL)


def test_why_a_talk_does_not_fit() -> None:
    offer = Offer("x", "y", languages=["fi"], region=7, months=[2], most=2)
    evening = Evening(date(2027, 2, 4), "fi", online=False, regions={7})
    assert misfits(offer, evening, None) == []
    assert misfits(offer, evening, date(2027, 7, 31)) == [Misfit.FULL]
    elsewhere = Evening(date(2027, 3, 4), "sv", online=False, regions={8})
    assert misfits(offer, elsewhere, None) == [Misfit.MONTH, Misfit.PLACE, Misfit.LANGUAGE]
    assert Misfit.PLACE in misfits(offer, Evening(date(2027, 2, 4), "fi", online=True, regions=()), None)
    assert season_of(date(2027, 7, 31)) == (date(2026, 8, 1), date(2027, 7, 31))
    assert season_of(date(2027, 8, 1)) == (date(2027, 8, 1), date(2028, 7, 31))
