"""What companies do together: the ledger, counts and the links that a reader may see."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from ydin.groups.models import CoreGroup, Seat
from ydin.groups.queries import groups_of_member, groups_overseen_by, groups_read_by, readers_of
from ydin.groups.rules import READING_STATES
from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of
from ydin.partnerships.models import (
    BAND_LABELS,
    TOGETHER_LABELS,
    TOLD_LABELS,
    Collaboration,
    Introduction,
    LedgerFigure,
)
from ydin.partnerships.queries.listings import partner_networks
from ydin.partnerships.rules import IntroductionState, TogetherState, Told
from ydin.partnerships.rules.beside import Known
from ydin.partnerships.rules.figures import Figure, Link
from ydin.people.models import Person

TOGETHER_CHOICES = [(key.value, label) for key, label in TOGETHER_LABELS.items()]
TOLD_CHOICES = [(key.value, label) for key, label in TOLD_LABELS.items()]
BAND_CHOICES = [(key.value, label) for key, label in BAND_LABELS.items()]
MOST_LINKS = 400
"""So many links are drawn at most, the newest."""


def _of(company: str, person: Person) -> Q:
    return Q(**{f"{company}__in": enterprises_of(person)})


def own_together(person: Person) -> QuerySet[Collaboration]:
    """Return what the person's companies do with others, in every state, newest first."""
    return (
        Collaboration.objects.filter(_of("one", person) | _of("other", person))
        .select_related("one", "other", "group", "network", "recorded_by", "brought_together_by")
        .order_by("-began_on", "-pk")
    )


def together_seen_by(person: Person) -> QuerySet[Collaboration]:
    """Return the collaborations whose companies the person may know: own ones and those told to them."""
    told = Q(told=Told.NETWORK, network__in=partner_networks(person)) | Q(
        told=Told.GROUP, group__in=groups_read_by(person)
    )
    return Collaboration.objects.filter(
        _of("one", person) | _of("other", person) | (Q(state=TogetherState.CONFIRMED) & told)
    )


def confirmed(rows: QuerySet[Collaboration], *, group: CoreGroup | None) -> QuerySet[Collaboration]:
    """Return the confirmed ones, of companies in the group if one is given, newest first."""
    found = rows.filter(state=TogetherState.CONFIRMED)
    if group is not None:
        seats = Seat.objects.filter(group=group, state__in=READING_STATES).values("enterprise")
        found = found.filter(Q(one__in=seats) | Q(other__in=seats))
    return found.select_related("one", "other").order_by("-began_on", "-pk")


