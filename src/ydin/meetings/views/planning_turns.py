"""Single turns: ask, lock, take back. One address for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ydin.meetings.forms.planning import VersionForm
from ydin.meetings.policies import visible_turns
from ydin.meetings.services.planning_hosting import accept_turn
from ydin.meetings.services.planning_turns import ask_host, ask_hosts, cancel_turn, set_lock
from ydin.meetings.views.planning_base import attempt, board_url, me, my_season_or_error
from ydin.people.views.editing import see_other


def _version(request: HttpRequest) -> int:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Http404
    return int(form.cleaned_data["version"])


def _with_turn(
    request: HttpRequest, pk: int, turn_pk: int, do: Callable[[Any, int], Any], said: str
) -> HttpResponse:
    my_season_or_error(request, pk)
    turn = get_object_or_404(
        visible_turns(request.user).select_related("season__group"), season=pk, pk=turn_pk
    )
    version = _version(request)
    attempt(request, lambda: do(turn, version), said)
    return see_other(board_url(pk))


@login_required
@require_POST
def ask_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask every host that is only proposed."""
    season = my_season_or_error(request, pk)
    version = _version(request)

    def said(asked: list[Any]) -> str:
        count = len(asked)
        return ngettext("One host was asked.", "%(count)s hosts were asked.", count) % {"count": count}

    attempt(request, lambda: ask_hosts(actor=me(request), season=season, version=version), said)
    return see_other(board_url(pk))


@login_required
@require_POST
def ask(request: HttpRequest, pk: int, turn: int) -> HttpResponse:
    """Ask one host, or ask again."""

    def do(found: Any, version: int) -> Any:
        return ask_host(actor=me(request), turn=found, version=version)

    return _with_turn(request, pk, turn, do, _("The host was asked."))


@login_required
@require_POST
def accept(request: HttpRequest, pk: int, turn: int) -> HttpResponse:
    """Write down that a host said yes on the phone."""

    def do(found: Any, version: int) -> Any:
        return accept_turn(actor=me(request), turn=found, version=version)

    return _with_turn(request, pk, turn, do, _("The host's yes is written down and the evening is drafted."))


@login_required
@require_POST
def lock(request: HttpRequest, pk: int, turn: int) -> HttpResponse:
    """Lock a turn, so that planning anew leaves it."""

    def do(found: Any, version: int) -> Any:
        return set_lock(actor=me(request), turn=found, locked=True, version=version)

    return _with_turn(request, pk, turn, do, _("Locked: planning anew leaves this month alone."))


@login_required
@require_POST
def unlock(request: HttpRequest, pk: int, turn: int) -> HttpResponse:
    """Unlock a turn."""

    def do(found: Any, version: int) -> Any:
        return set_lock(actor=me(request), turn=found, locked=False, version=version)

    return _with_turn(request, pk, turn, do, _("Unlocked."))


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int, turn: int) -> HttpResponse:
    """Take a turn back; a host who had been asked is told."""

    def do(found: Any, version: int) -> Any:
        return cancel_turn(actor=me(request), turn=found, version=version)

    return _with_turn(request, pk, turn, do, _("The turn was taken back. The month is open now."))
