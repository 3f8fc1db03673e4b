"""Choosing an evening for somebody who asked to visit."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ydin.calendar.queries import visitors_of
from ydin.groups.policies import can_manage, inside_or_managed
from ydin.groups.queries import applications_of
from ydin.home.forms.public import EveningForm
from ydin.home.queries.visits import coming_evenings
from ydin.home.services.visits import invite_to_evening
from ydin.kernel.errors import NotAllowed, YdinError
from ydin.people.views.editing import see_other, signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evening(request: HttpRequest, pk: int, application: UUID) -> HttpResponse:
    """Show the group's coming evenings; a POST invites the applicant to one of them."""
    person = signed_in(request)
    group = get_object_or_404(inside_or_managed(person).select_related("network"), pk=pk)
    if not can_manage(person, group):
        raise PermissionDenied
    row = get_object_or_404(applications_of(group), pk=application)
    evenings = coming_evenings(person, group)
    problem, status = "", HTTPStatus.OK
    if request.method == "POST":
        form = EveningForm(request.POST)
        chosen = form.cleaned_data["meeting"] if form.is_valid() else 0
        meeting = next((m for m in evenings if m.pk == chosen), None)
        if meeting is None:
            problem, status = _("Choose one of the evenings."), HTTPStatus.UNPROCESSABLE_ENTITY
        else:
            try:
                invite_to_evening(actor=person, application=row, meeting=meeting)
            except NotAllowed as error:
                raise PermissionDenied from error
            except YdinError as error:
                problem, status = str(error), HTTPStatus.UNPROCESSABLE_ENTITY
            else:
                messages.success(
                    request, _("%(name)s has an invitation to the evening.") % {"name": row.name}
                )
                return see_other("groups:applications", pk)
    context = {"group": group, "application": row, "rows": _rows(evenings), "problem": problem}
    return render(request, "home/evening.html", context, status=status)


def _rows(evenings: list[Any]) -> list[dict[str, Any]]:
    taken = visitors_of([m.pk for m in evenings])
    return [{"meeting": m, "left": max(m.visitor_places - taken.get(m.pk, 0), 0)} for m in evenings]
