"""Checking in at the door, by QR or by the code on the wall. Works without cookies and shows no names."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.kernel.errors import Refused
from ydin.kernel.links import BadLink, read_token
from ydin.kernel.throttle import hit, hits, place_of
from ydin.meetings.forms.evening import AddressForm, CodeForm, VisitorForm
from ydin.meetings.policies import can_prepare
from ydin.meetings.queries.evening import is_checked_in, meeting_of_code
from ydin.meetings.rules.evening import is_check_in_open, read_code
from ydin.meetings.services import record_attendance as attendance
from ydin.meetings.views.evening_base import UNPROCESSABLE
from ydin.people.policies import as_person, find_person
from ydin.people.views.editing import see_other

NOT_FOUND, TOO_MANY = 404, 429
GUESS, WINDOW = "check-in.guess", 600
MOST_GUESSES, MOST_ENTRIES, SHUT_AFTER = 30, 150, 10
"""In ten minutes from one network address: wrong codes; entries (a whole group shares the host's network).
After ten times as many wrong codes the right ones are refused too: nobody at a door mistypes that often."""


def _many(request: HttpRequest) -> HttpResponse:
    words = _("Too many tries. Wait ten minutes, please.")
    return _page(
        request, "meetings/evening/check_in_refused.html", status=TOO_MANY, words=words, sheet_url=""
    )


def _page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _at_the_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the meeting of the code while its door is open; else say kindly that it is not."""

    @wraps(view)
    def opened(request: HttpRequest, code: str) -> HttpResponse:
        place = place_of(request)
        if hits(GUESS, place) > MOST_GUESSES * SHUT_AFTER:
            return _many(request)
        found = meeting_of_code(read_code(code))
        if found is None or not is_check_in_open(found.starts_at, found.ends_at, now()):
            return _closed(request, found) if hit(GUESS, place, WINDOW) <= MOST_GUESSES else _many(request)
        if request.method == "POST" and hit("check-in", place, WINDOW) > MOST_ENTRIES:
            return _many(request)
        return view(request, found, found.check_in_code)

    return opened


def _closed(request: HttpRequest, found: Any) -> HttpResponse:
    """Say that the code opens nothing now; whoever prepares the evening is led to its paper list."""
    person = as_person(request.user)
    keys_in = found is not None and person is not None and can_prepare(person, found)
    url = reverse("meetings:sheet", args=[found.pk]) if keys_in and found is not None else ""
    words = _("This code does not open anything now. It works on the evening itself.")
    return _page(
        request, "meetings/evening/check_in_refused.html", status=NOT_FOUND, words=words, sheet_url=url
    )


def _who(request: HttpRequest, found: Any) -> tuple[Any, str]:
    """Return who is at the door, signed in or by the token of their answer link, and that token."""
    token = request.POST.get("a") or request.GET.get("a") or ""
    if token:
        try:
            meeting_id, person_id = read_token("answer", token, 2)
        except BadLink:
            return as_person(request.user), ""
        person = find_person(person_id) if meeting_id == found.pk else None
        if person is not None:
            return person, token
    return as_person(request.user), ""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or go on with one that was typed."""
    if "code" not in request.GET:
        return _page(request, "meetings/evening/check_in_code.html", form=CodeForm())
    form = CodeForm(request.GET)
    if form.is_valid() and (code := read_code(form.cleaned_data["code"])):
        return see_other(reverse("meetings:check_in", args=[code]))
    return _page(request, "meetings/evening/check_in_code.html", status=UNPROCESSABLE, form=form)


@require_safe
@_at_the_door
def door(request: HttpRequest, found: Any, code: str) -> HttpResponse:
    """Offer to check in: one button to somebody known, an address or a name to everybody else."""
    return _door(request, found, code)


def _door(
    request: HttpRequest,
    found: Any,
    code: str,
    *,
    address_form: AddressForm | None = None,
    visitor_form: VisitorForm | None = None,
    status: int = 200,
) -> HttpResponse:
    person, token = _who(request, found)
    context = {
        **_facts(found, code),
        "person": person,
        "token": token,
        "address_form": address_form or AddressForm(),
        "visitor_form": visitor_form or VisitorForm(),
        "touched_visitor": visitor_form is not None,
        "is_here": _is_here(found, person),
    }
    return _page(request, "meetings/evening/check_in_door.html", status=status, **context)


def _is_here(found: Any, person: Any) -> bool:
    if person is None:
        return False
    with acting_as(person.pk):
        return is_checked_in(found, person)


def _facts(found: Any, code: str) -> dict[str, Any]:
    host = found.host.name if found.host else ""
    return {"meeting": found, "group": found.group, "code": code, "host": host}


# Nothing of a signed-in person's can be forged here: the session cookie is not sent across sites (SameSite),
# and a device without cookies could send no token.
@csrf_exempt
@require_POST
@_at_the_door
def here(request: HttpRequest, found: Any, code: str) -> HttpResponse:
    """Record a known person."""
    person, _token = _who(request, found)
    if person is None:
        return see_other(reverse("meetings:check_in", args=[code]))
    try:
        attendance.check_in_person(actor=person, meeting=found)
    except Refused:
        return _closed(request, found)
    return see_other(reverse("meetings:check_in_thanks", args=[code]))


@require_safe
@_at_the_door
def thanks(request: HttpRequest, found: Any, code: str) -> HttpResponse:
    """Thank whoever checked in."""
    return _page(request, "meetings/evening/check_in_thanks.html", **_facts(found, code))


@require_safe
@_at_the_door
def sent(request: HttpRequest, found: Any, code: str) -> HttpResponse:
    """Thank for an address, known or not, and offer to write one's name instead."""
    return _page(
        request, "meetings/evening/check_in_sent.html", **_facts(found, code), visitor_form=VisitorForm()
    )


@csrf_exempt
@require_POST
@_at_the_door
def address(request: HttpRequest, found: Any, code: str) -> HttpResponse:
    """Record whoever was invited at this address. The answer is the same whether somebody was or not."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _door(request, found, code, address_form=form, status=UNPROCESSABLE)
    attendance.check_in_address(actor=None, meeting=found, email=form.cleaned_data["email"])
    return see_other(reverse("meetings:check_in_sent", args=[code]))


@csrf_exempt
@require_POST
@_at_the_door
def visitor(request: HttpRequest, found: Any, code: str) -> HttpResponse:
    """Record a visitor by name."""
    form = VisitorForm(request.POST)
    if not form.is_valid():
        return _door(request, found, code, visitor_form=form, status=UNPROCESSABLE)
    attendance.check_in_visitor(actor=None, meeting=found, **form.cleaned_data)
    return see_other(reverse("meetings:check_in_thanks", args=[code]))
