"""Offers and needs of a group and of a network; one's own; changing, renewing, taking off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.partnerships.documents.audience import listing_change, seen_listing
from ydin.partnerships.documents.suggested import ask_rows, dismissed_rows, introduction_rows, suggestion_rows
from ydin.partnerships.documents.words import listing_rows
from ydin.partnerships.forms import FilterForm, ListingForm, NewListingForm
from ydin.partnerships.policies import (
    can_close_listing,
    can_edit_listing,
    can_introduce,
    can_widen_listing,
    market_groups,
    market_networks,
    visible_asks,
    visible_dismissals,
    visible_introductions,
    visible_listings,
    wanted_suggestions,
)
from ydin.partnerships.queries.listings import colleagues_of, companies_in, listed, own_listings, that_hold
from ydin.partnerships.services.listings import add_listing, change_listing, close_listing, renew_listing
from ydin.partnerships.views.base import paged
from ydin.people.views.editing import attempt, see_other, signed_in
from ydin.ui.audience import ask_first, thought_again

PAGE, SUGGESTED = 30, 5
CHANGEABLE = ("text", "audience", "valid_until", "welcomes_rivals", "version")


@login_required
@require_safe
def market(request: HttpRequest) -> HttpResponse:
    """Show what the reader's companies offer and need, and where the others' is."""
    person, language = signed_in(request), get_language() or ""
    lists, page = paged(
        request,
        {
            "own": (own_listings(person), PAGE),
            "groups": (market_groups(person), PAGE),
            "suggested": (wanted_suggestions(person), SUGGESTED),
            "called_off": (visible_dismissals(person), PAGE),
            "asks": (visible_asks(person), SUGGESTED),
            "introductions": (visible_introductions(person), SUGGESTED),
        },
    )
    context = {
        **lists,
        "page_obj": page,
        "own": listing_rows(lists["own"], person, language),
        "networks": list(market_networks(person)),
        "suggested": suggestion_rows(lists["suggested"], person, language),
        "called_off": dismissed_rows(lists["called_off"]),
        "colleagues": colleagues_of(person) if lists["called_off"] else [],
        "introductions": introduction_rows(lists["introductions"]),
        "asks": ask_rows(lists["asks"], language),
        "may_introduce": can_introduce(person),
    }
    return render(request, "partnerships/market.html", context)


@login_required
@require_safe
def of_group(request: HttpRequest, pk: int) -> HttpResponse:
    """List what the group's companies offer and need."""
    group = get_object_or_404(market_groups(request.user), pk=pk)
    return _group_page(request, group)


def _group_page(request: HttpRequest, group: Any, *, form: Any = None, status: int = 200) -> HttpResponse:
    person = signed_in(request)
    form = form or new_form(companies_in(person, group))
    found = visible_listings(person).filter(group=group)
    extra = {"group": group, "network": group.network, "form": form}
    return _list_page(request, found, extra, status=status)


def _list_page(request: HttpRequest, found: Any, extra: dict[str, Any], *, status: int = 200) -> HttpResponse:
    asked = FilterForm(request.GET)
    asked.is_valid()
    kind, words = asked.cleaned_data.get("kind", ""), asked.cleaned_data.get("q", "")
    page = Paginator(listed(that_hold(found), kind=kind, words=words), PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": listing_rows(page.object_list, signed_in(request), get_language() or ""),
        "kind": kind,
        "q": words,
        "is_filtered": bool(kind or words),
        **extra,
    }
    return render(request, "partnerships/listings.html", context, status=status)


@login_required
@require_safe
def of_network(request: HttpRequest, slug: str) -> HttpResponse:
    """List what companies show to the whole network, and what the reader's own groups do."""
    network = get_object_or_404(market_networks(request.user), slug=slug)
    found = visible_listings(request.user).filter(network=network)
    return _list_page(request, found, {"group": None, "network": network, "form": None})


def new_form(companies: Sequence[Any]) -> NewListingForm | None:
    """Return the form for an offer or a need of one of these companies; None when there are none."""
    if not companies:
        return None
    choices = [(one.pk, one.name) for one in companies]
    return NewListingForm(companies=choices, initial={"enterprise": companies[0].pk})


def write_new(request: HttpRequest, person: Any, group: Any) -> tuple[NewListingForm, HTTPStatus]:
    """Write what was sent; the form with its faults and 422, or 303."""
    companies = companies_in(person, group)
    if not companies:
        raise PermissionDenied
    form = NewListingForm(request.POST, companies=[(one.pk, one.name) for one in companies])
    if not form.is_valid():
        return form, HTTPStatus.UNPROCESSABLE_ENTITY
    data = form.cleaned_data
    company = next(one for one in companies if one.pk == int(data["enterprise"]))
    return form, attempt(
        form,
        lambda: add_listing(
            actor=person, group=group, enterprise=company, kind=data["kind"], text=data["text"]
        ),
    )


@login_required
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an offer or a need of one's own company."""
    person = signed_in(request)
    group = get_object_or_404(market_groups(person), pk=pk)
    form, status = write_new(request, person, group)
    if status != HTTPStatus.SEE_OTHER:
        return _group_page(request, group, form=form, status=status)
    messages.success(request, _("It is on the list. You can show it to the whole network, too."))
    return see_other("partnerships:of_group", pk)


def _own(request: HttpRequest, pk: int) -> Any:
    rows = visible_listings(request.user).select_related("enterprise", "group__network")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form of one listing to the company's people (GET) and save it (POST)."""
    person, found = signed_in(request), _own(request, pk)
    if not can_edit_listing(person, found):
        raise PermissionDenied
    back = reverse("partnerships:market")
    return change_page(request, person, found, lambda: _own(request, pk), back=back)


def change_page(
    request: HttpRequest, person: Any, found: Any, again: Callable[[], Any], *, back: str
) -> HttpResponse:
    """Show the form of a listing, save it, or show what is `again` there beside what was typed; then go back."""
    first = {name: getattr(found, name) for name in CHANGEABLE}
    form = ListingForm(request.POST or None, initial=first, may_widen=can_widen_listing(person, found))
    status, is_unsure = HTTPStatus.OK, request.method == "POST" and thought_again(request)
    if request.method == "POST" and not is_unsure and form.is_valid():
        wanted = form.cleaned_data["audience"]
        question = ask_first(request, listing_change(found, wanted)) if wanted != found.audience else None
        if question is not None:
            return question
    if request.method == "POST" and not is_unsure:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            status = attempt(form, lambda: change_listing(actor=person, listing=found, **form.cleaned_data))
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("Saved."))
            return see_other(back)
    now_there = again() if status == HTTPStatus.CONFLICT else None
    seen = seen_listing(found)
    context = {"listing": found, "form": form, "now_there": now_there, "back": back, "seen": seen}
    return render(request, "partnerships/listing.html", context, status=status)


@login_required
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a listing hold for another three months."""
    found = _own(request, pk)
    renew_listing(actor=signed_in(request), listing=found)
    messages.success(request, _("It holds for another three months."))
    return see_other("partnerships:market")


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a listing off the list."""
    person, found = signed_in(request), _own(request, pk)
    if not can_close_listing(person, found):
        raise PermissionDenied
    close_listing(actor=person, listing=found)
    messages.success(request, _("It is off the list."))
    return see_other(reverse("partnerships:of_group", args=[found.group_id]))
