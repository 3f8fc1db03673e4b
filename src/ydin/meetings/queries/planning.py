"""What the planner needs to know of a season, read from the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import get_language

from ydin.groups.models import CoreGroup, GroupCoordinator, Seat
from ydin.groups.queries import member_seats
from ydin.groups.rules import GroupKind
from ydin.kernel.clock import add_months, at, month_start, today
from ydin.meetings.models import HostingTurn, HostingWish, Meeting, PlanRevision, Season
from ydin.meetings.rules.planning import (
    CompanyFacts,
    Fixed,
    SeasonFacts,
    Taken,
    WishFacts,
    holidays_of,
    seasons_since,
    wanted_themes,
)
from ydin.meetings.rules.states import LIVE_TURNS, MeetingState, TurnState
from ydin.networks.models import Enterprise, Representative
from ydin.networks.queries import current_representatives, during, utc_today
from ydin.networks.rules import Place
from ydin.people.models import Person

MIDNIGHT = datetime.min.time()


def turns_with_meetings(season: Season) -> QuerySet[HostingTurn]:
    """Return every turn of the season, by month, with company, municipality and meeting."""
    return (
        HostingTurn.objects.filter(season=season)
        .select_related("enterprise__municipality", "meeting")
        .order_by("month", "pk")
    )


def living_turns(season: Season) -> list[HostingTurn]:
    """Return the turns that stand: one a month at most."""
    return list(turns_with_meetings(season).filter(state__in=LIVE_TURNS))


def meeting_of(turn: HostingTurn) -> Meeting | None:
    """Return the turn's meeting, if it has one."""
    return getattr(turn, "meeting", None)


def is_settled(turn: HostingTurn) -> bool:
    """Tell whether a new plan leaves the turn alone: it is locked, asked, or agreed."""
    return turn.locked or turn.state != TurnState.PROPOSED


def as_fixed(turns: Iterable[HostingTurn]) -> list[Fixed]:
    """Return turns as plain facts."""
    return [Fixed(turn.month, turn.enterprise_id, turn.evening) for turn in turns]


def place_of(enterprise: Enterprise) -> Place:
    """Return where the company is (`municipality` must be loaded)."""
    municipality = enterprise.municipality
    return Place(
        municipality=municipality.code if municipality else "",
        sub_region=str(municipality.sub_region_id) if municipality else "",
        latitude=enterprise.latitude,
        longitude=enterprise.longitude,
    )


def wishes_of(season: Season) -> dict[int, HostingWish]:
    """Return the wishes by company. `answered_at` None: asked, without an answer yet."""
    return {wish.enterprise_id: wish for wish in HostingWish.objects.filter(season=season)}


def as_wish(wish: HostingWish | None) -> WishFacts | None:
    """Return an answered wish as plain facts."""
    if wish is None or wish.answered_at is None:
        return None
    return WishFacts(
        can_host=wish.can_host,
        months=frozenset(wish.months),
        evenings=tuple(wish.evenings),
        capacity=wish.capacity,
        away=frozenset(wish.away),
        never_weekdays=frozenset(wish.never_weekdays),
    )


def facts_of(
    season: Season, wishes: dict[int, HostingWish] | None = None, seats: Sequence[Seat] | None = None
) -> SeasonFacts:
    """Return what the planner needs to know; `season.group.network` must be loaded.

    Evenings from tomorrow on are open; those of the same coordinators' other groups and of neighbouring
    groups are taken.
    """
    group = season.group
    if wishes is None:
        wishes = wishes_of(season)
    if seats is None:
        seats = list(member_seats(group))
    since = last_hosted(season)
    earlier = [months[0] for months in _earlier_seasons(season)]
    months = tuple(sorted(season.months))
    return SeasonFacts(
        months=months,
        weekdays=frozenset(group.weekdays),
        earliest=today(group.time_zone) + timedelta(days=1),
        companies=tuple(
            CompanyFacts(
                id=seat.enterprise_id,
                name=seat.enterprise.name,
                place=place_of(seat.enterprise),
                capacity=seat.enterprise.premises_capacity,
                since=seasons_since(since.get(seat.enterprise_id), earlier),
                wish=as_wish(wishes.get(seat.enterprise_id)),
            )
            for seat in seats
        ),
        holidays=holidays_of(group.network.country, months, get_language() or group.language),
        taken=taken_evenings(season),
        at_premises=group.kind == GroupKind.PLACE,
    )


def _earlier_seasons(season: Season) -> list[list[date]]:
    rows = Season.objects.filter(group=season.group).exclude(pk=season.pk).values_list("months", flat=True)
    first = min(season.months, default=date.max)
    return [sorted(months) for months in rows if months and min(months) < first]


def last_hosted(season: Season) -> dict[int, date]:
    """Return when each company last hosted the group before this season: agreed turns and held meetings."""
    first = min(season.months, default=date.max)
    turns = (
        HostingTurn.objects.filter(season__group=season.group, state=TurnState.ACCEPTED, month__lt=first)
        .exclude(season=season)
        .annotate(company=F("enterprise_id"), day=F("month"))
        .values_list("company", "day")
    )
    meetings = (
        Meeting.objects.filter(group=season.group, state=MeetingState.HELD, host__isnull=False)
        .annotate(company=F("host_id"), day=TruncDate("starts_at", tzinfo=ZoneInfo(season.group.time_zone)))
        .filter(day__lt=first)
        .values_list("company", "day")
    )
    found: dict[int, date] = {}
    for company, day in turns.union(meetings, all=True):
        found[company] = max(found.get(company, date.min), day)
    return found


