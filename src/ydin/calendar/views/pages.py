"""The calendar itself, and the page that tells the public about one meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ydin.calendar.documents.linked import about_meeting
from ydin.calendar.documents.rows import by_month, month_title
from ydin.calendar.documents.shown import in_grid, on_map
from ydin.calendar.forms import Filters, read_filters
from ydin.calendar.policies import (
    can_arrange_events,
    can_see_address,
    public_page_meetings,
    visible_events,
)
from ydin.calendar.queries import Entry, entries, next_start, points_of, visitors_of
from ydin.calendar.rules import (
    FIRST_YEAR,
    LAST_YEAR,
    MOST_IN_MONTH,
    PAGE,
    Kind,
    Look,
    read_mark,
    read_month,
)
from ydin.groups.policies import can_read_inside, readable_groups
from ydin.kernel.clock import add_months, now
from ydin.meetings.policies import visible_meetings
from ydin.meetings.rules.states import Audience, MeetingState
from ydin.people.policies import as_person
from ydin.ui import dates
from ydin.ui.head import About
from ydin.ui.languages import plain
from ydin.ui.tiles import tiles_of, with_tiles


def revalidated(response: HttpResponse) -> HttpResponse:
    """Let a browser keep the page and ask whether it is still the same (an ETag is added by middleware)."""
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@dataclass(frozen=True)
class Shown:
    """What a page of the calendar shows to its reader."""

    person: Any
    entries: list[Entry]
    own: set[int]
    more_url: str
    later: datetime | None
    is_continued: bool


@require_safe
def calendar(request: HttpRequest, year: str = "", month: str = "") -> HttpResponse:
    """Show what is coming, or one month, as a list, a month's grid or a map (`view`).

    Filtered by `network`, `region` and `group`. An address of before, with `month=2027-02`, is led on.
    """
    filters = read_filters(request.GET)
    look = _look(request.GET.get("view", ""))
    if not year and (before := read_month(request.GET.get("month", ""))):
        return HttpResponsePermanentRedirect(_url(filters, before, look))
    first = read_month(f"{year}-{month}") if year else None
    if year and first is None:
        raise Http404
    if look == Look.MONTH and first is None:
        first = timezone.localdate().replace(day=1)
    shown = _shown(request, filters, first, look)
    drawing, nowhere = _map(shown.entries, filters, first) if look == Look.MAP else (None, 0)
    tiles = tiles_of(drawing)
    title = month_title(first, get_language() or "en") if first else ""
    context: dict[str, Any] = {
        **_entries(shown, look),
        **_ways(filters, first, look, has_month=bool(year)),
        "filters": filters,
        "look": look,
        "first": first,
        "today": timezone.localdate(),
        "map": drawing,
        "tiles": tiles,
        "nowhere": nowhere,
        "title_month": title,
        "later_url": _url(filters, timezone.localtime(shown.later).date(), look) if shown.later else "",
        "can_arrange": can_arrange_events(shown.person),
        "about": About(
            " – ".join(part for part in (title, _("Calendar")) if part),
            _("Open core-group evenings and events: when and where you may come."),
        ),
    }
    return with_tiles(revalidated(render(request, "calendar/calendar.html", context)), tiles)


def _entries(shown: Shown, look: Look) -> dict[str, Any]:
    """Return what stands on the page: lists under their months, or the cells of a month's grid."""
    is_grid = look == Look.MONTH
    visitors = {} if is_grid else visitors_of(_open_meetings(shown.entries))
    return {
        "months": [] if is_grid else by_month(shown.entries, visitors, shown.own),
        "grid": in_grid(shown.entries) if is_grid else [],
        "is_continued": shown.is_continued,
        "more_url": shown.more_url,
        "has_own": bool(shown.own),
    }


def _ways(filters: Filters, month: date | None, look: Look, *, has_month: bool) -> dict[str, Any]:
    """Return where one can go from here: other months, other ways to show it, a calendar program."""
    return {
        "looks": _looks(filters, month if has_month else None, look),
        "steps": _steps(month, filters, look),
        "all_url": _url(filters, None, Look.LIST if look == Look.MONTH else look),
        "feed_urls": _feeds(filters),
    }


def _shown(request: HttpRequest, filters: Filters, month: date | None, look: Look) -> Shown:
    person = as_person(request.user)
    after = read_mark(request.GET.get("after", "")) if look == Look.LIST else None
    most = PAGE if look == Look.LIST else MOST_IN_MONTH
    start, end = _window(month)
    sources = visible_meetings(person), visible_events(person)
    found = entries(*sources, choice=filters.choice, start=start, end=end, after=after, limit=most + 1)
    shown, more = found[:most], len(found) > most
    own = set(readable_groups(person).values_list("pk", flat=True)) if person else set()
    later = None if shown or end is None else next_start(*sources, filters.choice, end)
    more_url = _url(filters, month, Look.LIST, after=str(shown[-1].mark)) if more else ""
    return Shown(person, shown, own, more_url, later, after is not None)


