"""What the host's pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ydin.groups.queries import coordinators_of, member_seats
from ydin.kernel.clock import at
from ydin.meetings.models import HostingTurn, Meeting, Swap
from ydin.meetings.queries.planning import facts_of, living_turns, meeting_of
from ydin.meetings.queries.planning_choices import choices, others_than
from ydin.meetings.queries.planning_reasons import missing_count, missing_words, names_in_words
from ydin.meetings.queries.planning_swaps import open_swaps, swap_choices, swap_evenings
from ydin.meetings.rules.planning import SeasonFacts, away_on
from ydin.meetings.rules.states import LIVE_TURNS, MeetingState, SwapState


def host_page(turn: HostingTurn) -> dict[str, Any]:
    """Return what the page of a living turn shows beside the turn itself."""
    group = turn.season.group
    meeting = meeting_of(turn)
    starts = meeting.starts_at if meeting else at(turn.evening, group.evening_start, group.time_zone)
    facts = facts_of(turn.season)
    names = [company.name for company in away_on(facts, turn.evening) if company.id != turn.enterprise_id]
    return {
        "group": group,
        "meeting": meeting,
        "starts": starts,
        "ends": meeting.ends_at if meeting else at(turn.evening, group.evening_end, group.time_zone),
        "missing": missing_words(names, len(facts.companies)),
        "coordinators": coordinators_of(group),
        "swaps": open_swaps([turn.pk]),
        "is_announced": meeting is not None and meeting.state != MeetingState.DRAFT,
    }


def cannot_page(turn: HostingTurn, facts: SeasonFacts, turns: Sequence[HostingTurn]) -> dict[str, Any]:
    """Return the hosts with whom the turn could be swapped."""
    meeting = meeting_of(turn)
    announced = meeting is not None and meeting.state != MeetingState.DRAFT
    found = [] if announced else swap_choices(facts, turns, turn)
    return {
        "group": turn.season.group,
        "fitting": [choice for choice in found if choice.evening],
        "others": [choice for choice in found if not choice.evening],
        "is_announced": announced,
        "coordinators": coordinators_of(turn.season.group),
    }


def other_turn(turn: HostingTurn, other: int) -> HostingTurn | None:
    """Return another living turn of the same season."""
    return (
        HostingTurn.objects.filter(season=turn.season, pk=other, state__in=LIVE_TURNS)
        .exclude(pk=turn.pk)
        .select_related("enterprise", "season__group")
        .first()
    )


def swap_page(swap: Swap) -> dict[str, Any]:
    """Return the evenings that both would get."""
    evenings = None
    if swap.state == SwapState.ASKED:
        season = swap.turn.season
        evenings = swap_evenings(facts_of(season), living_turns(season), swap.turn, swap.other)
    return {
        "group": swap.turn.season.group,
        "their_evening": evenings[0] if evenings else None,
        "my_evening": evenings[1] if evenings else None,
        "coordinators": coordinators_of(swap.turn.season.group),
    }


@dataclass(frozen=True)
class EveningChoice:
    """An evening for the host to choose, with who cannot come."""

    day: date
    missing: str
    names: str
    is_now: bool


def evening_choices(meeting: Meeting) -> list[EveningChoice]:
    """Return the evenings of the turn's month that fit, best first; the present one is always among them."""
    now = local_start(meeting).date()
    turn = meeting.turn
    if turn is None:
        return []
    facts = facts_of(turn.season)
    others = others_than(living_turns(turn.season), turn.month)
    host = turn.enterprise_id
    found = choices(facts, others, turn.month, widen=frozenset({host}), only=host)
    names = {company.id: company.name for company in facts.companies}
    rows = [
        _evening_choice(e.day, [names[pk] for pk in e.missing], len(names), is_now=e.day == now)
        for choice in found
        for e in choice.evenings
    ]
    if not any(row.is_now for row in rows):
        missing = [company.name for company in away_on(facts, now)]
        rows.insert(0, _evening_choice(now, missing, len(names), is_now=True))
    return rows


def _evening_choice(day: date, missing: list[str], total: int, *, is_now: bool) -> EveningChoice:
    return EveningChoice(day, missing_count(len(missing), total), names_in_words(missing), is_now)


def local_start(meeting: Meeting) -> datetime:
    """Return the meeting's start on its own clock."""
    return meeting.starts_at.astimezone(ZoneInfo(meeting.time_zone))


def local_end(meeting: Meeting) -> datetime:
    """Return the meeting's end on its own clock."""
    return meeting.ends_at.astimezone(ZoneInfo(meeting.time_zone))


def reader_names(meeting: Meeting) -> list[str]:
    """Return the companies that will read what the host writes."""
    return [seat.enterprise.name for seat in member_seats(meeting.group)]
