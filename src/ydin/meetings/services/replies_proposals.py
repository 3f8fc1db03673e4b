"""What host and coordinator answer to somebody who asked for another time."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.clock import now
from ydin.kernel.errors import Refused
from ydin.meetings.emails import replies as emails
from ydin.meetings.models import Meeting, TimeProposal
from ydin.meetings.queries.answers import invitation_of
from ydin.meetings.rules.states import ProposalState
from ydin.meetings.services.answers_base import lock_meeting, require_preparer
from ydin.outbox.services import post
from ydin.people.models import Person


@transaction.atomic
def keep_time(*, actor: Person | None, meeting: Meeting, proposal_id: int) -> TimeProposal:
    """Let the evening stay when it is; whoever asked is told, and their calendar too (DECLINECOUNTER).

    Raises:
        NotAllowed: the actor is neither host nor coordinator.
        Refused: nobody asks for that (any more).

    """
    held = lock_meeting(meeting.pk)
    require_preparer(actor, held)
    proposal = TimeProposal.objects.filter(pk=proposal_id, meeting=held, state=ProposalState.OPEN).first()
    if proposal is None:
        raise Refused(_("This has been answered already."))
    proposal.state, proposal.answered_at = ProposalState.KEPT, now()
    proposal.save(update_fields=["state", "answered_at"])
    rsvp = invitation_of(held, proposal.person_id)
    if rsvp is not None:
        post(actor=actor, letter=emails.time_kept(held, rsvp, proposal))
    record(actor=actor, action="meeting.time_kept", target=held, person=proposal.person_id)
    return proposal


def close_proposals(meeting: Meeting) -> None:
    """Note that the evening has moved: everybody is told by the letter about the change."""
    waiting = TimeProposal.objects.filter(meeting=meeting, state=ProposalState.OPEN)
    waiting.update(state=ProposalState.MOVED, answered_at=now())