def _look(given: str) -> Look:
    return Look(given) if given in set(Look) else Look.LIST


def _looks(filters: Filters, month: date | None, now_on: Look) -> list[tuple[str, str, bool]]:
    """Return (address, words, current) of the ways in which the same can be shown."""
    words = {Look.LIST: _("List"), Look.MONTH: _("Month"), Look.MAP: _("Map")}
    return [(_url(filters, month, look), words[look], look == now_on) for look in Look]


def _map(shown: list[Entry], filters: Filters, month: date | None) -> tuple[Any, int]:
    points = points_of(sorted({e.group_id for e in shown if e.group_id is not None}))
    return on_map(shown, points, _url(filters, month, Look.LIST))


def _window(month: date | None) -> tuple[datetime, datetime | None]:
    """Return the moments between which entries begin, on the reader's clock."""
    zone = timezone.get_current_timezone()
    if month is None:
        return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0), None
    ends = add_months(month, 1)
    return datetime.combine(month, time(), tzinfo=zone), datetime.combine(ends, time(), tzinfo=zone)


def _open_meetings(shown: list[Entry]) -> list[int]:
    """Return the ids of the meetings whose free visitor places the list tells."""
    return [
        e.id for e in shown if e.kind == Kind.MEETING and e.audience == Audience.PUBLIC and e.visitor_places
    ]


def _url(filters: Filters, month: date | None, look: Look, after: str = "") -> str:
    path = (
        reverse("calendar:month", args=[f"{month:%Y}", f"{month:%m}"])
        if month
        else reverse("calendar:calendar")
    )
    parts = [filters.query, f"view={look}" if look != Look.LIST else "", f"after={after}" if after else ""]
    query = "&".join([part for part in parts if part])
    return f"{path}{'?' if query else ''}{query}"


def _steps(month: date | None, filters: Filters, look: Look) -> list[tuple[str, str, str]]:
    """Return (relation, address, words) of the months before and after."""
    language, middle = get_language() or "en", month or timezone.localdate().replace(day=1)
    before, behind = (add_months(middle, -1) if month else middle), add_months(middle, 1)
    steps, year = [("prev", before), ("next", behind)], timezone.localdate().year
    return [
        (relation, _url(filters, day, look), month_title(day, language, with_year=day.year != year))
        for relation, day in steps
        if FIRST_YEAR <= day.year <= LAST_YEAR
    ]


def _feeds(filters: Filters) -> list[tuple[str, str]]:
    """Return (address, name) of the public feeds that match the filter."""
    return [
        (f"{plain(reverse('calendar:feed', args=[slug]))}{_of(filters)}", name)
        for slug, name in filters.sources
    ]


def _of(filters: Filters) -> str:
    parts = [p for p in filters.query.split("&") if p and not p.startswith("network=")]
    return f"?{'&'.join(parts)}" if parts else ""


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell about one meeting; street address and link only to those who are inside or invited."""
    person = as_person(request.user)
    meetings = public_page_meetings(person).select_related("group", "group__network", "host")
    found = get_object_or_404(meetings, pk=pk)
    is_public = found.audience == Audience.PUBLIC
    is_coming = found.state == MeetingState.ANNOUNCED and found.starts_at > now()
    left = found.visitor_places - visitors_of([found.pk]).get(found.pk, 0) if found.visitor_places else 0
    context = {
        "meeting": found,
        "group": found.group,
        "sees_address": can_see_address(person, found),
        "is_inside": can_read_inside(person, found.group),
        "is_cancelled": found.state == MeetingState.CANCELLED,
        "is_held": found.state == MeetingState.HELD,
        "takes_visitors": is_public and is_coming and bool(found.visitor_places),
        "places_left": max(left, 0),
        "apply_url": _ask_url(found),
        "about": about_meeting(found),
        "inside_url": _reverse("meetings:meeting", found.pk),
    }
    return revalidated(render(request, "calendar/meeting.html", context))


def _ask_url(found: Any) -> str:
    """Return where to ask for a visit, with the evening written in the message beforehand."""
    when = dates.meeting_time(found.starts_at, found.ends_at, found.time_zone)
    words = _("I would like to come to the evening %(when)s.") % {"when": when}
    path = _reverse("groups:apply", found.group.network.slug, found.group.slug)
    return f"{path}?{urlencode({'message': words})}" if path else ""


def _reverse(name: str, *args: Any) -> str:
    """Return an address of another part of the site, or nothing while that part has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
