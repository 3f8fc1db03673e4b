"""Announcing a meeting and telling everybody when it changes."""

from __future__ import annotations

import copy
import secrets
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups.queries import invitees
from ydin.kernel.clock import now
from ydin.kernel.errors import Refused
from ydin.meetings.emails import answers as emails
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.rules.answers import CHANGEABLE, CODE_LENGTH, CODE_LETTERS, DRAWN, TOLD
from ydin.meetings.rules.states import Answer, MeetingState, Standing
from ydin.meetings.services.announce_audience import require_author_to_widen
from ydin.meetings.services.answers_base import (
    defer_filling,
    hold_meeting,
    lock_meeting,
    require_ahead,
    require_change,
    require_preparer,
    save_change,
    tell_all,
)
from ydin.meetings.services.replies_proposals import close_proposals
from ydin.networks.models import Enterprise
from ydin.outbox.services import post
from ydin.people.models import Person


@transaction.atomic
def announce_meeting(*, actor: Person | None, meeting: Meeting, version: int | None = None) -> Meeting:
    """Send the invitations of a draft: everybody who represents a company of the group gets one letter.

    The host's own people count as coming. Returns the meeting as it is now.

    Raises:
        NotAllowed: the actor is neither host nor coordinator.
        Refused: something is missing (the message says what), or it is no draft.
        Conflict: somebody changed the meeting since `meeting` was read.

    """
    held = hold_meeting(actor, meeting, version)
    if held.state == MeetingState.CANCELLED:
        raise Refused(_("The evening is cancelled."))
    return _announce(actor, held)


def _announce(actor: Person | None, held: Meeting) -> Meeting:
    require_change(held, MeetingState.ANNOUNCED)
    _require_ready(held)
    held.state, held.announced_at = MeetingState.ANNOUNCED, now()
    held.check_in_code = held.check_in_code or draw_code()
    held.cancelled_at, held.cancel_note = None, ""
    save_change(held, "state", "announced_at", "check_in_code", "cancelled_at", "cancel_note")
    _invite_group(actor, held)
    count = tell_all(actor, held, emails.announced)
    record(actor=actor, action="meeting.announced", target=held, letters=count)
    return held


def draw_code() -> str:
    """Return a new code for checking in, of letters and figures that nobody confuses."""
    return "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LENGTH))


def missing_words(meeting: Meeting) -> list[str]:
    """Return what is still missing before the invitations can be sent, in the current language."""
    needed = [
        (meeting.theme.strip(), _("a theme")),
        (
            meeting.place.strip() or meeting.address.strip() or meeting.video_link,
            _("a place or a video link"),
        ),
        (meeting.starts_at > now(), _("a time that is still ahead")),
    ]
    return [words for there, words in needed if not there]


def _require_ready(held: Meeting) -> None:
    missing = missing_words(held)
    if missing:
        raise Refused(_("The invitation still needs %(what)s.") % {"what": ", ".join(missing)})


def _invite_group(actor: Person | None, held: Meeting) -> None:
    moment, known = now(), set(Rsvp.objects.filter(meeting=held).values_list("person_id", flat=True))
    rows = []
    for one in invitees(held.group):
        if one.person.pk in known:
            continue
        row = Rsvp(
            meeting=held,
            group=held.group,
            person=one.person,
            enterprise=one.enterprise,
            is_visitor=one.is_visitor,
        )
        if one.enterprise.pk == held.host_id:
            row.answer, row.standing = Answer.COMING, Standing.ADMITTED
            row.answered_at, row.answered_by = moment, actor
        rows.append(row)
    Rsvp.objects.bulk_create(rows)
    Rsvp.objects.filter(meeting=held, invited_at__isnull=True).update(invited_at=moment)


@transaction.atomic
def change_meeting(
    *, actor: Person | None, meeting: Meeting, changes: dict[str, Any], version: int | None = None
) -> Meeting:
    """Change a draft (nobody is written to) or an announced meeting (everybody is told what changed).

    Answers stay; when the time moves the letter asks for a new one. Returns the meeting as it is now.

    Args:
        actor: host or coordinator.
        meeting: as the actor last saw it.
        changes: new values by field, of `rules.answers.CHANGEABLE`.
        version: what the actor saw, when it is not `meeting.version`.

    Raises:
        NotAllowed: the actor is neither host nor coordinator, or would show the host's evening to more people.
        Refused: it was held or cancelled, or would end before it begins, lie in the past or have no place.
        Conflict: somebody changed the meeting since.
        ValueError: an unknown field.

    """
    if unknown := set(changes) - set(CHANGEABLE):
        raise ValueError(f"these do not change: {sorted(unknown)}")
    held = hold_meeting(actor, meeting, version)
    before = copy.copy(held)
    fields = _apply(held, changes)
    _require_sound(held, before)
    require_author_to_widen(actor, held, before.audience)
    if not fields:
        return held
    announced = held.state == MeetingState.ANNOUNCED
    if announced:
        _count(held, fields)
    save_change(held, *fields, "sequence", "moved_sequence")
    told = announced and not set(TOLD).isdisjoint(fields)
    if told:
        _tell_change(actor, held, before)
    if announced and {"capacity", "visitor_places"} & set(fields):
        defer_filling(held)
    record(actor=actor, action="meeting.changed", target=held, fields=sorted(fields), told=told)
    return held


