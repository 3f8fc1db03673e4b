"""Pages of the log, and the names of what stands in it as numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from ydin.audit.models import Entry
from ydin.experiments.models import Experiment
from ydin.groups.models import CoreGroup, GroupCoordinator, Seat
from ydin.groups.queries import coordinators_of, readers_of
from ydin.groups.rules import READING_STATES, SeatState
from ydin.kernel.clock import now
from ydin.meetings.models import Meeting
from ydin.meetings.rules.states import MeetingState
from ydin.networks.models import ContactCard, Enterprise, Network
from ydin.networks.queries import (
    current_representatives,
    during,
    network_coordinators,
    networks_known_to,
    utc_today,
)
from ydin.partnerships.models import Listing
from ydin.partnerships.rules import ListingState
from ydin.people.models import Person

MOST = 30
"""So many of a company's experiments, and of its offers and needs, are listed one by one."""


@dataclass(frozen=True)
class Filter:
    """What of the log is wanted: acts whose first word is `kind`, of one person, between two days (UTC)."""

    kind: str = ""
    person: int | None = None
    first: date | None = None
    last: date | None = None


def chosen(entries: QuerySet[Entry], wanted: Filter) -> QuerySet[Entry]:
    """Return the wanted entries, the newest first."""
    if wanted.kind:
        entries = entries.filter(Q(action__startswith=f"{wanted.kind}."))
    if wanted.person is not None:
        entries = entries.filter(Q(actor=wanted.person) | Q(of_person=wanted.person))
    if wanted.first:
        entries = entries.filter(at__date__gte=wanted.first)
    if wanted.last:
        entries = entries.filter(at__date__lte=wanted.last)
    return entries.order_by("-at", "-id")


def entries_of_group(entries: QuerySet[Entry], group: int) -> QuerySet[Entry]:
    """Return those of the entries that belong to a group."""
    return entries.filter(of_group=group)


def entries_of_network(entries: QuerySet[Entry], network: int) -> QuerySet[Entry]:
    """Return those of the entries that belong to a network itself or to one of its groups."""
    groups = CoreGroup.objects.filter(network=network).values("pk")
    return entries.filter(Q(of_network=network) | Q(of_group__in=groups))


@dataclass
class Names:
    """What the numbers of some entries stand for, as far as it is still there and the reader may know it."""

    people: dict[int, str] = field(default_factory=dict)
    companies: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)
    meetings: dict[int, Any] = field(default_factory=dict)


def names_for(
    entries: Iterable[Entry], companies: QuerySet[Enterprise], meetings: QuerySet[Meeting]
) -> Names:
    """Return the names for entries, with four queries whatever their number.

    Args:
        entries: which ones.
        companies, meetings: those that the reader may see; others stay without a name.

    """
    found = list(entries)
    people = {n for e in found for n in (e.actor_id, e.of_person_id) if n is not None}
    firms = {e.of_enterprise for e in found if e.of_enterprise is not None}
    groups = {e.of_group for e in found if e.of_group is not None}
    evenings = {pk for e in found if (pk := meeting_of(e)) is not None}
    return Names(
        people={p.pk: str(p) for p in Person.objects.filter(pk__in=people)},
        companies=dict(companies.filter(pk__in=firms).values_list("pk", "name")),
        groups=dict(CoreGroup.objects.filter(pk__in=groups).values_list("pk", "name")),
        meetings={m.pk: m for m in meetings.filter(pk__in=evenings)},
    )


def meeting_of(entry: Entry) -> int | None:
    """Return the id of the meeting that an entry is about."""
    if entry.target_type == "meetings.meeting":
        return int(entry.target_id)
    given = entry.data.get("meeting")
    return given if isinstance(given, int) else None


@dataclass(frozen=True)
class Sitting:
    """A company for which a person acts today, whether the card is shared, and who reads the card."""

    company: Enterprise
    shared: bool
    card_readers: list[Person]


@dataclass(frozen=True)
class Led:
    """A group that somebody coordinates, whether they are named to everybody, and who knows of it."""

    group: CoreGroup
    is_named: bool
    inside: list[Person]
    overseers: list[Person]


@dataclass(frozen=True)
class Own:
    """What a company wrote that carries an audience of its own, the newest first."""

    company: int
    experiments: list[Experiment]
    listings: list[Listing]


