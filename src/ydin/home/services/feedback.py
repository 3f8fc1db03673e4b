"""Feedback on the site: written down, told to people, answered by one of them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.home import emails
from ydin.home.models import Feedback
from ydin.home.queries.feedback import answerers
from ydin.home.rules import ANSWERED_WITHIN, FeedbackState
from ydin.kernel.clock import now, today
from ydin.kernel.errors import Conflict, Refused
from ydin.networks.models import Network
from ydin.networks.policies import can_coordinate_network, demand
from ydin.outbox.services import post
from ydin.people.models import Person


@transaction.atomic
def send_feedback(
    *, actor: Person | None, network: Network, message: str, email: str, page: str, language: str
) -> Feedback:
    """Write down what is in somebody's way; anybody may. The network's coordinators and its address are told."""
    given = Feedback(
        network=network,
        message=message,
        email=email.strip().lower(),
        page=page,
        language=language,
        due_on=today(network.time_zone) + ANSWERED_WITHIN,
    )
    given.save(force_insert=True)
    record(actor=actor, action="feedback.received", target=given, network=network.pk)
    people = answerers(network)
    for person in people:
        post(actor=actor, letter=emails.feedback_received(feedback=given, person=person))
    if network.contact_email and network.contact_email.lower() not in {p.email.lower() for p in people}:
        letter = emails.feedback_forwarded(feedback=given, address=network.contact_email)
        post(actor=actor, letter=letter)
    return given


@transaction.atomic
def answer_feedback(*, actor: Person, feedback: Feedback, answer: str, version: int) -> None:
    """Answer; whoever left an address gets a letter.

    Raises:
        Conflict: somebody answered it since `version`.

    """
    demand(allowed=can_coordinate_network(actor, feedback.network))
    if feedback.email and not answer.strip():
        raise Refused(_("Write an answer: somebody waits for it."))
    moved = Feedback.objects.filter(pk=feedback.pk, version=version, state=FeedbackState.WAITING).update(
        state=FeedbackState.ANSWERED,
        answer=answer.strip(),
        answered_at=now(),
        answered_by=actor,
        version=F("version") + 1,
    )
    if not moved:
        raise Conflict(_("Somebody else answered this a moment ago."))
    feedback.refresh_from_db()
    record(actor=actor, action="feedback.answered", target=feedback, network=feedback.network_id)
    if feedback.email:
        post(actor=actor, letter=emails.feedback_answered(feedback=feedback, by=actor))
