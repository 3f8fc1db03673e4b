"""The language in an address: /sv/groups/ is /groups/ in Swedish, and so are the links on that page.

So a visitor's choice goes with them without a cookie, and search engines get an address for each language.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix

SAFE = frozenset({"GET", "HEAD"})


def split(path: str) -> tuple[str, str]:
    """Return ("sv", "/groups/") of "/sv/groups/", and ("", path) of a path that names no language."""
    code, slash, rest = path[1:].partition("/")
    if slash and code in dict(settings.LANGUAGES):
        return code, f"/{rest}"
    return "", path


def in_language(code: str, path: str) -> str:
    """Return the address of a page in a language, whatever language `path` names."""
    return f"/{code}{split(path)[1]}"


def plain(path: str) -> str:
    """Return an address without its language, for what is kept for long: feeds, letters."""
    return split(path)[1]


def language_of(request: HttpRequest) -> str:
    """Return the language that the request's address names, or nothing."""
    return getattr(request, "language_of_address", "")


class LanguageAddressMiddleware:
    """Takes the language off the address before views are looked up, and puts it on the page's own links.

    Someone who has signed in reads in their own language, so their links stay plain. A form's letters are
    written while it is sent: their links stay plain too, and only where it leads to gets the language back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language of the address."""
        if request.path_info[1:] in dict(settings.LANGUAGES):
            return HttpResponsePermanentRedirect(f"{request.path_info}/")
        language, request.path_info = split(request.path_info)
        request.language_of_address = language  # type: ignore[attr-defined]
        if not language or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        if request.method not in SAFE:
            return _led_on(self.get_response(request), language)
        before = get_script_prefix()
        set_script_prefix(f"{before}{language}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)


def _led_on(response: HttpResponseBase, language: str) -> HttpResponseBase:
    """Let a redirect within the site stay in the language."""
    to = response.headers.get("Location", "")
    if to.startswith("/") and not to.startswith("//") and not split(to)[0]:
        response.headers["Location"] = in_language(language, to)
    return response
