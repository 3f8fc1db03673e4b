"""The group's public page as its coordinators write it, and whether they are named on it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ydin.groups.documents.seen import name_change
from ydin.groups.forms.public import PublicPageForm
from ydin.groups.queries import coordinator_spells
from ydin.groups.services import update_group
from ydin.groups.services.public import agree_to_be_named, stop_being_named
from ydin.groups.views.shared import group_page, load_group
from ydin.kernel.errors import NotAllowed
from ydin.people.views.editing import attempt, differences, see_other, signed_in
from ydin.ui.audience import ask_first


def _form(group: Any, data: Any) -> PublicPageForm:
    return PublicPageForm(
        data,
        languages=group.network.languages,
        main=group.language,
        about=group.about,
        others=group.about_texts,
        initial={"version": group.version, "latitude": group.latitude, "longitude": group.longitude},
    )


@login_required
@require_http_methods(["GET", "POST"])
def public_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and save what everybody reads about the group."""
    group, actor = load_group(request, pk), signed_in(request)
    form = _form(group, request.POST or None)
    context: dict[str, Any] = {"version": form["version"].value(), "conflict": []}
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            version, values = form.cleaned_data["version"], form.settings()
            status = attempt(form, lambda: update_group(actor=actor, group=group, version=version, **values))
            if status == HTTPStatus.SEE_OTHER:
                messages.success(request, _("The public page is saved."))
                return see_other("groups:public_page", pk)
        if status == HTTPStatus.CONFLICT:
            group.refresh_from_db()
            now = _form(group, None).initial
            context |= {"version": group.version, "conflict": differences(form, form.cleaned_data, now)}
    return group_page(
        request, "groups/public_page.html", group, "public_page", form=form, status=status, **context
    )


def _own_spell(request: HttpRequest, pk: int, spell: int) -> Any:
    """Return the spell if it is the reader's own; nobody agrees for another."""
    row = get_object_or_404(coordinator_spells(load_group(request, pk)), pk=spell)
    if row.person_id != signed_in(request).pk:
        raise NotAllowed(_("Only you can say whether you are named."))
    return row


@login_required
@require_POST
def name_show(request: HttpRequest, pk: int, spell: int) -> HttpResponse:
    """Name me on the public page."""
    row = _own_spell(request, pk, spell)
    question = ask_first(request, name_change(row.group, named=True))
    if question is not None:
        return question
    agree_to_be_named(actor=signed_in(request), coordinator=row)
    messages.success(request, _("Your name is on the group's public page now."))
    return see_other("groups:coordinators", pk)


@login_required
@require_POST
def name_hide(request: HttpRequest, pk: int, spell: int) -> HttpResponse:
    """Take my name off the public page."""
    row = _own_spell(request, pk, spell)
    question = ask_first(request, name_change(row.group, named=False))
    if question is not None:
        return question
    stop_being_named(actor=signed_in(request), coordinator=row)
    messages.success(request, _("Your name is off the public page. The members still see it."))
    return see_other("groups:coordinators", pk)
