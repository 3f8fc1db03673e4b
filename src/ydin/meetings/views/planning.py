"""The coordinator's season: start it, see the board, plan, preview, confirm, undo."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ydin.groups.policies import can_coordinate, manageable_groups
from ydin.kernel.clock import add_months, month_start, today
from ydin.kernel.errors import Refused
from ydin.meetings.forms.planning import MoveForm, SeasonForm, VersionForm
from ydin.meetings.queries.planning import last_months
from ydin.meetings.queries.planning_board import board_of
from ydin.meetings.queries.planning_preview import move_page, preview_of, seasons_of
from ydin.meetings.rules.planning_changes import Proposal
from ydin.meetings.services.planning_plan import apply_proposal, propose_move, propose_plan, propose_repair
from ydin.meetings.services.planning_seasons import start_season
from ydin.meetings.services.planning_turns import undo_last
from ydin.meetings.views.planning_base import (
    attempt,
    board_url,
    me,
    month_or_404,
    my_season_or_error,
    seal,
    season_or_404,
    unseal,
)
from ydin.people.policies import Reader
from ydin.people.views.editing import see_other
from ydin.ui import dates

HALF_YEAR = 6
SHORTEST = 4
AHEAD = 18


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Start a season for the group of `?group=`: what can be drafted is filled in."""
    key = request.GET.get("group", "")
    if not key.isascii() or not key.isdigit():
        raise Http404
    reader: Reader = request.user
    group = get_object_or_404(manageable_groups(reader), pk=int(key))
    if not can_coordinate(me(request), group):
        raise PermissionDenied
    now = month_start(today(group.time_zone))
    first = add_months(max([now, *last_months(group)]), 1)
    months = [add_months(now, n) for n in range(max(AHEAD, 1 + _between(now, first)))]
    initial = {"first": first.isoformat(), "count": _count(first), "name": season_name(first)}
    form = SeasonForm(request.POST or None, initial=initial, months=months)
    if request.method == "POST" and form.is_valid():
        try:
            season = start_season(actor=me(request), group=group, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return see_other(board_url(season.pk))
    status = 422 if form.is_bound else 200
    context = {"form": form, "group": group, "months_off": _months_off(group.months_off)}
    return render(request, "meetings/planning/start.html", context, status=status)


def _months_off(numbers: list[int]) -> str:
    return ", ".join(dates.month_name(date(2000, number, 1)) for number in sorted(numbers))


def _between(first: date, later: date) -> int:
    return (later.year - first.year) * 12 + later.month - first.month


def _last(first: date) -> date:
    """Return the last month that a season beginning then would have: June or December, four months at least."""
    ends = (6, 12, 18)
    month = next(end for end in ends if end - first.month >= SHORTEST - 1)
    return add_months(date(first.year, 1, 1), month - 1)


def _count(first: date) -> int:
    return _between(first, _last(first)) + 1


def season_name(first: date) -> str:
    """Return the name that a season beginning in this month would have, in the reader's language."""
    last = _last(first)
    words = _("Spring season %(year)s") if last.month == HALF_YEAR else _("Autumn season %(year)s")
    return words % {"year": last.year}


@login_required
@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the season: what needs the coordinator today, and the months."""
    season = season_or_404(request, pk)
    day = today(season.group.time_zone)
    shown = board_of(season, day, reads_wishes=season.is_mine)
    sealed = {
        month: seal(season.pk, Proposal("repair", season.version, (slot,)))
        for month, slot in shown.repairs.items()
    }
    context = {"season": season, "board": shown, "sealed": sealed, "version": season.version}
    return render(request, "meetings/planning/board.html", context)


@login_required
@require_safe
def seasons(request: HttpRequest) -> HttpResponse:
    """List the seasons whose boards the reader opens."""
    return render(request, "meetings/planning/seasons.html", {"rows": seasons_of(request.user)})


@login_required
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan, and show what would change, month by month, before anything is done."""
    season = my_season_or_error(request, pk)
    return _preview(request, season, propose_plan(actor=me(request), season=season))


@login_required
@require_safe
def repair(request: HttpRequest, pk: int, year: int, month: int) -> HttpResponse:
    """Show the repair of a month with the fewest changes."""
    season = my_season_or_error(request, pk)
    day = month_or_404(season, year, month)
    return _preview(request, season, propose_repair(actor=me(request), season=season, month=day))


def _preview(request: HttpRequest, season: Any, proposal: Proposal, status: int = 200) -> HttpResponse:
    context = {
        "season": season,
        "proposal": proposal,
        "rows": preview_of(season, proposal),
        "sealed": seal(season.pk, proposal),
    }
    return render(request, "meetings/planning/preview.html", context, status=status)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the preview or the board showed; with `ask` the new hosts are asked at once."""
    season = my_season_or_error(request, pk)
    proposal = unseal(season.pk, request.POST.get("plan", ""))
    if proposal is None:
        messages.error(request, _("The page had been open too long. Plan again."))
        return see_other(board_url(season.pk))
    ask = request.POST.get("ask") == "yes"

    def said(made: list[Any]) -> str:
        count = len(made)
        if ask:
            return ngettext(
                "Done: the new host has been asked.", "Done: %(count)s hosts have been asked.", count
            ) % {"count": count}
        return ngettext("Done: one month changed.", "Done: %(count)s months changed.", count) % {
            "count": count
        }

    attempt(
        request,
        lambda: apply_proposal(actor=me(request), season=season, proposal=proposal, ask_hosts=ask),
        said,
    )
    return see_other(board_url(season.pk))


@login_required
def move(request: HttpRequest, pk: int, year: int, month: int) -> HttpResponse:
    """Choose another host or evening for a month, among those that fit; the preview follows."""
    season = my_season_or_error(request, pk)
    day = month_or_404(season, year, month)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        company, evening = form.cleaned_data["choice"]
        try:
            proposal = propose_move(
                actor=me(request), season=season, month=day, company=company, evening=evening
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return _preview(request, season, proposal)
    context = {"season": season, "month": day, "form": form, **move_page(season, day)}
    return render(request, "meetings/planning/move.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the last change of the plan."""
    season = my_season_or_error(request, pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Http404
    attempt(
        request,
        lambda: undo_last(actor=me(request), season=season, version=form.cleaned_data["version"]),
        _("The last change was undone."),
    )
    return see_other(board_url(season.pk))
