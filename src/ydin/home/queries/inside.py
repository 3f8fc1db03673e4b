"""What those inside a group see on its page, and what a member finds on their own."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from ydin.groups.models import CoreGroup, Seat
from ydin.groups.queries import living_seats
from ydin.groups.rules import SeatState
from ydin.kernel.clock import now
from ydin.meetings.models import HostingTurn, Meeting, Memo, Promise, Rsvp, Season
from ydin.meetings.policies import visible_memos, visible_promises, visible_turns
from ydin.meetings.rules.states import LIVE_TURNS, MeetingState, PromiseState, SeasonState, TurnState
from ydin.networks.queries import enterprises_of, utc_today
from ydin.people.models import Person

_MOST = 50


def companies_of(group: CoreGroup) -> list[Seat]:
    """Return the living seats of a group, by company name."""
    return list(living_seats(group))


def agreed_hosts(group: CoreGroup, first: date, last: date, *, states: tuple[str, ...]) -> dict[date, str]:
    """Return who hosts in which month by the season's plan, for turns in these states."""
    turns = HostingTurn.objects.filter(
        season__group=group, month__gte=first, month__lte=last, state__in=states
    ).values_list("month", "enterprise__name")
    return dict(turns)


HOST_STATES_FOR_MEMBERS = (TurnState.ACCEPTED.value,)
HOST_STATES_FOR_PLANNERS = tuple(state.value for state in LIVE_TURNS)


def memos_of(person: Person, group: CoreGroup) -> list[Memo]:
    """Return the group's latest memos, newest first; row security gives them to nobody else.

    A memo has no heading of its own: a list shows the theme and the day of its evening, which have their own audience.
    What the memo says opens when the ground rules are accepted.
    """
    return list(
        visible_memos(person)
        .filter(group=group)
        .select_related("meeting")
        .order_by("-meeting__starts_at", "-pk")[:12]
    )


def open_promises_of(person: Person, group: CoreGroup) -> list[Promise]:
    """Return what has been promised in the group and is not done, by its day."""
    return list(
        visible_promises(person)
        .filter(group=group, state=PromiseState.OPEN)
        .select_related("enterprise")
        .order_by("due", "pk")[:_MOST]
    )


def current_season(group: CoreGroup) -> Season | None:
    """Return the season that is not over yet, the newest if there are several."""
    return (
        Season.objects.filter(group=group)
        .exclude(state=SeasonState.CLOSED)
        .order_by("-created_at", "-pk")
        .first()
    )


def next_meeting_of(group: CoreGroup) -> Meeting | None:
    """Return the group's next announced evening."""
    return (
        Meeting.objects.filter(group=group, state=MeetingState.ANNOUNCED, ends_at__gte=now())
        .select_related("host")
        .order_by("starts_at", "pk")
        .first()
    )


def coming_meetings(meetings: QuerySet[Meeting]) -> list[Meeting]:
    """Return the next evenings of a person's own ones, with group and host."""
    return list(
        meetings.filter(ends_at__gte=now(), state=MeetingState.ANNOUNCED)
        .select_related("group", "group__network", "host")
        .order_by("starts_at", "pk")[:6]
    )


def own_answers(person: Person, meetings: list[Meeting]) -> dict[int, Rsvp]:
    """Return what the person answered, by meeting."""
    rows = Rsvp.objects.filter(person=person, meeting__in=[m.pk for m in meetings])
    return {row.meeting_id: row for row in rows}


def own_turns(person: Person) -> list[HostingTurn]:
    """Return the hosting turns that the person's companies were asked for or agreed to, from today on."""
    return list(
        visible_turns(person)
        .filter(
            enterprise__in=enterprises_of(person),
            state__in=(TurnState.ASKED, TurnState.ACCEPTED),
            evening__gte=utc_today(),
        )
        .select_related("enterprise", "season", "season__group", "meeting")
        .order_by("evening", "pk")[:_MOST]
    )


def own_promises(person: Person) -> list[Promise]:
    """Return what the person or their companies promised and is open."""
    return list(
        visible_promises(person)
        .filter(
            Q(person=person) | Q(person=None, enterprise__in=enterprises_of(person)), state=PromiseState.OPEN
        )
        .select_related("enterprise", "group", "meeting")
        .order_by("due", "pk")[:_MOST]
    )


def own_seats(person: Person) -> list[Seat]:
    """Return the seats of the companies for which the person acts."""
    return list(
        Seat.objects.filter(enterprise__in=enterprises_of(person))
        .exclude(state=SeatState.LEFT)
        .select_related("enterprise", "group", "group__network")
        .order_by("group__name", "pk")[:_MOST]
    )
