"""What every change of a meeting needs: the lock, the version, the right, the letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.kernel.jobs import defer
from ydin.meetings.emails.answers import Sender, sender_of
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.policies import can_prepare
from ydin.meetings.queries.answers import invitations
from ydin.meetings.rules.states import MEETING_CHANGES, MeetingState
from ydin.outbox.emails import Letter
from ydin.outbox.services import post_all
from ydin.people.models import Person


def lock_meeting(pk: int) -> Meeting:
    """Lock the meeting's row until the transaction ends, and return it fresh.

    Every change of a meeting and of its answers begins here, so that places are counted one after the other.
    """
    rows = Meeting.objects.select_related("group__network", "host")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=pk)


def hold_meeting(actor: Person | None, meeting: Meeting, version: int | None) -> Meeting:
    """Lock the meeting for a change by its coordinator or host (None: the system).

    Raises:
        NotAllowed: the actor is neither.
        Conflict: the row is no longer at `version` (default: that of `meeting`).

    """
    held = lock_meeting(meeting.pk)
    require_preparer(actor, held)
    if held.version != (meeting.version if version is None else version):
        raise Conflict(_("Somebody changed the evening meanwhile. Look at how it stands now and try again."))
    return held


def require_preparer(actor: Person | None, held: Meeting) -> None:
    """Raise NotAllowed unless the actor hosts the meeting or coordinates its group (None: the system)."""
    if actor is not None and not can_prepare(actor, held):
        raise NotAllowed(_("Only the host and the group's coordinator decide about this evening."))


def require_change(held: Meeting, to: MeetingState) -> None:
    """Raise Refused when the meeting cannot become `to` from where it is."""
    if to not in MEETING_CHANGES[MeetingState(held.state)]:
        raise Refused(_state_words(held))


def _state_words(held: Meeting) -> str:
    return {
        MeetingState.DRAFT: _("The invitations have not been sent yet."),
        MeetingState.ANNOUNCED: _("The invitations have been sent already."),
        MeetingState.HELD: _("The evening has been held."),
        MeetingState.CANCELLED: _("The evening is cancelled."),
    }[MeetingState(held.state)]


def require_ahead(held: Meeting) -> None:
    """Raise Refused when the meeting has begun."""
    if held.starts_at <= now():
        raise Refused(_("The evening has begun already. Choose a time that is still ahead."))


def save_change(held: Meeting, *fields: str) -> None:
    """Write these fields and raise the version; the row is locked."""
    held.version += 1
    held.save(update_fields=[*fields, "version", "changed_at"])


def tell_all(
    actor: Person | None,
    held: Meeting,
    write: Callable[[Meeting, Rsvp, Sender], Letter],
    to_others: Callable[[Meeting, Rsvp, Sender], Letter] | None = None,
) -> int:
    """Write one letter to everybody invited, and to those who come instead of somebody; return how many."""
    sender = sender_of(held)

    def letters() -> Iterator[Letter]:
        for rsvp in invitations(held).filter(person__is_active=True):
            yield write(held, rsvp, sender)
            if to_others and rsvp.substitute_email:
                yield to_others(held, rsvp, sender)

    return post_all(actor=actor, letters=letters())


def defer_filling(held: Meeting) -> None:
    """Let the worker move the waiting list up, in this transaction."""
    defer("meetings.fill_places", meeting_id=held.pk)
