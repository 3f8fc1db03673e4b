"""What a host answers: yes, no, or not after all."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups.policies import can_coordinate
from ydin.groups.queries import coordinators_of
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed, Refused
from ydin.meetings.emails.planning import host_answered, turn_accepted
from ydin.meetings.models import HostingTurn, Meeting, Season
from ydin.meetings.policies import can_answer_turn
from ydin.meetings.queries.planning import representatives_of, turns_with_meetings
from ydin.meetings.rules.states import LIVE_TURNS, TurnState
from ydin.meetings.services.planning_base import (
    bump,
    changed_meanwhile,
    hold_season,
    set_turn,
    withdraw_swaps,
)
from ydin.meetings.services.planning_meetings import draft_meeting, drop_draft
from ydin.outbox.services import post
from ydin.people.models import Person

OPEN = (TurnState.PROPOSED, TurnState.ASKED)


def hold_turn(
    actor: Person | None, turn: HostingTurn, version: int | None = None
) -> tuple[Season, HostingTurn]:
    """Lock the season of a turn that the actor may answer, and return both fresh.

    Raises NotAllowed for whoever acts neither for the host nor as the group's coordinator, Refused when the
    turn is over, Conflict when `version` is given and not the present one.
    """
    season = hold_season(turn.season_id)
    fresh = turns_with_meetings(season).filter(pk=turn.pk).first()
    if fresh is None:
        raise changed_meanwhile()
    fresh.season = season
    if actor is not None and not can_coordinate(actor, season.group) and not can_answer_turn(actor, fresh):
        if fresh.state in LIVE_TURNS:
            raise NotAllowed(_("Only the host answers for its turn."))
        raise Refused(_("This turn is over. Your coordinator can tell you how the season stands."))
    if fresh.state not in LIVE_TURNS:
        raise Refused(_("This turn is over. Your coordinator can tell you how the season stands."))
    if version is not None and fresh.version != version:
        raise changed_meanwhile()
    return season, fresh


@transaction.atomic
def accept_turn(*, actor: Person | None, turn: HostingTurn, version: int | None = None) -> Meeting:
    """Accept a hosting turn and draft its evening; a second tap changes nothing.

    The host's people get the address of the three steps, coordinators a note unless one of them did it.
    Raises NotAllowed, Refused, Conflict. `actor` None: the system.
    """
    season, turn = hold_turn(actor, turn, version)
    if turn.state not in OPEN:
        return draft_meeting(actor=actor, turn=turn)
    set_turn(turn, state=TurnState.ACCEPTED, answered_at=now())
    bump(season)
    meeting = draft_meeting(actor=actor, turn=turn)
    record(actor=actor, action="turn.accepted", target=turn)
    for who in representatives_of([turn.enterprise_id]):
        post(actor=actor, letter=turn_accepted(turn, who.person))
    _tell_coordinators(actor, turn, accepted=True)
    return meeting


@transaction.atomic
def decline_turn(
    *, actor: Person | None, turn: HostingTurn, note: str = "", version: int | None = None
) -> HostingTurn:
    """Decline a turn that was asked, or give back one that was accepted; coordinators are told.

    A draft of the evening is dropped; an announced meeting stays until the coordinator finds another host
    or cancels it. Open swap questions about the turn lapse. Raises NotAllowed, Refused, Conflict.
    """
    season, turn = hold_turn(actor, turn, version)
    state = TurnState.DECLINED if turn.state in OPEN else TurnState.CANCELLED
    set_turn(turn, state=state, answered_at=now(), note=" ".join(note.split())[:500])
    drop_draft(actor=actor, turn=turn)
    withdraw_swaps(turn)
    bump(season)
    record(actor=actor, action=f"turn.{state.value}", target=turn)
    _tell_coordinators(actor, turn, accepted=False)
    return turn


def _tell_coordinators(actor: Person | None, turn: HostingTurn, *, accepted: bool) -> None:
    people = coordinators_of(turn.season.group)
    if actor is None or any(person.pk == actor.pk for person in people):
        return
    for person in people:
        letter = host_answered(turn, person, accepted=accepted, reply_to=actor.email)
        post(actor=actor, letter=letter)
