"""Feedback as those who answer it see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ydin.home.forms.public import AnswerForm
from ydin.home.queries.feedback import feedback_for, feedback_readers
from ydin.home.queries.roles import roles_of
from ydin.home.rules import FeedbackState
from ydin.home.services.feedback import answer_feedback
from ydin.kernel.clock import today
from ydin.kernel.errors import Conflict, Refused
from ydin.people.views.editing import see_other, signed_in

ROWS = 30


def _coordinator(request: HttpRequest) -> Any:
    person = signed_in(request)
    if not roles_of(person).coordinates_networks:
        raise PermissionDenied
    return person


@login_required
@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """List what people met, what waits first, each with a place to answer."""
    person = _coordinator(request)
    page = Paginator(feedback_for(person), ROWS).get_page(request.GET.get("page"))
    rows = [
        {
            "feedback": row,
            "waits": row.state == FeedbackState.WAITING,
            "is_late": row.state == FeedbackState.WAITING and row.due_on < today(row.network.time_zone),
        }
        for row in page.object_list
    ]
    response = render(
        request, "home/feedback.html", {"rows": rows, "page": page, "readers": feedback_readers(person)}
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@login_required
@require_POST
def feedback_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer feedback."""
    person = _coordinator(request)
    row = get_object_or_404(feedback_for(person), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write an answer: somebody waits for it."))
        return see_other("home:feedback")
    try:
        answer_feedback(actor=person, feedback=row, **form.cleaned_data)
    except (Refused, Conflict) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The answer is sent.") if row.email else _("Marked as dealt with."))
    return see_other("home:feedback")
