"""Pages behind a personal link of a letter: no sign-in, nothing happens on GET, a bad link is told kindly."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from ydin.kernel.acting import acting_as
from ydin.kernel.links import BadLink, read_token
from ydin.people.policies import find_person

NOT_FOUND = 404
View = Callable[..., HttpResponse]
Load = Callable[[Any, int], Any]


def by_link(purpose: str, load: Load) -> Callable[[View], View]:
    """Turn the token into a thing and a person, act as that person and speak their language.

    Args:
        purpose: of the link, whose ids are the thing's and the person's.
        load: gives the thing by (person, id) as that person may have it, or None.

    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            try:
                pk, person_id = read_token(purpose, token, 2)
            except BadLink:
                return bad_link(request)
            person = find_person(person_id)
            if person is None:
                return bad_link(request)
            with acting_as(person.pk), translation.override(_language(request, person)):
                thing = load(person, pk)
                response = bad_link(request) if thing is None else view(request, token, thing, person)
                response.headers["Content-Language"] = translation.get_language() or ""
            response.headers["Cache-Control"] = "private, no-cache"
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        return opened

    return decorate


def _language(request: HttpRequest, person: Any) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else str(person.language)


def bad_link(request: HttpRequest) -> HttpResponse:
    """Say kindly that a link leads nowhere (404)."""
    return render(request, "people/bad_link.html", status=NOT_FOUND)
