"""Feeds: the calendar as iCalendar text for programs that subscribe to it.

A feed is a head with time zones, the months of its meetings, the months of its events, and an end. A month is
kept compressed under the versions of its rows, as PostgreSQL sums them up: after a change one month is read and
written anew, the others are on the shelf. The whole text never stands in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    BigIntegerField,
    Count,
    DecimalField,
    F,
    Func,
    Max,
    Min,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import get_language

from ydin.calendar.documents.entries import Detail, Vevent, event_entries, meeting_entries
from ydin.calendar.documents.packed import Packed, Shelf, pack
from ydin.calendar.models import Event
from ydin.meetings.documents.ical import vcalendar
from ydin.meetings.documents.ical_zones import vtimezone
from ydin.meetings.models import Meeting

SHELF = Shelf(24 * 1024 * 1024)
"""Months of all feeds that this process gave, compressed: some 100,000 entries."""

_END = "END:VCALENDAR\r\n"
_FEW = 12
"""So many months are asked for one by one; more are read in one go from the first to the last."""


@dataclass(frozen=True, slots=True)
class _Month:
    """The rows of a month: since when, and what tells whether any has changed."""

    start: datetime
    mark: str
    first: datetime
    last: datetime
    zones: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.start.strftime("%Y%m")


def feed_pieces(
    name: str, meetings: QuerySet[Meeting], events: QuerySet[Event], detail: Detail
) -> list[Packed]:
    """Return a feed in pieces.

    Args:
        name: what calendar programs call it.
        meetings: to be shown; whoever reads the feed must be allowed to see them. Events likewise.
        events: see above.
        detail: how much of each is told.

    """
    evenings = _months(meetings, (F("group__name"), Coalesce(F("host__name"), Value(""))))
    others = _months(events, (F("network__name"),))
    body = [
        *_pieces("m", evenings, detail, lambda wanted: meeting_entries(meetings.filter(wanted), detail)),
        *_pieces("e", others, detail, lambda wanted: event_entries(events.filter(wanted), detail)),
    ]
    return [_head(name, [*evenings, *others]), *body, pack(_END)]


def _head(name: str, months: list[_Month]) -> Packed:
    text = vcalendar((), name=name).removesuffix(_END)
    if months:
        first, last = min(m.first for m in months).year, max(m.last for m in months).year
        zones = sorted({zone for m in months for zone in m.zones} - {"UTC"})
        text += "".join([vtimezone(zone, first, last + 2) for zone in zones])
    return pack(text)


def _months(rows: QuerySet[Any], names: tuple[Any, ...]) -> list[_Month]:
    """Return the months in which rows begin, on the UTC clock, each with a mark of its rows' versions.

    A row's version is where PostgreSQL keeps it and the transaction that wrote it (`ctid`, `xmin`): every
    change moves both, whoever makes it and however. Names of other tables' rows count by their text.
    """
    table = rows.query.get_meta().db_table
    where = f'"{table}".ctid::text || "{table}".xmin::text'
    place = RawSQL(where, (), output_field=TextField())  # noqa: S611 - the table's name is ours
    version = Func(
        Func(Value(" "), place, *names, function="concat_ws", output_field=TextField()),
        Value(0),
        function="hashtextextended",
        output_field=BigIntegerField(),
    )
    found = (
        rows.order_by()
        .annotate(month=TruncMonth("starts_at", tzinfo=UTC))
        .values("month")
        .annotate(
            mark=Sum(version, output_field=DecimalField(max_digits=40, decimal_places=0)),
            rows=Count("pk"),
            first=Min("starts_at"),
            last=Max("ends_at"),
            zones=ArrayAgg("time_zone", distinct=True),
        )
        .order_by("month")
        .values_list("month", "mark", "rows", "first", "last", "zones")
    )
    return [
        _Month(month, f"{mark}/{count}", first, last, tuple(zones))
        for month, mark, count, first, last, zones in found
    ]


def _pieces(
    kind: str, months: list[_Month], detail: Detail, write: Callable[[Q], Iterator[Vevent]]
) -> list[Packed]:
    """Return the months in order, from the shelf where they are there and unchanged."""
    language = get_language()
    keys = {m.name: (kind, detail, language, m.name, m.mark) for m in months}
    ready = {name: piece for name, key in keys.items() if (piece := SHELF.get(key)) is not None}
    missing = [m for m in months if m.name not in ready]
    for name, group in groupby(write(_during(missing)) if missing else (), key=lambda entry: entry.start[:6]):
        text = "".join([entry.text for entry in group])
        if name in keys and name not in ready:
            ready[name] = pack(text)
            SHELF.put(keys[name], ready[name])
    return [ready[m.name] for m in months if m.name in ready]


def _during(months: list[_Month]) -> Q:
    if len(months) > _FEW:
        return Q(starts_at__gte=months[0].first, starts_at__lt=_next(months[-1].start))
    wanted = Q()
    for month in months:
        wanted |= Q(starts_at__gte=month.start, starts_at__lt=_next(month.start))
    return wanted


def _next(start: datetime) -> datetime:
    return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
