"""What the reader coordinates, in one query, for the menu of every page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists

from ydin.groups.queries import groups_coordinated_by
from ydin.networks.queries import networks_coordinated_by
from ydin.people.models import Person


@dataclass(frozen=True)
class Roles:
    """Whether a person coordinates any group, and any network."""

    coordinates_groups: bool
    coordinates_networks: bool


def roles_of(person: Person) -> Roles:
    """Return what the person coordinates today; nothing while the transaction can no longer be asked."""
    if connection.needs_rollback:
        return Roles(coordinates_groups=False, coordinates_networks=False)
    row = (
        Person.objects.filter(pk=person.pk)
        .annotate(
            in_groups=Exists(groups_coordinated_by(person)),
            in_networks=Exists(networks_coordinated_by(person)),
        )
        .values_list("in_groups", "in_networks")
        .first()
    )
    groups, networks = row or (False, False)
    return Roles(coordinates_groups=groups, coordinates_networks=networks)
