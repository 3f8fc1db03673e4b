"""Who sees and may do what in a network. Lists and single objects come from the same queries."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from ydin.networks.models import Network
from ydin.networks.queries import networks_coordinated_by
from ydin.people.models import Person

Reader = Person | AnonymousUser | None
"""Whoever reads: a signed-in person, or a stranger."""


def as_person(reader: Reader) -> Person | None:
    """Return the person, or None for a stranger."""
    return reader if isinstance(reader, Person) and reader.is_active else None


def can_coordinate_network(person: Person | None, network: Network) -> bool:
    """Tell whether the person is the network's coordinator today."""
    return person is not None and networks_coordinated_by(person).filter(pk=network.pk).exists()
