"""Two hosts change months, by asking each other."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups.policies import can_coordinate
from ydin.groups.queries import coordinators_of
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.meetings.emails.planning import host_path, swap_answered, swap_asked
from ydin.meetings.models import HostingTurn, Meeting, Season, Swap
from ydin.meetings.policies import can_answer_turn
from ydin.meetings.queries.planning import (
    facts_of,
    living_turns,
    meeting_of,
    representatives_of,
    turns_with_meetings,
)
from ydin.meetings.queries.planning_swaps import swap_evenings
from ydin.meetings.rules.states import LIVE_TURNS, MeetingState, SwapState, TurnState
from ydin.meetings.services.planning_base import (
    bump,
    changed_meanwhile,
    hold_season,
    set_turn,
    withdraw_swaps,
)
from ydin.meetings.services.planning_hosting import hold_turn
from ydin.meetings.services.planning_meetings import draft_meeting, evening_times
from ydin.outbox.services import post
from ydin.people.models import Person


@transaction.atomic
def propose_swap(
    *, actor: Person | None, turn: HostingTurn, other: HostingTurn, version: int | None = None
) -> Swap:
    """Ask the host of another month of the season to change months; its people get a mail with a link.

    Raises NotAllowed; Refused when a turn is over, its invitations are out, or no evening would fit; Conflict.
    """
    season, turn = hold_turn(actor, turn, version)
    fresh = turns_with_meetings(season).filter(pk=other.pk, state__in=LIVE_TURNS).exclude(pk=turn.pk).first()
    if fresh is None:
        raise Refused(_("That month has another host by now. Choose again."))
    other = fresh
    other.season = season
    _require_not_announced(turn, other)
    if swap_evenings(facts_of(season), living_turns(season), turn, other) is None:
        raise Refused(_("No evening fits when these two months change hosts. Choose another month."))
    swap, is_new = Swap.objects.get_or_create(
        turn=turn, other=other, state=SwapState.ASKED, defaults={"asked_by": actor}
    )
    if is_new:
        record(actor=actor, action="swap.asked", target=swap)
        reply_to = actor.email if actor else ""
        for who in representatives_of([other.enterprise_id]):
            post(actor=actor, letter=swap_asked(swap, who.person, reply_to))
    return swap


def _require_not_announced(*turns: HostingTurn) -> None:
    for turn in turns:
        meeting = meeting_of(turn)
        if meeting is not None and meeting.state != MeetingState.DRAFT:
            raise Refused(_("The invitations of one of the evenings are out already. Ask your coordinator."))


@transaction.atomic
def answer_swap(*, actor: Person | None, swap: Swap, accept: bool) -> Swap:
    """Accept or decline to change months, for the host that was asked.

    On yes both hosts change months, with evenings chosen anew among those that fit; both turns are agreed,
    what each has prepared goes along with it, and coordinators are told. Raises NotAllowed, Refused, Conflict.
    """
    season = hold_season(swap.turn.season_id)
    turns = {
        turn.pk: turn for turn in turns_with_meetings(season).filter(pk__in=[swap.turn_id, swap.other_id])
    }
    swap = Swap.objects.select_for_update().get(pk=swap.pk)
    swap.turn, swap.other = turns[swap.turn_id], turns[swap.other_id]
    swap.turn.season = swap.other.season = season
    if swap.state != SwapState.ASKED:
        raise Conflict(_("This question has been answered or withdrawn meanwhile."))
    if (
        actor is not None
        and not can_coordinate(actor, season.group)
        and not can_answer_turn(actor, swap.other)
    ):
        raise NotAllowed(_("Only the host who was asked answers this."))
    if accept:
        _exchange(actor, season, swap)
    swap.state = SwapState.ACCEPTED if accept else SwapState.DECLINED
    swap.answered_at = now()
    swap.save(update_fields=["state", "answered_at"])
    record(actor=actor, action=f"swap.{swap.state}", target=swap)
    _tell(actor, season, swap, accept=accept)
    return swap


def _exchange(actor: Person | None, season: Season, swap: Swap) -> None:
    first, second = swap.turn, swap.other
    if first.state not in LIVE_TURNS or second.state not in LIVE_TURNS:
        raise changed_meanwhile()
    _require_not_announced(first, second)
    evenings = swap_evenings(facts_of(season), living_turns(season), first, second)
    if evenings is None:
        raise Refused(_("No evening fits when these two months change hosts. Ask your coordinator."))
    for turn in (first, second):
        set_turn(turn, state=TurnState.SWAPPED, answered_at=now())
    withdraw_swaps(first, second)
    _take_over(actor, season, first, second.month, evenings[0])
    _take_over(actor, season, second, first.month, evenings[1])
    bump(season)


def _take_over(actor: Person | None, season: Season, old: HostingTurn, month: date, evening: date) -> None:
    """Give a host its new month; its draft, with theme and all, goes along."""
    turn = HostingTurn.objects.create(
        season=season,
        month=month,
        enterprise=old.enterprise,
        evening=evening,
        state=TurnState.ACCEPTED,
        reasons=[{"code": "swapped", "values": {}}],
        asked_at=old.asked_at,
        answered_at=now(),
    )
    turn.season = season
    meeting = meeting_of(old)
    if meeting is None:
        draft_meeting(actor=actor, turn=turn)
        return
    starts_at, ends_at = evening_times(season.group, evening)
    Meeting.objects.filter(pk=meeting.pk).update(
        turn=turn, starts_at=starts_at, ends_at=ends_at, version=meeting.version + 1
    )


def _tell(actor: Person | None, season: Season, swap: Swap, *, accept: bool) -> None:
    """Tell the asker; after a yes also the other host (its new month) and the coordinators."""
    living = {turn.enterprise_id: turn.pk for turn in living_turns(season)}
    companies = [swap.turn.enterprise_id, swap.other.enterprise_id] if accept else [swap.turn.enterprise_id]
    for who in representatives_of(companies):
        assert who.enterprise_id is not None
        link = host_path(living[who.enterprise_id], who.person_id)
        post(actor=actor, letter=swap_answered(swap, who.person, accepted=accept, link=link))
    if accept:
        for person in coordinators_of(season.group):
            link = f"/seasons/{season.pk}/"
            post(actor=actor, letter=swap_answered(swap, person, accepted=True, link=link))
