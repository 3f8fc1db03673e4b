"""What the reader coordinates, or does from outside, in one query, for the menu of every page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists

from ydin.groups.queries import groups_coordinated_by
from ydin.networks.queries import enterprises_of, networks_coordinated_by, networks_held_by_outsider
from ydin.networks.rules.outsiders import NEEDS_INSTITUTE
from ydin.people.models import Person


@dataclass(frozen=True)
class Roles:
    """Whether a person coordinates any group, and any network; whether they come for an institute, and only so."""

    coordinates_groups: bool = False
    coordinates_networks: bool = False
    works_outside: bool = False
    is_member: bool = False

    @property
    def is_only_outside(self) -> bool:
        """Tell whether the person's work from outside is all that is theirs here."""
        inside = self.coordinates_groups or self.coordinates_networks or self.is_member
        return self.works_outside and not inside


def roles_of(person: Person) -> Roles:
    """Return what the person coordinates today; nothing while the transaction can no longer be asked."""
    if connection.needs_rollback:
        return Roles()
    row = (
        Person.objects.filter(pk=person.pk)
        .annotate(
            in_groups=Exists(groups_coordinated_by(person)),
            in_networks=Exists(networks_coordinated_by(person)),
            outside=Exists(networks_held_by_outsider(person, NEEDS_INSTITUTE)),
            acts=Exists(enterprises_of(person)),
        )
        .values_list("in_groups", "in_networks", "outside", "acts")
        .first()
    )
    return Roles(*(row or ()))
