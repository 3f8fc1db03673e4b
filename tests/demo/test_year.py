"""The sample network's dates look alive on whatever day somebody starts the demo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ydin.demo.rules.network import AREAS
from ydin.demo.rules.parts import PARTS, Phase, Twist
from ydin.demo.rules.year import Diary, GroupYear, group_year
from ydin.kernel.clock import month_start

AWKWARD = [
    date(2026, 1, 1), date(2026, 1, 18), date(2026, 2, 28), date(2028, 2, 29), date(2026, 4, 3),
    date(2026, 6, 29), date(2026, 7, 15), date(2026, 8, 2), date(2026, 11, 30), date(2026, 12, 24),
]  # fmt: skip


def years(today: date) -> dict[str, GroupYear]:
    diary = Diary(today)
    order = sorted(enumerate(AREAS), key=lambda item: PARTS[item[1].slug].ahead)
    return {
        a.slug: group_year(i, PARTS[a.slug], (f"r{a.region}", f"c{a.coordinator}"), diary) for i, a in order
    }


@pytest.mark.parametrize("today", AWKWARD)
def test_two_seasons_are_over_and_one_goes_on(today: date) -> None:
    for slug, year in years(today).items():
        behind = [day for season in year.past for day in season.evenings] + list(year.behind)
        assert behind == sorted(behind), slug
        assert behind[-1] < today, slug
        assert len({month_start(day) for day in behind}) == len(behind), "one evening a month"
        assert len({season.name for season in year.past} | {year.name}) == 3
        assert year.past[-1].months[-1] < year.months[0]


@pytest.mark.parametrize("today", AWKWARD)
def test_running_groups_meet_soon_and_never_two_of_a_coordinator_at_once(today: date) -> None:
    taken: set[tuple[int, date]] = set()
    for slug, year in years(today).items():
        area = next(a for a in AREAS if a.slug == slug)
        if PARTS[slug].phase is not Phase.RUNNING:
            assert year.upcoming is None
            continue
        assert year.upcoming is not None
        assert month_start(year.upcoming) == year.months[2]
        if PARTS[slug].twist is not Twist.JUST_HELD:
            assert today < year.upcoming < today + timedelta(days=PARTS[slug].ahead + 14)
        for key in (area.region, area.coordinator + 100):
            assert (key, year.upcoming) not in taken
            taken.add((key, year.upcoming))


def test_the_evening_without_memo_was_held_on_the_last_working_day() -> None:
    year = years(date(2026, 11, 22))["nivala-haapajarvi"]  # a Sunday
    assert year.behind[-1] == date(2026, 11, 19)
