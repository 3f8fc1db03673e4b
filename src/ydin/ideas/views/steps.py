"""What becomes of an idea: taken up, answered, parked, closed. Each page by sign-in or by personal link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ydin.ideas.forms import AnswerForm, ParkForm
from ydin.ideas.rules.states import Act
from ydin.ideas.services import steps
from ydin.ideas.views.base import SEE_OTHER, Desk, require
from ydin.ideas.views.ideas import page_of
from ydin.people.views.editing import attempt, see_other, tap


def take_up(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take it up."""
    require(desk, Act.TAKE_UP)
    return tap(
        request,
        lambda: steps.take_up(actor=desk.person, idea=desk.idea),
        _("You have taken it up. Those who asked see your name; write the answer here when you have it."),
        desk.url(),
    )


def release(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Give it back."""
    require(desk, Act.RELEASE)
    return tap(
        request,
        lambda: steps.release(actor=desk.person, idea=desk.idea),
        _("It is open for others again."),
        desk.url(),
    )


def answer(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Answer those who asked."""
    require(desk, Act.ANSWER)
    form = AnswerForm(request.POST)
    status = attempt(form, lambda: steps.answer_idea(actor=desk.person, idea=desk.idea, **form.cleaned_data))
    if status != SEE_OTHER:
        return page_of(request, desk, status=status, answer_form=form)
    messages.success(request, _("Thank you. Those who asked get your answer by letter."))
    return see_other(desk.url())


def park(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Put it aside with the reason."""
    require(desk, Act.PARK)
    form = ParkForm(request.POST)
    status = attempt(form, lambda: steps.park(actor=desk.person, idea=desk.idea, **form.cleaned_data))
    if status != SEE_OTHER:
        return page_of(request, desk, status=status, park_form=form)
    messages.success(request, _("It is put aside. Those who asked read why."))
    return see_other(desk.url())


def reopen(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Bring it back."""
    require(desk, Act.REOPEN)
    return tap(request, lambda: steps.reopen(actor=desk.person, idea=desk.idea), _("It is back."), desk.url())


def close(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Close an idea of one's own company."""
    require(desk, Act.CLOSE)
    return tap(
        request,
        lambda: steps.close(actor=desk.person, idea=desk.idea),
        _("It is closed. You can open it again."),
        desk.url(),
    )
