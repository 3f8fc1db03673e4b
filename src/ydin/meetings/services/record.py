"""Marking evenings as held, and bringing in those that were held before the group used Ydin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups.models import CoreGroup
from ydin.groups.policies import can_coordinate, can_manage
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed, Refused
from ydin.meetings.models import Attendance, Meeting
from ydin.meetings.policies import can_prepare
from ydin.meetings.queries.evening import meetings_to_close
from ydin.meetings.rules.evening import CLOSES_AFTER, UNDO_HELD
from ydin.meetings.rules.states import Audience, MeetingState, Recorded
from ydin.meetings.services.answers_base import lock_meeting, require_change, save_change
from ydin.networks.models import Enterprise
from ydin.people.models import Person


@transaction.atomic
def hold_meeting(*, actor: Person | None, meeting: Meeting) -> Meeting:
    """Mark an announced meeting as held, once it has begun. Doing it twice changes nothing.

    Raises:
        NotAllowed: the actor neither hosts it nor coordinates the group.
        Refused: it has not begun, was never announced, or is cancelled.

    """
    held = lock_meeting(meeting.pk)
    if actor is not None and not can_prepare(actor, held):
        raise NotAllowed(_("Only the host and the group's coordinator mark the evening as held."))
    if held.state == MeetingState.HELD:
        return held
    require_change(held, MeetingState.HELD)
    if held.starts_at > now():
        raise Refused(_("The evening has not begun yet."))
    held.state, held.held_at = MeetingState.HELD, now()
    save_change(held, "state", "held_at")
    record(actor=actor, action="meeting.held", target=held)
    return held


@transaction.atomic
def undo_hold(*, actor: Person | None, meeting: Meeting) -> Meeting:
    """Take "held" back within a day of marking it; attendance, memo and promises stay.

    Raises:
        NotAllowed: the actor does not coordinate the group.
        Refused: it is not held, was brought in as a past meeting, or a day has passed.

    """
    held = lock_meeting(meeting.pk)
    if actor is not None and not can_coordinate(actor, held.group):
        raise NotAllowed(_("Only the group's coordinator takes this back."))
    if held.state != MeetingState.HELD:
        raise Refused(_("The evening is not marked as held."))
    if not can_be_undone(held):
        raise Refused(_("This can be taken back within a day only."))
    held.state, held.held_at = MeetingState.ANNOUNCED, None
    save_change(held, "state", "held_at")
    record(actor=actor, action="meeting.hold_undone", target=held)
    return held


def can_be_undone(meeting: Meeting) -> bool:
    """Tell whether "held" can still be taken back."""
    return (
        meeting.state == MeetingState.HELD
        and meeting.announced_at is not None
        and meeting.held_at is not None
        and now() - meeting.held_at <= UNDO_HELD
    )


def close_meetings(*, actor: None) -> int:
    """Mark announced meetings as held a day after their end when somebody was there; return how many."""
    count = 0
    for meeting in meetings_to_close(now() - CLOSES_AFTER):
        with transaction.atomic():
            held = lock_meeting(meeting.pk)
            if held.state == MeetingState.ANNOUNCED:
                hold_meeting(actor=actor, meeting=held)
                count += 1
    return count


@transaction.atomic
def record_past_meeting(
    *,
    actor: Person | None,
    group: CoreGroup,
    host: Enterprise | None,
    theme: str,
    starts_at: datetime,
    ends_at: datetime,
    present: Sequence[tuple[Person, Enterprise]],
    visitors: Sequence[tuple[str, str]] = (),
    **facts: Any,
) -> Meeting:
    """Bring in a meeting that was held before the group used Ydin: no letters, at most eight statements.

    Args:
        actor: a coordinator of the group or of its network; None: the system.
        group: whose meeting it was.
        host: the company that hosted, if it is known.
        theme: at most 300 characters.
        starts_at, ends_at: aware, in the past, the end after the start.
        present: (person, the company for which they came); who is named twice counts once.
        visitors: (name, company) of those who have no account.
        facts: further fields of `Meeting`: `turn` (the hosting turn of a past season that it fulfilled),
            `place`, `municipality`, `expert`, `description`, `agenda`, `audience` and so on.

    Raises:
        NotAllowed: the actor coordinates neither.
        Refused: it lies ahead, ends before it begins, or the host is of another network.

    """
    if actor is not None and not can_manage(actor, group):
        raise NotAllowed(_("Only the group's coordinator brings in past evenings."))
    _require_past(group, host, starts_at, ends_at)
    more = {**_usual_facts(group, host, ends_at), **facts}
    meeting = Meeting.objects.create(
        group=group, host=host, theme=theme.strip()[:300], starts_at=starts_at, ends_at=ends_at, **more
    )
    count = _record_presence(actor, meeting, present, visitors)
    record(actor=actor, action="meeting.brought_in", target=meeting, present=count)
    return meeting


def _usual_facts(group: CoreGroup, host: Enterprise | None, ends_at: datetime) -> dict[str, Any]:
    return {
        "state": MeetingState.HELD,
        "held_at": ends_at,
        "place": host.name[:200] if host else "",
        "time_zone": group.time_zone,
        "audience": Audience.GROUP,
    }


def _record_presence(
    actor: Person | None,
    meeting: Meeting,
    present: Sequence[tuple[Person, Enterprise]],
    visitors: Sequence[tuple[str, str]],
) -> int:
    rows = [
        Attendance(person=person, enterprise=company, name=str(person)[:500], company=company.name)
        for person, company in {person.pk: (person, company) for person, company in present}.values()
    ]
    rows += [Attendance(name=n.strip()[:500], company=c.strip()[:500], as_visitor=True) for n, c in visitors]
    for row in rows:
        row.meeting, row.group = meeting, meeting.group
        row.recorded, row.recorded_by = Recorded.COORDINATOR, actor
    Attendance.objects.bulk_create(rows)
    return len(rows)


def _require_past(group: CoreGroup, host: Enterprise | None, starts_at: datetime, ends_at: datetime) -> None:
    if starts_at >= now():
        raise Refused(_("This evening is still ahead. Plan it in the season instead."))
    if ends_at <= starts_at:
        raise Refused(_("The evening cannot end before it begins."))
    if host is not None and host.network_id != group.network_id:
        raise Refused(_("This company belongs to another network."))
