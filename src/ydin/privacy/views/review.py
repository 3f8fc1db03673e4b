"""What a coordinator decides about: sentences that name somebody who was erased, and corrections."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.groups.queries import coordinators_of
from ydin.kernel.errors import Conflict
from ydin.people.views.editing import attempt, see_other, signed_in
from ydin.privacy.forms import AnswerForm, SeenForm
from ydin.privacy.policies import corrections_to_answer, leads_of, open_passages
from ydin.privacy.rules import Decision
from ydin.privacy.services.corrections import answer_correction
from ydin.privacy.services.reviews import decide_passage, shown_passages
from ydin.privacy.views.own import private


@login_required
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """List what waits for the reader."""
    person = signed_in(request)
    context = {"passages": shown_passages(person), "corrections": corrections_to_answer(person)}
    return private(request, "privacy/review.html", context)


@login_required
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the sentence."""
    return _decide(request, pk, Decision.KEPT, _("The sentence stays."))


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the sentence from its text."""
    return _decide(request, pk, Decision.REMOVED, _("The sentence is removed."))


def _decide(request: HttpRequest, pk: int, decision: Decision, said: str) -> HttpResponse:
    person, form = signed_in(request), SeenForm(request.POST)
    passage = get_object_or_404(open_passages(person), pk=pk)
    if not form.is_valid():
        messages.error(request, _("Please read the sentence and decide again."))
        return see_other("privacy:review")
    try:
        decide_passage(actor=person, passage=passage, decision=decision, seen=form.cleaned_data["seen"])
    except Conflict as conflict:
        messages.warning(request, str(conflict))
    else:
        messages.success(request, said)
    return see_other("privacy:review")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a request for a correction."""
    person = signed_in(request)
    correction = get_object_or_404(corrections_to_answer(person), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            words = form.cleaned_data["answer"]
            status = attempt(
                form, lambda: answer_correction(actor=person, correction=correction, answer=words)
            )
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("Answered by letter."))
            return see_other("privacy:review")
    group, network = correction.group, correction.network
    leads = coordinators_of(group) if group and not correction.passed_on_at else leads_of(network)
    readers = [str(one) for one in (correction.person, *leads)]
    context = {"form": form, "correction": correction, "readers": list(dict.fromkeys(readers))}
    return private(request, "privacy/answer.html", context, status)
