"""Entries of the calendar as a month's grid and as a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.urls import get_script_prefix
from django.utils.translation import get_language, gettext, ngettext

from ydin.calendar.queries import Entry, GroupPoint
from ydin.calendar.rules import EventState, Kind
from ydin.ui import dates
from ydin.ui.maps import Drawing, Place, draw


def entry_url(kind: str, pk: int) -> str:
    """Return the page of an entry, in the language of the reader's address."""
    page = "calendar/meetings" if kind == Kind.MEETING else "events"
    return f"{get_script_prefix()}{page}/{pk}/"


def in_grid(entries: Sequence[Entry]) -> list[tuple[date, str, str]]:
    """Return (day, address, words) of each entry, as the month's grid takes them."""
    language, untitled, cancelled = (
        get_language() or "en",
        gettext("Core-group evening"),
        gettext("cancelled"),
    )
    rows = []
    for entry in entries:
        local = entry.starts_at.astimezone(ZoneInfo(entry.time_zone))
        words = [dates.clock(local.time(), language), entry.title or untitled, entry.municipality]
        if entry.state == EventState.CANCELLED:
            words.insert(0, f"{cancelled}:")
        rows.append((local.date(), entry_url(entry.kind, entry.id), " ".join(word for word in words if word)))
    return rows


def on_map(
    entries: Sequence[Entry], points: dict[int, GroupPoint], filtered: str
) -> tuple[Drawing | None, int]:
    """Draw how many entries there are in which group, and count those that lie nowhere.

    Args:
        entries: of the page.
        points: groups that have a place, by id.
        filtered: address of the calendar to which the group's filter is added.

    """
    counts = Counter(e.group_id for e in entries if e.group_id in points)
    places = []
    for pk, point in points.items():
        if not counts[pk]:
            continue
        words = ngettext("%(group)s: %(count)d evening", "%(group)s: %(count)d evenings", counts[pk])
        url = f"{filtered}{'&' if '?' in filtered else '?'}group={point.slug}"
        name = words % {"group": point.name, "count": counts[pk]}
        places.append(Place(point.latitude, point.longitude, name, url, str(counts[pk])))
    nowhere = len(entries) - sum(counts.values())
    return (draw(places, {p.country for p in points.values()}) if places else None), nowhere
