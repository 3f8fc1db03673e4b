"""What a coordinator does with single turns: ask, lock, take back, and undo the last change."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.clock import now
from ydin.kernel.errors import Refused
from ydin.meetings.emails.planning import turn_asked
from ydin.meetings.models import HostingTurn, PlanRevision, Season, Swap
from ydin.meetings.queries.planning import (
    last_revision,
    living_turns,
    representatives_of,
    turns_with_meetings,
)
from ydin.meetings.rules.planning_changes import Slot
from ydin.meetings.rules.states import LIVE_TURNS, SeasonState, TurnState
from ydin.meetings.services.planning_base import (
    bump,
    changed_meanwhile,
    hold_season,
    keep_revision,
    require_coordinator,
    set_turn,
)
from ydin.meetings.services.planning_meetings import draft_meeting, hand_over
from ydin.meetings.services.planning_replace import replace_turn, take_away
from ydin.outbox.services import post
from ydin.people.models import Person


def ask(actor: Person | None, season: Season, turns: list[HostingTurn]) -> list[HostingTurn]:
    """Ask the hosts of proposed turns by mail; returns those asked now. The season must be held."""
    asked = [turn for turn in turns if turn.state == TurnState.PROPOSED]
    for turn in asked:
        set_turn(turn, state=TurnState.ASKED, asked_at=now())
        for who in representatives_of([turn.enterprise_id]):
            post(actor=actor, letter=turn_asked(turn, who.person))
        record(actor=actor, action="turn.asked", target=turn)
    if asked:
        bump(season, state=SeasonState.RUNNING)
    return asked


@transaction.atomic
def ask_hosts(*, actor: Person | None, season: Season, version: int | None = None) -> list[HostingTurn]:
    """Ask every host that is only proposed; returns the turns asked. Raises NotAllowed, Conflict."""
    require_coordinator(actor, season.group)
    season = hold_season(season.pk, version)
    return ask(actor, season, living_turns(season))


@transaction.atomic
def ask_host(*, actor: Person | None, turn: HostingTurn, version: int | None = None) -> HostingTurn:
    """Ask one host, or ask again one that has not answered. Raises NotAllowed, Conflict, Refused."""
    season, turn = _held(actor, turn, version)
    if turn.state == TurnState.ASKED:
        set_turn(turn, state=TurnState.PROPOSED)
    if not ask(actor, season, [turn]):
        raise Refused(_("The host has answered already."))
    return turn


@transaction.atomic
def set_lock(
    *, actor: Person | None, turn: HostingTurn, locked: bool, version: int | None = None
) -> HostingTurn:
    """Lock a turn so that re-planning leaves it where it is, or unlock it. Raises NotAllowed, Conflict."""
    season, turn = _held(actor, turn, version)
    if turn.locked != locked:
        keep_revision(actor=actor, season=season, what="lock" if locked else "unlock")
        set_turn(turn, locked=locked)
        bump(season)
        record(actor=actor, action="turn.locked" if locked else "turn.unlocked", target=turn)
    return turn


@transaction.atomic
def cancel_turn(*, actor: Person | None, turn: HostingTurn, version: int | None = None) -> HostingTurn:
    """Take a turn back, as the coordinator. A host who had been asked is told. Raises NotAllowed, Conflict."""
    season, turn = _held(actor, turn, version)
    keep_revision(actor=actor, season=season, what="cancel")
    take_away(actor=actor, turn=turn)
    bump(season)
    return turn


def _held(actor: Person | None, turn: HostingTurn, version: int | None) -> tuple[Season, HostingTurn]:
    require_coordinator(actor, turn.season.group)
    season = hold_season(turn.season_id)
    fresh = turns_with_meetings(season).filter(pk=turn.pk).first()
    if fresh is None or fresh.state not in LIVE_TURNS or version not in (None, fresh.version):
        raise changed_meanwhile()
    fresh.season = season
    return season, fresh


@transaction.atomic
def undo_last(*, actor: Person | None, season: Season, version: int | None = None) -> PlanRevision:
    """Bring the living turns back to how they stood before the coordinator's last change.

    Raises NotAllowed, Conflict, and Refused when there is nothing to undo or a host has answered since.
    """
    require_coordinator(actor, season.group)
    season = hold_season(season.pk, version)
    revision = last_revision(season)
    if revision is None:
        raise Refused(_("There is no change to undo."))
    since = Q(answered_at__gt=revision.made_at)
    swapped = Swap.objects.filter(since, turn__season=season).exists()
    if swapped or HostingTurn.objects.filter(since, season=season).exists():
        raise Refused(_("A host has answered since. Change the month by hand instead."))
    wanted = {date.fromisoformat(row["month"]): row for row in revision.turns}
    living = {turn.month: turn for turn in living_turns(season)}
    for month, turn in living.items():
        row = wanted.get(month)
        if row is None or row["enterprise"] != turn.enterprise_id:
            take_away(actor=actor, turn=turn)
    for month, row in wanted.items():
        _restore(actor, season, month, row, living.get(month))
    PlanRevision.objects.filter(pk=revision.pk).update(undone_at=now())
    bump(season)
    record(actor=actor, action="season.undone", target=season, revision=revision.number)
    return revision


def _restore(
    actor: Person | None, season: Season, month: date, row: dict[str, Any], living: HostingTurn | None
) -> None:
    evening = date.fromisoformat(row["evening"])
    if living is not None and living.enterprise_id == row["enterprise"]:
        if living.evening != evening:
            slot = Slot(month, living.enterprise_id, evening, row["reasons"], row["regret"])
            replace_turn(actor=actor, season=season, old=living, slot=slot)
        turn = living
    else:
        turn = _revive(season, month, row, evening)
    set_turn(turn, state=_state_now(turn, row), locked=row["locked"], evening=evening)
    if living is not None and living is not turn:
        hand_over(actor=actor, old=living, new=turn)
    if turn.state == TurnState.ACCEPTED:
        draft_meeting(actor=actor, turn=turn)


def _state_now(turn: HostingTurn, row: dict[str, Any]) -> str:
    """Return the state to restore: a host who was asked since stays asked, the letter cannot be taken back."""
    if turn.state == TurnState.ASKED and row["state"] == TurnState.PROPOSED:
        return str(TurnState.ASKED)
    return str(row["state"])


def _revive(season: Season, month: date, row: dict[str, Any], evening: date) -> HostingTurn:
    """Bring back the row itself, so that links sent to its host work again."""
    turn = turns_with_meetings(season).filter(pk=row["id"]).exclude(state__in=LIVE_TURNS).first()
    if turn is None:
        turn = HostingTurn.objects.create(
            season=season,
            month=month,
            enterprise_id=row["enterprise"],
            evening=evening,
            reasons=row["reasons"],
            regret=row["regret"],
        )
    turn.season = season
    return turn
