"""What companies do together: the ledger, counts and the links that a reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from ydin.groups.models import CoreGroup, Seat
from ydin.groups.queries import groups_of_member, groups_read_by, readers_of
from ydin.groups.rules import READING_STATES
from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of
from ydin.partnerships.models import (
    BAND_LABELS,
    TOGETHER_LABELS,
    TOLD_LABELS,
    Collaboration,
    Introduction,
)
from ydin.partnerships.queries.listings import partner_networks
from ydin.partnerships.rules import Count, IntroductionState, TogetherState, Told
from ydin.people.models import Person

TOGETHER_CHOICES = [(key.value, label) for key, label in TOGETHER_LABELS.items()]
TOLD_CHOICES = [(key.value, label) for key, label in TOLD_LABELS.items()]
BAND_CHOICES = [(key.value, label) for key, label in BAND_LABELS.items()]
MOST_LINKS = 400
"""So many links are drawn at most, the newest."""


@dataclass(frozen=True)
class HiddenLink:
    """A link between two companies whom the reader may not know: dots with a number that means nothing."""

    kind: str
    began_on: date
    one: int
    other: int


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


def hidden_links(network_id: int, group: CoreGroup | None) -> list[HiddenLink]:
    """Return the confirmed collaborations that the acting person may not know, without any name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select kind, began_on, one_dot, other_dot from ydin_partner_links(%s, %s) limit %s",
            [network_id, group.pk if group else None, MOST_LINKS],
        )
        return [HiddenLink(*row) for row in cursor.fetchall()]


def counts_of(network_id: int, group: CoreGroup | None) -> list[Count]:
    """Return how many confirmed collaborations of each kind there are; the database leaves small cells out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select kind, number, companies from ydin_partner_counts(%s, %s)",
            [network_id, group.pk if group else None],
        )
        return [Count(*row) for row in cursor.fetchall()]


def known_pairs(network_id: int) -> list[tuple[int, int]]:
    """Return which companies work together and let others know it."""
    rows = Collaboration.objects.filter(network=network_id, state=TogetherState.CONFIRMED)
    return list(rows.exclude(told=Told.PAIR).values_list("one_id", "other_id"))


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
    found.pop(person.pk, None)
    return sorted(found.values(), key=lambda one: (str(one).casefold(), one.pk))


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
