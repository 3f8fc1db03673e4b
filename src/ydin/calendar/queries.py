"""Reusable querysets of the calendar, and the cheap look at what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value

from ydin.calendar.models import Event, FeedAddress, SyncState
from ydin.calendar.rules import Kind, Mark
from ydin.groups.models import CoreGroup
from ydin.groups.queries import groups_read_by
from ydin.meetings.models import Meeting
from ydin.networks.models import Network, Region
from ydin.networks.queries import networks_coordinated_by
from ydin.networks.rules import RegionLevel
from ydin.people.models import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting or an event as the calendar lists it. `host` is the company; `group` may be empty."""

    kind: str
    id: int
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    title: str
    state: str
    audience: str
    municipality: str
    place: str
    host: str | None
    group: str | None
    group_id: int | None
    network_id: int
    visitor_places: int

    @property
    def mark(self) -> Mark:
        """Where a page that ends with this entry goes on."""
        return Mark(self.starts_at, self.kind, self.id)


@dataclass(frozen=True)
class Choice:
    """What of the calendar is asked for. None: all."""

    networks: Sequence[int] | None = None
    regions: Sequence[int] | None = None
    group: int | None = None


_MEETING: dict[str, Any] = {
    "kind": Value(Kind.MEETING, output_field=CharField()),
    "title": F("theme"),
    "host_name": F("host__name"),
    "group_name": F("group__name"),
    "in_group": F("group_id"),
    "in_network": F("group__network_id"),
    "visitors": F("visitor_places"),
}
_EVENT: dict[str, Any] = {
    "kind": Value(Kind.EVENT, output_field=CharField()),
    "host_name": Value(None, output_field=CharField()),
    "group_name": F("group__name"),
    "in_group": F("group_id"),
    "in_network": F("network_id"),
    "visitors": Value(0, output_field=BigIntegerField()),
}
_COLUMNS = (
    "kind", "pk", "starts_at", "ends_at", "time_zone", "title", "state", "audience", "municipality", "place",
    "host_name", "group_name", "in_group", "in_network", "visitors",
)  # fmt: skip


def networks_of(person: Person) -> QuerySet[Network]:
    """Return the networks in which the person holds a seat or a role today."""
    return Network.objects.filter(
        Q(pk__in=groups_read_by(person).values("network")) | Q(pk__in=networks_coordinated_by(person))
    )


def entries(
    meetings: QuerySet[Meeting],
    events: QuerySet[Event],
    *,
    choice: Choice,
    start: datetime,
    end: datetime | None,
    after: Mark | None = None,
    limit: int,
) -> list[Entry]:
    """Return at most `limit` entries that end after `start` and begin before `end`, by time, in one query.

    Args:
        meetings: those that the reader may see; events likewise.
        events: see above.
        choice: networks, regions, group.
        start: entries begin at or after this moment.
        end: and before this one.
        after: go on after this entry.
        limit: at most so many of each kind are read, and of both together.

    """
    window = Q(starts_at__gte=after.starts_at if after else start)
    if end is not None:
        window &= Q(starts_at__lt=end)
    first = _part(meetings.filter(window & _in_group(choice)), Kind.MEETING, _MEETING, after, limit)
    second = _part(events.filter(window & _of_event(choice)), Kind.EVENT, _EVENT, after, limit)
    rows = first.union(second, all=True).order_by("starts_at", "kind", "pk")[:limit]
    return [Entry(*row) for row in rows]


def _part(
    rows: QuerySet[Any], kind: Kind, columns: dict[str, Any], after: Mark | None, limit: int
) -> QuerySet[Any, Any]:
    if after is not None:
        same = Q(starts_at=after.starts_at)
        later = Q(starts_at__gt=after.starts_at)
        if kind == after.kind:
            rows = rows.filter(later | (same & Q(pk__gt=after.id)))
        else:
            rows = rows.filter(later | same if kind > after.kind else later)
    listed: QuerySet[Any, Any] = rows.annotate(**columns).order_by("starts_at", "pk").values_list(*_COLUMNS)
    return listed[:limit]


def _in_group(choice: Choice) -> Q:
    wanted = Q()
    if choice.networks is not None:
        wanted &= Q(group__network__in=choice.networks)
    if choice.regions is not None:
        wanted &= Q(group__region__in=choice.regions)
    if choice.group is not None:
        wanted &= Q(group=choice.group)
    return wanted


def _of_event(choice: Choice) -> Q:
    wanted = Q()
    if choice.networks is not None:
        wanted &= Q(network__in=choice.networks)
    if choice.regions is not None:
        wanted &= Q(region__in=choice.regions) | Q(region=None, group__region__in=choice.regions)
    if choice.group is not None:
        wanted &= Q(group=choice.group)
    return wanted


def next_start(
    meetings: QuerySet[Meeting], events: QuerySet[Event], choice: Choice, start: datetime
) -> datetime | None:
    """Return when the first entry at or after `start` begins, or nothing."""
    found = entries(meetings, events, choice=choice, start=start, end=None, limit=1)
    return found[0].starts_at if found else None


