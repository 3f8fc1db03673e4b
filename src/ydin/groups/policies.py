"""Who sees and may do what in a group."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ydin.groups.models import Acceptance, CoreGroup, GlassBreak, LetterState, Seat
from ydin.groups.queries import (
    FailingContact,
    contacts_of,
    groups_coordinated_by,
    groups_overseen_by,
    groups_read_by,
    groups_readable_by,
    has_accepted,
    rules_now,
)
from ydin.groups.rules import SeatState
from ydin.networks.models import Enterprise, Representative
from ydin.networks.queries import enterprises_of, networks_coordinated_by
from ydin.people.models import Person
from ydin.people.policies import Reader, as_person, failing_addresses


def visible_groups(reader: Reader) -> QuerySet[CoreGroup]:
    """Return every group: that a group exists, where and how often it meets, is public."""
    del reader
    return CoreGroup.objects.all()


def readable_groups(reader: Reader) -> QuerySet[CoreGroup]:
    """Return the groups whose inside pages the reader opens (confidential content, see row security)."""
    person = as_person(reader)
    return CoreGroup.objects.none() if person is None else groups_readable_by(person)


def manageable_groups(reader: Reader) -> QuerySet[CoreGroup]:
    """Return the groups that the reader sets up: as group coordinator or as network coordinator."""
    person = as_person(reader)
    return CoreGroup.objects.none() if person is None else groups_overseen_by(person)


def inside_or_managed(reader: Reader) -> QuerySet[CoreGroup]:
    """Return the groups of which the reader knows more than the public: readable or manageable."""
    return CoreGroup.objects.filter(Q(pk__in=readable_groups(reader)) | Q(pk__in=manageable_groups(reader)))


def can_coordinate(person: Person | None, group: CoreGroup) -> bool:
    """Tell whether the person is a coordinator of this group today (a network coordinator is not)."""
    return person is not None and groups_coordinated_by(person).filter(pk=group.pk).exists()


def can_manage(person: Person | None, group: CoreGroup) -> bool:
    """Tell whether the person may change the group's settings and seats."""
    return person is not None and groups_overseen_by(person).filter(pk=group.pk).exists()


def can_read_inside(person: Person | None, group: CoreGroup) -> bool:
    """Tell whether the person reads the group's confidential content."""
    return person is not None and groups_readable_by(person).filter(pk=group.pk).exists()


def takes_part(person: Person | None, group: CoreGroup) -> bool:
    """Tell whether the person is of the group: for a company with a seat, or as its coordinator."""
    return person is not None and groups_read_by(person).filter(pk=group.pk).exists()


def can_break_glass(person: Person | None, group: CoreGroup) -> bool:
    """Tell whether the person may open the group's content for an hour: the network's coordinator, no reader."""
    if person is None or not networks_coordinated_by(person).filter(pk=group.network_id).exists():
        return False
    return not can_read_inside(person, group)


def visible_glass_breaks(reader: Reader) -> QuerySet[GlassBreak]:
    """Return when the glass was broken: for those in the group, those who oversee it, and who did it."""
    person = as_person(reader)
    if person is None:
        return GlassBreak.objects.none()
    return GlassBreak.objects.filter(
        Q(group__in=groups_read_by(person)) | Q(group__in=groups_overseen_by(person)) | Q(person=person)
    )


def asks_for_rules(person: Person | None, group: CoreGroup) -> bool:
    """Tell whether the person has yet to accept the ground rules in force before a memo opens.

    A promise, no right: row security does not know it (docs/adr/0007).
    """
    return person is not None and not has_accepted(person, group, rules_now(group, "").number)


def visible_acceptances(reader: Reader) -> QuerySet[Acceptance]:
    """Return who accepted the ground rules: for those in the group, those who oversee it, and one's own."""
    person = as_person(reader)
    if person is None:
        return Acceptance.objects.none()
    return Acceptance.objects.filter(
        Q(group__in=groups_read_by(person)) | Q(group__in=groups_overseen_by(person)) | Q(person=person)
    )


def visible_enterprises(reader: Reader) -> QuerySet[Enterprise]:
    """Return the companies whose page the reader opens: their own, their groups', those they coordinate."""
    person = as_person(reader)
    if person is None:
        return Enterprise.objects.none()
    together = Enterprise.objects.filter(seats__group__in=groups_read_by(person), seats__ends_on__isnull=True)
    return Enterprise.objects.filter(
        Q(pk__in=enterprises_of(person))
        | Q(network__in=networks_coordinated_by(person))
        | Q(pk__in=together.values("pk"))
    )


def can_edit_enterprise(person: Person | None, enterprise: Enterprise) -> bool:
    """Tell whether the person changes the company's facts and people: its own people and its coordinators."""
    if person is None:
        return False
    if enterprises_of(person).filter(pk=enterprise.pk).exists():
        return True
    if networks_coordinated_by(person).filter(pk=enterprise.network_id).exists():
        return True
    return enterprise.seats.filter(group__in=groups_coordinated_by(person), ends_on__isnull=True).exists()


def can_edit_card(person: Person | None, representative: Representative) -> bool:
    """Tell whether the person changes a contact card: its own person, or a coordinator of the company."""
    if person is None or representative.enterprise is None:
        return False
    if representative.person_id == person.pk:
        return True
    company = representative.enterprise
    if networks_coordinated_by(person).filter(pk=company.network_id).exists():
        return True
    return company.seats.filter(group__in=groups_coordinated_by(person), ends_on__isnull=True).exists()


def can_share_card(person: Person | None, representative: Representative) -> bool:
    """Tell whether the person may show the card to the group: only whose it is (None: the system)."""
    return person is None or representative.person_id == person.pk


def visible_letter_states(reader: Reader) -> QuerySet[LetterState]:
    """Return how the letters about groups that the reader coordinates fare, newest first, without content.

    The database's view asks the same of the acting person.
    """
    person = as_person(reader)
    if person is None:
        return LetterState.objects.none()
    overseen = groups_overseen_by(person).values("pk")
    return LetterState.objects.filter(group_id__in=overseen).order_by("-created_at", "-id")


def visible_failing_addresses(reader: Reader) -> list[FailingContact]:
    """Return to whom of the groups that the reader coordinates mail does not arrive, with numbers to call."""
    person = as_person(reader)
    if person is None:
        return []
    seats = Seat.objects.filter(group__in=groups_overseen_by(person)).exclude(state=SeatState.LEFT)
    contacts = contacts_of(seats.values_list("enterprise_id", flat=True))
    people = [one for several in contacts.values() for one in several]
    failing = failing_addresses(one.representative.person.email for one in people)
    found = {}
    for one in people:
        problem = failing.get(one.representative.person.email.lower())
        if problem is not None:
            found[problem.pk] = FailingContact(one.representative.person, problem, one.card)
    return sorted(found.values(), key=lambda contact: str(contact.person))
