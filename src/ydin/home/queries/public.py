"""What anybody may know of networks and groups: that they exist, where and how often they meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import (
    Count,
    Exists,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, Lower

from ydin.groups.models import CoreGroup, Seat
from ydin.groups.rules import SeatState
from ydin.home.rules import FOLDING, fold
from ydin.kernel.clock import now
from ydin.meetings.models import Meeting
from ydin.meetings.rules.states import Audience, MeetingState
from ydin.networks.models import Municipality

_PUBLIC = Q(audience=Audience.PUBLIC) & ~Q(state=MeetingState.DRAFT)
HALF_YEAR = timedelta(days=183)


@dataclass(frozen=True)
class Reach:
    """How large the whole is."""

    groups: int
    regions: int
    companies: int


def reach() -> Reach:
    """Count groups, the regions that have any, and the companies with a seat."""
    groups = CoreGroup.objects.aggregate(groups=Count("pk"), regions=Count("region", distinct=True))
    companies = Seat.objects.filter(state=SeatState.MEMBER).aggregate(n=Count("enterprise", distinct=True))[
        "n"
    ]
    return Reach(groups["groups"], groups["regions"], companies)


def with_basics(groups: QuerySet[CoreGroup]) -> QuerySet[CoreGroup]:
    """Add `members` (companies with a seat) and `next_open` (start of the next evening that is public)."""
    seats = Seat.objects.filter(group=OuterRef("pk"), state=SeatState.MEMBER).order_by().values("group")
    open_evenings = (
        Meeting.objects.filter(
            _PUBLIC, group=OuterRef("pk"), state=MeetingState.ANNOUNCED, starts_at__gte=now()
        )
        .order_by()
        .values("group")
    )
    return groups.annotate(
        members=Coalesce(Subquery(seats.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0),
        next_open=Subquery(open_evenings.annotate(first=Min("starts_at")).values("first")),
    )


def found_groups(
    groups: QuerySet[CoreGroup], *, text: str, regions: list[int] | None, networks: list[int] | None
) -> QuerySet[CoreGroup]:
    """Return the groups whose name, region or a municipality of that region holds `text`, by name.

    Names of places count in all their languages, and letters without their dots and rings: "ahtari" finds
    Ähtäri, "karleby" the group of Kokkola.
    """
    if networks is not None:
        groups = groups.filter(network__in=networks)
    if regions is not None:
        groups = groups.filter(region__in=regions)
    if text:
        groups = _called(groups, fold(text))
    return with_basics(groups).select_related("network", "region").order_by("name", "pk")


def groups_around(groups: QuerySet[CoreGroup], *, text: str) -> QuerySet[CoreGroup]:
    """Return the groups of the region in which a municipality called `text` lies: where none is right there."""
    towns = _towns(fold(text)).filter(
        Q(sub_region__parent=OuterRef("region__parent")) | Q(sub_region__parent=OuterRef("region"))
    )
    near = groups.filter(Exists(towns))
    return with_basics(near).select_related("network", "region").order_by("name", "pk")


def _called(groups: QuerySet[CoreGroup], text: str) -> QuerySet[CoreGroup]:
    towns = _towns(text).filter(Q(sub_region=OuterRef("region")) | Q(sub_region__parent=OuterRef("region")))
    names = ("name", "region__name_fi", "region__name_sv", "region__name_en")
    groups = groups.annotate(**{f"folded_{number}": _folded(name) for number, name in enumerate(names)})
    called = Q(Exists(towns))
    for number in range(len(names)):
        called |= Q(**{f"folded_{number}__contains": text})
    return groups.filter(called)


def _towns(text: str) -> QuerySet[Municipality]:
    towns = Municipality.objects.annotate(fi=_folded("name_fi"), sv=_folded("name_sv"))
    return towns.filter(Q(fi__contains=text) | Q(sv__contains=text))


def _folded(name: str) -> Func:
    """Return a name as `rules.fold` makes it, computed by the database."""
    return Func(
        Lower(name), Value(FOLDING[0]), Value(FOLDING[1]), function="translate", output_field=TextField()
    )


def coming_public(limit: int) -> list[int]:
    """Return the ids of announced evenings to come that are open to everybody, the first ones first."""
    coming = Meeting.objects.filter(_PUBLIC, state=MeetingState.ANNOUNCED, starts_at__gte=now())
    return list(coming.order_by("starts_at", "pk").values_list("pk", flat=True)[:limit])


@dataclass(frozen=True)
class Evening:
    """An evening in a group's year. `host` is empty when the reader may not know it."""

    starts_at: datetime
    time_zone: str
    host: str
    state: str


def sample_group() -> CoreGroup | None:
    """Return the group with the most open evenings around now: the one whose year the front shows."""
    near = Meeting.objects.filter(
        _PUBLIC, starts_at__gte=now() - HALF_YEAR, starts_at__lt=now() + HALF_YEAR
    ).exclude(state=MeetingState.CANCELLED)
    row = near.values("group").annotate(n=Count("pk")).order_by("-n", "group").first()
    if row is None:
        return None
    return CoreGroup.objects.select_related("network", "region").get(pk=row["group"])


def evenings_of(group: CoreGroup, first: date, last: date, *, names_all: bool) -> list[Evening]:
    """Return a group's evenings between two days; hosts of evenings that are not public only if `names_all`."""
    rows = (
        Meeting.objects.filter(group=group, starts_at__date__gte=first, starts_at__date__lte=last)
        .exclude(state__in=(MeetingState.CANCELLED, *(() if names_all else (MeetingState.DRAFT,))))
        .order_by("starts_at", "pk")
        .values_list("starts_at", "time_zone", "host__name", "state", "audience")
    )
    return [
        Evening(start, zone, (host or "") if names_all or audience == Audience.PUBLIC else "", state)
        for start, zone, host, state, audience in rows
    ]


def next_open_meeting(group: CoreGroup) -> Meeting | None:
    """Return the group's next evening that is open to the public."""
    return (
        Meeting.objects.filter(_PUBLIC, group=group, state=MeetingState.ANNOUNCED, starts_at__gte=now())
        .select_related("host")
        .order_by("starts_at", "pk")
        .first()
    )
