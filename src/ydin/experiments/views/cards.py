"""The list, the card, and writing it: anew, from a promise, after another one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ydin.experiments.documents import facts, outcome, readers_line, towards_goal, tree_of
from ydin.experiments.forms import CARD_FIELDS, AudienceForm, CardForm, FilterForm, VersionForm
from ydin.experiments.policies import can_copy, visible_experiments
from ydin.experiments.queries import companies_around, names_of, places_of, public_text_of, public_texts
from ydin.experiments.rules.card import Audience
from ydin.experiments.services.cards import begin_experiment, change_card, try_too
from ydin.experiments.services.course import waits_for_money
from ydin.experiments.views.base import SEE_OTHER, Desk, attempt, opened, see_other, to_card, written
from ydin.meetings.policies import visible_promises
from ydin.people.policies import as_person

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
    context = {
        "experiment": found,
        "desk": desk,
        "facts": facts(found),
        "outcome": outcome(found),
        "readers": readers_line(found),
        "towards_goal": towards_goal(found),
        "peers": names_of(found.peers),
        "waits_for_money": waits_for_money(found),
        "start_form": VersionForm(initial={"version": found.version}),
        "audience_form": AudienceForm(initial={"version": found.version, "audience": _shown(found)}),
        "public_text": public_text_of(found),
        "tree": tree_of(found, visible_experiments(desk.person)),
        "may_copy": can_copy(desk.person),
    }
    return render(request, "experiments/card.html", context)


def _shown(found: Any) -> str:
    return str(Audience.NETWORK if found.audience == Audience.PUBLIC else found.audience)


@dataclass
class Beginning:
    """From what a new card begins: nothing, a promise, another card or a public text."""

    initial: dict[str, Any]
    promise: Any = None
    source: Any = None
    title: str = ""


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
    begins = Beginning({"what": promise.what} if promise else {}, promise=promise)
    return _write(request, begins)


@require_http_methods(WRITE)
@opened
def copy(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Try it too: a card of one's own, prefilled with what the other one says."""
    source = desk.experiment
    names = ("kind", "what", "assumption", "measure", "unit", "goal", "hours", "weeks", "country")
    initial = {name: _plain(getattr(source, name)) for name in names}
    initial["money"] = _plain(_money(source.money_cents))
    return _write(request, Beginning(initial, source=source, title=source.enterprise.name))


@require_http_methods(WRITE)
@login_required
def copy_public(request: HttpRequest, pk: int) -> HttpResponse:
    """Try what a public text tells of."""
    source = get_object_or_404(public_texts(), pk=pk)
    return _write(
        request, Beginning({"kind": source.kind, "what": source.title}, source=source, title=source.title)
    )


def _write(request: HttpRequest, begins: Beginning) -> HttpResponse:
    places = _places(as_person(request.user), begins.promise)
    if not places:
        raise PermissionDenied
    keys = {f"{company.pk}-{group.pk}": (company, group) for company, group in places}
    words = [(key, f"{company.name} · {group.name}") for key, (company, group) in keys.items()]
    group = places[0][1] if len({group.pk for _company, group in places}) == 1 else None
    peers = companies_around(group, places[0][0].pk if len(places) == 1 else None)
    form = CardForm(request.POST or None, initial=begins.initial, places=words, peers=peers)
    made: list[Any] = []

    def begin() -> None:
        place = keys[form.cleaned_data.get("place") or words[0][0]]
        made.append(_begin(as_person(request.user), begins, place, form))

    if begins.source is not None:
        del form.fields["audience"]
    status = attempt(form, begin) if request.method == "POST" else 200
    if status == SEE_OTHER:
        return _after(request, made[0])
    context = {
        "form": form,
        "begins": begins,
        "place": words[0][1] if len(words) == 1 else "",
        "experiment": None,
    }
    return render(request, "experiments/write.html", context, status=status)


def _begin(person: Any, begins: Beginning, place: tuple[Any, Any], form: CardForm) -> Any:
    company, group = place
    if begins.source is not None:
        return try_too(actor=person, source=begins.source, enterprise=company, group=group, card=form.card())
    return begin_experiment(
        actor=person,
        enterprise=company,
        group=group,
        card=form.card(),
        audience=form.cleaned_data["audience"],
        promise=begins.promise,
    )


def _places(person: Any, promise: Any) -> list[tuple[Any, Any]]:
    places = places_of(person)
    if promise is None:
        return places
    return [(c, g) for c, g in places if c.pk == promise.enterprise_id and g.pk == promise.group_id]


def _after(request: HttpRequest, made: Any) -> HttpResponse:
    """Go on: to the question whose money pays, or to the card."""
    if waits_for_money(made):
        return see_other(reverse("experiments:money", args=[made.pk]))
    messages.success(request, _("The card is saved."))
    return to_card(made)


@require_http_methods(WRITE)
@written
def edit(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Change the card."""
    found = desk.experiment
    initial = {name: _plain(getattr(found, name)) for name in (*CARD_FIELDS, "version", "peers")}
    initial["money"] = _plain(_money(found.money_cents))
    around = companies_around(found.group, found.enterprise_id)
    form = CardForm(request.POST or None, initial=initial, peers=around, is_new=False)
    changed: list[Any] = []

    def change() -> None:
        version = form.cleaned_data["version"] or 0
        changed.append(change_card(actor=desk.person, experiment=found, version=version, card=form.card()))

    status = attempt(form, change) if request.method == "POST" else 200
    if status == SEE_OTHER:
        return _after(request, changed[0])
    context = {"form": form, "begins": Beginning({}), "place": "", "experiment": found}
    return render(request, "experiments/write.html", context, status=status)


def _plain(value: Any) -> Any:
    """Return a number without the zeros that the database keeps."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _money(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents) / 100
