"""Asking for a correction of what one cannot change, and answering."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed
from ydin.networks.models import Network
from ydin.networks.policies import can_coordinate_network
from ydin.networks.queries import network_coordinators
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.privacy.emails import correction_answered, correction_asked
from ydin.privacy.models import Correction
from ydin.privacy.policies import networks_of_person


@transaction.atomic
def ask_correction(*, actor: Person, network: Network, message: str) -> None:
    """Send what is wrong to the network's coordinators.

    Raises:
        NotAllowed: the actor is not in the network.

    """
    if not networks_of_person(actor).filter(pk=network.pk).exists():
        raise NotAllowed(_("This is not yours to change."))
    correction = Correction.objects.create(network=network, person=actor, message=message.strip())
    record(actor=actor, action="correction.asked", target=correction)
    for acts in network_coordinators(network):
        post(actor=actor, letter=correction_asked(correction, acts.person))


@transaction.atomic
def answer_correction(*, actor: Person, correction: Correction, answer: str) -> None:
    """Tell the person what was corrected, or why not.

    Raises:
        NotAllowed: the actor does not coordinate the network.
        Conflict: somebody else answered first.

    """
    if not can_coordinate_network(actor, correction.network):
        raise NotAllowed(_("This is not yours to change."))
    found = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    if found.answered_at is not None:
        raise Conflict(_("Somebody else answered this meanwhile."))
    found.answer, found.answered_at, found.answered_by = answer.strip(), now(), actor
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    record(actor=actor, action="correction.answered", target=found)
    post(actor=actor, letter=correction_answered(found))
