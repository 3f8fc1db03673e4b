"""What pages with and without signing in have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from ydin.people.views.editing import see_other

Decorator = Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]


def paged(
    request: HttpRequest, lists: Mapping[str, tuple[Any, int]]
) -> tuple[dict[str, list[Any]], Page[Any]]:
    """Page several lists of one page together; what is over on an earlier page is empty on the next one.

    Args:
        request: whose `page` says which.
        lists: rows and how many of them a page has, by name.

    Returns:
        The rows by name, and the page of the longest list for the links to older and newer ones.

    """
    paginators = {name: Paginator(rows, size) for name, (rows, size) in lists.items()}
    longest = max(paginators.values(), key=lambda one: one.num_pages)
    page = longest.get_page(request.GET.get("page"))
    return {
        name: list(one.page(page.number).object_list) if page.number <= one.num_pages else []
        for name, one in paginators.items()
    }, page


def one_tap(linked: Decorator, page: str, act: Callable[..., object]) -> Callable[..., HttpResponse]:
    """Return the view of a button behind a personal link: it does `act(person, thing)` and shows `page` again."""

    def tapped(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
        del request
        act(person, found)
        return see_other(page, token)

    return require_POST(linked(tapped))
