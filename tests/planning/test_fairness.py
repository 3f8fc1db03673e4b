from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.planning.checking import instances

from ydin.planning.samples import sample_season
from ydin.planning.season import in_turn, load, plan_season


def test_after_four_seasons_nobody_hosted_two_times_more_than_another():
    source = sample_season(1, 3)
    members = source["groups"][0]["members"]
    times = {member["id"]: 0 for member in members}
    for year in range(4):
        fresh = sample_season(1, f"3-{year}")["groups"][0]["members"]
        for member, other in zip(members, fresh, strict=True):
            dates = {key: other[key] for key in ("evenings", "unavailable")}
            member.update(dates, hosts=True, capacity=40)
        plan = plan_season(in_turn(load(source), times), exact_regrets=False)
        assert not plan.unplaced
        for turn in plan.turns:
            times[turn.host] += 1
    assert max(times.values()) - min(times.values()) <= 1


def test_spare_members_and_locked_hosts_stay_askable():
    season = load(sample_season(1, 1))
    lone = in_turn(season, {})
    wide = in_turn(season, {}, spare=4)
    assert sum(m.hosts for m in lone.groups[0].members) == 12
    assert sum(m.hosts for m in wide.groups[0].members) == 16


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(instances(most_groups=1), st.integers(0, 3))
def test_asking_in_turn_never_leaves_a_month_open_that_could_be_filled(source, seed):
    season = load(source)
    times = {m.id: (n * seed) % 3 for n, m in enumerate(season.groups[0].members)}
    fair = plan_season(in_turn(season, times), exact_regrets=False)
    assert len(fair.turns) == len(plan_season(season, exact_regrets=False).turns)
