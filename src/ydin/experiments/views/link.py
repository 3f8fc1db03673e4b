"""Answering by personal link, without signing in: how it goes, what came of it, given up. GET changes nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
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
from ydin.people.views.links import by_link


def _of_link(person: Any, pk: int) -> Any:
    found = experiment_by_link(pk)
    return found if found is not None and can_write(person, found) else None


linked = by_link(LINK, _of_link)


@require_safe
@linked
def answer(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Ask how it goes and what came of it."""
    del person
    return _page(request, token, experiment)


# The token in the address is the secret that a forged request would need; no cookie takes part.
@csrf_exempt
@require_POST
@linked
def halfway(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Note how it goes."""
    form = HalfwayForm(request.POST)
    status = attempt(form, lambda: say_halfway(actor=person, experiment=experiment, **form.cleaned_data))
    return _answered(request, token, experiment, status, halfway_form=form)


@csrf_exempt
@require_POST
@linked
def review(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Say what came of it."""
    form = ReviewForm(request.POST)

    def save() -> None:
        version = form.cleaned_data["version"]
        review_experiment(actor=person, experiment=experiment, version=version, review=form.review())

    return _answered(request, token, experiment, attempt(form, save), review_form=form)


@csrf_exempt
@require_POST
@linked
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
