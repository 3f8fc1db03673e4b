from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from tests.planning.checking import brute_force, instances, season_faults, shared_checker

from ydin.planning.samples import sample_season
from ydin.planning.season import (
    Group,
    Lock,
    Member,
    Season,
    dump,
    dump_season,
    evening_options,
    load,
    load_plan,
    objective,
    plan_season,
)
from ydin.planning.season.options import tabulate
from ydin.planning.season.state import State

relaxed = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@relaxed
@given(instances())
def test_every_small_plan_keeps_the_rules_and_is_the_best(source):
    season = load(source)
    plan = plan_season(season, deadline_seconds=20)
    assert season_faults(source, dump(plan)) == []
    checker = shared_checker("check_season")
    assert checker is None or checker.check(source, dump(plan))[0] == []
    assert (len(plan.turns), plan.objective) == brute_force(source)
    if not plan.unplaced:
        assert plan.status == "optimal"
        assert plan.bound == plan.objective
    assert plan.objective == objective(season, plan.turns)
    assert all(slot.because for slot in plan.unplaced)


@relaxed
@given(instances(most_groups=3, most_months=3))
def test_instances_and_plans_survive_json(source):
    season = load(source)
    assert load(dump_season(season)) == season
    plan = plan_season(season, deadline_seconds=20)
    assert load_plan(dump(plan)) == plan


def test_the_region_of_seed_one_has_its_known_optimum():
    source = sample_season(13, 1)
    plan = plan_season(load(source), deadline_seconds=50, exact_regrets=False)
    assert (plan.status, plan.objective, plan.bound) == ("optimal", 42753, 42753)
    assert season_faults(source, dump(plan)) == []
    checker = shared_checker("check_season")
    if checker is not None:
        assert checker.check(source, dump(plan))[0] == []


def test_blocks_stay_near_the_bound_and_keep_the_rules(monkeypatch):
    monkeypatch.setattr("ydin.planning.season.solve.EXACT", 3)
    source = sample_season(9, 3, per_coordinator=3)
    plan = plan_season(load(source), deadline_seconds=20, exact_regrets=False)
    assert season_faults(source, dump(plan)) == []
    assert plan.bound is not None
    assert plan.bound <= plan.objective <= 1.01 * plan.bound


def test_an_expert_taken_over_within_a_block_stays_taken():
    member = {"hosts": True, "capacity": 9, "seasons_since_hosting": None, "themes": ["t"], "unavailable": []}
    source = {
        "months": ["2027-01"],
        "experts": [{"id": "e", "themes": ["t"], "evenings": ["2027-01-05"]}],
        "groups": [
            {
                "id": f"g{n}",
                "coordinator": f"c{n}",
                "experts": ["e"],
                "members": [{"id": f"m{n}", **member, "evenings": ["2027-01-05"]}],
                "travel_minutes": [[0]],
            }
            for n in range(3)
        ],
    }
    state = State(tabulate(load(source)))
    called = [int(np.flatnonzero(options.expert >= 0)[0]) for options in state.table.groups]
    alone = [int(np.flatnonzero(options.expert < 0)[0]) for options in state.table.groups]
    state.put(0, np.array([alone[0]]))
    state.put(1, np.array([called[1]]))
    state.put(0, np.array([called[0]]))
    state.put(1, np.array([alone[1]]))
    assert not state.free(2)[called[2]]
    state.put(0, np.array([alone[0]]))
    assert state.free(2)[called[2]]


def test_the_same_instance_gives_the_same_plan():
    season = load(sample_season(3, 5))
    assert plan_season(season) == plan_season(season)


def test_a_deadline_of_nothing_still_gives_a_plan_that_keeps_the_rules():
    source = sample_season(6, 2)
    plan = plan_season(load(source), deadline_seconds=0.001)
    assert season_faults(source, dump(plan)) == []
    assert len(plan.turns) >= 70


def test_a_listener_that_says_no_ends_the_work():
    steps = []

    def listen(progress):
        steps.append(progress.step)
        return False

    source = sample_season(8, 2)
    plan = plan_season(load(source), progress=listen)
    assert season_faults(source, dump(plan)) == []
    assert steps


@pytest.mark.parametrize("seed", [1, 5])
def test_regret_is_what_solving_again_without_the_host_loses(seed):
    season = load(sample_season(1, seed))
    plan = plan_season(season)
    for turn in plan.turns[::3]:
        without = _without(season, turn.host, turn.month)
        again = plan_season(without, exact_regrets=False)
        assert turn.regret == again.objective - plan.objective
    quick = plan_season(season, exact_regrets=False)
    for exact, bound in zip(plan.turns, quick.turns, strict=True):
        assert bound.regret <= exact.regret


def _without(season: Season, host: str, month: str) -> Season:
    group = season.groups[0]
    members = tuple(
        replace(m, evenings=tuple(d for d in m.evenings if f"{d:%Y-%m}" != month)) if m.id == host else m
        for m in group.members
    )
    return replace(season, groups=(replace(group, members=members),))


