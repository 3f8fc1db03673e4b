"""What members browse: facilities, assignments, demos that they may read; wanting to try, scoping a demo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.institutes.documents import seen_page
from ydin.institutes.forms import FilterForm, VersionForm
from ydin.institutes.policies import (
    browsed_networks,
    can_ask,
    can_write_page,
    visible_assignments,
    visible_demos,
    visible_facilities,
    visible_interests,
)
from ydin.institutes.queries import (
    institutes_with,
    listed_assignments,
    listed_facilities,
    open_demo_of,
    places_in,
    recruited_in,
    regions_with,
    with_names,
)
from ydin.institutes.services.interest import take_interest_back
from ydin.institutes.views.asking import Visit, facility_page, scope_page, try_it
from ydin.networks.queries import enterprises_of, utc_today
from ydin.people.views.editing import see_other, signed_in

A_PAGE = 20
WRITE = ["GET", "HEAD", "POST"]


def _tabs(current: str) -> list[tuple[str, str, bool]]:
    pages = [
        ("institutes:assignments", _("What students make")),
        ("institutes:facilities", _("What one can try")),
        ("institutes:demos", _("Demos")),
    ]
    return [(reverse(name), label, name == f"institutes:{current}") for name, label in pages]


def _filtered(request: HttpRequest, rows: Any) -> tuple[FilterForm, Any]:
    form = FilterForm(request.GET, institutes=institutes_with(rows), regions=regions_with(rows))
    if form.is_valid():
        rows = rows.filter(**{name: value for name, value in form.cleaned_data.items() if value})
    return form, rows


def _list(request: HttpRequest, template: str, rows: Any, current: str, **context: Any) -> HttpResponse:
    """Show a page of rows to a member; who works from outside has a page of their own."""
    if not browsed_networks(request.user).exists():
        return redirect("institutes:work")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, template, {"page": page, "tabs": _tabs(current), **context})


@login_required
@require_safe
def assignments(request: HttpRequest) -> HttpResponse:
    """List what students make for companies, the first deadline first."""
    form, rows = _filtered(request, listed_assignments(_browsed(request, visible_assignments(request.user))))
    return _list(request, "institutes/assignments.html", rows, "assignments", form=form)


@login_required
@require_safe
def facilities(request: HttpRequest) -> HttpResponse:
    """List what companies may try at institutes."""
    form, rows = _filtered(request, listed_facilities(_browsed(request, visible_facilities(request.user))))
    return _list(request, "institutes/facilities.html", rows, "facilities", form=form)


def _browsed(request: HttpRequest, rows: Any) -> Any:
    return rows.filter(network__in=browsed_networks(request.user))


@login_required
@require_safe
def demos(request: HttpRequest) -> HttpResponse:
    """List the demos of the reader's companies, and those of others that they may read."""
    rows = with_names(visible_demos(request.user))
    counts = [(one.name, recruited_in(one.pk)) for one in browsed_networks(request.user).order_by("name")]
    own = set(enterprises_of(signed_in(request)).values_list("pk", flat=True))
    recruited = [(name, count) for name, count in counts if count]
    return _list(request, "institutes/demos.html", rows, "demos", own=own, recruited=recruited)


def _facility(request: HttpRequest, pk: int) -> Any:
    rows = visible_facilities(request.user).select_related("institute", "region", "network")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_safe
def facility(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a facility, and what the reader's company asked."""
    return facility_page(request, Visit(signed_in(request), _facility(request, pk)))


@login_required
@require_POST
def facility_try(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the institute that the company would like to try it."""
    return try_it(request, Visit(signed_in(request), _facility(request, pk)))


@login_required
@require_POST
def interest_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the question back."""
    found, form = get_object_or_404(visible_interests(request.user), pk=pk), VersionForm(request.POST)
    if not form.is_valid():
        return see_other("institutes:facility", found.facility_id)
    take_interest_back(actor=signed_in(request), interest=found, version=form.cleaned_data["version"])
    messages.success(request, _("It is taken back."))
    return see_other("institutes:facility", found.facility_id)


def _assignment(request: HttpRequest, pk: int) -> Any:
    rows = visible_assignments(request.user).select_related("institute", "region", "network")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_safe
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what students make, with the way to ask for it."""
    person, found = signed_in(request), _assignment(request, pk)
    companies = {one.enterprise.pk for one in places_in(person, found.network_id)}
    demo = open_demo_of(found, companies)
    is_open = found.ask_by >= utc_today()
    context = {
        "assignment": found,
        "demo": demo,
        "is_open": is_open,
        "may_ask": is_open and demo is None and can_ask(person, found),
        "is_theirs": can_write_page(person, found),
        "seen": seen_page(found),
    }
    return render(request, "institutes/assignment.html", context)


@login_required
@require_http_methods(WRITE)
def scope(request: HttpRequest, pk: int) -> HttpResponse:
    """Scope a demo on one page (GET), and send it to the institute (POST)."""
    return scope_page(request, Visit(signed_in(request), _assignment(request, pk)))