def hidden_links(network_id: int, group: CoreGroup | None) -> list[Link]:
    """Return the confirmed collaborations that the acting person may not know: years and dots, no name, no kind.

    The database gives none where they are too few, or one company has most of them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select extract(year from began_on)::int, one_dot, other_dot from ydin_partner_links(%s, %s) limit %s",
            [network_id, group.pk if group else None, MOST_LINKS],
        )
        return [Link("", year, one, other) for year, one, other in cursor.fetchall()]


def figures_told(network_id: int, group: CoreGroup | None) -> list[Figure]:
    """Return the numbers of the place that may be told, as they were reckoned last."""
    rows = LedgerFigure.objects.filter(network=network_id, group=group)
    return [
        Figure(*row)
        for row in rows.order_by("year", "kind").values_list("group", "kind", "year", "number", "companies")
    ]


def ledger_links(network_id: int) -> list[Link]:
    """Return every confirmed collaboration of the network by number, for the worker to reckon figures from."""
    seats: dict[int, set[int]] = {}
    for company, group in Seat.objects.filter(
        group__network=network_id, state__in=READING_STATES
    ).values_list("enterprise_id", "group_id"):
        seats.setdefault(company, set()).add(group)
    rows = Collaboration.objects.filter(network=network_id, state=TogetherState.CONFIRMED).order_by("pk")
    return [
        Link(kind, day.year, one, other, frozenset(seats.get(one, set()) | seats.get(other, set())))
        for kind, day, one, other in rows.values_list("kind", "began_on", "one_id", "other_id")
    ]


def networks_with_ledger() -> list[int]:
    """Return the ids of the networks in which something is written down, or told."""
    rows = Collaboration.objects.values_list("network_id", flat=True)
    told = LedgerFigure.objects.values_list("network_id", flat=True)
    return sorted({*rows.distinct(), *told.distinct()})


def known_pairs(network_id: int) -> list[tuple[int, int]]:
    """Return which companies work together and let others know it."""
    rows = Collaboration.objects.filter(network=network_id, state=TogetherState.CONFIRMED)
    return list(rows.exclude(told=Told.PAIR).values_list("one_id", "other_id"))


def known_links(network_id: int) -> list[Known]:
    """Return every confirmed collaboration with who may know of it, for the worker."""
    rows = Collaboration.objects.filter(network=network_id, state=TogetherState.CONFIRMED).order_by("pk")
    return [Known(*row) for row in rows.values_list("one_id", "other_id", "told", "group_id")]


def possible_partners(person: Person) -> list[Enterprise]:
    """Return the companies that the person may name: of their groups, and those they were introduced to."""
    mine = enterprises_of(person)
    met = Introduction.objects.filter(state=IntroductionState.MET).filter(
        Q(need_company__in=mine) | Q(offer_company__in=mine)
    )
    beside = Seat.objects.filter(group__in=groups_of_member(person), state__in=READING_STATES)
    return list(
        Enterprise.objects.filter(
            Q(pk__in=beside.values("enterprise"))
            | Q(pk__in=met.values("need_company"))
            | Q(pk__in=met.values("offer_company"))
        )
        .exclude(pk__in=mine)
        .order_by("name", "pk")
    )


def possible_helpers(person: Person) -> list[Person]:
    """Return who may have brought two companies together: those of the person's groups and who coordinate them."""
    found: dict[int, Person] = {}
    for group in groups_of_member(person).order_by("pk"):
        found |= {one.person.pk: one.person for one in readers_of(group)}
    found |= {one.asker_id: one.asker for one in introductions_made_for(person)}
    found.pop(person.pk, None)
    return sorted(found.values(), key=lambda one: (str(one).casefold(), one.pk))


def introductions_made_for(person: Person) -> QuerySet[Introduction]:
    """Return the introductions by somebody else that brought a company of the person together with another one."""
    mine = enterprises_of(person)
    return (
        Introduction.objects.filter(state=IntroductionState.MET, suggestion__isnull=True)
        .filter(Q(need_company__in=mine) | Q(offer_company__in=mine))
        .exclude(asker=person)
        .select_related("asker")
        .order_by("pk")
    )


def introducible(person: Person) -> list[Enterprise]:
    """Return the companies that the person may bring together: of the groups they sit in or look after."""
    groups = CoreGroup.objects.filter(
        Q(pk__in=groups_of_member(person)) | Q(pk__in=groups_overseen_by(person))
    )
    beside = Seat.objects.filter(group__in=groups, state__in=READING_STATES)
    return list(
        Enterprise.objects.filter(pk__in=beside.values("enterprise"))
        .exclude(pk__in=enterprises_of(person))
        .order_by("name", "pk")
    )


def common_group(one: Enterprise, other: Enterprise) -> CoreGroup | None:
    """Return a group in which both companies hold a seat, else one of the first company's."""
    seats = {"seats__state__in": READING_STATES}
    ours = CoreGroup.objects.filter(seats__enterprise=one, **seats).order_by("pk")
    return (
        ours.filter(pk__in=CoreGroup.objects.filter(seats__enterprise=other, **seats)).first() or ours.first()
    )


def same_collaboration(one: int, other: int, kind: str, began_on: date) -> Collaboration | None:
    """Return the same collaboration, whoever of the two wrote it down."""
    pair = Q(one=one, other=other) | Q(one=other, other=one)
    return (
        Collaboration.objects.filter(pair, kind=kind, began_on=began_on)
        .exclude(state=TogetherState.DECLINED)
        .first()
    )
