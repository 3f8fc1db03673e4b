"""The front, the groups on list and map, and a group's page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ydin.calendar.documents.rows import as_list
from ydin.calendar.forms import read_filters
from ydin.calendar.policies import visible_events
from ydin.calendar.queries import Choice, all_networks, entries, visitors_of
from ydin.groups.policies import asks_for_rules, visible_groups
from ydin.groups.queries import about_group, coordinators_of, named_coordinators
from ydin.home.documents.group import rhythm, ring_of
from ydin.home.documents.links import address, meeting_url, season_url, settings_url
from ydin.home.documents.map import map_of, map_of_one, nearest_first, numbered
from ydin.home.policies import with_rights
from ydin.home.queries.inside import companies_of, current_season, memos_of, next_meeting_of, open_promises_of
from ydin.home.queries.public import (
    found_groups,
    groups_around,
    next_open_meeting,
    reach,
    sample_group,
    with_basics,
)
from ydin.home.rules import read_point
from ydin.home.views.shared import revalidated as _revalidated
from ydin.meetings.policies import visible_meetings
from ydin.networks.queries import about_network
from ydin.people.policies import as_person
from ydin.stories.queries import latest_stories
from ydin.ui.head import About
from ydin.ui.tiles import tiles_of, with_tiles

FRONT_ROWS = 4
FRONT_STORIES = 3
GROUPS_A_PAGE = 30
MOST_GROUPS = 1000
"""More than any installation has; they are drawn on one map."""


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Say what it is, show a group's year and the next open evenings."""
    start = timezone.now()
    sources = visible_meetings(None).filter(state="announced"), visible_events(None).filter(state="announced")
    found = entries(*sources, choice=Choice(), start=start, end=None, limit=FRONT_ROWS)
    sample = sample_group()
    networks = all_networks()
    context = {
        "evenings": as_list(found, visitors_of([e.id for e in found if e.visitor_places]), ())
        if found
        else "",
        "only_network": networks[0] if len(networks) == 1 else None,
        "network_says": about_network(networks[0], _language()) if len(networks) == 1 else None,
        "about": About(
            _("An evening a month among entrepreneurs"),
            _("Once a month some ten small entrepreneurs sit down at one table. You may come for a visit."),
        ),
        "reach": reach(),
        "stories": latest_stories(_language(), FRONT_STORIES),
        "sample": sample,
        "ring": ring_of(sample, names_all=False, shows_gaps=False) if sample else None,
    }
    return _revalidated(render(request, "home/front.html", context))


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """List the groups beside their map, by `q` (group, region or municipality), `region`, `network`, `lat`, `lon`."""
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:100]
    here = read_point(request.GET.get("lat", ""), request.GET.get("lon", ""))
    filters = read_filters(request.GET)
    everywhere = visible_groups(request.user)
    found = list(
        found_groups(
            everywhere,
            text=text,
            regions=_ids(filters.choice.regions),
            networks=_ids(filters.choice.networks),
        )[:MOST_GROUPS]
    )
    is_around = not found and bool(text)
    if is_around:
        found = list(groups_around(everywhere, text=text)[:MOST_GROUPS])
    rows = numbered(nearest_first(found, here) if here else found, first=1, here=here)
    page = Paginator(rows, GROUPS_A_PAGE).get_page(request.GET.get("page"))
    drawing = map_of(rows, here=here)
    tiles = tiles_of(drawing)
    context = {
        "q": text,
        "here": here,
        "filters": filters,
        "page": page,
        "is_around": is_around and bool(found),
        "groups": [
            {"found": row, "group": row.group, "rhythm": rhythm(row.group)} for row in page.object_list
        ],
        "map": drawing,
        "tiles": tiles,
        "missing": sum(1 for row in rows if not row.is_on_map),
        "about": About(_("Find a group"), _("Core groups of small companies, by region and municipality.")),
    }
    return with_tiles(_revalidated(render(request, "home/groups.html", context)), tiles)


def _language() -> str:
    return get_language() or "fi"


def _ids(given: Any) -> list[int] | None:
    return None if given is None else list(given)


@require_safe
def group(request: HttpRequest, network: str, slug: str) -> HttpResponse:
    """Tell the public about a group; those inside find its evenings, memos and promises on the same page."""
    person = as_person(request.user)
    listed = with_rights(with_basics(visible_groups(person)), person)
    listed = listed.select_related("network", "region", "organisation")
    found = get_object_or_404(listed, network__slug=network, slug=slug)
    knows_hosts = found.is_inside or found.is_managed
    season = current_season(found) if found.is_managed else None
    drawing = map_of_one(found, visible_groups(person).filter(network=found.network_id)[:MOST_GROUPS])
    tiles = tiles_of(drawing)
    context: dict[str, Any] = {
        "group": found,
        "rhythm": rhythm(found),
        "said": about_group(found, _language()),
        "coordinators": coordinators_of(found) if knows_hosts else named_coordinators(found),
        "map": drawing,
        "tiles": tiles,
        "about": About(found.name, about_group(found, _language()).text),
        "next_open": None if knows_hosts else next_open_meeting(found),
        "apply_url": address("groups:apply", found.network.slug, found.slug) if found.is_open else "",
        "knows_hosts": knows_hosts,
        "ring": ring_of(found, names_all=knows_hosts, shows_gaps=found.is_managed),
        "seats": companies_of(found) if knows_hosts else [],
        "inside": _inside(person, found, request.path) if found.is_inside else None,
        "season_url": season_url(season.pk) if season else "",
        "settings_url": settings_url(found.pk) if found.is_managed else "",
    }
    return with_tiles(_revalidated(render(request, "home/group.html", context)), tiles)


def _inside(person: Any, found: Any, here: str) -> dict[str, Any]:
    coming, asks = next_meeting_of(found), asks_for_rules(person, found)
    return {
        "next": coming,
        "next_url": meeting_url(coming.pk) if coming else "",
        "memos": [(memo, meeting_url(memo.meeting_id)) for memo in memos_of(person, found)],
        "promises": [] if asks else open_promises_of(person, found),
        "rules_url": f"{address('groups:rules', found.pk)}?{urlencode({'next': here})}" if asks else "",
    }
