"""Ideas: who may write them where, who wants the same, which are alike, and what is wanted how much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from ydin.groups.models import CoreGroup, Seat
from ydin.groups.queries import groups_overseen_by, groups_read_by
from ydin.groups.rules import READING_STATES
from ydin.ideas.models import KIND_LABELS, SHOWN_LABELS, STATE_LABELS, TOPIC_LABELS, Idea, Support
from ydin.ideas.rules.counting import Cell
from ydin.ideas.rules.states import ALIKE_FROM, ALIKE_SHOWN, LIVE, Kind, Shown, State
from ydin.meetings.rules.states import MeetingState
from ydin.networks.models import Enterprise, Network, Region
from ydin.networks.queries import current_representatives, during, enterprises_of, utc_today
from ydin.people.models import Person

KIND_CHOICES = [(one.value, label) for one, label in KIND_LABELS.items()]
TOPIC_CHOICES = [(one.value, label) for one, label in TOPIC_LABELS.items()]
STATE_CHOICES = [(one.value, label) for one, label in STATE_LABELS.items()]
SHOWN_CHOICES = [(one.value, label) for one, label in SHOWN_LABELS.items()]
"""(value, label in the reader's language) for forms."""


def networks_of_groups(person: Person) -> QuerySet[Network]:
    """Return the networks in which the person holds a seat or coordinates, part of `ydin_idea_networks()`."""
    groups = CoreGroup.objects.filter(Q(pk__in=groups_read_by(person)) | Q(pk__in=groups_overseen_by(person)))
    return Network.objects.filter(pk__in=groups.values("network"))


def own_seats(person: Person) -> list[tuple[Enterprise, CoreGroup]]:
    """Return for which company and in which group the person may write an idea, by names."""
    seats = (
        Seat.objects.filter(enterprise__in=enterprises_of(person), state__in=READING_STATES)
        .select_related("enterprise", "group__network")
        .order_by("group__name", "enterprise__name", "pk")
    )
    return [(seat.enterprise, seat.group) for seat in seats]


def supporters(person: Person, idea: Idea) -> list[Enterprise]:
    """Return the person's companies that may support the idea: with a seat where it is read, not the author's."""
    seats = Seat.objects.filter(enterprise__in=enterprises_of(person), state__in=READING_STATES)
    where = {"group": idea.group_id} if idea.audience == Shown.GROUP else {"group__network": idea.network_id}
    found = Enterprise.objects.filter(pk__in=seats.filter(**where).values("enterprise"))
    return list(found.exclude(pk=idea.enterprise_id).order_by("name", "pk"))


def own_supports(person: Person, idea: Idea) -> QuerySet[Support]:
    """Return the supports of the person's companies."""
    return Support.objects.filter(idea=idea, enterprise__in=enterprises_of(person))


def companies_wanting(idea: Idea) -> list[str]:
    """Return the names of the companies that want it, the author's first."""
    others = Support.objects.filter(idea=idea).order_by("created_at", "pk")
    return [idea.enterprise.name, *others.values_list("enterprise__name", flat=True)]


def _supports(**of: Any) -> Any:
    """Return how many supports an idea has: looked up by idea, where an EXISTS would read all supports at once."""
    rows = Support.objects.filter(idea=OuterRef("pk"), **of).order_by().values("idea")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def with_counts(ideas: QuerySet[Idea], person: Person) -> QuerySet[Any]:
    """Return ideas with `wanted` (companies), `is_mine`, `is_supported` and `may_support`, one query for a page."""
    mine = list(enterprises_of(person).values_list("pk", flat=True))
    seats = Seat.objects.filter(enterprise__in=mine, state__in=READING_STATES).exclude(
        enterprise=OuterRef("enterprise")
    )
    sits = Q(Exists(seats.filter(group=OuterRef("group")))) | (
        Q(audience=Shown.NETWORK) & Q(Exists(seats.filter(group__network=OuterRef("network"))))
    )
    return (
        ideas.select_related("enterprise", "group__network", "taken_by", "meeting")
        .alias(own_supports=_supports(enterprise__in=mine))
        .annotate(
            wanted=_supports() + 1,
            is_mine=Case(When(enterprise__in=mine, then=True), default=False, output_field=BooleanField()),
            is_supported=Case(
                When(own_supports__gt=0, then=True), default=False, output_field=BooleanField()
            ),
            may_support=Case(
                When(Q(state__in=LIVE) & sits, then=True), default=False, output_field=BooleanField()
            ),
        )
    )


def by_most_wanted(ideas: QuerySet[Idea]) -> QuerySet[Any]:
    """Return ideas, those that most companies want first."""
    return ideas.annotate(wanted=_supports() + 1).order_by("-wanted", "-pk")


def counted(ids: Sequence[int], person: Person) -> list[Any]:
    """Return the ideas of these ids in their order, as `with_counts` tells of them: only a page's are counted."""
    found = {one.pk: one for one in with_counts(Idea.objects.filter(pk__in=ids), person)}
    return [found[pk] for pk in ids if pk in found]


def listed(
    ideas: QuerySet[Any], *, kind: str = "", state: str = "", words: str = "", group: str = ""
) -> QuerySet[Any]:
    """Return ideas of a kind, state and group in which each of the words comes; those closed come when asked for."""
    found = ideas.filter(state=state) if state else ideas.exclude(state=State.CLOSED)
    if kind:
        found = found.filter(kind=kind)
    if group.isdecimal():
        found = found.filter(group=int(group))
    for word in words.split()[:10]:
        found = found.filter(
            Q(text__icontains=word) | Q(why__icontains=word) | Q(enterprise__name__icontains=word)
        )
    return found


def people_who_asked(idea: Idea) -> list[Person]:
    """Return who is told what came of it: whoever wrote or supported it, else the people of that company."""
    asked = {idea.enterprise_id: idea.author_id}
    asked |= dict(Support.objects.filter(idea=idea).values_list("enterprise", "person"))
    acting: dict[int, list[Person]] = {}
    for acts in current_representatives().filter(enterprise__in=list(asked), person__is_active=True):
        assert acts.enterprise_id is not None
        acting.setdefault(acts.enterprise_id, []).append(acts.person)
    found: dict[int, Person] = {}
    for company, person in asked.items():
        people = acting.get(company, [])
        for one in [p for p in people if p.pk == person] or people:
            found.setdefault(one.pk, one)
    return list(found.values())


def author_is_there(idea: Idea) -> bool:
    """Tell whether whoever wrote it still acts for the company."""
    return current_representatives().filter(enterprise=idea.enterprise_id, person=idea.author_id).exists()


def _stems(language: Any, words: Any) -> Func:
    return Func(language, words, function="ydin_stems", output_field=TextField())


def alike(ideas: QuerySet[Idea], text: str, language: str, *, but: int = 0) -> list[Idea]:
    """Return those of the ideas that wait and are most like the words, the most alike first.

    Words are compared by their stems in the idea's own language, and stems by their trigrams (pg_trgm).
    """
    if not text.strip():
        return []
    typed = _stems(Value(language), Value(text))
    same = Func(_stems(F("language"), F("text")), typed, function="similarity", output_field=FloatField())
    found = ideas.filter(state__in=[*LIVE, State.ANSWERED]).exclude(pk=but)
    close = found.select_related("enterprise", "group").annotate(likeness=same)
    return list(close.filter(likeness__gte=ALIKE_FROM).order_by("-likeness", "-pk")[:ALIKE_SHOWN])


def themes_wanted(ideas: QuerySet[Idea], group_id: int) -> QuerySet[Any]:
    """Return the themes that a group's companies want, the most wanted first: its own, and those they support."""
    there = Seat.objects.filter(group=group_id, state__in=READING_STATES).values("enterprise")
    ours = Q(group=group_id) | Q(pk__in=Support.objects.filter(enterprise__in=there).values("idea"))
    return (
        ideas.filter(ours, kind=Kind.THEME, state__in=[State.OPEN, State.TAKEN])
        .select_related("enterprise", "group")
        .annotate(wanted=_supports() + 1)
        .order_by("-wanted", "-pk")
    )


def themes_of_network(ideas: QuerySet[Idea], network: Network) -> QuerySet[Idea]:
    """Return what is told to the whole network and waits for somebody."""
    waits = [State.OPEN, State.TAKEN, State.PLANNED]
    return ideas.filter(network=network, audience=Shown.NETWORK, state__in=waits)


def ideas_about(meetings: Iterable[int]) -> QuerySet[Idea]:
    """Return the ideas that are themes of these evenings."""
    return Idea.objects.filter(meeting__in=list(meetings)).select_related("enterprise", "group")


def stranded_themes() -> QuerySet[Idea]:
    """Return themes planned for an evening that is gone or cancelled."""
    gone = Q(meeting__isnull=True) | Q(meeting__state=MeetingState.CANCELLED)
    return Idea.objects.filter(gone, state=State.PLANNED).order_by("pk")


def wanted_cells(network: Network) -> list[Cell]:
    """Return how many companies want what, by region and group, also of what is told inside groups only.

    By a function of the database, which counts and tells no text. `rules.counting.told` says what may be shown.
    """
    with connection.cursor() as cursor:
        cursor.execute("select region, core_group, kind, topic, companies from ydin_wanted(%s)", [network.pk])
        return [Cell(*row) for row in cursor.fetchall()]


def region_names(network: Network, language: str) -> dict[int, str]:
    """Return the names of the network's regions by id, in the reader's language if there is one."""
    rows = Region.objects.filter(network=network)
    return {r.pk: getattr(r, f"name_{language[:2]}", "") or r.name_fi for r in rows}


def group_names(network: Network) -> dict[int, str]:
    """Return the names of the network's groups by id."""
    return dict(CoreGroup.objects.filter(network=network).values_list("pk", "name"))


def fresh_ideas(ideas: QuerySet[Idea], person: Person, since: Any, until: Any, most: int) -> list[Idea]:
    """Return ideas of others written in a span of time that still wait, the newest first."""
    new = ideas.filter(state__in=LIVE, created_at__gt=since, created_at__lte=until)
    others = new.exclude(enterprise__in=enterprises_of(person))
    return list(others.select_related("enterprise", "group").order_by("-created_at", "-pk")[:most])


def current_role_exists(roles: Iterable[str], person: str, network: str) -> Exists:
    """Return the condition that whoever stands in `person` holds one of the roles in `network` today."""
    day = utc_today()
    held = Network.objects.filter(
        during(day, "role_assignments__"),
        pk=OuterRef(network),
        role_assignments__person=OuterRef(person),
        role_assignments__role__in=list(roles),
    )
    return Exists(held)
