"""Whether two hosts could change months, and on which evenings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ydin.meetings.models import HostingTurn, Swap
from ydin.meetings.queries.planning import meeting_of
from ydin.meetings.queries.planning_choices import choices, others_than
from ydin.meetings.rules.planning import Fixed, SeasonFacts
from ydin.meetings.rules.states import MeetingState, SwapState


@dataclass(frozen=True)
class SwapChoice:
    """Another host's month, and the evening one would get; None: it does not work."""

    turn: HostingTurn
    evening: date | None


def swap_evenings(
    facts: SeasonFacts, turns: Sequence[HostingTurn], first: HostingTurn, second: HostingTurn
) -> tuple[date, date] | None:
    """Return the evenings of the first host in the second's month and the other way round, or None.

    Each keeps the evening that the month has when it can, else gets the best one that fits. Both want the
    change, so what they offered in spring does not bind them; where they cannot be does.
    """
    others = others_than(turns, first.month, second.month)
    new_first = _evening(facts, others, first.enterprise_id, second)
    new_second = _evening(facts, others, second.enterprise_id, first)
    return None if new_first is None or new_second is None else (new_first, new_second)


def _evening(facts: SeasonFacts, others: Sequence[Fixed], company: int, target: HostingTurn) -> date | None:
    found = choices(facts, others, target.month, widen=frozenset({company}), only=company)
    days = [evening.day for choice in found for evening in choice.evenings]
    if target.evening in days:
        return target.evening
    return days[0] if days else None


def swap_choices(facts: SeasonFacts, turns: Sequence[HostingTurn], mine: HostingTurn) -> list[SwapChoice]:
    """Return the other hosts of the season, by month, with the evening that one would get."""
    found = []
    for turn in turns:
        meeting = meeting_of(turn)
        announced = meeting is not None and meeting.state != MeetingState.DRAFT
        if turn.pk == mine.pk or announced or turn.evening < facts.earliest:
            continue
        evenings = swap_evenings(facts, turns, mine, turn)
        found.append(SwapChoice(turn, evenings[0] if evenings else None))
    return found


def open_swaps(turns: Iterable[int]) -> list[Swap]:
    """Return the open questions that hosts of these turns asked."""
    return list(
        Swap.objects.filter(state=SwapState.ASKED, turn__in=list(turns))
        .select_related("turn__enterprise", "other__enterprise")
        .order_by("pk")
    )
