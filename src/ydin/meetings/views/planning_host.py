"""The host's pages by personal link: yes, no, swap, and the question of a swap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.kernel.links import make_token
from ydin.meetings.forms.planning_host import NoteForm, SwapForm
from ydin.meetings.queries.planning import facts_of, living_turns
from ydin.meetings.queries.planning_host import cannot_page, host_page, other_turn, swap_page
from ydin.meetings.queries.planning_links import living_turn_of, swap_of_link, turn_of_link
from ydin.meetings.rules.states import LIVE_TURNS, SwapState
from ydin.meetings.services.planning_hosting import accept_turn, decline_turn
from ydin.meetings.services.planning_swaps import answer_swap, propose_swap
from ydin.meetings.views.planning_base import read_link, receiver
from ydin.people.views.editing import see_other


@contextmanager
def opened(request: HttpRequest, token: str) -> Iterator[tuple[Any, Any]]:
    """Open a host's link: the turn and the person, acting as them; not found when it holds no more."""
    turn_id, person = read_link("host", token)
    with receiver(request, person):
        turn = turn_of_link(turn_id, person)
        if turn is None:
            raise Http404
        yield turn, person


def host_url(token: str) -> str:
    """Return the address of the host's page."""
    return reverse("meetings:host", args=[token])


@require_safe
def host(request: HttpRequest, token: str) -> HttpResponse:
    """Show the turn: the question, or how the preparation stands."""
    with opened(request, token) as (turn, person):
        if turn.state not in LIVE_TURNS:
            now = living_turn_of(turn)
            link = reverse("meetings:host", args=[make_token("host", now.pk, person.pk)]) if now else ""
            context = {"turn": turn, "now": now, "now_link": link}
            return render(request, "meetings/planning/host_over.html", context)
        context = {"turn": turn, "token": token, **host_page(turn)}
        return render(request, "meetings/planning/host.html", context)


def _try(request: HttpRequest, do: Callable[[], object], said: str) -> bool:
    try:
        do()
    except (Conflict, NotAllowed, Refused) as error:
        messages.error(request, str(error))
        return False
    messages.success(request, said)
    return True


@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept the turn and go on to the first step."""
    with opened(request, token) as (turn, person):
        done = _try(
            request,
            lambda: accept_turn(actor=person, turn=turn),
            _("Thank you! Now you may choose theme and evening, or come back to it later."),
        )
        if done:
            return see_other(reverse("meetings:host_prepare", args=[token, "theme"]))
        return see_other(host_url(token))


@require_safe
def cannot(request: HttpRequest, token: str) -> HttpResponse:
    """Offer a swap with another host first, then a word to the coordinator."""
    with opened(request, token) as (turn, _person):
        if turn.state not in LIVE_TURNS:
            return see_other(host_url(token))
        return _cannot(request, token, turn, (NoteForm(initial={"version": turn.version}), SwapForm()))


def _cannot(
    request: HttpRequest, token: str, turn: Any, forms: tuple[NoteForm, SwapForm], status: int = 200
) -> HttpResponse:
    shown = cannot_page(turn, facts_of(turn.season), living_turns(turn.season))
    context = {"turn": turn, "token": token, "note": forms[0], "swap": forms[1], **shown}
    return render(request, "meetings/planning/host_cannot.html", context, status=status)


@require_POST
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Decline, or give back an accepted turn; the coordinator is told."""
    with opened(request, token) as (turn, person):
        form = NoteForm(request.POST)
        if not form.is_valid():
            return _cannot(request, token, turn, (form, SwapForm()), status=422)
        note, version = form.cleaned_data["note"], form.cleaned_data["version"]
        _try(
            request,
            lambda: decline_turn(actor=person, turn=turn, note=note, version=version),
            _("Thank you for telling. Your coordinator has been told and finds another host."),
        )
        return see_other(host_url(token))


@require_POST
def swap(request: HttpRequest, token: str) -> HttpResponse:
    """Ask another host to change months."""
    with opened(request, token) as (turn, person):
        form = SwapForm(request.POST)
        note = NoteForm(initial={"version": turn.version})
        if not form.is_valid():
            return _cannot(request, token, turn, (note, form), status=422)
        other = other_turn(turn, form.cleaned_data["other"])
        if other is None:
            form.add_error("other", _("That month has another host by now. Choose again."))
            return _cannot(request, token, turn, (note, form), status=422)
        said = _(
            "%(company)s has been asked. You get a message when they answer; until then your month stays."
        )
        done = _try(
            request,
            lambda: propose_swap(actor=person, turn=turn, other=other),
            said % {"company": other.enterprise.name},
        )
        if not done:
            return see_other(reverse("meetings:host_cannot", args=[token]))
        return see_other(host_url(token))


@require_safe
def swap_question(request: HttpRequest, token: str) -> HttpResponse:
    """Show the question to change months to the host who was asked."""
    swap_id, person = read_link("swap", token)
    with receiver(request, person):
        found = swap_of_link(swap_id, person)
        if found is None:
            raise Http404
        context = {
            "swap": found,
            "token": token,
            "is_open": found.state == SwapState.ASKED,
            **swap_page(found),
        }
        return render(request, "meetings/planning/swap.html", context)


def _answer_swap(request: HttpRequest, token: str, *, accept: bool) -> HttpResponse:
    swap_id, person = read_link("swap", token)
    with receiver(request, person):
        found = swap_of_link(swap_id, person)
        if found is None:
            raise Http404
        said = _("Done: you have changed months.") if accept else _("Your months stay as they were.")
        _try(request, lambda: answer_swap(actor=person, swap=found, accept=accept), said)
        return see_other(reverse("meetings:swap", args=[token]))


@require_POST
def swap_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept to change months."""
    return _answer_swap(request, token, accept=True)


@require_POST
def swap_decline(request: HttpRequest, token: str) -> HttpResponse:
    """Decline to change months."""
    return _answer_swap(request, token, accept=False)
