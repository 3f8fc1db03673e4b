"""Everything for people who do not sign in: a desk behind a personal link, and one listing behind another."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.partnerships.documents.suggested import ask_rows, suggestion_rows
from ydin.partnerships.documents.words import listing_rows
from ydin.partnerships.policies import (
    can_edit_listing,
    can_introduce,
    market_groups,
    visible_asks,
    visible_listings,
    wanted_suggestions,
)
from ydin.partnerships.queries.listings import companies_in, listed, own_listings, that_hold
from ydin.partnerships.services.listings import close_listing, renew_listing
from ydin.partnerships.views.base import one_tap, paged
from ydin.partnerships.views.introducing import introduce_page
from ydin.partnerships.views.listings import change_page, new_form, write_new
from ydin.partnerships.views.together import write_together
from ydin.people.views.editing import see_other
from ydin.people.views.links import by_link

PAGE, SHOWN = 10, 3
"""Fewer than on the pages of those who sign in: this one is opened from a letter, on a phone."""


def _listing(person: Any, pk: int) -> Any:
    found = visible_listings(person).select_related("enterprise", "group__network").filter(pk=pk).first()
    return found if found is not None and can_edit_listing(person, found) else None


of_listing = by_link("listing", _listing)


@require_safe
@of_listing
def listing_link(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Ask whether a listing still holds."""
    row = listing_rows([found], person, get_language() or "", by_link=True)[0]
    return render(request, "partnerships/listing_link.html", {"row": row, "token": token})


@require_http_methods(["GET", "HEAD", "POST"])
@of_listing
def listing_link_change(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Show the listing's form (GET) and save it (POST)."""
    back = reverse("partnerships:listing_link", args=[token])
    return change_page(request, person, found, lambda: _listing(person, found.pk), back=back)


listing_link_renew = one_tap(
    of_listing, "partnerships:listing_link", lambda person, found: renew_listing(actor=person, listing=found)
)
listing_link_close = one_tap(
    of_listing, "partnerships:listing_link", lambda person, found: close_listing(actor=person, listing=found)
)


def _group(person: Any, pk: int) -> Any:
    return market_groups(person).filter(pk=pk).first()


of_desk = by_link("market", _group)


@require_safe
@of_desk
def desk(request: HttpRequest, token: str, group: Any, person: Any) -> HttpResponse:
    """Show what the person may write, what they have written, and what the group has on its list."""
    return _desk(request, token, group, person)


def _desk(
    request: HttpRequest, token: str, group: Any, person: Any, *, form: Any = None, status: int = 200
) -> HttpResponse:
    language, companies = get_language() or "", companies_in(person, group)
    held = listed(that_hold(visible_listings(person).filter(group=group)))
    lists, page = paged(
        request,
        {
            "own": (own_listings(person).filter(group=group), PAGE),
            "rows": (held.exclude(enterprise__in=companies), PAGE),
            "suggested": (wanted_suggestions(person), SHOWN),
            "asks": (visible_asks(person), SHOWN),
        },
    )
    context = {
        "group": group,
        "token": token,
        "form": form or new_form(companies),
        "page_obj": page,
        "own": listing_rows(lists["own"], person, language, by_link=True),
        "rows": listing_rows(lists["rows"], person, language, by_link=True),
        "suggested": suggestion_rows(lists["suggested"], person, language, by_link=True),
        "asks": ask_rows(lists["asks"], language),
        "may_record": bool(companies),
        "may_introduce": can_introduce(person),
    }
    return render(request, "partnerships/desk.html", context, status=status)


@require_POST
@of_desk
def desk_add(request: HttpRequest, token: str, group: Any, person: Any) -> HttpResponse:
    """Write an offer or a need."""
    form, status = write_new(request, person, group)
    if status != HTTPStatus.SEE_OTHER:
        return _desk(request, token, group, person, form=form, status=status)
    messages.success(request, _("It is on the list. You can show it to the whole network, too."))
    return see_other("partnerships:desk", token)


@require_http_methods(["GET", "HEAD", "POST"])
@of_desk
def desk_together(request: HttpRequest, token: str, group: Any, person: Any) -> HttpResponse:
    """Write down a collaboration."""
    del group
    return write_together(request, person, back=reverse("partnerships:desk", args=[token]))


@require_http_methods(["GET", "HEAD", "POST"])
@of_desk
def desk_introduce(request: HttpRequest, token: str, group: Any, person: Any) -> HttpResponse:
    """Bring two other companies together."""
    del group
    if not can_introduce(person):
        raise PermissionDenied
    return introduce_page(request, person, back=reverse("partnerships:desk", args=[token]))
