"""Wishes: asked for by the coordinator, answered by personal link or on the phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ydin.kernel.errors import Conflict, Refused
from ydin.meetings.forms.planning import WishForm
from ydin.meetings.queries.planning import companies_in_season
from ydin.meetings.queries.planning_links import season_of_link
from ydin.meetings.queries.planning_wishes import (
    WishFormFacts,
    member_company,
    wish_form_facts,
    wish_list,
    wish_of,
)
from ydin.meetings.rules.states import SeasonState
from ydin.meetings.services.planning_seasons import WISHES_OPEN, ask_wishes, remind_wishes, save_wish
from ydin.meetings.views.planning_base import attempt, board_url, me, my_season_or_error, read_link, receiver
from ydin.people.views.editing import see_other


@login_required
@require_safe
def wishes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who has answered and whom to call."""
    season = my_season_or_error(request, pk)
    context = {
        "season": season,
        "rows": wish_list(season),
        "is_open": season.state in WISHES_OPEN,
        "can_enter": season.state != SeasonState.CLOSED,
    }
    return render(request, "meetings/planning/wishes.html", context)


@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail the personal links, once to each."""
    season = my_season_or_error(request, pk)

    def said(count: int) -> str:
        return ngettext("One company was asked.", "%(count)s companies were asked.", count) % {"count": count}

    attempt(request, lambda: ask_wishes(actor=me(request), season=season), said)
    return see_other(board_url(pk))


@login_required
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind those who have not answered."""
    season = my_season_or_error(request, pk)

    def said(count: int) -> str:
        return ngettext("One company was reminded.", "%(count)s companies were reminded.", count) % {
            "count": count
        }

    attempt(request, lambda: remind_wishes(actor=me(request), season=season), said)
    return see_other(board_url(pk))


@login_required
def by_phone(request: HttpRequest, pk: int, company: int) -> HttpResponse:
    """Enter a company's answer, told on the phone."""
    season = my_season_or_error(request, pk)
    enterprise = member_company(season, company)
    if enterprise is None or season.state == SeasonState.CLOSED:
        raise Http404
    back = reverse("meetings:wishes", args=[season.pk])
    return _answer(
        request, me(request), season, enterprise, {"by_phone": True, "back": back, "tabs": [], "onward": back}
    )


def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Answer for one's company, without signing in; changeable until the season is planned."""
    season_id, person = read_link("wish", token)
    with receiver(request, person):
        season = season_of_link(season_id)
        companies = companies_in_season(person, season) if season else []
        if season is None or not companies:
            raise Http404
        chosen = next((c for c in companies if str(c.pk) == request.GET.get("company")), companies[0])
        here = f"{request.path}?company={chosen.pk}" if len(companies) > 1 else request.path
        tabs = [(f"{request.path}?company={c.pk}", c.name, c.pk == chosen.pk) for c in companies]
        more = {"by_phone": False, "back": "", "tabs": tabs if len(companies) > 1 else []}
        if season.state not in WISHES_OPEN:
            if request.method == "POST":
                messages.error(
                    request, _("The season has been planned. Tell your coordinator what has changed.")
                )
            context = {"season": season, "company": chosen, "wish": wish_of(season, chosen.pk), **more}
            status = 422 if request.method == "POST" else 200
            return render(request, "meetings/planning/wish_closed.html", context, status=status)
        return _answer(request, person, season, chosen, {**more, "onward": here})


def _wish_form(request: HttpRequest, season: Any, facts: WishFormFacts) -> WishForm:
    return WishForm(
        request.POST or None,
        initial=facts.initial,
        months=facts.months,
        evenings=facts.evenings,
        weekdays=season.group.weekdays,
    )


def _answer(
    request: HttpRequest, person: Any, season: Any, enterprise: Any, more: dict[str, Any]
) -> HttpResponse:
    facts = wish_form_facts(season, enterprise)
    form = _wish_form(request, season, facts)
    theirs, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            save = _saver(person, season, enterprise, form)
            try:
                save()
            except Conflict as error:
                form.add_error(None, str(error))
                theirs, status = facts.wish, 409
                form.data = request.POST.copy()
                form.data["version"] = facts.initial["version"]
            except Refused as error:
                form.add_error(None, str(error))
            else:
                messages.success(
                    request, _("Saved. Thank you! You can change the answer until the season is planned.")
                )
                return see_other(more["onward"])
    context = {
        "season": season,
        "company": enterprise,
        "form": form,
        "theirs": theirs,
        "answered": facts.wish is not None and facts.wish.answered_at is not None,
        "names": facts.member_names,
        **more,
    }
    return render(request, "meetings/planning/wish.html", context, status=status)


def _saver(person: Any, season: Any, enterprise: Any, form: WishForm) -> Callable[[], object]:
    version = form.cleaned_data["version"]
    return lambda: save_wish(
        actor=person, season=season, enterprise=enterprise, answer=form.answer(), version=version or 0
    )
