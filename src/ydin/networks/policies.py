"""Who sees and may do what in a network. Lists and single objects come from the same queries."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ydin.kernel.errors import NotAllowed
from ydin.networks.models import Enterprise, ImportBatch, Network, Organisation
from ydin.networks.queries import (
    during,
    enterprises_of,
    networks_coordinated_by,
    networks_held_by_outsider,
    networks_known_to,
    networks_signed_by,
    networks_worked_in,
    organisations_acted_for,
    outsider_roles_held,
    utc_today,
)
from ydin.networks.rules import NetworkRole
from ydin.people.models import Person
from ydin.people.policies import Reader, as_person


def known_networks(reader: Reader) -> QuerySet[Network]:
    """Return the networks whose inside addresses exist for the reader; what they may do there comes after."""
    person = as_person(reader)
    return Network.objects.none() if person is None else networks_known_to(person)


def can_coordinate_network(person: Person | None, network: Network) -> bool:
    """Tell whether the person is the network's coordinator today."""
    return person is not None and networks_coordinated_by(person).filter(pk=network.pk).exists()


def can_keep_companies(person: Person | None, network: Network) -> bool:
    """Tell whether the person may bring companies into the network: any coordinator in it."""
    return person is not None and networks_worked_in(person).filter(pk=network.pk).exists()


def can_add_people(person: Person, enterprise: Enterprise) -> bool:
    """Tell whether the person may let another one act for the company.

    Whoever acts for a company reads what is said in all its groups. So it takes one who acts for it, the
    network's coordinator, or a coordinator of every group in which the company sits.
    """
    if enterprises_of(person).filter(pk=enterprise.pk).exists():
        return True
    if can_coordinate_network(person, enterprise.network):
        return True
    mine = set(person.coordinated.filter(during(utc_today())).values_list("group_id", flat=True))
    sits_in = set(enterprise.seats.filter(ends_on__isnull=True).values_list("group_id", flat=True))
    return sits_in <= mine and can_keep_companies(person, enterprise.network)


def demand(*, allowed: bool) -> None:
    """Raise `NotAllowed` unless allowed."""
    if not allowed:
        raise NotAllowed(_("This is not yours to change."))


def visible_batches(reader: Reader) -> QuerySet[ImportBatch]:
    """Return the reader's own uploads; nobody else sees them."""
    person = as_person(reader)
    if person is None:
        return ImportBatch.objects.none()
    return ImportBatch.objects.filter(uploaded_by=person).select_related("network")


def outsider_networks(person: Person | None) -> QuerySet[Network]:
    """Return the networks where the person works from outside today and has signed the text in force.

    The database says the same of the acting person: `outsider_networks()` (docs/adr/0001).
    """
    return Network.objects.none() if person is None else networks_signed_by(person)


def outsider_roles(person: Person | None, network: Network) -> set[NetworkRole]:
    """Return what the person is in the network from outside, today; nothing until they have signed."""
    if person is None or not outsider_networks(person).filter(pk=network.pk).exists():
        return set()
    return outsider_roles_held(person, network)


def can_invite_outsider(
    person: Person | None, network: Network, role: str, organisation: Organisation | None
) -> bool:
    """Tell whether the person may let somebody work in the network from outside.

    The network's coordinator may; and whoever acts for an institute, as to its students.
    """
    if can_coordinate_network(person, network):
        return True
    if person is None or organisation is None or role != NetworkRole.STUDENT:
        return False
    is_theirs = organisations_acted_for(person).filter(pk=organisation.pk, network=network).exists()
    return is_theirs and NetworkRole.INSTITUTE in outsider_roles(person, network)


def asked_to_commit(reader: Reader) -> QuerySet[Network]:
    """Return the networks in which the reader works from outside today, signed or not."""
    person = as_person(reader)
    return Network.objects.none() if person is None else networks_held_by_outsider(person)
