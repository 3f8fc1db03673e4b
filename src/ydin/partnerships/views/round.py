"""The word goes around at the end of an evening: what each company offers and needs, keyed in as it is spoken."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_http_methods

from ydin.groups.documents.seen import seen_inside
from ydin.meetings.policies import find_meeting
from ydin.partnerships.documents.words import listing_rows
from ydin.partnerships.forms import RoundForm
from ydin.partnerships.policies import visible_listings
from ydin.partnerships.queries.listings import round_companies, that_hold
from ydin.partnerships.services.round import write_round
from ydin.people.views.editing import attempt, see_other, signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def the_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a row for each company that is there (GET); write down every filled field (POST)."""
    person = signed_in(request)
    found = find_meeting(person, pk)
    if found is None:
        raise Http404
    meeting, place = found
    if not place.prepares:
        raise PermissionDenied
    there, others = round_companies(meeting)
    form = RoundForm(
        request.POST or None,
        companies=[(one.pk, one.name) for one in [*there, *others]],
        begin=_number(request.GET.get("next", "")),
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            said = form.said()
            status = attempt(form, lambda: write_round(actor=person, meeting=meeting, said=said))
        if status == HTTPStatus.SEE_OTHER:
            return _saved(request, meeting, form, [*there, *others], person)
    rows = _rows(form, meeting, [*there, *others], person)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "form": form,
        "rows": rows[: len(there)],
        "others": rows[len(there) :],
        "readers": seen_inside(meeting.group).names,
    }
    return render(request, "partnerships/round.html", context, status=status)


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else 0


def _saved(
    request: HttpRequest, meeting: Any, form: RoundForm, companies: list[Any], person: Any
) -> HttpResponse:
    """Answer a field that was left with its row as it is now; a whole form with the page, at the next company."""
    filled = {pk for pk, _kind, _text in form.said()}
    if request.headers.get("HX-Request"):
        saved = {f"{kind}-{pk}" for pk, kind, _text in form.said()}
        empty = RoundForm(companies=form.companies)
        rows = [row for row in _rows(empty, meeting, companies, person) if row["company"].pk in filled]
        return render(request, "partnerships/_round_saved.html", {"rows": rows, "saved": saved})
    _say_saved(request, len(form.said()))
    at = max((n for n, one in enumerate(companies) if one.pk in filled), default=-1) + 1
    following = companies[at].pk if at < len(companies) else 0
    return see_other(f"{reverse('partnerships:round', args=[meeting.pk])}?next={following}")


def _say_saved(request: HttpRequest, count: int) -> None:
    words = ngettext("%(count)d thing was written down.", "%(count)d things were written down.", count)
    messages.success(request, words % {"count": count})


def _rows(form: RoundForm, meeting: Any, companies: list[Any], person: Any) -> list[dict[str, Any]]:
    """Return each company with its two fields and what it has on the list already."""
    listings = that_hold(visible_listings(person).filter(group=meeting.group_id))
    known: dict[int, list[Any]] = {}
    for row in listing_rows(
        listings.select_related("enterprise", "group__network").order_by("pk"), person, get_language() or ""
    ):
        known.setdefault(row.listing.enterprise_id, []).append(row)
    day = meeting.starts_at.date()
    return [
        {
            "company": one,
            "fields": [form[f"offer-{one.pk}"], form[f"need-{one.pk}"]],
            "new": [row for row in known.get(one.pk, []) if row.listing.created_at.date() >= day],
            "before": [row for row in known.get(one.pk, []) if row.listing.created_at.date() < day],
        }
        for one in companies
    ]
