"""Reading the log: entries as content to be sealed, and what else an act belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from ydin.audit.models import Entry, Link, Waiting

CONTENT = (
    "id", "at", "actor_id", "action", "target_type", "target_id", "readers", "of_person_id", "of_enterprise",
    "of_group", "of_network", "data",
)  # fmt: skip
"""The fields that a link seals: all of them."""

PARENTS = ("season", "turn", "meeting", "representative", "group")
"""Attributes that lead from a thing to the group and network that it is part of."""


def content_of(entry: Entry) -> dict[str, Any]:
    """Return what a link seals of an entry."""
    return {name: getattr(entry, name) for name in CONTENT}


def belongs_to(target: Any, data: Mapping[str, Any]) -> dict[str, int | None]:
    """Return the ids of group, network, enterprise and person that a thing belongs to, as far as it says so.

    Args:
        target: any row. It is asked for `group_id`, `network_id`, `enterprise_id`, `person_id` and for its
            `PARENTS`; this slice knows none of them by name.
        data: what is recorded with it; `group`, `network`, `enterprise` and `person` there, as ids, go first.

    """
    label = target._meta.label_lower  # noqa: SLF001 - Django's documented attribute
    found: dict[str, int | None] = {
        name: data[name] if _is_id(data.get(name)) else getattr(target, f"{name}_id", None)
        for name in ("group", "network", "enterprise", "person")
    }
    own = {"groups.coregroup": "group", "networks.network": "network", "networks.enterprise": "enterprise"}
    if label in own:
        found[own[label]] = target.pk
    if found["group"] is None or found["enterprise"] is None:
        for name, value in _of_parents(target).items():
            found[name] = found[name] if found[name] is not None else value
    return found


def _of_parents(target: Any) -> dict[str, int | None]:
    for name in PARENTS:
        if getattr(target, f"{name}_id", None) is not None and name != "group":
            return belongs_to(getattr(target, name), {})
    return {}


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def chain_pages(size: int = 5000) -> Iterator[list[tuple[Link, Entry | None]]]:
    """Yield the links with their entries (None: the entry is gone), by position, so many at a time."""
    after: int | None = None
    while True:
        links = Link.objects.order_by("position")
        page = list((links if after is None else links.filter(position__gt=after))[:size])
        if not page:
            return
        entries = Entry.objects.in_bulk([link.entry_id for link in page])
        yield [(link, entries.get(link.entry_id)) for link in page]
        after = page[-1].position


def head() -> Link | None:
    """Return the newest link of the chain."""
    return Link.objects.order_by("-position").first()


def outside_chain() -> QuerySet[Entry]:
    """Return the entries without a link, oldest first; `waits`: the next sealing will take them."""
    linked = Link.objects.filter(entry=OuterRef("pk"))
    waits = Waiting.objects.filter(entry=OuterRef("pk"))
    return Entry.objects.filter(~Exists(linked)).annotate(waits=Exists(waits)).order_by("at", "id")


def waiting_entries(limit: int) -> list[Entry]:
    """Return the oldest committed entries that are not sealed yet."""
    return list(Entry.objects.filter(pk__in=Waiting.objects.values("entry")).order_by("at", "id")[:limit])


def lost_before_sealing() -> list[UUID]:
    """Return the ids of entries that wait to be sealed and are not there any more."""
    there = Entry.objects.filter(pk=OuterRef("entry"))
    return list(Waiting.objects.filter(~Exists(there)).values_list("entry", flat=True))
