"""Offers and needs of a group and of a network; one's own; changing, renewing, taking off."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.partnerships.documents.suggested import ask_rows, suggestion_rows
from ydin.partnerships.documents.words import listing_rows
from ydin.partnerships.forms import FilterForm, ListingForm, NewListingForm
from ydin.partnerships.policies import (
    can_close_listing,
    can_edit_listing,
    can_widen_listing,
    market_groups,
    market_networks,
    visible_asks,
    visible_listings,
    visible_suggestions,
)
from ydin.partnerships.queries.listings import companies_in, listed, own_listings, that_hold
from ydin.partnerships.queries.suggestions import shown_now
from ydin.partnerships.services.listings import add_listing, change_listing, close_listing, renew_listing
from ydin.people.views.editing import attempt, see_other, signed_in
from ydin.people.views.links import by_link

PAGE, SUGGESTED = 30, 5


def _goto(path: str) -> HttpResponse:
    answer = HttpResponseRedirect(path)
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer


@login_required
@require_safe
def market(request: HttpRequest) -> HttpResponse:
    """Show what the reader's companies offer and need, and where the others' is."""
    person, language = signed_in(request), get_language() or ""
    context = {
        "own": listing_rows(own_listings(person)[:PAGE], person, language),
        "groups": list(market_groups(person)[:PAGE]),
        "networks": list(market_networks(person)),
        "suggested": suggestion_rows(shown_now(visible_suggestions(person))[:SUGGESTED], person, language),
        "asks": ask_rows(visible_asks(person)[:SUGGESTED], language),
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
    companies = [(one.pk, one.name) for one in companies_in(person, group)]
    if form is None and companies:
        form = NewListingForm(companies=companies, initial={"enterprise": companies[0][0]})
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


@login_required
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an offer or a need of one's own company."""
    person = signed_in(request)
    group = get_object_or_404(market_groups(person), pk=pk)
    companies = companies_in(person, group)
    if not companies:
        raise PermissionDenied
    form = NewListingForm(request.POST, companies=[(one.pk, one.name) for one in companies])
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        data = form.cleaned_data
        company = next(one for one in companies if one.pk == int(data["enterprise"]))
        status = attempt(
            form,
            lambda: add_listing(
                actor=person, group=group, enterprise=company, kind=data["kind"], text=data["text"]
            ),
        )
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
    first = {name: getattr(found, name) for name in ("text", "audience", "valid_until", "version")}
    form = ListingForm(request.POST or None, initial=first, may_widen=can_widen_listing(person, found))
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            status = attempt(form, lambda: change_listing(actor=person, listing=found, **form.cleaned_data))
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("Saved."))
            return see_other("partnerships:market")
    now_there = _own(request, pk) if status == HTTPStatus.CONFLICT else None
    context = {"listing": found, "form": form, "now_there": now_there}
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
    return _goto(reverse("partnerships:of_group", args=[found.group_id]))


def _of_link(person: Any, pk: int) -> Any:
    found = visible_listings(person).select_related("enterprise", "group__network").filter(pk=pk).first()
    return found if found is not None and can_edit_listing(person, found) else None


linked = by_link("listing", _of_link)


@require_safe
@linked
def listing_link(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Ask whether a listing still holds."""
    row = listing_rows([found], person, get_language() or "")[0]
    return render(request, "partnerships/listing_link.html", {"row": row, "token": token})


@require_POST
@linked
def listing_link_renew(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Renew by one tap."""
    del request
    renew_listing(actor=person, listing=found)
    return see_other("partnerships:listing_link", token)


@require_POST
@linked
def listing_link_close(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Take it off by one tap."""
    del request
    close_listing(actor=person, listing=found)
    return see_other("partnerships:listing_link", token)
