"""Reusable querysets of experiments, and what their pages are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from babel import Locale
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from ydin.experiments.models import (
    AUDIENCE_LABELS,
    HELPER_LABELS,
    KIND_LABELS,
    SOURCE_LABELS,
    STATE_LABELS,
    VERDICT_LABELS,
    Experiment,
    PublicText,
)
from ydin.experiments.rules.card import Audience, State, end_on, half_on
from ydin.groups.models import CoreGroup
from ydin.groups.queries import groups_coordinated_by, groups_overseen_by, groups_read_by, living_seats
from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of
from ydin.people.models import Person

KIND_CHOICES = [(one.value, label) for one, label in KIND_LABELS.items()]
STATE_CHOICES = [(one.value, label) for one, label in STATE_LABELS.items()]
AUDIENCE_CHOICES = [
    (one.value, label) for one, label in AUDIENCE_LABELS.items() if one is not Audience.PUBLIC
]
VERDICT_CHOICES = [(one.value, label) for one, label in VERDICT_LABELS.items()]
HELPER_CHOICES = [(one.value, label) for one, label in HELPER_LABELS.items()]
SOURCE_CHOICES = [(one.value, label) for one, label in SOURCE_LABELS.items()]
"""(value, label in the reader's language) for forms."""
MOST_IN_TREE = 300
MOST_DUE = 20


def networks_shared_with(person: Person) -> QuerySet[CoreGroup, Any]:
    """Return the networks in which the person reads or oversees a group, as `ydin_experiment_networks()`."""
    mine = Q(pk__in=groups_read_by(person)) | Q(pk__in=groups_overseen_by(person))
    return CoreGroup.objects.filter(mine).values("network")


def places_of(person: Person) -> list[tuple[Enterprise, CoreGroup]]:
    """Return for which company and in which group the person may begin an experiment, by name.

    Their own companies in groups where these hold a seat; as coordinator every company of the group.
    """
    own = set(enterprises_of(person).values_list("pk", flat=True))
    coordinated = set(groups_coordinated_by(person).values_list("pk", flat=True))
    found: list[tuple[Enterprise, CoreGroup]] = []
    for group in CoreGroup.objects.filter(pk__in=groups_read_by(person)).order_by("name", "pk"):
        for seat in living_seats(group):
            if seat.enterprise_id in own or group.pk in coordinated:
                found += [(seat.enterprise, group)]
    return sorted(found, key=lambda place: place[0].pk not in own)


def companies_around(group: CoreGroup | None, but: int | None) -> list[tuple[int, str]]:
    """Return (id, name) of the group's companies, without one of them."""
    if group is None:
        return []
    return [(s.enterprise_id, s.enterprise.name) for s in living_seats(group) if s.enterprise_id != but]


def names_of(ids: Iterable[int]) -> list[str]:
    """Return the companies' names in order."""
    wanted = Enterprise.objects.filter(pk__in=list(ids)).order_by("name", "pk")
    return list(wanted.values_list("name", flat=True))


def countries() -> list[tuple[str, str]]:
    """Return (code, name in the reader's language) of the world's countries, by name."""
    names = Locale.parse(get_language() or "fi", sep="-").territories
    real = [(c, n) for c, n in names.items() if len(c) == 2 and c.isalpha() and c not in _NO_COUNTRY]  # noqa: PLR2004
    return sorted(real, key=lambda pair: pair[1])


_NO_COUNTRY = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}
"""Codes of Unicode's list that name no country of ISO 3166-1."""


def country_name(code: str) -> str:
    """Return a country's name in the reader's language."""
    return str(Locale.parse(get_language() or "fi", sep="-").territories.get(code, code))


def line_of(experiments: QuerySet[Experiment], root: int) -> list[Experiment]:
    """Return of these experiments those that descend from `root`, and itself, oldest first."""
    line = experiments.filter(Q(pk=root) | Q(lineage__0=root))
    return list(line.select_related("enterprise", "group").order_by("pk")[:MOST_IN_TREE])


def due_in_group(experiments: QuerySet[Experiment], day: date) -> list[Experiment]:
    """Return what is being tried and has its end or its half-time before `day`, the end soonest first.

    Each has `at_end` set: whether its time is over by then.
    """
    running = experiments.filter(state=State.RUNNING, starts_on__isnull=False)
    found = []
    for one in running.select_related("enterprise").order_by("ends_on", "pk")[: MOST_DUE * 5]:
        assert one.starts_on is not None
        if half_on(one.starts_on, one.weeks) <= day:
            one.at_end = end_on(one.starts_on, one.weeks) <= day  # type: ignore[attr-defined]
            found.append(one)
    return found[:MOST_DUE]


def running_ids() -> list[int]:
    """Return what is being tried and may have to be asked about."""
    waiting = Experiment.objects.filter(state=State.RUNNING, end_asked_at__isnull=True)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def experiment_by_link(pk: int) -> Experiment | None:
    """Return the experiment that a signed link names, as far as row security shows it."""
    return Experiment.objects.select_related("enterprise", "group", "network").filter(pk=pk).first()


def public_texts() -> QuerySet[PublicText]:
    """Return the public texts, newest first."""
    return PublicText.objects.select_related("network").order_by("-published_at", "-pk")


def public_text_of(experiment: Experiment) -> PublicText | None:
    """Return the experiment's public text, if there is one."""
    return PublicText.objects.filter(experiment=experiment).first()


def of_promises(experiments: QuerySet[Experiment]) -> dict[int, int]:
    """Return the experiments' ids by the promise that they were born from."""
    pairs = experiments.filter(promise__isnull=False).values_list("promise", "pk")
    return dict(pairs)