def visitors_of(meetings: Sequence[int]) -> dict[int, int]:
    """Return how many visitors have a place, for each meeting that has any. A count only: safe for everybody."""
    if not meetings:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select meeting, visitors from ydin_visitors_of(%s)", [list(meetings)])
        return dict(cursor.fetchall())


def all_networks() -> list[Network]:
    """Return the networks by name; an installation carries a handful."""
    return list(Network.objects.order_by("name", "pk")[:100])


def top_regions(networks: Sequence[int]) -> list[Region]:
    """Return the regions (not their sub-regions) of the networks."""
    return list(
        Region.objects.filter(network__in=networks, level=RegionLevel.REGION).order_by("name_fi", "pk")[:200]
    )


def with_sub_regions(regions: Sequence[int]) -> list[int]:
    """Return the ids of the regions and of what lies in them."""
    return list(Region.objects.filter(Q(pk__in=regions) | Q(parent__in=regions)).values_list("pk", flat=True))


def groups_in(regions: Sequence[int] | None, networks: Sequence[int], limit: int) -> list[CoreGroup]:
    """Return groups of the regions (None: of the whole networks) by name, at most `limit`."""
    groups = CoreGroup.objects.filter(network__in=networks)
    if regions is not None:
        groups = groups.filter(region__in=regions)
    return list(groups.only("pk", "slug", "name", "network_id").order_by("name", "pk")[:limit])


@dataclass(frozen=True)
class GroupPoint:
    """Where a group is on the map: one point for all its evenings, never a company's own address."""

    slug: str
    name: str
    latitude: float
    longitude: float
    country: str


def points_of(groups: Sequence[int]) -> dict[int, GroupPoint]:
    """Return the points of those of the groups that have one, by group."""
    rows = CoreGroup.objects.filter(pk__in=groups, latitude__isnull=False, longitude__isnull=False)
    found = rows.values_list("pk", "slug", "name", "latitude", "longitude", "network__country").order_by(
        "name", "pk"
    )
    return {
        pk: GroupPoint(slug, name, latitude, longitude, country)
        for pk, slug, name, latitude, longitude, country in found
        if latitude is not None and longitude is not None
    }


def group_called(slug: str, networks: Sequence[int]) -> CoreGroup | None:
    """Return the group of an address, the first one if several networks have one of that name."""
    return CoreGroup.objects.filter(slug=slug, network__in=networks).order_by("network", "pk").first()


@dataclass(frozen=True)
class Stamp:
    """What tells whether a feed may have changed: sum and highest of the change rows' ids, and when."""

    total: int
    highest: int
    at: datetime | None
    more: str = ""


@dataclass(frozen=True)
class Source:
    """A network as its public feed needs it."""

    id: int
    slug: str
    name: str
    language: str


def source_called(slug: str) -> tuple[Source, Stamp] | None:
    """Return the network of an address and the state of its public feed, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_SOURCE, [slug])
        row = cursor.fetchone()
    return (Source(*row[:4]), Stamp(*row[4:])) if row else None


_SOURCE = """
select n.id, n.slug, n.name, n.default_language, c.total, c.highest, c.at from networks_network n,
lateral (select coalesce(sum(id), 0) as total, coalesce(max(id), 0) as highest, max(at) as at
         from calendar_calendarchange where network_id = n.id) c
where n.slug = %s
"""


@dataclass(frozen=True)
class FeedReader:
    """Whose a personal calendar address is, and what it may tell."""

    person: int
    language: str
    time_zone: str
    used_on: date | None
    details: bool
    cancelled: bool


def personal_stamp(address: int) -> tuple[FeedReader, Stamp] | None:
    """Return the reader of a living address and the state of their feed, in one round trip; None: no such address.

    The state covers changes in the reader's networks, their groups and their invitations.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from ydin_feed_state(%s)", [address])
        row = cursor.fetchone()
    return (FeedReader(*row[:6]), Stamp(*row[6:])) if row else None


@dataclass(frozen=True)
class Login:
    """Whose an app password is."""

    password: int
    person: int
    email: str
    language: str
    time_zone: str
    used_on: date | None


def login_of(digest: str) -> Login | None:
    """Return the person of a living app password by its digest; None: there is none."""
    with connection.cursor() as cursor:
        cursor.execute("select * from ydin_calendar_login(%s)", [digest])
        row = cursor.fetchone()
    return Login(*row) if row else None


def calendar_stamp(person: int) -> Stamp:
    """Return the state of a person's own calendar, as `personal_stamp` does."""
    with connection.cursor() as cursor:
        cursor.execute("select * from ydin_calendar_stamp(%s)", [person])
        return Stamp(*cursor.fetchone())


def told_under(password: int, token: str) -> dict[str, str] | None:
    """Return the entity tags by UID that a device was told under a sync token; None: the token is not known."""
    return SyncState.objects.filter(password=password, token=token).values_list("items", flat=True).first()


def living_feed_addresses() -> QuerySet[FeedAddress]:
    """Return the personal addresses that still work, with their people."""
    return FeedAddress.objects.filter(revoked_at__isnull=True, person__is_active=True).select_related(
        "person"
    )
