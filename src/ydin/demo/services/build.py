"""Building the whole sample network, once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.utils import translation

from ydin.demo.rules.network import AREAS, sample_companies
from ydin.demo.rules.parts import NETWORK, PARTS, Phase
from ydin.demo.rules.year import GroupYear, group_year
from ydin.demo.services.around import build_applications, build_events, give_calendar_address
from ydin.demo.services.evenings import build_evenings
from ydin.demo.services.experiments import build_experiments
from ydin.demo.services.groups import build_group, join_neighbours
from ydin.demo.services.history import build_history
from ydin.demo.services.ideas import build_ideas
from ydin.demo.services.institutes import build_institutes
from ydin.demo.services.network import Built, build_network
from ydin.demo.services.partnerships import build_partnerships
from ydin.demo.services.privacy import build_privacy
from ydin.demo.services.seasons import begin_running, collect_wishes, propose_season
from ydin.demo.services.stories import build_stories
from ydin.kernel.clock import today
from ydin.meetings.models import Season
from ydin.networks.queries import find_network
from ydin.people.rules import DEFAULT_TIME_ZONE

Say = Callable[[str], object]


def build_demo(*, actor: None, say: Say) -> bool:
    """Build the sample network unless it exists; tell `say` one line a step; return whether it was built."""
    if find_network(NETWORK) is not None:
        return False
    with translation.override("fi"), _fewer_statements():
        built = build_network(actor=actor, today=today(DEFAULT_TIME_ZONE))
        samples = sample_companies()
        for area in AREAS:
            built.groups[area.slug] = build_group(
                actor=actor, built=built, area=area, companies=samples[area.slug]
            )
            say(f"{area.group}: {len(samples[area.slug])} companies")
        join_neighbours(actor=actor, built=built)
        _count_rows()
        _build_years(actor, built, say)
        build_applications(actor=actor, built=built)
        build_events(actor=actor, built=built)
        give_calendar_address(actor=actor, built=built)
        build_partnerships(actor=actor, built=built)
        texts = build_experiments(actor=actor, built=built)
        build_stories(actor=actor, built=built, texts=texts)
        build_privacy(actor=actor, built=built)
        build_ideas(actor=actor, built=built)
        build_institutes(actor=actor, built=built)
        _count_rows()
    return True


@contextlib.contextmanager
def _fewer_statements() -> Iterator[None]:
    """Leave savepoints out: half of all statements, of use only where a failure is survived. Here none is."""
    features: Any = connection.features
    before = features.uses_savepoints
    features.uses_savepoints = False
    try:
        yield
    finally:
        features.uses_savepoints = before


def _count_rows() -> None:
    """Tell PostgreSQL how much there is; its own counting would come after the first visitors."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _build_years(actor: None, built: Built, say: Say) -> None:
    """Build every group's years; next evenings are fixed before the planner fills the rest around them."""
    years = _years(built)
    running: dict[str, Season] = {}
    for slug, one in built.groups.items():
        history = build_history(actor=actor, one=one, year=years[slug])
        if PARTS[slug].phase is Phase.RUNNING:
            running[slug] = begin_running(actor=actor, one=one, year=years[slug], history=history)
    for slug, one in built.groups.items():
        upcoming = years[slug].upcoming
        if slug in running and upcoming is not None:
            build_evenings(actor=actor, one=one, season=running[slug], upcoming=upcoming)
        elif PARTS[slug].phase is Phase.PROPOSED:
            propose_season(actor=actor, one=one, year=years[slug])
        else:
            collect_wishes(actor=actor, one=one, year=years[slug])
        say(f"{one.area.group}: {PARTS[slug].phase}")


def _years(built: Built) -> dict[str, GroupYear]:
    years = {}
    soonest_first = sorted(enumerate(AREAS), key=lambda item: PARTS[item[1].slug].ahead)
    for index, area in soonest_first:
        keys = (f"region {area.region}", f"coordinator {area.coordinator}")
        years[area.slug] = group_year(index, PARTS[area.slug], keys, built.diary)
    return years