def groups_in_the_way(group: CoreGroup) -> QuerySet[CoreGroup]:
    """Return the other groups that may not meet on the group's evenings: its coordinators' and its neighbours."""
    mine = GroupCoordinator.objects.filter(during(utc_today()), group=group).values("person")
    theirs = GroupCoordinator.objects.filter(during(utc_today()), person__in=mine).values("group")
    return CoreGroup.objects.filter(Q(pk__in=theirs) | Q(neighbours=group)).exclude(pk=group.pk).distinct()


def taken_evenings(season: Season) -> dict[date, Taken]:
    """Return the evenings on which another group stands in the way, with the rule and its name."""
    if not season.months:
        return {}
    others = groups_in_the_way(season.group)
    first, end = min(season.months), add_months(max(season.months), 1)
    rows = _turn_evenings(season.group, others, first, end).union(
        _meeting_evenings(season.group, others, first, end), all=True
    )
    return {
        day: Taken("neighbours_meet" if is_neighbour else "coordinator_busy", name)
        for day, name, is_neighbour in rows
    }


def _is_neighbour(group: CoreGroup, path: str) -> Exists:
    through = CoreGroup.neighbours.through.objects
    return Exists(through.filter(from_coregroup_id=group.pk, to_coregroup_id=OuterRef(path)))


def _turn_evenings(
    group: CoreGroup, others: QuerySet[CoreGroup], first: date, end: date
) -> QuerySet[Any, Any]:
    return (
        HostingTurn.objects.filter(season__group__in=others, state__in=LIVE_TURNS, meeting__isnull=True)
        .filter(evening__gte=first, evening__lt=end)
        .annotate(
            day=F("evening"), name=F("season__group__name"), near=_is_neighbour(group, "season__group_id")
        )
        .values_list("day", "name", "near")
    )


def _meeting_evenings(
    group: CoreGroup, others: QuerySet[CoreGroup], first: date, end: date
) -> QuerySet[Any, Any]:
    zone = group.time_zone
    return (
        Meeting.objects.filter(group__in=others)
        .filter(starts_at__gte=at(first, MIDNIGHT, zone), starts_at__lt=at(end, MIDNIGHT, zone))
        .exclude(state=MeetingState.CANCELLED)
        .annotate(
            day=TruncDate("starts_at", tzinfo=ZoneInfo(zone)),
            name=F("group__name"),
            near=_is_neighbour(group, "group_id"),
        )
        .values_list("day", "name", "near")
    )


def representatives_of(companies: Iterable[int]) -> list[Representative]:
    """Return who acts for the companies today and can be written to."""
    return list(current_representatives().filter(enterprise_id__in=list(companies), person__is_active=True))


def companies_in_season(person: Person, season: Season) -> list[Enterprise]:
    """Return the person's companies that hold a member's seat in the season's group today."""
    mine = current_representatives().filter(person=person).values("enterprise")
    return [seat.enterprise for seat in member_seats(season.group).filter(enterprise__in=mine)]


def months_ahead(group: CoreGroup, first: date, count: int) -> list[date]:
    """Return the months from `first` on in which the group meets: its months off are left out."""
    months = [add_months(month_start(first), n) for n in range(count)]
    return [month for month in months if month.month not in group.months_off]


def refused_months(season: Season) -> dict[date, frozenset[int]]:
    """Return, by month, the companies that declined or cancelled it themselves."""
    rows = HostingTurn.objects.filter(
        season=season,
        state__in=[TurnState.DECLINED, TurnState.CANCELLED, TurnState.SWAPPED],
        answered_at__isnull=False,
    ).values_list("month", "enterprise_id")
    found: dict[date, frozenset[int]] = {}
    for month, company in rows:
        found[month] = found.get(month, frozenset()) | {company}
    return found


def last_revision(season: Season) -> PlanRevision | None:
    """Return the coordinator's last change that has not been undone."""
    return PlanRevision.objects.filter(season=season, undone_at__isnull=True).order_by("-number").first()


def call_list(companies: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Return, by company, who to call: name and, as far as the reader may see it, phone number."""
    people = (
        current_representatives().filter(enterprise_id__in=list(companies)).select_related("contact_card")
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for who in people:
        assert who.enterprise_id is not None
        card = getattr(who, "contact_card", None)
        found.setdefault(who.enterprise_id, []).append((str(who.person), card.phone if card else ""))
    return found


def meeting_to_prepare(meeting: Meeting) -> Meeting:
    """Return the meeting with all that the host's pages show."""
    return Meeting.objects.select_related(
        "group__network", "host", "turn__season__group__network", "turn__enterprise"
    ).get(pk=meeting.pk)


def theme_wishes(season: Season, own: int | None) -> tuple[str, list[tuple[str, int]]]:
    """Return the theme that the company offered itself, and what members ask for, the most wanted first."""
    wishes = HostingWish.objects.filter(season=season, answered_at__isnull=False).order_by("pk")
    offered = next((wish.theme_offered for wish in wishes if wish.enterprise_id == own), "")
    return offered, wanted_themes(wish.theme_wanted for wish in wishes if wish.enterprise_id != own)


def last_months(group: CoreGroup) -> list[date]:
    """Return the last month of each season of the group."""
    rows = Season.objects.filter(group=group).values_list("months", flat=True)
    return [max(months) for months in rows if months]
