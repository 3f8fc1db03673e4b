"""Whose requests are whose, and who looks after what names somebody."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ydin.groups.queries import groups_coordinated_by
from ydin.kernel.clock import now
from ydin.networks.models import Network
from ydin.networks.queries import during, networks_coordinated_by, networks_known_to, utc_today
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
    """Return the reader's own requests, and those of the networks that they coordinate."""
    person = as_person(reader)
    if person is None:
        return Correction.objects.none()
    return (
        Correction.objects.filter(Q(person=person) | Q(network__in=networks_coordinated_by(person)))
        .select_related("person", "network")
        .order_by("-asked_at", "-pk")
    )


def corrections_to_answer(reader: Reader) -> QuerySet[Correction]:
    """Return the open requests that the reader answers as a coordinator."""
    person = as_person(reader)
    if person is None:
        return Correction.objects.none()
    mine = visible_corrections(person).filter(network__in=networks_coordinated_by(person))
    return mine.filter(answered_at__isnull=True)


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
