"""Mail does not reach somebody: whoever arranges for them is told, and calls instead."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups import emails
from ydin.groups.models import CoreGroup
from ydin.groups.policies import visible_failing_addresses
from ydin.groups.queries import (
    Contactable,
    application_groups_of_address,
    contacts_of_person,
    coordinators_of,
    groups_coordinated_by,
    groups_with_seat_of,
)
from ydin.kernel.errors import NotAllowed
from ydin.networks.queries import network_coordinators
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.people.policies import failing_addresses, person_of_address
from ydin.people.services import clear_address_failing


@transaction.atomic
def tell_failing_address(*, actor: None, address: str) -> None:
    """Tell the coordinators of everybody behind an address that mail does not arrive there; once each.

    The members' coordinators; for a coordinator, the network's; for an applicant, the asked group's.
    Does nothing when the address has been cleared meanwhile.
    """
    problem = failing_addresses([address]).get(address.strip().lower())
    if problem is None:
        return
    person = person_of_address(address)
    contacts = contacts_of_person(person) if person else []
    for reader, group in _readers(person, address):
        if problem.address == reader.email.lower():
            continue
        letter = emails.address_failing(
            group=group,
            reader=reader,
            name=str(person) if person else address,
            address=address,
            reason=problem.reason,
            phone=_phone(contacts),
            once=f"address-failing:{problem.pk}:{reader.pk}",
        )
        post(actor=actor, letter=letter)


@transaction.atomic
def try_address_again(*, actor: Person | None, problem_id: int) -> None:
    """Forget that mail does not reach somebody: their mailbox works again, the coordinator says.

    Raises:
        NotAllowed: nobody of a group that the actor coordinates has such an address.

    """
    known = {contact.problem.pk: contact for contact in visible_failing_addresses(actor)}
    if problem_id not in known:
        raise NotAllowed(_("Only the coordinators of somebody's group change this."))
    contact = known[problem_id]
    clear_address_failing(actor=actor, address=contact.problem.address)
    record(actor=actor, action="address.tried_again", target=contact.person)


def _readers(person: Person | None, address: str) -> list[tuple[Person, CoreGroup]]:
    if person is None:
        return [
            (c, group) for group in application_groups_of_address(address) for c in coordinators_of(group)
        ]
    members = [(c, group) for group in groups_with_seat_of(person) for c in coordinators_of(group)]
    leading = [
        (acts.person, group)
        for group in groups_coordinated_by(person)
        for acts in network_coordinators(group.network)
    ]
    return members + leading


def _phone(contacts: list[Contactable]) -> str:
    return next((c.card.phone for c in contacts if c.card is not None and c.card.phone), "")
