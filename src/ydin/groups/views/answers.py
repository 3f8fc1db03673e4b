"""Those who asked to visit, and the coordinator's answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ydin.groups.forms.applications import AcceptForm, NoteForm, SendOnForm
from ydin.groups.queries import applications_of, companies_named, groups_of_network
from ydin.groups.rules import OPEN_APPLICATIONS
from ydin.groups.services import (
    accept_application,
    decline_application,
    send_application_on,
    welcome_applicant,
)
from ydin.groups.views.shared import group_page, load_group
from ydin.kernel.errors import YdinError
from ydin.people.views.editing import see_other, signed_in

MOST = 100
"""How many answered applications the page shows."""


@login_required
@require_GET
def applications(request: HttpRequest, pk: int) -> HttpResponse:
    """List the applications, the open ones with their answers."""
    group = load_group(request, pk)
    found = list(applications_of(group)[:MOST])
    waiting = [a for a in found if a.state in OPEN_APPLICATIONS]
    known = companies_named(group.network, [a.company or a.name for a in waiting])
    rows = [{"application": a, "known": known.get((a.company or a.name).strip().lower())} for a in waiting]
    others = [g for g in groups_of_network(group.network) if g.pk != group.pk and g.is_open]
    answered = [a for a in found if a.state not in OPEN_APPLICATIONS]
    context = {"rows": rows, "answered": answered, "others": others}
    return group_page(request, "groups/applications.html", group, "applications", **context)


def _answer(request: HttpRequest, pk: int, application: UUID, act: Callable[[Any, Any], str]) -> HttpResponse:
    """Do `act(group, application)`, which returns what to tell the coordinator."""
    group = load_group(request, pk)
    row = get_object_or_404(applications_of(group), pk=application)
    try:
        messages.success(request, act(group, row))
    except YdinError as error:
        messages.error(request, str(error))
    return see_other("groups:applications", pk)


@login_required
@require_POST
def invite(request: HttpRequest, pk: int, application: UUID) -> HttpResponse:
    """Invite the applicant in the coordinator's own words."""
    actor, form = signed_in(request), NoteForm(request.POST)

    def act(group: Any, row: Any) -> str:
        del group
        welcome_applicant(actor=actor, application=row, note=_note(form))
        return _("%(name)s is invited and got your message.") % {"name": row.name}

    return _answer(request, pk, application, act)


@login_required
@require_POST
def decline(request: HttpRequest, pk: int, application: UUID) -> HttpResponse:
    """Say no, kindly."""
    actor, form = signed_in(request), NoteForm(request.POST)

    def act(group: Any, row: Any) -> str:
        del group
        decline_application(actor=actor, application=row, note=_note(form))
        return _("%(name)s got a kind answer.") % {"name": row.name}

    return _answer(request, pk, application, act)


@login_required
@require_POST
def accept(request: HttpRequest, pk: int, application: UUID) -> HttpResponse:
    """Make company, person and seat in one click."""
    actor, form = signed_in(request), AcceptForm(request.POST)

    def act(group: Any, row: Any) -> str:
        del group
        state = form.cleaned_data["state"] if form.is_valid() else "visitor"
        seat = accept_application(actor=actor, application=row, state=state)
        words = {"company": seat.enterprise.name, "name": row.name}
        return _("%(company)s has a seat, and %(name)s got a welcome.") % words

    return _answer(request, pk, application, act)


@login_required
@require_POST
def send_on(request: HttpRequest, pk: int, application: UUID) -> HttpResponse:
    """Hand the application to another group."""
    actor = signed_in(request)

    def act(group: Any, row: Any) -> str:
        others = groups_of_network(group.network).exclude(pk=group.pk)
        form = SendOnForm(request.POST, groups=others)
        to = get_object_or_404(others, pk=form.cleaned_data["group"].pk if form.is_valid() else 0)
        send_application_on(actor=actor, application=row, to=to)
        return _("%(name)s is now with %(group)s.") % {"name": row.name, "group": to.name}

    return _answer(request, pk, application, act)


def _note(form: NoteForm) -> str:
    return str(form.cleaned_data["note"]) if form.is_valid() else ""
