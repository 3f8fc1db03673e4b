"""The host decides theme, evening and the rest; each step is saved by itself."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.clock import at
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.meetings.models import HostingTurn, Meeting
from ydin.meetings.policies import can_prepare
from ydin.meetings.queries.planning import facts_of, living_turns
from ydin.meetings.queries.planning_choices import choices, others_than
from ydin.meetings.rules.states import MeetingState
from ydin.meetings.services.planning_base import bump, hold_season, set_turn
from ydin.meetings.services.planning_meetings import change_evening
from ydin.people.models import Person

CHANGEABLE = (MeetingState.DRAFT, MeetingState.ANNOUNCED)


@transaction.atomic
def prepare_meeting(
    *, actor: Person | None, meeting: Meeting, changes: dict[str, Any], version: int | None = None
) -> Meeting:
    """Save a step of the host's preparation; of an announced meeting, those invited are told what changed.

    Raises NotAllowed, Refused once the meeting is over, Conflict when somebody else saved meanwhile.
    """
    meeting = _fresh(actor, meeting, version)
    different = {name: value for name, value in changes.items() if getattr(meeting, name) != value}
    if different:
        change_evening(actor=actor, meeting=meeting, changes=different)
    return meeting


def _fresh(actor: Person | None, meeting: Meeting, version: int | None) -> Meeting:
    fresh = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("group__network", "turn__season__group__network", "turn__enterprise", "host")
        .get(pk=meeting.pk)
    )
    if actor is not None and not can_prepare(actor, fresh):
        raise NotAllowed(_("Only the host and the coordinator prepare the evening."))
    if fresh.state not in CHANGEABLE:
        raise Refused(_("The meeting is over or cancelled; it cannot be changed any more."))
    if version is not None and fresh.version != version:
        raise Conflict(_("Somebody saved something else here meanwhile."))
    return fresh


@transaction.atomic
def choose_evening(
    *,
    actor: Person | None,
    meeting: Meeting,
    evening: date,
    starts: time,
    ends: time,
    version: int | None = None,
) -> Meeting:
    """Put the meeting on an evening that fits, from one clock time to another in the meeting's time zone.

    A new evening must be in the turn's month and free: no holiday, no other group of the coordinator or
    neighbouring group, no host away. The turn follows. Raises NotAllowed, Refused, Conflict.
    """
    turn = HostingTurn.objects.filter(meeting=meeting).select_related("season").first()
    season = hold_season(turn.season_id) if turn else None
    meeting = _fresh(actor, meeting, version)
    if ends <= starts:
        raise Refused(_("The evening ends before it begins. Check the two times."))
    if turn is not None and season is not None and turn.evening != evening:
        turn.season = season
        _require_fits(turn, evening)
        set_turn(turn, evening=evening)
        bump(season)
        record(actor=actor, action="turn.evening_chosen", target=turn, evening=evening.isoformat())
    zone = meeting.time_zone
    times = {"starts_at": at(evening, starts, zone), "ends_at": at(evening, ends, zone)}
    return prepare_meeting(actor=actor, meeting=meeting, changes=times)


def _require_fits(turn: HostingTurn, evening: date) -> None:
    facts = facts_of(turn.season)
    others = others_than(living_turns(turn.season), turn.month)
    mine = choices(facts, others, turn.month, widen=frozenset({turn.enterprise_id}), only=turn.enterprise_id)
    if not any(evening == option.day for choice in mine for option in choice.evenings):
        raise Refused(_("That evening does not fit any more. Choose another one from the list."))
