"""Showing an evening to more people: the host, whose evening it is, decides; others may ask."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.errors import NotAllowed, Refused
from ydin.meetings.emails.audience import audience_asked
from ydin.meetings.models import Meeting
from ydin.meetings.policies import may_widen
from ydin.meetings.queries.answers import people_of_host
from ydin.meetings.rules.states import WIDTH, Audience, MeetingState
from ydin.meetings.services.answers_base import lock_meeting, require_preparer
from ydin.outbox.services import post
from ydin.people.models import Person


def require_author_to_widen(actor: Person | None, held: Meeting, before: str) -> None:
    """Raise NotAllowed when the evening would be shown to more people than `before` without its host."""
    if WIDTH[Audience(held.audience)] > WIDTH[Audience(before)] and not may_widen(actor, held):
        raise NotAllowed(_("Only the host can show the evening to more people. Ask them."))


@transaction.atomic
def ask_host_to_widen(*, actor: Person | None, meeting: Meeting, audience: str) -> None:
    """Ask the host by letter to show the evening to more people; each of them gets one for an audience.

    Nothing changes unless the host says yes.

    Raises:
        NotAllowed: the actor is neither host nor coordinator.
        Refused: it would not be wider, the evening is over, or nobody acts for the host.

    """
    held = lock_meeting(meeting.pk)
    require_preparer(actor, held)
    if audience not in set(Audience) or WIDTH[Audience(audience)] <= WIDTH[Audience(held.audience)]:
        raise Refused(_("They see the evening already."))
    if held.state not in {MeetingState.DRAFT, MeetingState.ANNOUNCED}:
        raise Refused(_("The meeting is over or cancelled; it cannot be changed any more."))
    hosts = people_of_host(held)
    if not hosts:
        raise Refused(_("Nobody acts for the host. You can decide it yourself."))
    for person in hosts:
        post(actor=actor, letter=audience_asked(held, audience, person, actor))
    record(actor=actor, action="meeting.audience_asked", target=held, audience=audience)
