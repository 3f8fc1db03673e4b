"""Entering the demo as somebody. Its addresses exist in a demo, in tests and while developing only."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ydin.access.rules import DEVICE_KEY, device_of
from ydin.demo.documents import roles_told
from ydin.demo.queries import next_page, person_of_role
from ydin.demo.rules.parts import NETWORK, Role
from ydin.kernel.acting import acting_as


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show who one can be, and what to look at first."""
    people = {role: person_of_role(role) for role in Role}
    return render(request, "demo/front.html", {"roles": roles_told(people), "network": NETWORK})


@require_safe
@never_cache
def enter(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the sample person of a role and open what waits for them.

    This is the one GET that changes something: it signs in. A demo is entered by one click from a terminal,
    its people are invented, and a production installation has no such address. The visitor is signed out: the
    invitation's personal link needs no signing in. The reader keeps the language that they read now.
    """
    if role not in list(Role):
        raise Http404
    person = person_of_role(Role(role))
    if person is None:
        raise Http404
    language = get_language()
    if role == Role.VISITOR:
        logout(request)
    else:
        login(request, person)
        request.session[DEVICE_KEY] = device_of(request.headers.get("User-Agent", ""))
    with acting_as(person.pk):
        response = redirect(next_page(Role(role), person))
    if language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    return response
