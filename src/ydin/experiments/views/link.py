"""Answering by personal link, without signing in: how it goes, what came of it, given up. GET changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ydin.experiments.documents import facts, outcome, readers_line
from ydin.experiments.emails import LINK
from ydin.experiments.forms import GiveUpForm, HalfwayForm, ReviewForm
from ydin.experiments.policies import can_write
from ydin.experiments.queries import experiment_by_link
from ydin.experiments.services.course import give_up, review_experiment, say_halfway
from ydin.experiments.views.base import SEE_OTHER, attempt, see_other
from ydin.experiments.views.course import review_of
from ydin.kernel.acting import acting_as
from ydin.kernel.links import BadLink, read_token
from ydin.people.policies import find_person

View = Callable[..., HttpResponse]
NOT_FOUND = 404


def _by_link(view: View) -> View:
    """Turn the token into experiment and person, act as the person in their language; else say so kindly."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            pk, person_id = read_token(LINK, token, 2)
        except BadLink:
            return _bad_link(request)
        person = find_person(person_id)
        if person is None:
            return _bad_link(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else person.language
        with acting_as(person.pk), translation.override(language):
            experiment = experiment_by_link(pk)
            if experiment is None or not can_write(person, experiment):
                return _bad_link(request)
            response = view(request, token, experiment, person)
            response.headers["Content-Language"] = translation.get_language() or ""
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return opened


def _bad_link(request: HttpRequest) -> HttpResponse:
    return render(request, "experiments/bad_link.html", status=NOT_FOUND)


@require_safe
@_by_link
def answer(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Ask how it goes and what came of it."""
    del person
    return _page(request, token, experiment)


# The token in the address is the secret that a forged request would need; no cookie takes part.
@csrf_exempt
@require_POST
@_by_link
def halfway(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Note how it goes."""
    form = HalfwayForm(request.POST)
    status = attempt(form, lambda: say_halfway(actor=person, experiment=experiment, **form.cleaned_data))
    return _answered(request, token, experiment, status, halfway_form=form)


@csrf_exempt
@require_POST
@_by_link
def review(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Say what came of it."""
    form = ReviewForm(request.POST)

    def save() -> None:
        version = form.cleaned_data["version"]
        review_experiment(actor=person, experiment=experiment, version=version, review=form.review())

    return _answered(request, token, experiment, attempt(form, save), review_form=form)


@csrf_exempt
@require_POST
@_by_link
def abandon(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Give it up."""
    form = GiveUpForm(request.POST)
    status = attempt(form, lambda: give_up(actor=person, experiment=experiment, **form.cleaned_data))
    return _answered(request, token, experiment, status, give_up_form=form)


def _answered(request: HttpRequest, token: str, experiment: Any, status: int, **form: Any) -> HttpResponse:
    if status != SEE_OTHER:
        return _page(request, token, experiment, status=status, **form)
    messages.success(request, _("Thank you, it is written down."))
    return see_other(reverse("experiments:answer", args=[token]))


def _page(
    request: HttpRequest, token: str, experiment: Any, *, status: int = 200, **forms: Any
) -> HttpResponse:
    now = {"version": experiment.version}
    context = {
        "experiment": experiment,
        "token": token,
        "facts": facts(experiment),
        "outcome": outcome(experiment),
        "readers": readers_line(experiment),
        "halfway_form": HalfwayForm(initial={**now, "words": experiment.halfway}),
        "review_form": ReviewForm(initial=review_of(experiment)),
        "give_up_form": GiveUpForm(initial=now),
        **forms,
    }
    return render(request, "experiments/by_link.html", context, status=status)
