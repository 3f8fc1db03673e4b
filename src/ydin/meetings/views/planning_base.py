"""What the views of seasons and hosts share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation

from ydin.kernel.acting import acting_as
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.kernel.links import BadLink, read_token
from ydin.meetings.policies import board_seasons
from ydin.meetings.rules.planning_changes import Proposal, as_json, from_json
from ydin.people.policies import as_person, find_person

T = TypeVar("T")


def me(request: HttpRequest) -> Any:
    """Return the signed-in person (the view requires it)."""
    person = as_person(request.user)
    if person is None:
        raise Http404
    return person


def season_or_404(request: HttpRequest, pk: int) -> Any:
    """Return the season of a board that the reader may open, with `is_mine`."""
    return get_object_or_404(board_seasons(request.user), pk=pk)


def my_season_or_error(request: HttpRequest, pk: int) -> Any:
    """Return the season that the reader may change: 404 to strangers, 403 to those who may only look."""
    season = season_or_404(request, pk)
    if not season.is_mine:
        raise PermissionDenied
    return season


def month_or_404(season: Any, year: int, month: int) -> date:
    """Return the season's month of an address."""
    found: date | None = next((m for m in season.months if (m.year, m.month) == (year, month)), None)
    if found is None:
        raise Http404
    return found


def attempt(request: HttpRequest, do: Callable[[], T], said: Callable[[T], str] | str) -> T | None:
    """Run a service and leave a message of what came of it; returns None when it was refused."""
    try:
        result = do()
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    except Conflict as error:
        messages.warning(request, str(error))
        return None
    except Refused as error:
        messages.error(request, str(error))
        return None
    messages.success(request, said if isinstance(said, str) else said(result))
    return result


def board_url(season_pk: int) -> str:
    """Return the board's address."""
    return reverse("meetings:season", args=[season_pk])


def seal(season_pk: int, proposal: Proposal) -> str:
    """Return the proposal as text that a form can carry and nobody can alter."""
    return signing.dumps(as_json(proposal), salt=f"ydin.plan.{season_pk}", compress=True)


def unseal(season_pk: int, text: str) -> Proposal | None:
    """Return the sealed proposal, or None when it was altered or made for another season."""
    try:
        return from_json(signing.loads(text, salt=f"ydin.plan.{season_pk}", max_age=86_400))
    except signing.BadSignature:
        return None


def read_link(purpose: str, token: str) -> tuple[int, Any]:
    """Return the id that a personal link is about, and its person; an invalid link is not found."""
    try:
        subject, person_id = read_token(purpose, token, 2)
    except BadLink as error:
        raise Http404 from error
    person = find_person(person_id)
    if person is None:
        raise Http404
    return subject, person


@contextmanager
def receiver(request: HttpRequest, person: Any) -> Iterator[None]:
    """Act as the person of a link, in their language unless the browser chose another, on their clock."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = chosen if chosen in dict(settings.LANGUAGES) else person.language
    with (
        acting_as(person.pk),
        translation.override(language),
        timezone.override(ZoneInfo(person.time_zone)),
    ):
        yield
