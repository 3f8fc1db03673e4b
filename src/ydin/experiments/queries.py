"""Reusable querysets of experiments, and what their pages are made of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
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
    Companion,
    Experiment,
    PublicText,
)
from ydin.experiments.rules.card import Audience, Part, State, end_on, half_on
from ydin.groups.models import CoreGroup
from ydin.groups.queries import (
    coordinators_of,
    groups_coordinated_by,
    groups_overseen_by,
    groups_read_by,
    living_seats,
)
from ydin.groups.rules import READING_STATES
from ydin.kernel.clock import now
from ydin.meetings.models import Meeting, Promise
from ydin.meetings.rules.states import MeetingState
from ydin.networks.models import Enterprise
from ydin.networks.queries import current_representatives, enterprises_of
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
MOST_NEWS = 20
HOSTS_FOR = timedelta(days=31)
"""So long before and after its evening a company is the group's host of the month."""
Place = tuple[Enterprise | None, CoreGroup]
"""Who tries something, and in which group; no company: the group as one."""


def networks_shared_with(person: Person) -> QuerySet[CoreGroup, Any]:
    """Return the networks in which the person reads or oversees a group, as `ydin_experiment_networks()`."""
    mine = Q(pk__in=groups_read_by(person)) | Q(pk__in=groups_overseen_by(person))
    return CoreGroup.objects.filter(mine).values("network")


def groups_hosted_by(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups whose host of the month is a company of the person, which takes part in them."""
    moment = now()
    evenings = Meeting.objects.filter(
        host__in=enterprises_of(person),
        state__in=[MeetingState.ANNOUNCED, MeetingState.HELD],
        starts_at__gte=moment - HOSTS_FOR,
        starts_at__lte=moment + HOSTS_FOR,
    )
    return groups_read_by(person).filter(pk__in=evenings.values("group"))


def places_of(person: Person) -> list[Place]:
    """Return who may begin an experiment by the person's hand, and in which group: their own companies first.

    Their own companies in groups where these hold a seat; as coordinator every company of the group, and as
    coordinator or host of the month the group itself.
    """
    own = set(enterprises_of(person).values_list("pk", flat=True))
    coordinated = set(groups_coordinated_by(person).values_list("pk", flat=True))
    led = coordinated | set(groups_hosted_by(person).values_list("pk", flat=True))
    ours: list[Place] = []
    groups: list[Place] = []
    others: list[Place] = []
    for group in CoreGroup.objects.filter(pk__in=groups_read_by(person)).order_by("name", "pk"):
        if group.pk in led:
            groups.append((None, group))
        for seat in living_seats(group):
            if seat.enterprise_id in own:
                ours.append((seat.enterprise, group))
            elif group.pk in coordinated:
                others.append((seat.enterprise, group))
    return [*ours, *groups, *others]


def companies_around(group: CoreGroup | None, but: int | None) -> list[tuple[int, str]]:
    """Return (id, name) of the group's companies, without one of them."""
    if group is None:
        return []
    return [(s.enterprise_id, s.enterprise.name) for s in living_seats(group) if s.enterprise_id != but]


def companions_of(experiment: Experiment) -> list[Companion]:
    """Return who is along, by name."""
    rows = Companion.objects.filter(experiment=experiment).select_related("enterprise")
    return list(rows.order_by("enterprise__name", "pk"))


def own_companies(person: Person | None, experiment: Experiment) -> list[Enterprise]:
    """Return the person's companies that may be along: not the one whose experiment it is, by name."""
    if person is None:
        return []
    found = enterprises_of(person).filter(network=experiment.network_id)
    if experiment.enterprise_id is not None:
        found = found.exclude(pk=experiment.enterprise_id)
    return list(found.order_by("name", "pk"))


def part_of(enterprise: Enterprise, experiment: Experiment) -> Part:
    """Return how a company is along: it takes part where its own group tries it, else it follows."""
    seats = enterprise.seats.filter(group=experiment.group_id, state__in=READING_STATES)
    is_groups = experiment.enterprise_id is None
    return Part.JOINS if is_groups and seats.exists() else Part.FOLLOWS


def people_behind(experiment: Experiment) -> list[Person]:
    """Return who is written to about an experiment: its author while they answer for it, else all who do.

    A company's own people; where a group tries it, the group's coordinators.
    """
    group, author = experiment.group, experiment.author
    if experiment.enterprise_id is not None:
        acting = current_representatives().filter(enterprise=experiment.enterprise_id, person__is_active=True)
        answering = [acts.person for acts in acting]
    elif group is not None:
        answering = coordinators_of(group)
        if author is not None and groups_read_by(author).filter(pk=group.pk).exists():
            answering = [author, *answering]
    else:
        return []
    return [person for person in answering if person.pk == experiment.author_id][:1] or answering


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
    for one in running.select_related("enterprise", "group").order_by("ends_on", "pk")[: MOST_DUE * 5]:
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
    rows = Experiment.objects.select_related(
        "enterprise", "group__network", "network", "author", "copied_from__group", "copied_from__author"
    )
    return rows.filter(pk=pk).first()


def news_followed(
    experiments: QuerySet[Experiment], person: Person, since: datetime, until: datetime
) -> list[Experiment]:
    """Return those of the experiments that a company of the person goes along with and that told something new.

    That is: at half-time or at their end, within this time; not those of their own companies; newest first.
    """
    along = Companion.objects.filter(enterprise__in=enterprises_of(person)).values("experiment")
    told = Q(halfway_at__gt=since, halfway_at__lte=until) | Q(closed_at__gt=since, closed_at__lte=until)
    rows = experiments.filter(told, pk__in=along).exclude(enterprise__in=enterprises_of(person))
    return list(rows.select_related("enterprise", "group").order_by("-pk")[:MOST_NEWS])


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


def promises_to_begin(person: Person, promises: Collection[Promise]) -> set[int]:
    """Return the ids of those promises of which the person may make an experiment: of none was one made yet."""
    if not promises:
        return set()
    places = {(company.pk, group.pk) for company, group in places_of(person) if company is not None}
    begun = set(Experiment.objects.filter(promise__in=promises).values_list("promise", flat=True))
    mine = {one.pk for one in promises if (one.enterprise_id, one.group_id) in places}
    return mine - begun
