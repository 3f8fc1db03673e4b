"""Entries of the calendar as rows of a page, written straight to HTML: a list of forty costs a millisecond."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from ydin.calendar.documents.shown import entry_url
from ydin.calendar.queries import Entry
from ydin.calendar.rules import EventState, Kind
from ydin.meetings.rules.states import Audience
from ydin.ui import dates

_ROW = (
    '<li><time class="day" datetime="{}"><b>{}</b><span>{}</span></time>'
    '<div><h3><a href="{}">{}</a></h3><p class="quiet">{}</p></div>{}</li>'
)
_BADGE = '<span class="badge {}">{}</span>'
_MARKS = '<span class="row">{}{}</span>'


@dataclass(frozen=True, slots=True)
class Month:
    """A heading such as "February 2027" and the list under it."""

    name: str
    html: SafeString


@lru_cache(maxsize=1024)
def _under(day: date, language: str) -> str:
    return f"{dates.weekday_short(day, language)} {dates.month_short(day, language)}"


@lru_cache(maxsize=512)
def month_title(month: date, language: str, *, with_year: bool = True) -> str:
    """Return as "Helmikuu 2027", or "Helmikuu"."""
    name = dates.month_name(month, language)
    title = f"{name[:1].upper()}{name[1:]}"
    return f"{title} {month.year}" if with_year else title


@lru_cache(maxsize=4096)
def _clock(clock: time, language: str) -> str:
    return dates.time_range(datetime.combine(date(2000, 1, 1), clock), None, language)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def as_list(entries: Sequence[Entry], visitors: Mapping[int, int], own_groups: Collection[int]) -> SafeString:
    """Return the entries as one list of the style sheet's `dates`.

    Args:
        entries: in the order of the page.
        visitors: visitors who have a place, by meeting.
        own_groups: ids of the reader's groups, whose entries are marked.

    """
    language = get_language() or "en"
    said = _Words()
    lines = [_row(e, visitors.get(e.id, 0), e.group_id in own_groups, language, said) for e in entries]
    return format_html('<ul class="dates">{}</ul>', format_html_join("\n", "{}", ((line,) for line in lines)))


def by_month(
    entries: Sequence[Entry], visitors: Mapping[int, int], own_groups: Collection[int]
) -> list[Month]:
    """Return lists as `as_list` under the headings of their months."""
    language = get_language() or "en"
    return [
        Month(month_title(month, language), as_list(list(group), visitors, own_groups))
        for month, group in groupby(entries, key=lambda entry: _local(entry).date().replace(day=1))
    ]


class _Words:
    """Translations that many rows share, looked up once."""

    def __init__(self) -> None:
        self.untitled = gettext("Core-group evening")
        self.cancelled = gettext("cancelled")
        self.draft = gettext("being prepared")
        self.network = gettext("for the network")
        self.event = gettext("event")
        self.full = gettext("visitor places taken")
        self.host = gettext("hosted by %s")
        self.mine = gettext("my group")


def _local(entry: Entry) -> datetime:
    return entry.starts_at.astimezone(_zone(entry.time_zone))


def _row(entry: Entry, visitors: int, mine: bool, language: str, said: _Words) -> SafeString:  # noqa: FBT001 - internal
    local = _local(entry)
    badge, kind = _badge(entry, visitors, said)
    marks: str = ""
    if badge or mine:
        own = format_html(_BADGE, "solid", said.mine) if mine else ""
        marks = format_html(_MARKS, own, format_html(_BADGE, kind, badge) if badge else "")
    return format_html(
        _ROW,
        local.date().isoformat(),
        local.day,
        _under(local.date(), language),
        entry_url(entry.kind, entry.id),
        entry.title or said.untitled,
        _where_and_when(entry, local, language, said),
        marks,
    )


def _where_and_when(entry: Entry, local: datetime, language: str, said: _Words) -> str:
    clock = _clock(local.time(), language)
    if local.utcoffset() != timezone.localtime(entry.starts_at).utcoffset():
        clock = f"{clock} ({dates.place_time(entry.starts_at, _zone(entry.time_zone), language)})"
    where = entry.municipality or entry.place
    parts = [where, clock, entry.group or ""]
    if entry.host:
        parts.append(said.host % entry.host)
    return " · ".join([part for part in parts if part])


def _badge(entry: Entry, visitors: int, said: _Words) -> tuple[str, str]:
    if entry.state == EventState.CANCELLED:
        return said.cancelled, "alert"
    if entry.state == EventState.DRAFT:
        return said.draft, "wait"
    if entry.audience == Audience.NETWORK:
        return said.network, ""
    if entry.kind == Kind.EVENT:
        return said.event, "wait"
    left = entry.visitor_places - visitors
    if entry.audience == Audience.PUBLIC and entry.visitor_places:
        return (places_words(left), "") if left > 0 else (said.full, "wait")
    return "", ""


def places_words(left: int) -> str:
    """Return as "2 places for visitors"."""
    return ngettext("%(count)d place for a visitor", "%(count)d places for visitors", left) % {"count": left}
