"""The calendar itself, and the page that tells the public about one meeting."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ydin.calendar.documents.rows import by_month, month_title
from ydin.calendar.forms import Filters, read_filters
from ydin.calendar.policies import (
    can_arrange_events,
    can_see_address,
    public_page_meetings,
    visible_events,
)
from ydin.calendar.queries import Entry, entries, next_start, visitors_of
from ydin.calendar.rules import FIRST_YEAR, LAST_YEAR, PAGE, Kind, read_mark, read_month
from ydin.groups.policies import can_read_inside, readable_groups
from ydin.kernel.clock import add_months, now
from ydin.meetings.policies import visible_meetings
from ydin.meetings.rules.states import Audience, MeetingState
from ydin.networks.policies import as_person


def revalidated(response: HttpResponse) -> HttpResponse:
    """Let a browser keep the page and ask whether it is still the same (an ETag is added by middleware)."""
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show what is coming, or one month, filtered by `network`, `region` and `group`."""
    person = as_person(request.user)
    filters = read_filters(request.GET)
    month, after = read_month(request.GET.get("month", "")), read_mark(request.GET.get("after", ""))
    start, end = _window(month)
    sources = visible_meetings(person), visible_events(person)
    found = entries(*sources, choice=filters.choice, start=start, end=end, after=after, limit=PAGE + 1)
    shown, more = found[:PAGE], len(found) > PAGE
    own = set(readable_groups(person).values_list("pk", flat=True)) if person else set()
    later = None if shown or end is None else next_start(*sources, filters.choice, end)
    context: dict[str, Any] = {
        "filters": filters,
        "months": by_month(shown, visitors_of(_open_meetings(shown)), own),
        "title_month": month_title(month, get_language() or "en") if month else "",
        "is_continued": after is not None,
        "steps": _steps(month, filters),
        "more_url": _url(filters, month, after=str(shown[-1].mark)) if more else "",
        "later_url": _url(filters, timezone.localtime(later).date()) if later else "",
        "all_url": _url(filters, None),
        "month": f"{month:%Y-%m}" if month else "",
        "can_arrange": can_arrange_events(person),
        "feed_urls": _feeds(filters),
        "has_own": bool(own),
    }
    return revalidated(render(request, "calendar/calendar.html", context))


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


def _url(filters: Filters, month: date | None, after: str = "") -> str:
    parts = [filters.query, f"month={month:%Y-%m}" if month else "", f"after={after}" if after else ""]
    query = "&".join([part for part in parts if part])
    return f"{reverse('calendar:calendar')}{'?' if query else ''}{query}"


def _steps(month: date | None, filters: Filters) -> list[tuple[str, str, str]]:
    """Return (relation, address, words) of the months before and after."""
    language, middle = get_language() or "en", month or timezone.localdate().replace(day=1)
    before, behind = (add_months(middle, -1) if month else middle), add_months(middle, 1)
    steps, year = [("prev", before), ("next", behind)], timezone.localdate().year
    return [
        (relation, _url(filters, day), month_title(day, language, with_year=day.year != year))
        for relation, day in steps
        if FIRST_YEAR <= day.year <= LAST_YEAR
    ]


def _feeds(filters: Filters) -> list[tuple[str, str]]:
    """Return (address, name) of the public feeds that match the filter."""
    return [
        (f"{reverse('calendar:feed', args=[slug])}{_of(filters)}", name) for slug, name in filters.sources
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
        "apply_url": _reverse("groups:apply", found.group.network.slug, found.group.slug),
        "inside_url": _reverse("meetings:meeting", found.pk),
    }
    return revalidated(render(request, "calendar/meeting.html", context))


def _reverse(name: str, *args: Any) -> str:
    """Return an address of another part of the site, or nothing while that part has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
