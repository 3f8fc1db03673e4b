"""Asking for a demo, and for a try at a facility: the pages that are the same signed in and by a letter's link."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ydin.institutes.documents import seen_interest, seen_page, seen_scope
from ydin.institutes.emails import demo_path
from ydin.institutes.forms import InterestForm, ScopeForm, VersionForm
from ydin.institutes.policies import can_ask, can_write_page
from ydin.institutes.queries import interest_now, places_in
from ydin.institutes.rules import InterestState
from ydin.institutes.services.demos import Scope, ask_for_demo
from ydin.institutes.services.interest import ask_to_try
from ydin.networks.queries import utc_today
from ydin.people.views.editing import attempt, see_other


@dataclass(frozen=True)
class Visit:
    """A person, the facility or assignment that they opened, and the token if a link brought them."""

    person: Any
    page: Any
    token: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether the person may ask for it now."""
        ask_by = getattr(self.page, "ask_by", None)
        return can_ask(self.person, self.page) and (ask_by is None or ask_by >= utc_today())

    @property
    def home(self) -> str:
        """Return the address of the facility's page."""
        if self.token:
            return reverse("institutes:linked_facility", args=[self.token])
        return reverse("institutes:facility", args=[self.page.pk])

    @property
    def try_url(self) -> str:
        """Return the address to which the form is sent; a letter's page takes it itself."""
        return self.home if self.token else reverse("institutes:facility_try", args=[self.page.pk])


def facility_page(
    request: HttpRequest, visit: Visit, *, form: InterestForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    """Show a facility, what the reader's company asked, and the form to ask."""
    person, found = visit.person, visit.page
    places = places_in(person, found.network_id)
    asked = asked_of(visit)
    refused = form
    if form is None:
        form = InterestForm(places=_companies(places), initial={"contact": person.email})
    company = places[0].enterprise.name if places else ""
    is_waiting = asked is not None and asked.state == InterestState.ASKED
    may_ask = visit.is_open and not is_waiting
    context = {
        "facility": found,
        "token": visit.token,
        "asked": asked,
        "withdraw_form": VersionForm(initial={"version": asked.version if asked else 0}),
        "withdraw_url": _withdraw_url(visit, asked) if is_waiting else "",
        "form": form if may_ask else None,
        "refused": None if may_ask else refused,
        "try_url": visit.try_url,
        "is_theirs": not visit.token and can_write_page(person, found),
        "is_over": bool(visit.token) and not visit.is_open,
        "seen": seen_page(found),
        "seen_asked": seen_interest(asked.enterprise.name, found.institute) if asked else None,
        "seen_asking": seen_interest(company, found.institute),
    }
    return render(request, "institutes/facility.html", context, status=status)


def asked_of(visit: Visit) -> Any:
    """Return what the reader's companies asked of the facility last, or None."""
    places = places_in(visit.person, visit.page.network_id)
    return interest_now(visit.page, {one.enterprise.pk for one in places})


def _withdraw_url(visit: Visit, asked: Any) -> str:
    if visit.token:
        return reverse("institutes:linked_withdraw_interest", args=[visit.token])
    return reverse("institutes:interest_withdraw", args=[asked.pk])


def _companies(places: Any) -> list[tuple[str, str]]:
    return list({str(one.enterprise.pk): one.enterprise.name for one in places}.items())


def try_it(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Tell the institute that the company would like to try it."""
    person, found = visit.person, visit.page
    companies = {str(one.enterprise.pk): one.enterprise for one in places_in(person, found.network_id)}
    if not companies:
        raise PermissionDenied
    form = InterestForm(request.POST, places=[(key, one.name) for key, one in companies.items()])
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        data = form.cleaned_data
        company = companies[data.get("place") or next(iter(companies))]
        status = attempt(
            form,
            lambda: ask_to_try(
                actor=person, facility=found, enterprise=company, contact=data["contact"], wish=data["wish"]
            ),
        )
    if status != HTTPStatus.SEE_OTHER:
        return facility_page(request, visit, form=form, status=status)
    messages.success(
        request, _("%(name)s got a letter and will answer you.") % {"name": found.institute.name}
    )
    return see_other(visit.home)


def scope_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Scope a demo on one page (GET), and send it to the institute (POST)."""
    person, found = visit.person, visit.page
    places = {one.key: one for one in places_in(person, found.network_id)}
    if not places:
        raise PermissionDenied
    words = [(key, f"{one.enterprise.name} · {one.group.name}") for key, one in places.items()]
    form = ScopeForm(request.POST or None, places=words, is_new=True, initial={"contact": person.email})
    made: list[Any] = []

    def ask() -> None:
        place = places[form.cleaned_data.get("place") or words[0][0]]
        made.append(_ask(visit, place, form))

    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, ask) if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
        if status == HTTPStatus.SEE_OTHER:
            messages.success(
                request, _("%(name)s got it and will answer you.") % {"name": found.institute.name}
            )
            return see_other(_demo_url(visit, made[0]))
    company = next(iter(places.values())).enterprise
    context = {
        "assignment": found,
        "token": visit.token,
        "is_open": visit.is_open or not visit.token,
        "form": form,
        "company": company,
        "seen": seen_scope(company.name, found.institute),
        "demo": None,
    }
    return render(request, "institutes/scope.html", context, status=status)


def _ask(visit: Visit, place: Any, form: ScopeForm) -> Any:
    return ask_for_demo(
        actor=visit.person,
        assignment=visit.page,
        enterprise=place.enterprise,
        group=place.group,
        scope=Scope(**form.scope()),
        audience=form.cleaned_data["audience"],
    )


def _demo_url(visit: Visit, demo: Any) -> str:
    return demo_path(demo, visit.person) if visit.token else reverse("institutes:demo", args=[demo.pk])
