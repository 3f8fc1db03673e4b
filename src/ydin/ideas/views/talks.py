"""Talks: a speaker's own, those on offer, and what is wanted where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.ideas.documents.links import ask_path
from ydin.ideas.documents.wanted import wanted_rows
from ydin.ideas.documents.words import seen_counts, seen_in_whole_network, talk_offered, talk_rows, wanted_by
from ydin.ideas.forms import TalkForm
from ydin.ideas.policies import (
    can_see_wanted,
    networks_helped_in,
    networks_with_ideas,
    own_talks,
    visible_ideas,
)
from ydin.ideas.queries.ideas import themes_of_network, with_counts
from ydin.ideas.queries.talks import asks_to, offer_of, offered_talks, wide_regions
from ydin.ideas.services.talks import change_talk, offer_talk, withdraw_talk, write_talk
from ydin.ideas.views.base import SEE_OTHER, WRITE
from ydin.people.policies import as_person
from ydin.people.views.editing import attempt, see_other, tap
from ydin.ui.audience import ask_first

A_PAGE = 20


@require_safe
@login_required
def talks(request: HttpRequest) -> HttpResponse:
    """Show a speaker their talks, and for which evenings they are asked."""
    person = as_person(request.user)
    networks = networks_helped_in(person) if person else []
    mine = list(own_talks(person))
    if not networks and not mine:
        raise PermissionDenied
    asks = [(one, ask_path(one)) for one in asks_to(person)] if person else []
    seen = {
        one.network_id: seen_in_whole_network(one.network) for one in {t.network_id: t for t in mine}.values()
    }
    rows = [{**row, "seen": seen[row["talk"].network_id]} for row in _rows(mine)]
    context = {"rows": rows, "asks": asks, "networks": networks}
    return render(request, "ideas/talks.html", context)


def _rows(found: list[Any]) -> list[dict[str, Any]]:
    return talk_rows(found, (get_language() or "fi")[:2])


@require_safe
@login_required
def offered(request: HttpRequest, slug: str) -> HttpResponse:
    """List the talks on offer in a network, for everybody in it."""
    network = get_object_or_404(networks_with_ideas(request.user), slug=slug)
    page = Paginator(offered_talks(network), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "network": network,
        "page": page,
        "rows": _rows(list(page.object_list)),
        "seen": seen_in_whole_network(network),
    }
    return render(request, "ideas/offered.html", context)


@require_safe
@login_required
def wanted(request: HttpRequest, slug: str) -> HttpResponse:
    """Show helpers and coordinators what companies wish for: shared ideas by name, the rest as counts."""
    person = as_person(request.user)
    network = get_object_or_404(networks_with_ideas(person), slug=slug)
    if person is None or not can_see_wanted(person, network):
        raise PermissionDenied
    rows = with_counts(themes_of_network(visible_ideas(person), network), person)
    page = Paginator(rows.order_by("-wanted", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "network": network,
        "page": page,
        "rows": [(one, wanted_by(one.wanted)) for one in page.object_list],
        "counts": wanted_rows(network, get_language() or "fi"),
        "seen": seen_in_whole_network(network),
        "seen_counts": seen_counts(network),
        "may_offer": network in networks_helped_in(person),
    }
    return render(request, "ideas/wanted.html", context)


@require_http_methods(WRITE)
@login_required
def new_talk(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a talk."""
    person = as_person(request.user)
    network = get_object_or_404(networks_with_ideas(person), slug=slug)
    if person is None or network not in networks_helped_in(person):
        raise PermissionDenied
    first = {"languages": [person.language]}
    form = TalkForm(request.POST or None, regions=wide_regions(network), initial=first)

    def write() -> None:
        made = write_talk(actor=person, network=network, offer=form.offer())
        if "offer" in request.POST:
            offer_talk(actor=person, talk=made)

    return _saved(request, form, write, talk=None, network=network)


def _saved(
    request: HttpRequest, form: TalkForm, action: Callable[[], None], *, talk: Any, network: Any
) -> HttpResponse:
    status = attempt(form, action) if request.method == "POST" else 200
    if status == SEE_OTHER:
        messages.success(request, _("Saved."))
        return see_other(reverse("ideas:talks"))
    context = {"form": form, "talk": talk, "network": network, "seen": seen_in_whole_network(network)}
    return render(request, "ideas/talk_write.html", context, status=status)


@require_http_methods(WRITE)
@login_required
def edit_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own talk."""
    found = get_object_or_404(own_talks(request.user), pk=pk)
    offer = offer_of(found)
    form = TalkForm(
        request.POST or None,
        regions=wide_regions(found.network),
        initial={**vars(offer), "version": found.version},
    )

    def change() -> None:
        version = form.cleaned_data["version"] or 0
        change_talk(actor=found.speaker, talk=found, version=version, offer=form.offer())

    return _saved(request, form, change, talk=found, network=found.network)


@require_POST
@login_required
def put_on_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer one's own talk."""
    found = get_object_or_404(own_talks(request.user), pk=pk)
    question = ask_first(request, talk_offered(found.network, found.title))
    if question is not None:
        return question
    return tap(
        request,
        lambda: offer_talk(actor=found.speaker, talk=found),
        _("Hosts and coordinators find your talk now, and may ask you."),
        reverse("ideas:talks"),
    )


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own talk off the list."""
    found = get_object_or_404(own_talks(request.user), pk=pk)
    return tap(
        request,
        lambda: withdraw_talk(actor=found.speaker, talk=found),
        _("It is off the list. Evenings that you promised stay promised."),
        reverse("ideas:talks"),
    )
