"""Asking for a correction of what one cannot change, and answering."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups.models import CoreGroup
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed
from ydin.networks.models import Network
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.privacy.emails import correction_answered, correction_asked
from ydin.privacy.models import Correction
from ydin.privacy.policies import can_answer, leads_of, ways_to_ask
from ydin.privacy.rules import PATIENCE


@transaction.atomic
def ask_correction(
    *, actor: Person, network: Network, message: str, group: CoreGroup | None = None
) -> Correction:
    """Send what is wrong to the group's coordinators, or without a group to the network's.

    Raises:
        NotAllowed: the actor is not in the network, or the group is none of theirs.

    """
    way = next((w for w in ways_to_ask(actor) if (w.network, w.group) == (network, group)), None)
    if way is None:
        raise NotAllowed(_("This is not yours to change."))
    made = Correction.objects.create(network=network, group=group, person=actor, message=message.strip())
    record(actor=actor, action="correction.asked", target=made)
    for person in way.people:
        post(actor=actor, letter=correction_asked(made, person))
    return made


@transaction.atomic
def pass_on_corrections(*, actor: None) -> int:
    """Show the network's coordinators what has waited a week for a group's; return how many."""
    waiting = Correction.objects.select_for_update(of=("self",)).filter(
        group__isnull=False,
        passed_on_at__isnull=True,
        answered_at__isnull=True,
        asked_at__lt=now() - PATIENCE,
    )
    count = 0
    for one in waiting.select_related("network", "person"):
        one.passed_on_at = now()
        one.save(update_fields=["passed_on_at"])
        record(actor=actor, action="correction.passed_on", target=one)
        for person in leads_of(one.network):
            post(actor=actor, letter=correction_asked(one, person))
        count += 1
    return count


@transaction.atomic
def answer_correction(*, actor: Person, correction: Correction, answer: str) -> None:
    """Tell the person what was corrected, or why not.

    Raises:
        NotAllowed: the actor does not look after the request.
        Conflict: somebody else answered first.

    """
    if not can_answer(actor, correction):
        raise NotAllowed(_("This is not yours to change."))
    found = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    if found.answered_at is not None:
        raise Conflict(_("Somebody else answered this meanwhile."))
    found.answer, found.answered_at, found.answered_by = answer.strip(), now(), actor
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    record(actor=actor, action="correction.answered", target=found)
    post(actor=actor, letter=correction_answered(found))