def _apply(held: Meeting, changes: dict[str, Any]) -> list[str]:
    fields = [name for name, value in changes.items() if getattr(held, name) != value]
    for name in fields:
        setattr(held, name, changes[name])
    return fields


def _count(held: Meeting, fields: list[str]) -> None:
    """Raise the sequence; answers and wishes about an earlier time are then answers to an older one."""
    if not {*TOLD, *DRAWN}.isdisjoint(fields):
        held.sequence += 1
    if "starts_at" in fields:
        held.moved_sequence = held.sequence
        close_proposals(held)


def _tell_change(actor: Person | None, held: Meeting, before: Meeting) -> None:
    to_invited = partial(emails.changed, before=before)
    tell_all(actor, held, to_invited, partial(emails.to_substitute, "substitute_changed"))


def _require_sound(held: Meeting, before: Meeting) -> None:
    if held.state in {MeetingState.HELD, MeetingState.CANCELLED}:
        require_change(held, MeetingState.HELD)
    if held.ends_at <= held.starts_at:
        raise Refused(_("The evening cannot end before it begins."))
    if held.state != MeetingState.ANNOUNCED:
        return
    if before.starts_at <= now():
        raise Refused(_("The evening has begun already. It can no longer be changed."))
    _require_ready(held)


@transaction.atomic
def cancel_meeting(
    *, actor: Person | None, meeting: Meeting, note: str = "", version: int | None = None
) -> Meeting:
    """Cancel a meeting. Everybody invited is told, with a note if there is one; a draft is dropped silently.

    Raises:
        NotAllowed, Conflict: as `change_meeting`.
        Refused: it was held or cancelled already, or has begun.

    """
    held = hold_meeting(actor, meeting, version)
    require_change(held, MeetingState.CANCELLED)
    announced = held.state == MeetingState.ANNOUNCED
    if announced and held.starts_at <= now():
        raise Refused(_("The evening has begun already. It can no longer be cancelled."))
    held.state, held.cancelled_at, held.cancel_note = MeetingState.CANCELLED, now(), note.strip()[:500]
    held.sequence += int(announced)
    save_change(held, "state", "cancelled_at", "cancel_note", "sequence")
    count = 0
    if announced:
        count = tell_all(actor, held, emails.cancelled, partial(emails.to_substitute, "substitute_cancelled"))
    record(actor=actor, action="meeting.cancelled", target=held, letters=count)
    return held


@transaction.atomic
def revive_meeting(*, actor: Person | None, meeting: Meeting, version: int | None = None) -> Meeting:
    """Let a cancelled meeting take place after all; everybody is told. Earlier answers are still there.

    Raises:
        NotAllowed, Conflict: as `change_meeting`.
        Refused: it is not cancelled, or something is missing (a time that is still ahead, for example).

    """
    held = hold_meeting(actor, meeting, version)
    if held.state != MeetingState.CANCELLED:
        raise Refused(_("The evening is not cancelled."))
    if held.announced_at is None:
        return _announce(actor, held)
    _require_ready(held)
    held.state, held.cancelled_at, held.cancel_note = MeetingState.ANNOUNCED, None, ""
    held.sequence += 1
    save_change(held, "state", "cancelled_at", "cancel_note", "sequence")
    tell_all(actor, held, emails.revived, partial(emails.to_substitute, "substitute_changed"))
    defer_filling(held)
    record(actor=actor, action="meeting.revived", target=held)
    return held


@transaction.atomic
def invite_person(
    *, actor: Person | None, meeting: Meeting, person: Person, enterprise: Enterprise | None, as_visitor: bool
) -> Rsvp:
    """Invite one more person: a visitor, or a member who came after the invitations were sent.

    They get the invitation now if the others have theirs, else together with them. Whoever is invited
    already stays so and gets no second letter.

    Raises:
        NotAllowed: the actor is neither host nor coordinator.
        Refused: the meeting was held or cancelled, or has begun.

    """
    held = lock_meeting(meeting.pk)
    require_preparer(actor, held)
    if held.state in {MeetingState.HELD, MeetingState.CANCELLED}:
        require_change(held, MeetingState.HELD)
    require_ahead(held)
    announced = held.state == MeetingState.ANNOUNCED
    rsvp, made = Rsvp.objects.get_or_create(
        meeting=held,
        person=person,
        defaults={
            "group": held.group,
            "enterprise": enterprise,
            "is_visitor": as_visitor,
            "invited_at": now() if announced else None,
        },
    )
    if made and announced:
        post(actor=actor, letter=emails.announced(held, rsvp, emails.sender_of(held)))
    if made:
        record(actor=actor, action="meeting.invited", target=held, person=person.pk, visitor=as_visitor)
    return rsvp
