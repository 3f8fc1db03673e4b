"""What pages with and without signing in have in common."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from ydin.people.views.editing import see_other

Decorator = Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]


def goto(path: str) -> HttpResponse:
    """Redirect after a POST (303) to a path."""
    answer = HttpResponseRedirect(path)
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer


def one_tap(linked: Decorator, page: str, act: Callable[..., object]) -> Callable[..., HttpResponse]:
    """Return the view of a button behind a personal link: it does `act(person, thing)` and shows `page` again."""

    def tapped(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
        del request
        act(person, found)
        return see_other(page, token)

    return require_POST(linked(tapped))
