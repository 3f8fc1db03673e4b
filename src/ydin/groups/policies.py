"""Who sees and may do what in a group."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ydin.groups.models import CoreGroup
from ydin.groups.queries import groups_coordinated_by, groups_overseen_by, groups_read_by
from ydin.networks.policies import Reader, as_person
from ydin.people.models import Person


def visible_groups(reader: Reader) -> QuerySet[CoreGroup]:
    """Return every group: that a group exists, where and how often it meets, is public."""
    del reader
    return CoreGroup.objects.all()


def readable_groups(reader: Reader) -> QuerySet[CoreGroup]:
    """Return the groups whose inside pages the reader opens (confidential content, see row security)."""
    person = as_person(reader)
    return CoreGroup.objects.none() if person is None else groups_read_by(person)


def manageable_groups(reader: Reader) -> QuerySet[CoreGroup]:
    """Return the groups that the reader sets up: as group coordinator or as network coordinator."""
    person = as_person(reader)
    return CoreGroup.objects.none() if person is None else groups_overseen_by(person)


def inside_or_managed(reader: Reader) -> QuerySet[CoreGroup]:
    """Return the groups of which the reader knows more than the public: readable or manageable."""
    return CoreGroup.objects.filter(
        Q(pk__in=readable_groups(reader)) | Q(pk__in=manageable_groups(reader))
    )


def can_coordinate(person: Person | None, group: CoreGroup) -> bool:
    """Tell whether the person is a coordinator of this group today (a network coordinator is not)."""
    return person is not None and groups_coordinated_by(person).filter(pk=group.pk).exists()


def can_manage(person: Person | None, group: CoreGroup) -> bool:
    """Tell whether the person may change the group's settings and seats."""
    return person is not None and groups_overseen_by(person).filter(pk=group.pk).exists()


def can_read_inside(person: Person | None, group: CoreGroup) -> bool:
    """Tell whether the person reads the group's confidential content."""
    return person is not None and groups_read_by(person).filter(pk=group.pk).exists()
