"""The season board: what needs the coordinator today, and the months in a calm table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from ydin.groups.models import Seat
from ydin.groups.queries import member_seats
from ydin.kernel.clock import add_months
from ydin.meetings.models import Attendance, HostingTurn, HostingWish, Rsvp, Season, Swap
from ydin.meetings.queries.planning import (
    as_fixed,
    facts_of,
    meeting_of,
    turns_with_meetings,
    wishes_of,
)
from ydin.meetings.queries.planning_choices import best_replacement
from ydin.meetings.queries.planning_reasons import reason_sentences, regret_words
from ydin.meetings.rules.planning import SeasonFacts, holidays_of, wanted_themes, why_open
from ydin.meetings.rules.planning_changes import Slot
from ydin.meetings.rules.states import (
    LIVE_TURNS,
    Answer,
    MeetingState,
    SeasonState,
    Standing,
    SwapState,
    TurnState,
)

SOON = timedelta(days=45)
MANY = 3
ORDER = (
    "repair",
    "ask_wishes",
    "wishes_missing",
    "announce",
    "theme_missing",
    "not_answered",
    "hosts_silent",
    "swap",
)
REFUSED = (TurnState.DECLINED, TurnState.CANCELLED)


@dataclass(frozen=True)
class MonthRow:
    """A month of the table. Without `turn` it is open (`lost`: who fell out) or off."""

    month: date
    is_off: bool = False
    is_past: bool = False
    is_now: bool = False
    turn: HostingTurn | None = None
    lost: HostingTurn | None = None
    counts: tuple[int, int, int] | None = None
    attended: int | None = None
    why: Sequence[str] = ()
    regret: str = ""
    has_left: bool = False
    meeting: Any = None
    can_move: bool = False
    is_soon: bool = False


@dataclass(frozen=True)
class Todo:
    """One thing for the coordinator: `kind` decides words and action, `values` belong into the sentence."""

    kind: str
    badge: str
    month: date | None = None
    turn: HostingTurn | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Board:
    """All that the page shows."""

    rows: list[MonthRow]
    todos: list[Todo]
    answered: int
    members: int
    to_ask: int
    has_turns: bool
    repairs: dict[date, Slot]
    wanted: str = ""
    holidays: Sequence[tuple[date, str]] = ()


def _turns(season: Season) -> QuerySet[HostingTurn]:
    """Return the turns with how many are coming, may come, were invited and were there."""
    invited = Rsvp.objects.filter(meeting__turn=OuterRef("pk")).order_by().values("meeting")
    coming = invited.filter(standing=Standing.ADMITTED)
    there = Attendance.objects.filter(meeting__turn=OuterRef("pk")).order_by().values("meeting")

    def count(rows: QuerySet[Any, Any]) -> Coalesce:
        return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)

    return turns_with_meetings(season).annotate(
        invited=count(invited),
        coming=count(coming),
        maybe=count(invited.filter(answer=Answer.MAYBE)),
        there=count(there),
    )


def board_of(season: Season, today: date, *, reads_wishes: bool) -> Board:
    """Return the board; the number of queries does not depend on months or members.

    `reads_wishes`: the reader coordinates the group (the wishes are the group's own).
    """
    turns = list(_turns(season))
    living = [turn for turn in turns if turn.state in LIVE_TURNS]
    seats = list(member_seats(season.group))
    wishes = wishes_of(season) if reads_wishes else {}
    open_months = _open_months(season, living, today)
    facts, repairs = None, {}
    if reads_wishes and living and (open_months or _left(living, seats)):
        facts = facts_of(season, wishes, seats)
        repairs = _repairs(facts, turns, living, [*open_months, *_left(living, seats)])
    rows = _rows(season, turns, seats, today, facts)
    answered = sum(
        wishes[s.enterprise_id].answered_at is not None for s in seats if s.enterprise_id in wishes
    )
    return Board(
        rows=rows,
        todos=_todos(season, rows, wishes, seats, repairs) if reads_wishes else [],
        answered=answered,
        members=len(seats),
        to_ask=sum(turn.state == TurnState.PROPOSED for turn in living),
        has_turns=bool(living),
        repairs=repairs,
        holidays=_holidays(season),
        wanted=next((text for text, _n in wanted_themes(w.theme_wanted for w in wishes.values())), ""),
    )


def _open_months(season: Season, living: Sequence[HostingTurn], today: date) -> list[date]:
    hosted = {turn.month for turn in living}
    return [m for m in sorted(season.months) if m not in hosted and add_months(m, 1) > today]


def _left(living: Sequence[HostingTurn], seats: Sequence[Seat]) -> list[date]:
    """Return the months whose host holds no member's seat any more, unless the evening was held."""
    members = {seat.enterprise_id for seat in seats}
    return [t.month for t in living if t.enterprise_id not in members and not _is_over(t)]


def _is_over(turn: HostingTurn) -> bool:
    meeting = meeting_of(turn)
    return meeting is not None and meeting.state == MeetingState.HELD


def _repairs(
    facts: SeasonFacts, turns: Sequence[HostingTurn], living: Sequence[HostingTurn], months: Sequence[date]
) -> dict[date, Slot]:
    found = {}
    for month in months:
        banned = frozenset(
            t.enterprise_id for t in turns if t.month == month and t.state in REFUSED and t.answered_at
        )
        slot = best_replacement(facts, living, month, banned)
        if slot is not None:
            found[month] = slot
    return found


def _rows(
    season: Season,
    turns: Sequence[HostingTurn],
    seats: Sequence[Seat],
    today: date,
    facts: SeasonFacts | None,
) -> list[MonthRow]:
    names = {turn.enterprise_id: turn.enterprise.name for turn in turns}
    names |= {seat.enterprise_id: seat.enterprise.name for seat in seats}
    members = {seat.enterprise_id for seat in seats}
    living = {turn.month: turn for turn in turns if turn.state in LIVE_TURNS}
    lost = {turn.month: turn for turn in turns if turn.state in REFUSED and turn.month not in living}
    hosting = {turn.company: turn.month for turn in as_fixed(living.values())}
    months = sorted(season.months)
    rows = []
    for month in _whole_span(months):
        if month not in season.months:
            rows.append(MonthRow(month, is_off=True))
            continue
        row = _row(living.get(month), lost.get(month), month, today, names)
        if row.turn is None and facts is not None and not row.is_past:
            row = replace(row, why=reason_sentences(why_open(facts, month, hosting), names))
        left = row.turn is not None and row.turn.enterprise_id not in members and not _is_over(row.turn)
        rows.append(replace(row, has_left=left))
    return _mark_now(rows, today)


def _row(
    turn: HostingTurn | None, lost: HostingTurn | None, month: date, today: date, names: Mapping[int, str]
) -> MonthRow:
    past = add_months(month, 1) <= today
    if turn is None:
        return MonthRow(month, lost=lost, is_past=past, can_move=not past)
    meeting = meeting_of(turn)
    values: Any = turn
    counts = attended = None
    if meeting is not None and meeting.state == MeetingState.HELD:
        attended, past = values.there, True
        counts = (values.there, max(values.invited, values.there), 0)
    elif meeting is not None and values.invited:
        counts = (values.coming, values.invited, values.maybe)
    is_over = past or turn.evening < today
    return MonthRow(
        month,
        turn=turn,
        meeting=meeting,
        is_past=is_over,
        counts=counts,
        attended=attended,
        why=reason_sentences(turn.reasons, names)[:3],
        regret="" if not turn.reasons or is_over else regret_words(turn.regret),
        can_move=not is_over,
        is_soon=turn.evening <= today + SOON,
    )


def _whole_span(months: Sequence[date]) -> list[date]:
    if not months:
        return []
    found, month = [], months[0]
    while month <= months[-1]:
        found.append(month)
        month = add_months(month, 1)
    return found


def _holidays(season: Season) -> list[tuple[date, str]]:
    """Return the named holidays that fall on an evening of the group."""
    group = season.group
    found = holidays_of(group.network.country, season.months, get_language() or group.language)
    return [(day, name) for day, name in found.items() if name and day.weekday() in group.weekdays]


def _mark_now(rows: list[MonthRow], today: date) -> list[MonthRow]:
    """Mark the month whose evening is next."""
    for place, row in enumerate(rows):
        if row.turn is not None and not row.is_past and row.turn.evening >= today:
            return [*rows[:place], replace(row, is_now=True), *rows[place + 1 :]]
    return rows


def _todos(
    season: Season,
    rows: Sequence[MonthRow],
    wishes: Mapping[int, HostingWish],
    seats: Sequence[Seat],
    repairs: Mapping[date, Slot],
) -> list[Todo]:
    names = {seat.enterprise_id: seat.enterprise.name for seat in seats}
    found = [todo for row in rows for todo in _month_todos(row, repairs, names)]
    found = _together(found) + _wish_todos(season, wishes, seats)
    swaps = Swap.objects.filter(turn__season=season, state=SwapState.ASKED)
    for swap in swaps.select_related("turn__enterprise", "other__enterprise").order_by("pk"):
        found.append(Todo("swap", "asked", swap.turn.month, swap.turn, {"swap": swap}))
    return sorted(found, key=lambda todo: ORDER.index(todo.kind))


def _together(todos: list[Todo]) -> list[Todo]:
    """Put hosts who have not answered into one line when they are many."""
    silent = [todo for todo in todos if todo.kind == "not_answered"]
    if len(silent) < MANY:
        return todos
    names = [todo.turn.enterprise.name for todo in silent if todo.turn]
    one = Todo("hosts_silent", "asked", values={"count": len(silent), "names": names})
    return [*(todo for todo in todos if todo.kind != "not_answered"), one]


def _month_todos(row: MonthRow, repairs: Mapping[date, Slot], names: Mapping[int, str]) -> list[Todo]:
    if row.is_off or row.is_past:
        return []
    if row.turn is None or row.has_left:
        lost = row.turn or row.lost
        slot = repairs.get(row.month)
        values = {"slot": slot, "name": names.get(slot.company, "") if slot else ""}
        return [Todo("repair", "cancelled", row.month, lost, values)] if lost or slot else []
    if row.turn.state == TurnState.ASKED:
        return [Todo("not_answered", "asked", row.month, row.turn)]
    if row.meeting is not None and row.meeting.state == MeetingState.DRAFT and row.is_soon:
        kind = "announce" if row.meeting.theme else "theme_missing"
        return [Todo(kind, "draft", row.month, row.turn, {"meeting": row.meeting})]
    return []


def _wish_todos(season: Season, wishes: Mapping[int, HostingWish], seats: Sequence[Seat]) -> list[Todo]:
    if season.state == SeasonState.DRAFT:
        return [Todo("ask_wishes", "draft", values={"count": len(seats)})]
    if season.state != SeasonState.COLLECTING:
        return []
    new = [s for s in seats if s.enterprise_id not in wishes]
    silent = [
        s.enterprise.name
        for s in seats
        if s.enterprise_id in wishes and wishes[s.enterprise_id].answered_at is None
    ]
    found = []
    if new:
        found.append(Todo("ask_wishes", "draft", values={"count": len(new)}))
    if silent:
        found.append(Todo("wishes_missing", "asked", values={"count": len(silent), "names": silent}))
    return found
