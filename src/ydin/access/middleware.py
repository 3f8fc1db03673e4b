"""A coordinator whose network demands a second step takes it before any page of the site opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from ydin.access.policies import needs_second_step
from ydin.access.queries import second_steps_of
from ydin.access.rules import took_second_step
from ydin.people.policies import as_person

OPEN: Final = ("account_logout", "account_reauthenticate", "set-language")
OPEN_STARTS: Final = ("mfa_", "ui-")
"""Addresses, by name, that signing in itself, signing out and every page's own files need."""


class SecondStepMiddleware:
    """Closed by default: what is not named stays shut, so that no coordinator's page can be forgotten."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the next handler does."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Lead to the second step, or let the view answer."""
        del view, args
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or _is_open(request, kwargs):
            return None
        person = as_person(request.user)
        if person is None or not needs_second_step(person):
            return None
        if took_second_step(get_authentication_records(request, person)):
            return None
        target = _where(person)
        if request.method == "GET":
            target += f"?{urlencode({'next': request.get_full_path()})}"
        return HttpResponseClientRedirect(target) if request.headers.get("HX-Request") else redirect(target)


def _is_open(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Tell whether the address is one of those above, or names its person itself: a personal link, a door."""
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    if match and match.namespace == "access" and name != "network":
        return True
    return name in OPEN or name.startswith(OPEN_STARTS) or bool({"token", "code"} & set(kwargs))


def _where(person: Any) -> str:
    kinds = second_steps_of(person)
    if not kinds:
        return reverse("access:setup")
    return reverse("mfa_reauthenticate" if "totp" in kinds else "mfa_reauthenticate_webauthn")
