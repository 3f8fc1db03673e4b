"""Groups as places on the map, numbered as in the list beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ydin.groups.rules import GroupKind
from ydin.home.documents.links import group_url
from ydin.ui.maps import LOW, Drawing, Place, distance_km, draw

Point = tuple[float, float]
MOST_NEAR = 6


@dataclass(frozen=True)
class Found:
    """A group of the list: its number there, and how far it is from the reader if they told where they are."""

    group: Any
    number: int
    kilometres: int | None

    @property
    def is_on_map(self) -> bool:
        """Whether the group has a point, and meets there rather than online."""
        return has_point(self.group)


def has_point(group: Any) -> bool:
    """Tell whether a group lies somewhere: it has a point, and meets in the flesh."""
    return group.latitude is not None and group.longitude is not None and group.kind != GroupKind.ONLINE


def nearest_first(groups: Iterable[Any], here: Point) -> list[Any]:
    """Return groups by their distance from a point; those without a place come last, by name."""
    return sorted(groups, key=lambda g: (_distance(g, here) is None, _distance(g, here) or 0.0, g.name))


def numbered(groups: Sequence[Any], *, first: int, here: Point | None) -> list[Found]:
    """Return a page of the list with its numbers, counted from `first`."""
    rows = []
    for number, group in enumerate(groups, start=first):
        far = _distance(group, here) if here else None
        rows.append(Found(group, number, None if far is None else max(1, round(far))))
    return rows


def _distance(group: Any, here: Point) -> float | None:
    if not has_point(group):
        return None
    return distance_km((group.latitude, group.longitude), here)


def map_of(rows: Iterable[Found], *, here: Point | None = None) -> Drawing | None:
    """Draw the groups of a list; nothing when none of them has a point."""
    on_map = [row for row in rows if row.is_on_map]
    if not on_map:
        return None
    places = [
        Place(
            row.group.latitude,
            row.group.longitude,
            row.group.name,
            group_url(row.group.network.slug, row.group.slug),
            str(row.number),
            "" if row.group.is_open else "off",
        )
        for row in on_map
    ]
    return draw(places, {row.group.network.country for row in on_map}, here=here)


def map_of_one(group: Any, others: Iterable[Any]) -> Drawing | None:
    """Draw where one group is, and the others that are near enough to be on the same picture."""
    if not has_point(group):
        return None
    name = _("%(group)s is here") % {"group": group.name}
    here = (group.latitude, group.longitude)
    near = [
        Place(other.latitude, other.longitude, other.name, _url(group, other), state="off")
        for other in nearest_first([o for o in others if o.pk != group.pk and has_point(o)], here)[:MOST_NEAR]
    ]
    places = [*near, Place(*here, name, state="now")]
    return draw(places, [group.network.country], height=LOW)


def _url(group: Any, other: Any) -> str:
    return group_url(group.network.slug, other.slug)
