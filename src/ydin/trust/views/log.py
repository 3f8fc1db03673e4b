"""The log of a person, of a group and of a network; as page, CSV and JSON lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ydin.groups.policies import inside_or_managed, visible_enterprises
from ydin.meetings.policies import visible_meetings
from ydin.networks.policies import can_coordinate_network, known_networks
from ydin.people.views.editing import signed_in
from ydin.trust.documents.log import as_json_lines, as_table, lines
from ydin.trust.forms import LogFilter
from ydin.trust.policies import entries_about, visible_entries
from ydin.trust.queries import Filter, chosen, entries_of_group, entries_of_network, names_for

ROWS_A_PAGE = 50
MOST_ROWS = 10_000
"""An export holds so many of the newest acts; whoever needs older ones narrows the days."""


@login_required
@require_safe
def own(request: HttpRequest, form: str = "") -> HttpResponse:
    """Show what was done with one's own data, and what one did."""
    return _answer(request, form, entries_about(signed_in(request)), {"of": "own", "of_name": "", "back": ""})


@login_required
@require_safe
def group(request: HttpRequest, pk: int, form: str = "") -> HttpResponse:
    """Show what was done in a group, each reader as much as concerns them."""
    person = signed_in(request)
    found = get_object_or_404(inside_or_managed(person).select_related("network"), pk=pk)
    back = reverse("home:group", args=[found.network.slug, found.slug])
    entries = entries_of_group(visible_entries(person), found.pk)
    return _answer(request, form, entries, {"of": "group", "of_name": found.name, "back": back})


@login_required
@require_safe
def network(request: HttpRequest, slug: str, form: str = "") -> HttpResponse:
    """Show the network's coordinators what was done in it; what is said inside a group stays out."""
    person = signed_in(request)
    found = get_object_or_404(known_networks(person), slug=slug)
    if not can_coordinate_network(person, found):
        raise PermissionDenied
    back = reverse("groups:network", args=[found.slug])
    entries = entries_of_network(visible_entries(person), found.pk)
    return _answer(request, form, entries, {"of": "network", "of_name": found.name, "back": back})


def _answer(request: HttpRequest, form: str, entries: Any, context: dict[str, Any]) -> HttpResponse:
    wanted = LogFilter(request.GET)
    wanted.is_valid()
    given = {name: wanted.cleaned_data.get(name) for name in ("kind", "first", "last")}
    found = chosen(entries, Filter(kind=given["kind"] or "", first=given["first"], last=given["last"]))
    person = signed_in(request)

    def named(rows: list[Any]) -> Any:
        names = names_for(rows, visible_enterprises(person), visible_meetings(person))
        if context["of"] == "group":
            names.groups.clear()  # the page says already which group it is
        return names

    if form:
        rows = list(found[:MOST_ROWS])
        return WRITERS[form](rows, named(rows))
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    query = urlencode({k: v for k, v in given.items() if v})
    shown = {"page": page, "lines": lines(rows, named(rows)), "form": wanted, "query": query}
    response = render(request, "trust/log.html", {**context, **shown, "here": request.path})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _csv(rows: list[Any], names: Any) -> HttpResponse:
    return _file(as_table(lines(rows, names)).encode("utf-8-sig"), "text/csv; charset=utf-8", "log.csv")


def _json_lines(rows: list[Any], names: Any) -> HttpResponse:
    return _file(as_json_lines(rows, names).encode(), "application/jsonl", "log.jsonl")


WRITERS: dict[str, Callable[[list[Any], Any], HttpResponse]] = {"csv": _csv, "jsonl": _json_lines}


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
