"""Suggested for you: not relevant, or introduce us; and what one is asked oneself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ydin.kernel.errors import Refused
from ydin.partnerships.documents.suggested import ask_row, suggestion_rows
from ydin.partnerships.policies import visible_asks, visible_dismissals, visible_suggestions
from ydin.partnerships.queries.suggestions import dismissal_of
from ydin.partnerships.rules import Consent
from ydin.partnerships.services.introductions import answer_introduction, ask_introduction
from ydin.partnerships.services.relevance import dismiss_suggestion, take_back_dismissal
from ydin.partnerships.views.base import one_tap
from ydin.people.views.editing import see_other, signed_in
from ydin.people.views.links import by_link

UNPROCESSABLE = 422


def _mine(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(visible_suggestions(request.user), pk=pk)


@login_required
@require_safe
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one suggestion with its reasons and what asking means."""
    return _page(request, _mine(request, pk), signed_in(request), "")


def _page(
    request: HttpRequest, found: Any, person: Any, token: str, *, problem: str = "", status: int = 200
) -> HttpResponse:
    row = suggestion_rows([found], person, get_language() or "", by_link=bool(token))[0]
    said = dismissal_of(person, found)
    here = reverse("partnerships:restore", args=[said.pk]) if said else ""
    context = {
        "row": row,
        "base": row.url,
        "back": "" if token else reverse("partnerships:market"),
        "said": said,
        "restore_url": f"{row.url}restore/" if token else here,
        "problem": problem,
    }
    return render(request, "partnerships/suggestion.html", context, status=status)


@login_required
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a suggestion not relevant."""
    dismiss_suggestion(actor=signed_in(request), suggestion=_mine(request, pk))
    messages.success(request, _("Thank you. Suggestions like this come less often now."))
    return see_other("partnerships:market")


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Let something come again that was called not relevant."""
    said = get_object_or_404(visible_dismissals(request.user), pk=pk)
    take_back_dismissal(actor=signed_in(request), said=said)
    messages.success(request, _("It may be suggested again."))
    return see_other("partnerships:market")


@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to be introduced."""
    person, found = signed_in(request), _mine(request, pk)
    try:
        ask_introduction(actor=person, suggestion=found)
    except Refused as refused:
        return _page(request, found, person, "", problem=str(refused), status=UNPROCESSABLE)
    messages.success(request, _("They are asked now. When both say yes, both get a letter."))
    return see_other("partnerships:market")


def _of_link(person: Any, pk: int) -> Any:
    return visible_suggestions(person).filter(pk=pk).first()


linked = by_link("suggestion", _of_link)


@require_safe
@linked
def suggestion_link(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Show the suggestion of a letter."""
    return _page(request, found, person, token)


@require_POST
@linked
def suggestion_link_ask(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Ask to be introduced, from a letter."""
    try:
        ask_introduction(actor=person, suggestion=found)
    except Refused as refused:
        return _page(request, found, person, token, problem=str(refused), status=UNPROCESSABLE)
    return see_other("partnerships:suggestion_link", token)


suggestion_link_dismiss = one_tap(
    linked,
    "partnerships:suggestion_link",
    lambda person, found: dismiss_suggestion(actor=person, suggestion=found),
)


def _restore(person: Any, found: Any) -> None:
    said = dismissal_of(person, found)
    if said is not None:
        take_back_dismissal(actor=person, said=said)


suggestion_link_restore = one_tap(linked, "partnerships:suggestion_link", _restore)


def _asked_by_link(person: Any, pk: int) -> Any:
    return visible_asks(person).filter(introduction=pk).first()


asked = by_link("introduction", _asked_by_link)


@require_safe
@asked
def consent(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Ask one side whether it would like to be introduced."""
    del person
    return _consent_page(request, token, found)


def _consent_page(
    request: HttpRequest, token: str, found: Any, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {"row": ask_row(found, get_language() or ""), "token": token, "problem": problem}
    return render(request, "partnerships/consent.html", context, status=status)


@require_POST
@asked
def consent_yes(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Say yes."""
    return _answered(request, token, found, person, Consent.YES)


@require_POST
@asked
def consent_no(request: HttpRequest, token: str, found: Any, person: Any) -> HttpResponse:
    """Say no."""
    return _answered(request, token, found, person, Consent.NO)


def _answered(request: HttpRequest, token: str, found: Any, person: Any, answer: str) -> HttpResponse:
    try:
        answer_introduction(actor=person, ask=found, answer=answer)
    except Refused as refused:
        return _consent_page(request, token, found, problem=str(refused), status=UNPROCESSABLE)
    return see_other("partnerships:consent", token)
