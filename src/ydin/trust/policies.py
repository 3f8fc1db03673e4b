"""Who reads which part of the log."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ydin.audit.models import Entry
from ydin.audit.rules import Readers
from ydin.groups.queries import groups_coordinated_by, groups_overseen_by, groups_read_by
from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of, networks_coordinated_by
from ydin.people.models import Person
from ydin.people.policies import Reader, as_person

_INSIDE = Q(readers__in=[Readers.INSIDE, Readers.GROUP])
_OVERSEERS = Q(readers__in=[Readers.OVERSEERS, Readers.GROUP])


def kept_enterprises(person: Person) -> QuerySet[Enterprise]:
    """Return the companies of whose data the person may know who changed it: one's own, those one coordinates."""
    return Enterprise.objects.filter(
        Q(pk__in=enterprises_of(person))
        | Q(network__in=networks_coordinated_by(person))
        | Q(seats__group__in=groups_coordinated_by(person), seats__ends_on__isnull=True)
    ).distinct()


def visible_entries(reader: Reader) -> QuerySet[Entry]:
    """Return the acts that the reader may know of: their own, those that concern them, those of their groups.

    What `audit.rules.SCOPES` says of the act decides; row security says the same.
    """
    person = as_person(reader)
    if person is None:
        return Entry.objects.none()
    return Entry.objects.filter(
        Q(actor=person)
        | Q(of_person=person)
        | (_INSIDE & Q(of_group__in=groups_read_by(person).values("pk")))
        | (_OVERSEERS & Q(of_group__in=groups_overseen_by(person).values("pk")))
        | (_OVERSEERS & Q(of_network__in=networks_coordinated_by(person).values("pk")))
        | Q(of_enterprise__in=kept_enterprises(person).values("pk"))
    )


def entries_about(person: Person) -> QuerySet[Entry]:
    """Return what was done to a person's own data and their companies', by whomever, and what they did."""
    companies = list(enterprises_of(person).values_list("pk", flat=True))
    return visible_entries(person).filter(
        Q(actor=person) | Q(of_person=person) | Q(of_enterprise__in=companies)
    )
