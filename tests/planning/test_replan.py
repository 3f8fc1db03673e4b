from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.planning.checking import (
    crossing_faults,
    instances,
    objective,
    options,
    season_faults,
    shared_checker,
)

from ydin.planning import InputError
from ydin.planning.samples import sample_season
from ydin.planning.season import Group, Member, Plan, Season, dump, load, plan_season, replan


def _changes(before: Plan, after: Plan) -> int:
    old = before.by_slot()
    return sum(
        turn.slot not in old or (old[turn.slot].host, old[turn.slot].evening) != (turn.host, turn.evening)
        for turn in after.turns
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_one_cancellation_changes_one_month(seed):
    source = sample_season(4, seed)
    season = load(source)
    plan = plan_season(season, exact_regrets=False)
    checker = shared_checker("check_season")
    for turn in random.Random(seed).sample(plan.turns, 8):
        repaired = replan(season, plan, [turn.slot])
        assert season_faults(source, dump(repaired)) == []
        assert _changes(plan, repaired) == 1
        assert repaired.by_slot()[turn.slot].host != turn.host
        if checker is not None:
            faults, figures = checker.check(source, dump(repaired), dump(plan))
            assert (faults, figures["changed"]) == ([], 1)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(instances(), st.data())
def test_no_repair_has_more_turns_or_fewer_changes(source, data):
    season = load(source)
    plan = plan_season(season, exact_regrets=False)
    assume(plan.turns)
    turn = data.draw(st.sampled_from(plan.turns))
    repaired = replan(season, plan, [turn.slot])
    assert season_faults(source, dump(repaired)) == []
    best = _fewest(source, plan, turn.slot)
    assert (-len(repaired.turns), _changes(plan, repaired), repaired.objective) <= best


def _fewest(source, plan, slot):
    """(-turns, changes, objective) of the best repair, by trying every combination that keeps experts."""
    groups = {group["id"]: group for group in source["groups"]}
    old = {(turn["group"], turn["month"]): turn for turn in dump(plan)["turns"]}
    every = []
    for group, month in itertools.product(groups.values(), source["months"]):
        before = old.get((group["id"], month))
        found = []
        for turn in options(source, group, month):
            if turn is None:
                found.append((0, None))
                continue
            same = before is not None and all(turn[k] == before[k] for k in ("host", "evening"))
            if (group["id"], month) == slot and turn["host"] == before["host"]:
                continue
            if same and turn["expert"] != before["expert"]:
                continue
            found.append((0 if same else 1, turn))
        every.append(found)
    best = (1, 0, 0)

    def extend(at, changes, turns):
        nonlocal best
        if at == len(every):
            best = min(best, (-len(turns), changes, objective(groups, turns)))
            return
        for change, turn in every[at]:
            if turn is None:
                extend(at + 1, changes, turns)
            elif not crossing_faults(groups, [*turns, turn]):
                extend(at + 1, changes + change, [*turns, turn])

    extend(0, 0, [])
    return best


def _chain() -> Season:
    """Only the sauna can step in for January, and then somebody else must take its February."""
    january, february = date(2027, 1, 12), date(2027, 2, 9)
    members = (
        Member("bakery", None, hosts=True, capacity=5, evenings=(january,)),
        Member("sauna", None, hosts=True, capacity=5, evenings=(january, february)),
        Member("garage", 1, hosts=True, capacity=5, evenings=(february,)),
    )
    return Season(("2027-01", "2027-02"), (Group("g", "anna", members, ((0, 0, 0),) * 3),))


def test_a_second_turn_moves_when_that_alone_fills_the_month():
    season = _chain()
    plan = plan_season(season)
    assert [turn.host for turn in plan.turns] == ["bakery", "sauna"]
    repaired = replan(season, plan, [("g", "2027-01")])
    assert [turn.host for turn in repaired.turns] == ["sauna", "garage"]
    assert repaired.turns[0].why
    assert repaired.turns[0].regret is None


def test_what_cannot_be_repaired_is_named():
    season = _chain()
    plan = plan_season(season)
    alone = replace(
        season,
        groups=(replace(season.groups[0], members=season.groups[0].members[:1], travel_minutes=((0,),)),),
    )
    only = plan_season(alone)
    repaired = replan(alone, only, [("g", "2027-01")])
    assert repaired.status == "infeasible"
    assert {slot.month for slot in repaired.unplaced} == {"2027-01", "2027-02"}
    assert plan.turns


def test_a_turn_that_a_new_absence_breaks_is_changed_too():
    season = load(sample_season(2, 3))
    plan = plan_season(season, exact_regrets=False)
    turn = plan.turns[4]
    group = season.groups[0]
    members = tuple(
        replace(m, unavailable=m.unavailable | {turn.evening}) if m.id == turn.host else m
        for m in group.members
    )
    later = replace(season, groups=(replace(group, members=members), *season.groups[1:]))
    repaired = replan(later, plan)
    assert _changes(plan, repaired) == 1
    assert replan(season, plan).turns == plan.turns


@pytest.mark.parametrize(
    ("cancel", "field"), [(("nowhere", "2027-01"), "cancel[0]"), (("g0", "2031-01"), "cancel[0]")]
)
def test_a_cancellation_of_nothing_is_refused(cancel, field):
    season = load(sample_season(1, 1))
    plan = plan_season(season, exact_regrets=False)
    with pytest.raises(InputError) as refusal:
        replan(season, plan, [cancel])
    assert refusal.value.field == field
