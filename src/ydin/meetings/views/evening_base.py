"""What the pages of a meeting have in common: loading it with what the reader is to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ydin.groups.policies import asks_for_rules
from ydin.meetings.policies import Place, find_meeting
from ydin.people.policies import as_person

SEE_OTHER, UNPROCESSABLE, CONFLICT = 303, 422, 409


@dataclass(frozen=True)
class Room:
    """A meeting, who reads it, and what they are to it."""

    meeting: Any
    person: Any
    place: Place

    @property
    def pk(self) -> int:
        """Return the meeting's id."""
        return int(self.meeting.pk)


View = Callable[..., HttpResponse]


def entered(view: View) -> View:
    """Load the meeting for whoever sees it. Somebody signed out is asked to sign in, whatever the address."""

    @wraps(view)
    def opened(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        found = find_meeting(request.user, pk)
        person = as_person(request.user)
        if found is None:
            if person is None:
                return redirect_to_login(request.get_full_path())
            raise Http404
        response = view(request, Room(found[0], person, found[1]), **more)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return opened


def allowed(right: Callable[[Place], bool]) -> Callable[[View], View]:
    """Load the meeting for a signed-in reader who has the right: others who see it get 403, strangers 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def opened(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
            found = find_meeting(request.user, pk)
            if found is None:
                raise Http404
            if not right(found[1]):
                raise PermissionDenied
            response = view(request, Room(found[0], as_person(request.user), found[1]), **more)
            response.headers.setdefault("Cache-Control", "private, no-cache")
            return response

        return opened

    return decorate


prepared = allowed(lambda place: place.prepares)
coordinated = allowed(lambda place: place.coordinates)
overseen = allowed(lambda place: place.oversees)
read = allowed(lambda place: place.reads)


def rules_address(group: Any, path: str) -> str:
    """Return where the reader accepts the group's ground rules, to come to `path` afterwards."""
    return f"{reverse('groups:rules', args=[group.pk])}?{urlencode({'next': path})}"


def rules_first(room: Room, path: str) -> str:
    """Return where the reader promises to keep the ground rules before what others said is shown.

    Empty when they have, or read nothing of it anyway.
    """
    group = room.meeting.group
    return rules_address(group, path) if room.place.reads and asks_for_rules(room.person, group) else ""


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Return the page of this site that the form names in `next`."""
    path = request.POST.get("next", "")
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe else otherwise