@dataclass
class Circles:
    """The people around somebody: of their groups, who oversees these, who reads their cards.

    `evenings` counts the coming evenings that their companies host, by group and audience.
    """

    groups: list[CoreGroup] = field(default_factory=list)
    inside: dict[int, list[Person]] = field(default_factory=dict)
    overseers: dict[int, list[Person]] = field(default_factory=dict)
    of_network: list[Person] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)
    led: list[Led] = field(default_factory=list)
    evenings: dict[int, dict[str, int]] = field(default_factory=dict)

    def coordinators(self) -> list[Person]:
        """Return the coordinators of all the groups and of the networks."""
        return [*self.of_network, *[person for several in self.overseers.values() for person in several]]

    def readers_of_company(self) -> list[Person]:
        """Return who opens the page of a company that sits in these groups."""
        return [*self.coordinators(), *[person for several in self.inside.values() for person in several]]


def circles_of(companies: QuerySet[Enterprise], person: Person | None) -> Circles:
    """Return the people around companies, and around their representative if one is given.

    The same circles as row security draws; `tests/trust/test_who_sees.py` compares them person by person.
    """
    found = Circles()
    for company in companies.select_related("network").order_by("name", "pk"):
        seats = list(
            Seat.objects.filter(enterprise=company).exclude(state=SeatState.LEFT).select_related("group")
        )
        nationals = _nationals(company.network)
        found.of_network += nationals
        for seat in seats:
            _add_group(found, seat.group, nationals)
        if person is not None:
            found.sittings.append(_sitting(found, company, person, seats, nationals))
    if person is not None:
        found.led = _led_by(person)
        for network in networks_known_to(person):
            found.of_network += _nationals(network)
    found.evenings = _evenings_of(companies)
    return found


def _nationals(network: Network) -> list[Person]:
    return [role.person for role in network_coordinators(network) if role.starts_on <= utc_today()]


def _led_by(person: Person) -> list[Led]:
    spells = GroupCoordinator.objects.filter(during(utc_today()), person=person).select_related(
        "group__network"
    )
    return [
        Led(
            spell.group,
            spell.is_named,
            [one.person for one in readers_of(spell.group)],
            [*coordinators_of(spell.group), *_nationals(spell.group.network)],
        )
        for spell in spells.order_by("group__name", "pk")
    ]


def _evenings_of(companies: QuerySet[Enterprise]) -> dict[int, dict[str, int]]:
    coming = Meeting.objects.filter(host__in=companies.values("pk"), ends_at__gte=now())
    counts = coming.exclude(state=MeetingState.CANCELLED).order_by("group", "audience")
    found: dict[int, dict[str, int]] = {}
    for group, audience, count in counts.values_list("group", "audience").annotate(n=Count("pk")):
        found.setdefault(group, {})[audience] = count
    return found


def own_texts(company: Enterprise) -> Own:
    """Return what the company wrote that says for itself who reads it, as far as row security shows it."""
    tried = Experiment.objects.filter(enterprise=company).select_related(
        "enterprise", "group", "network", "author"
    )
    listed = Listing.objects.filter(enterprise=company, state=ListingState.OPEN).select_related("group")
    return Own(company.pk, list(tried.order_by("-pk")[:MOST]), list(listed.order_by("-pk")[:MOST]))


def _add_group(found: Circles, group: CoreGroup, nationals: list[Person]) -> None:
    if group.pk in found.inside:
        return
    found.groups.append(group)
    found.inside[group.pk] = [one.person for one in readers_of(group)]
    found.overseers[group.pk] = [*coordinators_of(group), *nationals]


def _sitting(
    found: Circles, company: Enterprise, person: Person, seats: list[Seat], nationals: list[Person]
) -> Sitting:
    shared = ContactCard.objects.filter(
        representative__person=person, representative__enterprise=company, shared_with_group=True
    ).exists()
    colleagues = [acts.person for acts in current_representatives().filter(enterprise=company)]
    readers = [person, *colleagues, *nationals]
    for seat in seats:
        readers += found.overseers[seat.group_id]
        if shared and seat.state in READING_STATES:
            readers += found.inside[seat.group_id]
    return Sitting(company, shared, readers)
