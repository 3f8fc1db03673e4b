"""The list, the card, writing it, and going along with it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.experiments.documents import along, facts, outcome, owner_name, seen, towards_goal, tree_of
from ydin.experiments.forms import AudienceForm, FilterForm, FollowForm, VersionForm
from ydin.experiments.policies import can_copy, visible_experiments
from ydin.experiments.queries import own_companies, public_text_of, public_texts
from ydin.experiments.rules.card import Audience, is_unheard
from ydin.experiments.services.companions import go_along, stay_out
from ydin.experiments.services.course import waits_for_money
from ydin.experiments.views.base import Desk, opened, to_card, written
from ydin.experiments.views.writing import Writing, begin_page, change_page, first_words
from ydin.meetings.policies import visible_promises
from ydin.people.policies import as_person
from ydin.people.views.editing import see_other

A_PAGE = 24
WRITE = ["GET", "HEAD", "POST"]


@require_safe
@login_required
def experiments(request: HttpRequest) -> HttpResponse:
    """List the experiments that the reader sees, newest first, by `kind` and `state`."""
    form = FilterForm(request.GET)
    rows = visible_experiments(request.user).select_related("enterprise", "group")
    if form.is_valid():
        rows = rows.filter(**{name: value for name, value in form.cleaned_data.items() if value})
    page = Paginator(rows.order_by("-created_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(one, outcome(one)) for one in page.object_list],
        "may_begin": can_copy(as_person(request.user)),
    }
    return render(request, "experiments/list.html", context)


@require_safe
@opened
def card(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the card, what came of it, and where it came from."""
    found = desk.experiment
    shown = Audience.NETWORK if found.audience == Audience.PUBLIC else found.audience
    context = {
        "experiment": found,
        "desk": desk,
        "owner": owner_name(found),
        "facts": facts(found),
        "outcome": outcome(found),
        "seen": seen(found),
        "towards_goal": towards_goal(found),
        "along": along(found, own_companies(desk.person, found)),
        "waits_for_money": waits_for_money(found),
        "start_form": VersionForm(initial={"version": found.version}),
        "audience_form": AudienceForm(
            initial={"version": found.version, "audience": str(shown)}, is_groups=found.enterprise_id is None
        ),
        "is_unheard": desk.widens and is_unheard(found.copied_from_id, found.state, found.audience),
        "public_text": public_text_of(found),
        "tree": tree_of(found, visible_experiments(desk.person)),
        "may_copy": can_copy(desk.person),
    }
    return render(request, "experiments/card.html", context)


@require_POST
@opened
def follow(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Go along with one's company."""
    go_along(actor=desk.person, experiment=desk.experiment, enterprise=chosen_company(request, desk))
    return to_card(desk.experiment)


@require_POST
@opened
def unfollow(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Go along no longer."""
    stay_out(actor=desk.person, experiment=desk.experiment, enterprise=chosen_company(request, desk))
    return to_card(desk.experiment)


def chosen_company(request: HttpRequest, desk: Desk) -> Any:
    """Return the reader's company that the form names; another one is not found."""
    form = FollowForm(request.POST)
    if form.is_valid():
        for company in own_companies(desk.person, desk.experiment):
            if company.pk == form.cleaned_data["company"]:
                return company
    raise Http404


@require_http_methods(WRITE)
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Write a card; `promise` in the address names the promise that it is born from."""
    promise = None
    if request.GET.get("promise", "").isdecimal():
        rows = visible_promises(request.user).select_related("enterprise", "group")
        promise = get_object_or_404(rows, pk=request.GET["promise"])
        known = visible_experiments(request.user).filter(promise=promise).first()
        if known is not None:
            return redirect("experiments:card", known.pk)
    return begin_page(
        request, _writing(request, initial={"what": promise.what} if promise else {}, promise=promise)
    )


@require_http_methods(WRITE)
@opened
def copy(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Try it too: a card of one's own, prefilled with what the other one says."""
    source = desk.experiment
    return begin_page(
        request, _writing(request, initial=first_words(source), source=source, title=owner_name(source))
    )


@require_http_methods(WRITE)
@login_required
def copy_public(request: HttpRequest, pk: int) -> HttpResponse:
    """Try what a public text tells of."""
    source = get_object_or_404(public_texts(), pk=pk)
    initial = {"kind": source.kind, "what": source.title}
    return begin_page(request, _writing(request, initial=initial, source=source, title=source.title))


@require_http_methods(WRITE)
@written
def edit(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Change the card."""
    back = reverse("experiments:card", args=[desk.experiment.pk])
    return change_page(request, Writing(desk.person, back, partial(_after, request)), desk.experiment)


def _writing(request: HttpRequest, **more: Any) -> Writing:
    person = as_person(request.user)
    return Writing(person, reverse("experiments:list"), partial(_after, request), **more)


def _after(request: HttpRequest, made: Any) -> HttpResponse:
    """Go on: to the question whose money pays, or to the card."""
    if waits_for_money(made):
        return see_other(reverse("experiments:money", args=[made.pk]))
    messages.success(request, _("The card is saved."))
    return to_card(made)
