"""Answers to an invitation, the waiting list and reminders."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.meetings.emails import answers as emails
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.policies import can_prepare
from ydin.meetings.queries.answers import (
    Counts,
    answer_counts,
    hold_for_answer,
    meeting_of_link,
    meetings_to_remind,
    posted,
    unanswered,
    waiting_list,
)
from ydin.meetings.rules.answers import (
    MAX_GUESTS,
    Waiting,
    is_reminded,
    moving_up,
    reminder_due,
    standing_for,
)
from ydin.meetings.rules.states import Answer, MeetingState, Standing
from ydin.meetings.services.answers_base import defer_filling, lock_meeting
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.people.policies import unwanted
from ydin.people.rules import MailKind

WRITTEN = (
    "answer",
    "standing",
    "queued_at",
    "guests",
    "guest_name",
    "substitute_name",
    "substitute_email",
    "comment",
    "answered_at",
    "answered_by",
    "version",
)


class Details(TypedDict, total=False):
    """What goes with an answer. What is left out stays as it was, while the person comes."""

    guests: int
    guest_name: str
    substitute_name: str
    substitute_email: str
    comment: str


@transaction.atomic
def answer_meeting(
    *,
    actor: Person | None,
    meeting: Meeting,
    person: Person,
    answer: str,
    by: Person | None = None,
    version: int | None = None,
    **details: Unpack[Details],
) -> Rsvp:
    """Record what a person answers to an invitation, and give them a place or one on the waiting list.

    The meeting's row is locked first, so that a meeting with room for N admits exactly N.

    Args:
        actor: the person, or the host or coordinator who answers for them (a phone call); None: the system.
        meeting: an announced meeting that has not begun.
        person: who is invited.
        answer: coming, maybe or not_coming (`rules.states.Answer`); a substitute comes, so it is `coming`.
        by: who is noted as having answered; the actor when left out.
        version: of the invitation as the actor saw it; Conflict when it was answered since.
        details: guests (number of people beside the person), guest_name, substitute_name,
            substitute_email (gets a letter), comment.

    Raises:
        NotAllowed: the person is not invited, or the actor may not answer for them.
        Refused: not announced, cancelled, begun, or no room for the guest.
        Conflict: the invitation is no longer at `version`.

    """
    held, rsvp, counts = _hold(meeting.pk, person.pk)
    _require_right(actor, rsvp, held)
    if version is not None and rsvp.version != version:
        raise Conflict(_("This was answered meanwhile. Look at the answer and try again."))
    return _answer(actor, (held, rsvp, counts), Answer(answer), details, by=by or actor)


@transaction.atomic
def answer_by_link(
    *, actor: Person | None, meeting_id: int, person_id: int, answer: str, **details: Unpack[Details]
) -> Rsvp:
    """Do the same for the person of a signed link, who acts for themself; `actor` is nobody yet (None).

    Reads only what counting needs, because everybody answers in the hour after the letter.

    Raises:
        NotAllowed, Refused: as `answer_meeting`.

    """
    held, rsvp, counts = _hold(meeting_id, person_id)
    person = actor or rsvp.person
    return _answer(person, (held, rsvp, counts), Answer(answer), details, by=person)


def _hold(meeting_id: int, person_id: int) -> tuple[Meeting, Rsvp, Counts]:
    found = hold_for_answer(meeting_id, person_id)
    if found is None:
        raise NotAllowed(_("Only those who are invited can answer."))
    return found


def _answer(
    actor: Person | None,
    found: tuple[Meeting, Rsvp, Counts],
    answer: Answer,
    details: Details,
    *,
    by: Person | None,
) -> Rsvp:
    held, rsvp, counts = found
    _require_open(held)
    address, was_waiting = rsvp.substitute_email, rsvp.standing == Standing.WAITING
    released = _apply(rsvp, held, counts, answer, details)
    rsvp.answered_at, rsvp.answered_by = now(), by
    rsvp.version += 1
    rsvp.save(update_fields=WRITTEN)
    others_wait = counts.waiting > int(was_waiting)
    if (released and others_wait) or _is_overlooked(held, rsvp, counts):
        defer_filling(held)
    if rsvp.substitute_email and rsvp.substitute_email != address:
        full = meeting_of_link(held.pk) or held
        letter = emails.to_substitute("substitute", full, rsvp, emails.sender_of(full))
        post(actor=actor, letter=letter)
    record(actor=actor, action="meeting.answered", target=held, person=rsvp.person_id, answer=answer.value)
    return rsvp


def _require_right(actor: Person | None, rsvp: Rsvp, held: Meeting) -> None:
    if actor is None or actor.pk == rsvp.person_id or can_prepare(actor, held):
        return
    raise NotAllowed(_("Everybody answers for themselves; the host and the coordinator may help."))


def _require_open(held: Meeting) -> None:
    if held.state == MeetingState.CANCELLED:
        raise Refused(_("The evening is cancelled."))
    if held.state == MeetingState.DRAFT:
        raise Refused(_("The invitations have not been sent yet."))
    if held.state == MeetingState.HELD or held.starts_at <= now():
        raise Refused(_("The evening has begun. Answers were taken until the start."))


def _apply(rsvp: Rsvp, held: Meeting, counts: Counts, answer: Answer, details: Details) -> bool:
    """Change the answer in memory; tell whether a place or a turn in the list became free."""
    before, people_before = Standing(rsvp.standing), 1 + rsvp.guests
    rsvp.answer = answer
    rsvp.comment = details.get("comment", rsvp.comment)
    if answer is not Answer.COMING:
        rsvp.guests, rsvp.guest_name, rsvp.substitute_name, rsvp.substitute_email = 0, "", "", ""
        rsvp.standing, rsvp.queued_at = Standing.NONE, None
        return before is not Standing.NONE
    guests = details.get("guests", rsvp.guests)
    if not 0 <= guests <= MAX_GUESTS:
        raise Refused(_("One person can bring at most %(count)s others.") % {"count": MAX_GUESTS})
    standing = standing_for(counts.room(held), before, rsvp.guests, guests, visitors=rsvp.is_visitor)
    if standing is Standing.NONE:
        raise Refused(_("There is no room for one more. Your own place is safe."))
    rsvp.standing, rsvp.guests = standing, guests
    rsvp.guest_name = details.get("guest_name", rsvp.guest_name) if guests else ""
    rsvp.substitute_name = details.get("substitute_name", rsvp.substitute_name)
    rsvp.substitute_email = details.get("substitute_email", rsvp.substitute_email)
    if not rsvp.substitute_name:
        rsvp.substitute_email = ""
    if standing is Standing.WAITING:
        rsvp.queued_at = rsvp.queued_at or now()
    return before is not Standing.NONE and 1 + guests < people_before


def _is_overlooked(held: Meeting, rsvp: Rsvp, counts: Counts) -> bool:
    """Tell whether the person waits though there is room, behind others who cannot use it."""
    fits = counts.room(held).fits(1 + rsvp.guests, visitors=rsvp.is_visitor)
    return rsvp.standing == Standing.WAITING and fits


@transaction.atomic
def fill_places(*, actor: Person | None, meeting_id: int) -> int:
    """Give free places to those who wait, first come first served, and tell each; return how many moved up.

    Run by the worker under the same lock as answers. Running it again changes nothing.
    """
    held = lock_meeting(meeting_id)
    if held.state != MeetingState.ANNOUNCED or held.starts_at <= now():
        return 0
    queue = {r.pk: r for r in waiting_list(held)}
    room = answer_counts(held, None).room(held)
    waiting = [Waiting(r.pk, 1 + r.guests, r.is_visitor) for r in queue.values()]
    keys = moving_up(room, waiting)
    sender = emails.sender_of(held) if keys else None
    for key in keys:
        rsvp = queue[key]
        rsvp.standing, rsvp.queued_at = Standing.ADMITTED, None
        rsvp.version += 1
        rsvp.save(update_fields=["standing", "queued_at", "version"])
        assert sender is not None
        post(actor=actor, letter=emails.place_free(held, rsvp, sender))
        record(actor=actor, action="meeting.moved_up", target=held, person=rsvp.person_id)
    return len(keys)


def remind_all(*, actor: Person | None, moment: datetime | None = None) -> int:
    """Remind those who have not answered of the meetings for which a reminder is due; return how many.

    Each reminder is written once (its key is unique), however often this runs.
    """
    moment = moment or now()
    return sum(_remind(actor, meeting, moment) for meeting in meetings_to_remind(moment))


@transaction.atomic
def _remind(actor: Person | None, meeting: Meeting, moment: datetime) -> int:
    due = reminder_due(meeting.starts_at, meeting.group.reminder_days, meeting.group.time_zone, moment)
    if due is None:
        return 0
    days, since = due
    answers = [answer for answer in Answer if is_reminded(answer, days)]
    rows = unanswered(meeting, answers, since)
    silent = unwanted([r.person for r in rows], MailKind.REMINDER)
    written = posted(emails.reminder_key(meeting, r.person_id, days) for r in rows)
    rows = [
        r
        for r in rows
        if r.person_id not in silent and emails.reminder_key(meeting, r.person_id, days) not in written
    ]
    sender = emails.sender_of(meeting) if rows else None
    for rsvp in rows:
        assert sender is not None
        post(actor=actor, letter=emails.reminder(meeting, rsvp, sender, days))
    return len(rows)
