"""Taking invitations back."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups.queries import invitees
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.meetings.emails import answers as emails
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.queries.answers import former_invitations, invitation_of
from ydin.meetings.rules.states import MeetingState, Standing
from ydin.meetings.services.answers_base import (
    defer_filling,
    lock_meeting,
    require_ahead,
    require_change,
    require_preparer,
    save_change,
)
from ydin.outbox.services import post
from ydin.people.models import Person


@transaction.atomic
def withdraw_invitation(
    *, actor: Person | None, meeting: Meeting, person: Person, version: int | None = None
) -> None:
    """Take a person's invitation back. If it was sent, a letter takes the evening out of their calendar.

    A substitute is told too, and somebody who waits gets the place.

    Args:
        actor: host or coordinator.
        meeting: not yet begun.
        person: who is invited.
        version: of the invitation as the actor saw it.

    Raises:
        NotAllowed: the actor is neither host nor coordinator, or the person is not invited.
        Refused: the meeting was held or cancelled, or has begun.
        Conflict: the person answered meanwhile.

    """
    held = lock_meeting(meeting.pk)
    require_preparer(actor, held)
    if held.state in {MeetingState.HELD, MeetingState.CANCELLED}:
        require_change(held, MeetingState.HELD)
    require_ahead(held)
    rsvp = invitation_of(held, person.pk)
    if rsvp is None:
        raise NotAllowed(_("Only those who are invited can answer."))
    if version is not None and rsvp.version != version:
        raise Conflict(_("This was answered meanwhile. Look at the answer and try again."))
    if held.state == MeetingState.ANNOUNCED:
        held.sequence += 1  # newer than what their calendar holds, older than a later invitation
        save_change(held, "sequence")
        _tell(actor, held, rsvp)
    had_place = rsvp.standing == Standing.ADMITTED
    rsvp.delete()
    if had_place:
        defer_filling(held)
    record(actor=actor, action="meeting.uninvited", target=held, person=person.pk)


def withdraw_former(*, actor: None) -> int:
    """Take back the invitations of people who left the group or the company since; return how many.

    Whoever belongs to the group for another company stays invited, for that one. Running it twice does no more.
    """
    withdrawn = 0
    for rsvp in former_invitations(now()):
        other = next((i for i in invitees(rsvp.meeting.group) if i.person.pk == rsvp.person_id), None)
        if other is not None:
            Rsvp.objects.filter(pk=rsvp.pk).update(enterprise=other.enterprise, is_visitor=other.is_visitor)
            continue
        with suppress(NotAllowed, Refused):
            withdraw_invitation(actor=actor, meeting=rsvp.meeting, person=rsvp.person)
            withdrawn += 1
    return withdrawn


def _tell(actor: Person | None, held: Meeting, rsvp: Rsvp) -> None:
    sender = emails.sender_of(held)
    post(actor=actor, letter=emails.withdrawn(held, rsvp, sender))
    if rsvp.substitute_email:
        post(actor=actor, letter=emails.to_substitute("substitute_cancelled", held, rsvp, sender))
