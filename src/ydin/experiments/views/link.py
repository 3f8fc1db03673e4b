"""A card by personal link, without signing in: for those who try it, and for those who read it. GET changes nothing."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.experiments.documents import along, facts, outcome, owner_name, seen, towards_goal
from ydin.experiments.emails import LINK, PROMISE_LINK, card_path
from ydin.experiments.forms import GiveUpForm, HalfwayForm, ReviewForm, VersionForm
from ydin.experiments.policies import can_copy, can_write, visible_experiments
from ydin.experiments.queries import experiment_by_link, own_companies
from ydin.experiments.services.companions import go_along, stay_out
from ydin.experiments.services.course import (
    give_up,
    is_over,
    review_experiment,
    say_halfway,
    start_experiment,
    waits_for_money,
)
from ydin.experiments.views.base import SEE_OTHER, Desk
from ydin.experiments.views.cards import chosen_company
from ydin.experiments.views.course import money_page, review_of
from ydin.experiments.views.writing import Writing, begin_page, change_page, first_words
from ydin.meetings.policies import visible_promises
from ydin.people.views.editing import attempt, see_other
from ydin.people.views.links import by_link

WRITE = ["GET", "HEAD", "POST"]


def _of_link(person: Any, pk: int) -> Any:
    found = experiment_by_link(pk)
    return found if found is not None and visible_experiments(person).filter(pk=pk).exists() else None


def _of_promise(person: Any, pk: int) -> Any:
    return visible_promises(person).filter(pk=pk).select_related("enterprise", "group").first()


linked = by_link(LINK, _of_link)


@require_safe
@linked
def answer(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Show the card; ask those who try it how it goes and what came of it."""
    return _page(request, token, experiment, person)


# The token in the address is the secret that a forged request would need; no cookie takes part.
@csrf_exempt
@require_POST
@linked
def start(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Begin today."""
    form = VersionForm(request.POST)
    status = attempt(form, lambda: start_experiment(actor=person, experiment=experiment, **form.cleaned_data))
    return _answered(request, token, experiment, person, status, start_form=form)


@csrf_exempt
@require_POST
@linked
def halfway(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Note how it goes."""
    form = HalfwayForm(request.POST)
    status = attempt(form, lambda: say_halfway(actor=person, experiment=experiment, **form.cleaned_data))
    return _answered(request, token, experiment, person, status, halfway_form=form)


@csrf_exempt
@require_POST
@linked
def review(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Say what came of it."""
    form = ReviewForm(request.POST)

    def save() -> None:
        version = form.cleaned_data["version"]
        review_experiment(actor=person, experiment=experiment, version=version, review=form.review())

    return _answered(request, token, experiment, person, attempt(form, save), review_form=form)


@csrf_exempt
@require_POST
@linked
def abandon(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Give it up."""
    form = GiveUpForm(request.POST)
    status = attempt(form, lambda: give_up(actor=person, experiment=experiment, **form.cleaned_data))
    return _answered(request, token, experiment, person, status, give_up_form=form)


@csrf_exempt
@require_http_methods(WRITE)
@linked
def money(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Say whose money pays for going abroad."""
    _require_writer(person, experiment)
    back = reverse("experiments:answer", args=[token])
    return money_page(request, Desk(experiment, person, writes=True, widens=False), back)


@csrf_exempt
@require_http_methods(WRITE)
@linked
def edit(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Change the card."""
    _require_writer(person, experiment)
    back = reverse("experiments:answer", args=[token])
    return change_page(request, Writing(person, back, partial(_after, request, person)), experiment)


@csrf_exempt
@require_http_methods(WRITE)
@linked
def copy(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Try it too."""
    writing = Writing(
        person,
        reverse("experiments:answer", args=[token]),
        partial(_after, request, person),
        initial=first_words(experiment),
        source=experiment,
        title=owner_name(experiment),
    )
    return begin_page(request, writing)


@csrf_exempt
@require_http_methods(WRITE)
@by_link(PROMISE_LINK, _of_promise)
def from_promise(request: HttpRequest, token: str, promise: Any, person: Any) -> HttpResponse:
    """Make an experiment of a promise; once it is one, go on to its card."""
    del token
    known = visible_experiments(person).filter(promise=promise).first()
    if known is not None:
        return redirect(card_path(known, person))
    after = partial(_after, request, person)
    return begin_page(request, Writing(person, "", after, initial={"what": promise.what}, promise=promise))


@csrf_exempt
@require_POST
@linked
def follow(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Go along with one's company."""
    company = chosen_company(request, Desk(experiment, person, writes=False, widens=False))
    go_along(actor=person, experiment=experiment, enterprise=company)
    return _answered(request, token, experiment, person, SEE_OTHER)


@csrf_exempt
@require_POST
@linked
def unfollow(request: HttpRequest, token: str, experiment: Any, person: Any) -> HttpResponse:
    """Go along no longer."""
    company = chosen_company(request, Desk(experiment, person, writes=False, widens=False))
    stay_out(actor=person, experiment=experiment, enterprise=company)
    return _answered(request, token, experiment, person, SEE_OTHER)


def _require_writer(person: Any, experiment: Any) -> None:
    if not can_write(person, experiment):
        raise PermissionDenied


def _after(request: HttpRequest, person: Any, made: Any) -> HttpResponse:
    """Go on to the card that was written, by a link of its own."""
    messages.success(request, _("The card is saved."))
    return see_other(card_path(made, person))


def _answered(
    request: HttpRequest, token: str, experiment: Any, person: Any, status: int, **form: Any
) -> HttpResponse:
    if status != SEE_OTHER:
        return _page(request, token, experiment, person, status=status, **form)
    messages.success(request, _("Thank you, it is written down."))
    return see_other(reverse("experiments:answer", args=[token]))


def _page(
    request: HttpRequest, token: str, experiment: Any, person: Any, *, status: int = 200, **forms: Any
) -> HttpResponse:
    now = {"version": experiment.version}
    context = {
        "experiment": experiment,
        "token": token,
        "owner": owner_name(experiment),
        "writes": can_write(person, experiment),
        "may_copy": can_copy(person),
        "along": along(experiment, own_companies(person, experiment)),
        "waits_for_money": waits_for_money(experiment),
        "is_over": is_over(experiment),
        "facts": facts(experiment),
        "outcome": outcome(experiment),
        "towards_goal": towards_goal(experiment),
        "seen": seen(experiment),
        "start_form": VersionForm(initial=now),
        "halfway_form": HalfwayForm(initial={**now, "words": experiment.halfway}),
        "review_form": ReviewForm(initial=review_of(experiment)),
        "give_up_form": GiveUpForm(initial=now),
        **forms,
    }
    return render(request, "experiments/by_link.html", context, status=status)