def _pair() -> Season:
    """Two members, two months; the bakery never hosted."""
    bakery = Member("bakery", None, hosts=True, capacity=9, evenings=(date(2027, 1, 12), date(2027, 2, 2)))
    garage = Member("garage", 2, hosts=True, capacity=9, evenings=(date(2027, 2, 9), date(2027, 1, 19)))
    group = Group("haapavesi", "anna", (bakery, garage), ((0, 15), (15, 0)))
    return Season(("2027-01", "2027-02"), (group,))


def test_reasons_say_why():
    plan = plan_season(_pair())
    first = plan.turns[0]
    codes = {reason.code: dict(reason.values) for reason in first.why}
    assert first.host == "bakery"
    assert first.evening == date(2027, 1, 12)
    assert codes["never_hosted"] == {}
    assert codes["evening_preferred"] == {"rank": 0, "offered": 1}
    assert codes["nobody_away"] == {}
    assert codes["no_expert"] == {}
    assert codes["travel"] == {"minutes": 7, "group_mean": 7}
    assert {reason.code for reason in plan.turns[1].why} >= {"last_hosted"}


def test_a_locked_turn_stays():
    season = _pair()
    locked = replace(season.groups[0], locked=(Lock("2027-01", "garage", date(2027, 1, 19)),))
    plan = plan_season(replace(season, groups=(locked,)))
    assert (plan.turns[0].host, plan.turns[0].evening) == ("garage", date(2027, 1, 19))
    assert plan.turns[0].why[0].code == "locked"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"evenings": ()}, "nobody_offers"),
        ({"hosts": False}, "nobody_offers"),
        ({"capacity": 0}, "premises_too_small"),
        ({"unavailable": frozenset({date(2027, 1, 12), date(2027, 1, 19)})}, "hosts_away"),
    ],
)
def test_an_open_month_names_the_rule(change, code):
    season = _pair()
    group = season.groups[0]
    members = tuple(replace(member, **change) for member in group.members)
    short = Season(("2027-01",), (replace(group, members=members),))
    short = replace(
        short,
        groups=tuple(
            replace(
                g,
                members=tuple(
                    replace(m, evenings=tuple(d for d in m.evenings if d.month == 1)) for m in g.members
                ),
            )
            for g in short.groups
        ),
    )
    plan = plan_season(short)
    assert plan.status == "infeasible"
    assert [reason.code for reason in plan.unplaced[0].because] == [code]


def test_too_few_hosts_are_named_with_their_months():
    group = _pair().groups[0]
    lazy = replace(group.members[1], hosts=False)
    plan = plan_season(Season(("2027-01", "2027-02"), (replace(group, members=(group.members[0], lazy)),)))
    reason = plan.unplaced[0].because[0]
    assert reason.code == "too_few_hosts"
    assert reason.values["hosts"] == ["bakery"]
    assert reason.values["months"] == ["2027-01", "2027-02"]


def _crossing(**second: object) -> Season:
    """Two groups that can only meet on the same evening."""
    day = (date(2027, 1, 12),)
    one = Group("a", "anna", (Member("a1", None, hosts=True, capacity=5, evenings=day),), ((0,),))
    other = Group("b", "anna", (Member("b1", None, hosts=True, capacity=5, evenings=day),), ((0,),))
    return Season(("2027-01",), (one, replace(other, **second)))


def test_a_busy_coordinator_and_neighbours_are_named():
    assert plan_season(_crossing()).unplaced[0].because[0].code == "coordinator_busy"
    apart = plan_season(_crossing(coordinator="olli", neighbours=("a",)))
    assert apart.unplaced[0].because[0].code == "neighbours_meet"
    assert not plan_season(_crossing(coordinator="olli")).unplaced


def test_evenings_of_a_host_come_best_first_with_what_speaks_against_them():
    season = _crossing()
    plan = plan_season(season)
    taken = plan.turns[0].group
    other = "b" if taken == "a" else "a"
    found = evening_options(season, plan, other, f"{other}1", "2027-01")
    assert [option.fits for option in found] == [False]
    assert [reason.code for reason in found[0].reasons] == ["coordinator_busy"]
    free = evening_options(season, None, "a", "a1", "2027-01")
    assert (free[0].fits, free[0].rank, free[0].missing, free[0].reasons) == (True, 0, (), ())


def test_a_locked_turn_stays_though_another_month_goes_without() -> None:
    only = Member("a", None, hosts=True, capacity=20, evenings=(date(2027, 1, 12), date(2027, 2, 9)))
    group = Group(
        id="g",
        coordinator="c",
        members=(only,),
        travel_minutes=((0,),),
        locked=(Lock("2027-01", "a", date(2027, 1, 12)),),
    )
    plan = plan_season(Season(months=("2027-01", "2027-02"), groups=(group,)), deadline_seconds=5)
    assert [(turn.month, turn.host) for turn in plan.turns] == [("2027-01", "a")]
    assert [open_.month for open_ in plan.unplaced] == ["2027-02"]
