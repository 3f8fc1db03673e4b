"""Promises: who will do what, by when, and what became of it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups.queries import living_seats
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.meetings.models import Meeting, Promise
from ydin.meetings.policies import can_close_promise, can_make_promise
from ydin.meetings.rules.states import MeetingState, PromiseState
from ydin.networks.models import Enterprise
from ydin.people.models import Person


def _require_promise(meeting: Meeting, enterprise: Enterprise, what: str) -> None:
    if meeting.state not in {MeetingState.ANNOUNCED, MeetingState.HELD}:
        raise Refused(_("Promises belong to an evening that is held."))
    if not what.strip():
        raise Refused(_("Write what is promised."))
    if not living_seats(meeting.group).filter(enterprise=enterprise).exists():
        raise Refused(_("This company has no seat in the group."))


@transaction.atomic
def add_promise(
    *,
    actor: Person | None,
    meeting: Meeting,
    enterprise: Enterprise,
    what: str,
    due: date | None = None,
    person: Person | None = None,
) -> Promise:
    """Write down what a company promised on that evening.

    Args:
        actor: somebody of the company, the evening's host, or a coordinator of the group.
        meeting: an evening that was announced.
        enterprise: a company with a seat in the group.
        what: at most 500 characters.
        due: by when; None: by the next meeting.
        person: who said it, if that matters.

    Raises:
        NotAllowed: the actor is none of these.
        Refused: nothing was written, the company has no seat, or the evening was never announced.

    """
    if actor is not None and not can_make_promise(actor, meeting.group, enterprise.pk):
        raise NotAllowed(_("A promise is written down by the company itself, the host or the coordinator."))
    _require_promise(meeting, enterprise, what)
    made = Promise.objects.create(
        meeting=meeting,
        group=meeting.group,
        enterprise=enterprise,
        person=person,
        what=" ".join(what.split())[:500],
        due=due,
    )
    record(actor=actor, action="promise.made", target=made, meeting=meeting.pk)
    return made


@transaction.atomic
def keep_promise(*, actor: Person | None, promise: Promise, version: int, outcome: str = "") -> Promise:
    """Mark a promise as done, with what came of it.

    Raises:
        NotAllowed: the actor is not of the company, not the host of the evening, no coordinator of the group.
        Conflict: somebody changed it since `version`.

    """
    return _close(actor, promise, version, PromiseState.DONE, outcome)


@transaction.atomic
def drop_promise(*, actor: Person | None, promise: Promise, version: int, outcome: str = "") -> Promise:
    """Mark a promise as dropped, with the reason. Errors as `keep_promise`."""
    return _close(actor, promise, version, PromiseState.DROPPED, outcome)


@transaction.atomic
def carry_promise(*, actor: Person | None, promise: Promise, version: int) -> Promise:
    """Carry a promise on to the next meeting: open, without a date. Reopens a closed one too."""
    return _close(actor, promise, version, PromiseState.OPEN, "", due=None)


def _close(
    actor: Person | None, promise: Promise, version: int, state: PromiseState, outcome: str, **more: None
) -> Promise:
    rows = Promise.objects.select_for_update(of=("self",)).select_related("group", "enterprise")
    held = rows.get(pk=promise.pk)
    if actor is not None and not can_close_promise(actor, held):
        raise NotAllowed(_("What became of a promise is said by the company, the host or the coordinator."))
    if held.version != version:
        raise Conflict(_("Somebody changed this promise meanwhile. Look at it and try again."))
    held.state, held.outcome = state, " ".join(outcome.split())[:500]
    held.version += 1
    if "due" in more:
        held.due = None
    held.save(update_fields=["state", "outcome", "version", "due"])
    record(actor=actor, action=f"promise.{state}", target=held, meeting=held.meeting_id)
    return held
