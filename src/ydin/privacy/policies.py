"""Whose requests are whose, and who looks after what names somebody."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ydin.groups.models import CoreGroup, Seat
from ydin.groups.queries import coordinators_of, groups_coordinated_by, groups_with_seat_of
from ydin.groups.rules import SeatState
from ydin.kernel.clock import now
from ydin.networks.models import Network
from ydin.networks.queries import (
    current_representatives,
    during,
    network_coordinators,
    networks_coordinated_by,
    networks_known_to,
    utc_today,
)
from ydin.people.models import Person
from ydin.people.policies import Reader, as_person
from ydin.privacy.models import Consent, Correction, Erasure, Export, Passage
from ydin.privacy.rules import Decision, ErasureState


def visible_exports(reader: Reader) -> QuerySet[Export]:
    """Return the reader's own copies whose day is not over."""
    person = as_person(reader)
    if person is None:
        return Export.objects.none()
    return Export.objects.filter(person=person, expires_at__gt=now()).order_by("-asked_at")


def visible_consents(reader: Reader) -> QuerySet[Consent]:
    """Return what the reader agreed to."""
    person = as_person(reader)
    if person is None:
        return Consent.objects.none()
    return Consent.objects.filter(person=person).select_related("network").order_by("-given_at", "pk")


def open_erasure(person: Person) -> Erasure | None:
    """Return the person's request to be erased that can still be taken back."""
    return Erasure.objects.filter(person=person, state=ErasureState.ASKED).first()


def own_erasure(person: Person, pk: int) -> Erasure | None:
    """Return the person's request of this number, whatever became of it."""
    return Erasure.objects.filter(person=person, pk=pk).first()


def own_consent(person: Person, pk: int) -> Consent | None:
    """Return the person's consent of this number."""
    return visible_consents(person).filter(pk=pk).first()


def networks_of_person(person: Person) -> QuerySet[Network]:
    """Return the networks in which the person is, by name."""
    return networks_known_to(person).order_by("name", "pk")


def visible_passages(reader: Reader) -> QuerySet[Passage]:
    """Return the passages that the reader decides about: their groups', or their network's outside of groups."""
    person = as_person(reader)
    if person is None:
        return Passage.objects.none()
    return (
        Passage.objects.filter(
            Q(group__in=groups_coordinated_by(person))
            | Q(group__isnull=True, network__in=networks_coordinated_by(person))
        )
        .select_related("group", "network")
        .order_by("pk")
    )


def open_passages(reader: Reader) -> QuerySet[Passage]:
    """Return those that wait for a decision."""
    return visible_passages(reader).filter(decision=Decision.OPEN)


def visible_corrections(reader: Reader) -> QuerySet[Correction]:
    """Return the reader's own requests, those of their groups, and those that came to the network's coordinators.

    The network's coordinators see what went to a group once it has waited for a week.
    """
    person = as_person(reader)
    if person is None:
        return Correction.objects.none()
    return (
        Correction.objects.filter(Q(person=person) | _looked_after(person))
        .select_related("person", "network", "group")
        .order_by("-asked_at", "-pk")
    )


def _looked_after(person: Person) -> Q:
    in_network = Q(network__in=networks_coordinated_by(person))
    passed_on = Q(group__isnull=True) | Q(passed_on_at__isnull=False)
    return Q(group__in=groups_coordinated_by(person)) | (in_network & passed_on)


def corrections_to_answer(reader: Reader) -> QuerySet[Correction]:
    """Return the open requests that the reader answers as a coordinator."""
    person = as_person(reader)
    if person is None:
        return Correction.objects.none()
    return visible_corrections(person).filter(_looked_after(person), answered_at__isnull=True)


def can_answer(person: Person, correction: Correction) -> bool:
    """Tell whether the person answers this request."""
    return Correction.objects.filter(_looked_after(person), pk=correction.pk).exists()


@dataclass(frozen=True)
class Way:
    """Where a request for a correction can go: to a group's coordinators, or the network's."""

    network: Network
    group: CoreGroup | None
    people: list[Person]

    @property
    def key(self) -> str:
        """Return what a form calls it."""
        return f"group-{self.group.pk}" if self.group else f"network-{self.network.pk}"


def ways_to_ask(person: Person) -> list[Way]:
    """Return to whom the person can send a correction: their groups' coordinators first, who are nearer."""
    ways = []
    for group in groups_with_seat_of(person).select_related("network").order_by("name", "pk"):
        people = [one for one in coordinators_of(group) if one.is_active and one.pk != person.pk]
        if people:
            ways.append(Way(group.network, group, people))
    return ways + [Way(network, None, leads_of(network)) for network in networks_of_person(person)]


def leads_of(network: Network) -> list[Person]:
    """Return the network's coordinators who can be written to."""
    return [acts.person for acts in network_coordinators(network) if acts.person.is_active]


def people_to_record(reader: Reader, network: Network) -> QuerySet[Person]:
    """Return the people whose paper consents the reader keys in: of the network, or of their own groups in it."""
    person = as_person(reader)
    if person is None:
        return Person.objects.none()
    acts = current_representatives().filter(enterprise__network=network)
    if not networks_coordinated_by(person).filter(pk=network.pk).exists():
        seats = Seat.objects.filter(group__in=groups_coordinated_by(person)).exclude(state=SeatState.LEFT)
        acts = acts.filter(enterprise__in=seats.values("enterprise"))
    found = Person.objects.filter(pk__in=acts.order_by().values("person"), is_active=True)
    return found.exclude(pk=person.pk).order_by("name", "pk")


def recorded_consents(reader: Reader, network: Network) -> QuerySet[Consent]:
    """Return the network's consents to its coordinators; to a group's coordinator those that they keyed in."""
    person = as_person(reader)
    if person is None:
        return Consent.objects.none()
    found = Consent.objects.filter(network=network).select_related("person", "network", "recorded_by")
    if not networks_coordinated_by(person).filter(pk=network.pk).exists():
        found = found.filter(recorded_by=person)
    return found.order_by("-given_at", "-pk")


def can_end_consent(person: Person, consent: Consent) -> bool:
    """Tell whether the person may key in that somebody took this consent back."""
    return recorded_consents(person, consent.network).filter(pk=consent.pk).exists()


def led_by_nobody_else(person: Person) -> list[str]:
    """Return the names of groups and networks that would have no coordinator without the person."""
    today = utc_today()
    others = during(today) & Q(person__is_active=True) & ~Q(person=person)
    groups = [
        group.name
        for group in groups_coordinated_by(person).order_by("name")
        if not group.coordinators.filter(others).exists()
    ]
    networks = [
        network.name
        for network in networks_coordinated_by(person).order_by("name")
        if not network.role_assignments.filter(others).exists()
    ]
    return networks + groups
