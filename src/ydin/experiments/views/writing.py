"""Writing a card: anew, from a promise, after another one, or once more; signed in or by a personal link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ydin.experiments.documents import seen
from ydin.experiments.forms import CARD_FIELDS, CardForm
from ydin.experiments.queries import companies_around, companions_of, places_of
from ydin.experiments.services.cards import begin_experiment, change_card, try_too
from ydin.experiments.views.base import SEE_OTHER
from ydin.people.views.editing import attempt

COPIED = ("kind", "what", "assumption", "measure", "unit", "goal", "hours", "weeks", "country")
GROUP_ITSELF = 0
"""Stands for the company in the key of a place where the group tries it as one."""


@dataclass
class Writing:
    """From what a card begins, who writes it, and where they go on.

    `after` gives the answer once it is saved; `back` is the address of "Back", if there is one.
    """

    person: Any
    back: str
    after: Callable[[Any], HttpResponse]
    initial: dict[str, Any] = field(default_factory=dict)
    promise: Any = None
    source: Any = None
    title: str = ""


def begin_page(request: HttpRequest, writing: Writing) -> HttpResponse:
    """Show the empty or prefilled card, and write it."""
    places = _places(writing)
    if not places:
        raise PermissionDenied
    form, keys = _form(request, writing, places)
    made: list[Any] = []

    def begin() -> None:
        company, group = keys[form.cleaned_data.get("place") or next(iter(keys))]
        made.append(_begin(writing, company, group, form))

    status = attempt(form, begin) if request.method == "POST" else 200
    if status == SEE_OTHER:
        return writing.after(made[0])
    words = _words(places[0]) if len(places) == 1 else ""
    context = {"form": form, "writing": writing, "place": words, "experiment": None, "seen": None}
    return render(request, "experiments/write.html", context, status=status)


def change_page(request: HttpRequest, writing: Writing, found: Any) -> HttpResponse:
    """Show the card as it is, and change it."""
    initial = {name: _plain(getattr(found, name)) for name in (*CARD_FIELDS, "version")}
    initial["money"] = _plain(money_of(found))
    initial["peers"] = [one.enterprise_id for one in companions_of(found)]
    around = companies_around(found.group, found.enterprise_id)
    form = CardForm(request.POST or None, initial=initial, peers=around, is_new=False)
    changed: list[Any] = []

    def change() -> None:
        version = form.cleaned_data["version"] or 0
        changed.append(change_card(actor=writing.person, experiment=found, version=version, card=form.card()))

    status = attempt(form, change) if request.method == "POST" else 200
    if status == SEE_OTHER:
        return writing.after(changed[0])
    context = {"form": form, "writing": writing, "place": "", "experiment": found, "seen": seen(found)}
    return render(request, "experiments/write.html", context, status=status)


def first_words(source: Any) -> dict[str, Any]:
    """Return what a copy of a card begins with."""
    return {**{name: _plain(getattr(source, name)) for name in COPIED}, "money": _plain(money_of(source))}


def money_of(source: Any) -> Decimal | None:
    """Return the ceiling in euros."""
    return None if source.money_cents is None else Decimal(source.money_cents) / 100


def _form(request: HttpRequest, writing: Writing, places: list[Any]) -> tuple[CardForm, dict[str, Any]]:
    keys = {
        f"{company.pk if company else GROUP_ITSELF}-{group.pk}": (company, group) for company, group in places
    }
    words = [(key, _words(place)) for key, place in keys.items()]
    only = {group.pk for _company, group in places}
    group = places[0][1] if len(only) == 1 else None
    own = places[0][0].pk if len(places) == 1 and places[0][0] else None
    form = CardForm(
        request.POST or None, initial=writing.initial, places=words, peers=companies_around(group, own)
    )
    if writing.source is not None:
        del form.fields["audience"]
    return form, keys


def _places(writing: Writing) -> list[Any]:
    places = places_of(writing.person)
    promise = writing.promise
    if promise is None:
        return places
    return [(c, g) for c, g in places if c and c.pk == promise.enterprise_id and g.pk == promise.group_id]


def _words(place: tuple[Any, Any]) -> str:
    company, group = place
    if company is None:
        return _("%(group)s: the group tries it together") % {"group": group.name}
    return f"{company.name} · {group.name}"


def _begin(writing: Writing, company: Any, group: Any, form: CardForm) -> Any:
    where = {"actor": writing.person, "enterprise": company, "group": group, "card": form.card()}
    if writing.source is not None:
        return try_too(source=writing.source, **where)
    return begin_experiment(audience=form.cleaned_data["audience"], promise=writing.promise, **where)


def _plain(value: Any) -> Any:
    """Return a number without the zeros that the database keeps."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
