"""A refusal that no view has turned into a message of its own still becomes a page in plain words."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from ydin.kernel.errors import Conflict, NotAllowed, Refused

PAGES: dict[type[Exception], tuple[str, int]] = {
    NotAllowed: ("403.html", 403),
    Conflict: ("409.html", 409),
    Refused: ("422.html", 422),
}


class RefusalMiddleware:
    """Answers NotAllowed with 403, Conflict with 409 and Refused with 422, after the rollback."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the next handler does."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Give the page of the refusal, or None for every other error."""
        for kind, (template, status) in PAGES.items():
            if isinstance(exception, kind):
                return render(request, template, {"message": str(exception)}, status=status)
        return None
