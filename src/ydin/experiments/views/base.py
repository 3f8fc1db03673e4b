"""What the pages of an experiment have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from ydin.experiments.policies import can_widen, can_write, visible_experiments
from ydin.people.policies import as_person
from ydin.people.views.editing import see_other

SEE_OTHER, UNPROCESSABLE, CONFLICT = 303, 422, 409


@dataclass(frozen=True)
class Desk:
    """An experiment, who reads it, and what they may do."""

    experiment: Any
    person: Any
    writes: bool
    widens: bool


View = Callable[..., HttpResponse]


def opened(view: View) -> View:
    """Load the experiment for a signed-in reader who sees it; others get 404."""

    @wraps(view)
    @login_required
    def found(request: HttpRequest, pk: int) -> HttpResponse:
        person = as_person(request.user)
        rows = visible_experiments(person).select_related("enterprise", "group__network", "network", "author")
        experiment = rows.filter(pk=pk).first()
        if experiment is None:
            raise Http404
        desk = Desk(experiment, person, can_write(person, experiment), can_widen(person, experiment))
        response = view(request, desk)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return found


def written(view: View) -> View:
    """Load it for those who change it: a reader without that right gets 403."""

    @wraps(view)
    def allowed(request: HttpRequest, desk: Desk) -> HttpResponse:
        if not desk.writes:
            raise PermissionDenied
        return view(request, desk)

    return opened(allowed)


def authored(view: View) -> View:
    """Load it for its author: other readers get 403."""

    @wraps(view)
    def allowed(request: HttpRequest, desk: Desk) -> HttpResponse:
        if not desk.widens:
            raise PermissionDenied
        return view(request, desk)

    return opened(allowed)


def to_card(experiment: Any) -> HttpResponse:
    """Go to the card."""
    return see_other(reverse("experiments:card", args=[experiment.pk]))
