"""Pages of the log, and the names of what stands in it as numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ydin.audit.models import Entry
from ydin.groups.models import CoreGroup
from ydin.meetings.models import Meeting
from ydin.networks.models import Enterprise
from ydin.people.models import Person


@dataclass(frozen=True)
class Filter:
    """What of the log is wanted: acts whose first word is `kind`, of one person, between two days (UTC)."""

    kind: str = ""
    person: int | None = None
    first: date | None = None
    last: date | None = None


def chosen(entries: QuerySet[Entry], wanted: Filter) -> QuerySet[Entry]:
    """Return the wanted entries, the newest first."""
    if wanted.kind:
        entries = entries.filter(Q(action__startswith=f"{wanted.kind}."))
    if wanted.person is not None:
        entries = entries.filter(Q(actor=wanted.person) | Q(of_person=wanted.person))
    if wanted.first:
        entries = entries.filter(at__date__gte=wanted.first)
    if wanted.last:
        entries = entries.filter(at__date__lte=wanted.last)
    return entries.order_by("-at", "-id")


def entries_of_group(entries: QuerySet[Entry], group: int) -> QuerySet[Entry]:
    """Return those of the entries that belong to a group."""
    return entries.filter(of_group=group)


def entries_of_network(entries: QuerySet[Entry], network: int) -> QuerySet[Entry]:
    """Return those of the entries that belong to a network itself or to one of its groups."""
    groups = CoreGroup.objects.filter(network=network).values("pk")
    return entries.filter(Q(of_network=network) | Q(of_group__in=groups))


@dataclass
class Names:
    """What the numbers of some entries stand for, as far as it is still there and the reader may know it."""

    people: dict[int, str] = field(default_factory=dict)
    companies: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)
    meetings: dict[int, Any] = field(default_factory=dict)


def names_for(
    entries: Iterable[Entry], companies: QuerySet[Enterprise], meetings: QuerySet[Meeting]
) -> Names:
    """Return the names for entries, with four queries whatever their number.

    Args:
        entries: which ones.
        companies, meetings: those that the reader may see; others stay without a name.

    """
    found = list(entries)
    people = {n for e in found for n in (e.actor_id, e.of_person_id) if n is not None}
    firms = {e.of_enterprise for e in found if e.of_enterprise is not None}
    groups = {e.of_group for e in found if e.of_group is not None}
    evenings = {pk for e in found if (pk := meeting_of(e)) is not None}
    return Names(
        people={p.pk: str(p) for p in Person.objects.filter(pk__in=people)},
        companies=dict(companies.filter(pk__in=firms).values_list("pk", "name")),
        groups=dict(CoreGroup.objects.filter(pk__in=groups).values_list("pk", "name")),
        meetings={m.pk: m for m in meetings.filter(pk__in=evenings)},
    )


def meeting_of(entry: Entry) -> int | None:
    """Return the id of the meeting that an entry is about."""
    if entry.target_type == "meetings.meeting":
        return int(entry.target_id)
    given = entry.data.get("meeting")
    return given if isinstance(given, int) else None
