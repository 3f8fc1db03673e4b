"""Money, start, half-time, review and giving up, by those who change the card."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ydin.experiments.documents import euros, seen
from ydin.experiments.forms import GiveUpForm, MoneyForm, ReviewForm, VersionForm
from ydin.experiments.services.course import (
    give_up,
    review_experiment,
    say_whose_money,
    start_experiment,
    waits_for_money,
)
from ydin.experiments.views.base import SEE_OTHER, Desk, to_card, written
from ydin.kernel.errors import Conflict, Refused
from ydin.people.views.editing import attempt, see_other

WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(WRITE)
@written
def money(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Tell why public aid must not pay, and ask whose money does."""
    return money_page(request, desk, reverse("experiments:card", args=[desk.experiment.pk]))


def money_page(request: HttpRequest, desk: Desk, back: str) -> HttpResponse:
    """Ask it of somebody signed in or with a link; `back` is the address of the card."""
    found = desk.experiment
    first = {"version": found.version, "source": found.money_source, "words": found.money_words}
    form = MoneyForm(request.POST or None, initial=first)

    def say() -> None:
        data = {name: form.cleaned_data[name] for name in ("version", "source", "words")}
        say_whose_money(actor=desk.person, experiment=found, **data)

    status = attempt(form, say) if request.method == "POST" else 200
    if status == SEE_OTHER:
        messages.success(request, _("It is written down whose money pays."))
        return see_other(back)
    context = {
        "experiment": found,
        "back": back,
        "form": form,
        "money": euros(found.money_cents),
        "waits": waits_for_money(found),
        "seen": seen(found),
    }
    return render(request, "experiments/money.html", context, status=status)


@require_POST
@written
def start(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Begin today."""
    form = VersionForm(request.POST)
    found = desk.experiment
    if not form.is_valid():
        return to_card(found)
    try:
        start_experiment(actor=desk.person, experiment=found, version=form.cleaned_data["version"])
    except (Refused, Conflict) as said:
        messages.error(request, str(said))
    else:
        messages.success(request, _("It has begun. We ask at half-time and at the end how it goes."))
    return to_card(found)


@require_http_methods(WRITE)
@written
def review(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say what came of it."""
    found = desk.experiment
    form = ReviewForm(request.POST or None, initial=review_of(found))

    def save() -> None:
        version = form.cleaned_data["version"]
        review_experiment(actor=desk.person, experiment=found, version=version, review=form.review())

    status = attempt(form, save) if request.method == "POST" else 200
    if status == SEE_OTHER:
        messages.success(request, _("Thank you. Others learn from this."))
        return to_card(found)
    context = {"experiment": found, "form": form, "seen": seen(found)}
    return render(request, "experiments/review.html", context, status=status)


def review_of(found: Any) -> dict[str, Any]:
    """Return what the review says so far."""
    result = None if found.result is None else f"{found.result.normalize():f}"
    told = {name: getattr(found, name) for name in ("version", "happened", "learned", "verdict")}
    return {**told, "result": result}


@require_http_methods(WRITE)
@written
def abandon(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Give it up, with the reason."""
    found = desk.experiment
    form = GiveUpForm(request.POST or None, initial={"version": found.version})

    def stop() -> None:
        give_up(actor=desk.person, experiment=found, **form.cleaned_data)

    status = attempt(form, stop) if request.method == "POST" else 200
    if status == SEE_OTHER:
        messages.success(request, _("It is given up. That is a result, too."))
        return to_card(found)
    return render(
        request,
        "experiments/give_up.html",
        {"experiment": found, "form": form, "seen": seen(found)},
        status=status,
    )
