"""Asking an institute by the link of the gathered letter, without signing in. GET changes nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from ydin.institutes.emails import ASSIGNMENT_LINK, FACILITY_LINK, demo_path
from ydin.institutes.forms import VersionForm
from ydin.institutes.policies import visible_assignments, visible_facilities
from ydin.institutes.queries import open_demo_of, places_in
from ydin.institutes.services.interest import take_interest_back
from ydin.institutes.views.asking import Visit, asked_of, facility_page, scope_page, try_it
from ydin.people.views.editing import see_other
from ydin.people.views.links import by_link

WRITE = ["GET", "HEAD", "POST"]
NAMES = ("institute", "region", "network")


def _assignment(person: Any, pk: int) -> Any:
    return visible_assignments(person).filter(pk=pk).select_related(*NAMES).first()


def _facility(person: Any, pk: int) -> Any:
    return visible_facilities(person).filter(pk=pk).select_related(*NAMES).first()


of_facility = by_link(FACILITY_LINK, _facility)


# The token in the address is the secret that a forged request would need; no cookie takes part.
@csrf_exempt
@require_http_methods(WRITE)
@by_link(ASSIGNMENT_LINK, _assignment)
def scope(request: HttpRequest, token: str, assignment: Any, person: Any) -> HttpResponse:
    """Scope a demo on one page; whose company has asked already goes on to its demo."""
    if request.method != "POST":
        companies = {one.enterprise.pk for one in places_in(person, assignment.network_id)}
        demo = open_demo_of(assignment, companies)
        if demo is not None:
            return redirect(demo_path(demo, person))
    return scope_page(request, Visit(person, assignment, token))


@csrf_exempt
@require_http_methods(WRITE)
@of_facility
def facility(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Show a facility (GET), and tell the institute that the company would like to try it (POST)."""
    visit = Visit(person, found, token)
    return try_it(request, visit) if request.method == "POST" else facility_page(request, visit)


@csrf_exempt
@require_POST
@of_facility
def withdraw(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Take the question back."""
    visit, form = Visit(person, found, token), VersionForm(request.POST)
    asked = asked_of(visit)
    if asked is None:
        raise Http404
    if form.is_valid():
        take_interest_back(actor=person, interest=asked, version=form.cleaned_data["version"])
        messages.success(request, _("It is taken back."))
    return see_other(visit.home)
