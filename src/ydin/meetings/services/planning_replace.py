"""Putting one turn in the place of another, with what hangs on it: the meeting, and telling the hosts."""

from __future__ import annotations

from typing import Any

from ydin.audit.services import record
from ydin.meetings.emails.planning import turn_moved, turn_withdrawn
from ydin.meetings.models import HostingTurn, Season
from ydin.meetings.queries.planning import representatives_of
from ydin.meetings.rules.planning_changes import Slot
from ydin.meetings.rules.states import TurnState
from ydin.meetings.services.planning_base import set_turn, withdraw_swaps
from ydin.meetings.services.planning_meetings import drop_draft, hand_over, move_meeting
from ydin.outbox.services import post
from ydin.people.models import Person

TOLD = (TurnState.ASKED, TurnState.ACCEPTED)


def take_away(*, actor: Person | None, turn: HostingTurn) -> None:
    """End a living turn. A host who had been asked is told; a draft goes, an announced meeting waits."""
    state = turn.state
    set_turn(turn, state=TurnState.CANCELLED)
    drop_draft(actor=actor, turn=turn)
    withdraw_swaps(turn)
    record(actor=actor, action="turn.taken_away", target=turn)
    if state in TOLD:
        for who in representatives_of([turn.enterprise_id]):
            post(actor=actor, letter=turn_withdrawn(turn, who.person))


def replace_turn(*, actor: Person | None, season: Season, old: HostingTurn | None, slot: Slot) -> HostingTurn:
    """Give the month the slot's host and evening; `old` is its turn until now, ended already if the host changes."""
    if old is not None and old.enterprise_id == slot.company:
        return _same_host(actor, old, slot)
    turn = HostingTurn.objects.create(
        season=season,
        month=slot.month,
        enterprise_id=slot.company,
        evening=slot.evening,
        reasons=slot.reasons,
        regret=slot.regret,
    )
    turn.season = season
    hand_over(actor=actor, old=old or turn, new=turn)
    return turn


def _same_host(actor: Person | None, turn: HostingTurn, slot: Slot) -> HostingTurn:
    moved = turn.evening != slot.evening
    values: dict[str, Any] = {"evening": slot.evening, "reasons": slot.reasons, "regret": slot.regret}
    set_turn(turn, **values)
    if moved:
        move_meeting(actor=actor, turn=turn, evening=slot.evening)
        if turn.state in TOLD:
            for who in representatives_of([turn.enterprise_id]):
                post(actor=actor, letter=turn_moved(turn, who.person))
    return turn
