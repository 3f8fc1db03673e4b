"""A demo, signed in or by the link of a letter: read it, and do the act that is one's own. GET changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ydin.institutes.documents import seen_demo
from ydin.institutes.emails import LINK
from ydin.institutes.forms import NameForm
from ydin.institutes.policies import (
    can_say_name,
    sides_of,
    unsigned_networks,
    visible_demos,
)
from ydin.institutes.queries import recruit_name, recruitments_of, team_of, with_names
from ydin.institutes.rules import Act, Audience, Side, is_theirs
from ydin.institutes.services.demos import show_demo_to
from ydin.institutes.services.making import answer_name
from ydin.institutes.views.acts import ACTS, Desk, forms_of
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.networks.emails import commitment_path
from ydin.people.views.editing import see_other, signed_in
from ydin.people.views.links import by_link
from ydin.ui.audience import AudienceChange, ask_first

WIDTH = [Audience.TEAM, Audience.GROUP, Audience.NETWORK]


@dataclass(frozen=True)
class Unsigned:
    """Somebody from outside who has the commitment yet to sign, and so sees nothing."""

    network: Any


def _of_link(person: Any, pk: int) -> Desk | Unsigned | None:
    found = with_names(visible_demos(person).filter(pk=pk)).first()
    if found is not None and sides_of(person, found):
        return _desk(found, person)
    network = unsigned_networks(person).first()
    return None if network is None else Unsigned(network)


linked = by_link(LINK, _of_link)


def _desk(demo: Any, person: Any, token: str = "") -> Desk:
    return Desk(demo, person, frozenset(sides_of(person, demo)), token)


@login_required
@require_safe
def demo(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a demo to whoever may read it."""
    return _page(request, _opened(request, pk))


def _opened(request: HttpRequest, pk: int) -> Desk:
    person = signed_in(request)
    return _desk(get_object_or_404(with_names(visible_demos(person)), pk=pk), person)


@require_safe
@linked
def by_letter(request: HttpRequest, token: str, thing: Any, person: Any) -> HttpResponse:
    """Show a demo to whoever came by the link of their letter; the commitment first."""
    if isinstance(thing, Unsigned):
        return see_other(commitment_path(thing.network, person))
    return _page(request, _desk(thing.demo, person, token))


def act_signed_in(name: str) -> Callable[..., HttpResponse]:
    """Return the view that does an act for a signed-in person."""

    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        return _act(request, _opened(request, pk), name)

    return view


def act_by_letter(name: str) -> Callable[..., HttpResponse]:
    """Return the view that does an act for whoever came by a link.

    The token in the address is the secret that a forged request would need; no cookie takes part.
    """

    @csrf_exempt
    @require_POST
    @linked
    def view(request: HttpRequest, token: str, thing: Any, person: Any) -> HttpResponse:
        if isinstance(thing, Unsigned):
            return see_other(commitment_path(thing.network, person))
        return _act(request, _desk(thing.demo, person, token), name)

    return view


def _act(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    if not is_theirs(Act(name), desk.sides):
        raise PermissionDenied
    act = ACTS[name]
    form = act.form(desk, request.POST)
    if not form.is_valid():
        return _page(request, desk, status=HTTPStatus.UNPROCESSABLE_ENTITY, **{name: form})
    try:
        act.run(desk, form)
    except (Refused, Conflict) as error:
        form.add_error(None, str(error))
        status = HTTPStatus.CONFLICT if isinstance(error, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY
        desk.demo.refresh_from_db()
        return _page(request, desk, problem=str(error), status=status, **{name: form})
    except NotAllowed as error:
        raise PermissionDenied from error
    messages.success(request, act.words)
    return see_other(desk.home)


def _page(
    request: HttpRequest, desk: Desk, *, problem: str = "", status: int = HTTPStatus.OK, **bound: Any
) -> HttpResponse:
    demo = desk.demo
    is_near = bool(desk.sides)
    context = {
        "demo": demo,
        "desk": desk,
        "team": team_of(demo) if is_near else [],
        "recruited": recruitments_of(demo) if is_near else [],
        "own_names": [
            one
            for one in (recruitments_of(demo) if Side.TEAM in desk.sides else [])
            if one.name is not None and can_say_name(desk.person, one.name)
        ],
        "seen": seen_demo(demo),
        "seen_near": seen_demo(demo, Audience.TEAM),
        "acts": forms_of(desk, bound),
        "problem": problem,
        "name_url": desk.url("name"),
    }
    response = render(request, "institutes/demo.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@login_required
@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who else reads the scope; a page says first who does now and who then."""
    desk = _opened(request, pk)
    if not desk.is_asker:
        raise PermissionDenied
    form = ACTS["show"].form(desk, request.POST)
    if not form.is_valid():
        return _page(request, desk, status=HTTPStatus.UNPROCESSABLE_ENTITY, show=form)
    wanted = form.cleaned_data["audience"]
    demo = desk.demo
    change = AudienceChange(
        what=demo.assignment.title,
        before=seen_demo(demo),
        after=seen_demo(demo, wanted),
        is_wider=WIDTH.index(Audience(wanted)) > WIDTH.index(Audience(demo.audience)),
        answer=wanted,
        back=reverse("institutes:demo", args=[pk]),
    )
    if wanted != demo.audience and (page := ask_first(request, change)) is not None:
        return page
    show_demo_to(actor=desk.person, demo=demo, version=form.cleaned_data["version"], audience=wanted)
    messages.success(request, _("Saved."))
    return see_other(desk.home)


@login_required
@require_POST
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether one's own name may be shown."""
    return _name(request, _opened(request, pk))


@csrf_exempt
@require_POST
@linked
def name_by_letter(request: HttpRequest, token: str, thing: Any, person: Any) -> HttpResponse:
    """Say it without signing in."""
    if isinstance(thing, Unsigned):
        return see_other(commitment_path(thing.network, person))
    return _name(request, _desk(thing.demo, person, token))


def _name(request: HttpRequest, desk: Desk) -> HttpResponse:
    if Side.TEAM not in desk.sides:
        raise PermissionDenied
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    found = recruit_name(desk.demo, form.cleaned_data["recruitment"])
    if found is None or not can_say_name(desk.person, found):
        raise Http404
    answer_name(actor=desk.person, name=found, shows=form.cleaned_data["answer"] == "yes")
    messages.success(request, _("Thank you, it is written down."))
    return see_other(desk.home)
