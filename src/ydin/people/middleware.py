"""Who acts, in which language and on whose clock, for the length of a request."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from ydin.kernel.acting import acting_as
from ydin.people.models import Person
from ydin.ui.languages import language_of

Handler = Callable[[HttpRequest], HttpResponseBase]


def _signed_in(request: HttpRequest) -> Person | None:
    """Return the signed-in person without touching the session of a visitor who has no cookie."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if isinstance(request.user, Person) else None


class ActingMiddleware:
    """Every transaction of a request runs as the signed-in person, or as nobody."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the signed-in person."""
        person = _signed_in(request)
        with acting_as(person.pk if person else None):
            return self.get_response(request)


class LanguageAndTimeZoneMiddleware:
    """Language: a person's own; a visitor's by address, earlier choice, browser. Times on the person's clock."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the reader's language."""
        person = _signed_in(request)
        language = self._language(request, person)
        zone = zoneinfo.ZoneInfo(person.time_zone if person else settings.TIME_ZONE)
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(zone):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    @staticmethod
    def _language(request: HttpRequest, person: Person | None) -> str:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES)
        if person:
            return chosen if known else person.language
        if named := language_of(request):
            return named
        if known:
            return chosen
        return translation.get_language_from_request(request)
