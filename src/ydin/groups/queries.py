"""Reusable querysets of groups, seats and the people behind them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ydin.groups.models import CoreGroup, Seat
from ydin.groups.rules import READING_STATES, SeatState
from ydin.networks.models import Enterprise, Representative
from ydin.networks.queries import current_representatives, during, networks_coordinated_by, utc_today
from ydin.people.models import Person


@dataclass(frozen=True)
class Invitee:
    """A person to invite, and the company whose seat they represent."""

    person: Person
    enterprise: Enterprise
    is_visitor: bool


def groups_coordinated_by(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups that the person coordinates today."""
    return CoreGroup.objects.filter(
        during(utc_today(), "coordinators__"), coordinators__person=person
    ).distinct()


def groups_overseen_by(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups that the person coordinates, and all groups of networks they coordinate."""
    return CoreGroup.objects.filter(
        Q(pk__in=groups_coordinated_by(person)) | Q(network__in=networks_coordinated_by(person))
    )


def groups_of_member(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups in which a company of the person holds a seat (not as a visitor) today."""
    return CoreGroup.objects.filter(
        during(utc_today(), "seats__enterprise__representatives__"),
        seats__state__in=READING_STATES,
        seats__enterprise__representatives__person=person,
    ).distinct()


def groups_read_by(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups whose confidential content the person reads: seats held and groups coordinated.

    The same set as the database function `ydin_member_groups()`.
    """
    return CoreGroup.objects.filter(
        Q(pk__in=groups_of_member(person)) | Q(pk__in=groups_coordinated_by(person))
    )


def living_seats(group: CoreGroup) -> QuerySet[Seat]:
    """Return the group's seats that nobody has left, by company name."""
    return (
        Seat.objects.filter(group=group)
        .exclude(state=SeatState.LEFT)
        .select_related("enterprise", "enterprise__municipality", "enterprise__municipality__sub_region")
        .order_by("enterprise__name", "pk")
    )


def member_seats(group: CoreGroup) -> QuerySet[Seat]:
    """Return the seats of member companies (neither visitors nor on a break), by company name."""
    return living_seats(group).filter(state=SeatState.MEMBER)


def invitees(group: CoreGroup) -> list[Invitee]:
    """Return everybody who represents a member or visitor company of the group today."""
    states = {s.enterprise_id: s.state for s in living_seats(group).exclude(state=SeatState.PAUSED)}
    people: QuerySet[Representative] = current_representatives().filter(
        enterprise_id__in=states, person__is_active=True
    )
    found: dict[int, Invitee] = {}
    for r in people:
        assert r.enterprise is not None
        found.setdefault(
            r.person_id, Invitee(r.person, r.enterprise, states[r.enterprise.pk] == SeatState.VISITOR)
        )
    return list(found.values())


def coordinators_of(group: CoreGroup) -> list[Person]:
    """Return the group's coordinators of today."""
    return list(
        Person.objects.filter(during(utc_today(), "coordinated__"), coordinated__group=group)
        .distinct()
        .order_by("name", "pk")
    )
