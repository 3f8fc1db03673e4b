"""Who can see me, and who can see my company."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ydin.networks.queries import current_representatives, enterprises_of
from ydin.people.views.editing import signed_in
from ydin.trust.documents.seen import of_company, of_person
from ydin.trust.policies import kept_enterprises
from ydin.trust.queries import circles_of, own_texts


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """List each piece of data about the reader with who reads it."""
    person = signed_in(request)
    companies = enterprises_of(person)
    parts = of_person(person, circles_of(companies, person))
    listed = list(companies.order_by("name", "pk"))
    return _page(request, {"parts": parts, "of": "", "companies": listed})


@login_required
@require_safe
def company(request: HttpRequest, pk: int) -> HttpResponse:
    """List the same about a company, to its people and its coordinators."""
    kept = kept_enterprises(signed_in(request))
    found = get_object_or_404(kept, pk=pk)
    people = [acts.person for acts in current_representatives().filter(enterprise=found)]
    parts = of_company(found.name, people, circles_of(kept.filter(pk=found.pk), None), own_texts(found))
    return _page(request, {"parts": parts, "of": found.name, "companies": []})


def _page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    response = render(request, "trust/seen.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response
