"""The front, the list of groups, a group's page, and the pages about the site itself."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ydin.calendar.documents.rows import as_list
from ydin.calendar.forms import read_filters
from ydin.calendar.policies import visible_events
from ydin.calendar.queries import Choice, all_networks, entries, visitors_of
from ydin.groups.policies import visible_groups
from ydin.groups.queries import coordinators_of
from ydin.home.documents.group import rhythm, ring_of
from ydin.home.documents.links import address, meeting_url, season_url, settings_url
from ydin.home.policies import with_rights
from ydin.home.queries.inside import companies_of, current_season, memos_of, next_meeting_of, open_promises_of
from ydin.home.queries.public import found_groups, next_open_meeting, reach, sample_group, with_basics
from ydin.meetings.policies import visible_meetings
from ydin.networks.policies import as_person

FRONT_ROWS = 4
GROUPS_A_PAGE = 30


def _revalidated(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


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
        "networks": networks,
        "only_network": networks[0] if len(networks) == 1 else None,
        "reach": reach(),
        "sample": sample,
        "ring": ring_of(sample, names_all=False, shows_gaps=False) if sample else None,
    }
    return _revalidated(render(request, "home/front.html", context))


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """List the groups, by `q` (group, region or municipality), `region` and `network`."""
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:100]
    filters = read_filters(request.GET)
    found = found_groups(
        visible_groups(request.user),
        text=text,
        regions=_ids(filters.choice.regions),
        networks=_ids(filters.choice.networks),
    )
    page = Paginator(found, GROUPS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "q": text,
        "filters": filters,
        "page": page,
        "groups": [{"group": group, "rhythm": rhythm(group)} for group in page.object_list],
    }
    return _revalidated(render(request, "home/groups.html", context))


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
    context: dict[str, Any] = {
        "group": found,
        "rhythm": rhythm(found),
        "coordinators": coordinators_of(found),
        "next_open": None if knows_hosts else next_open_meeting(found),
        "apply_url": address("groups:apply", found.network.slug, found.slug) if found.is_open else "",
        "knows_hosts": knows_hosts,
        "ring": ring_of(found, names_all=knows_hosts, shows_gaps=found.is_managed),
        "seats": companies_of(found) if knows_hosts else [],
        "inside": _inside(person, found) if found.is_inside else None,
        "season_url": season_url(season.pk) if season else "",
        "settings_url": settings_url(found.pk) if found.is_managed else "",
    }
    return _revalidated(render(request, "home/group.html", context))


def _inside(person: Any, found: Any) -> dict[str, Any]:
    coming = next_meeting_of(found)
    return {
        "next": coming,
        "next_url": meeting_url(coming.pk) if coming else "",
        "memos": [(memo, meeting_url(memo.meeting_id)) for memo in memos_of(person, found)],
        "promises": open_promises_of(person, found),
    }


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the site is."""
    return _static_page(request, "home/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Give the accessibility statement."""
    return _static_page(request, "home/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about people and who reads it."""
    return _static_page(request, "home/privacy.html")


def _static_page(request: HttpRequest, template: str) -> HttpResponse:
    contacts = [(n.name, n.contact_email) for n in all_networks() if n.contact_email]
    return _revalidated(render(request, template, {"contacts": contacts}))
