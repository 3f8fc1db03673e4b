"""What the pages of an idea have in common: opened by a signed-in reader, or by a personal link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from ydin.ideas.policies import parts_of, visible_ideas
from ydin.ideas.rules.states import Act, acts_for
from ydin.people.policies import as_person
from ydin.people.views.links import by_link

SEE_OTHER, UNPROCESSABLE, CONFLICT = 303, 422, 409
WRITE = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Desk:
    """An idea, who reads it, what they may do, and the token of their link (nothing: signed in)."""

    idea: Any
    person: Any
    acts: frozenset[str]
    parts: frozenset[str]
    token: str = ""

    def url(self, name: str = "idea") -> str:
        """Return the address of a page of this idea, behind the same link when there is one."""
        if self.token:
            return reverse(f"ideas:{name}_link", args=[self.token])
        return reverse(f"ideas:{name}", args=[self.idea.pk])


View = Callable[[HttpRequest, Desk], HttpResponse]


def _find(person: Any, pk: int) -> Any:
    together = (
        "enterprise",
        "group__network",
        "network",
        "author",
        "taken_by",
        "answered_by",
        "meeting__group",
    )
    return visible_ideas(person).select_related(*together).filter(pk=pk).first()


def _desk(idea: Any, person: Any, token: str = "") -> Desk:
    parts = parts_of(person, idea)
    return Desk(idea, person, frozenset(acts_for(idea.state, parts)), frozenset(parts), token)


def opened(view: View) -> Callable[..., HttpResponse]:
    """Load the idea for a signed-in reader who sees it; others get 404."""

    @wraps(view)
    @login_required
    def found(request: HttpRequest, pk: int) -> HttpResponse:
        person = as_person(request.user)
        idea = _find(person, pk)
        if idea is None:
            raise Http404
        response = view(request, _desk(idea, person))
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return found


def linked(view: View) -> Callable[..., HttpResponse]:
    """Load the idea by a personal link."""

    @wraps(view)
    def found(request: HttpRequest, token: str, idea: Any, person: Any) -> HttpResponse:
        return view(request, _desk(idea, person, token))

    return by_link("idea", _find)(found)


def require(desk: Desk, act: Act) -> None:
    """Raise PermissionDenied for a reader to whom a step of this state does not belong."""
    if act not in desk.acts:
        raise PermissionDenied
