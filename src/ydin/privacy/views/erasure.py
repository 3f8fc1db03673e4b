"""Being forgotten: what will happen, the wish, and the way back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ydin.people.views.editing import attempt, see_other, signed_in
from ydin.people.views.links import by_link
from ydin.privacy.documents.register import register
from ydin.privacy.emails import UNDO
from ydin.privacy.forms import ErasureForm
from ydin.privacy.policies import led_by_nobody_else, open_erasure, own_erasure
from ydin.privacy.rules import GRACE
from ydin.privacy.services.erasure import ask_erasure, undo_erasure
from ydin.privacy.views.own import private


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Say what erasure does (GET), and ask for it (POST)."""
    person = signed_in(request)
    form = ErasureForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            status = attempt(form, lambda: ask_erasure(actor=person))
        if status == HTTPStatus.SEE_OTHER:
            return see_other("privacy:erase")
    lines = [{**line, "title": line["own_title"]} for line in register() if line["is_about"]]
    context = {
        "form": form,
        "erasure": open_erasure(person),
        "led": led_by_nobody_else(person),
        "lines": lines,
        "days": GRACE.days,
    }
    return private(request, "privacy/erase.html", context, status)


@login_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take the request back."""
    undo_erasure(actor=signed_in(request))
    messages.success(request, _("Taken back. Everything stays as it was."))
    return see_other("privacy:data")


@require_http_methods(["GET", "HEAD", "POST"])
@by_link(UNDO, own_erasure)
def undo_by_link(request: HttpRequest, token: str, erasure: Any, person: Any) -> HttpResponse:
    """Do the same for the person whom the link in the letter names. Looking changes nothing."""
    del token
    if request.method == "POST":
        undo_erasure(actor=person)
    is_open = open_erasure(person) == erasure
    context = {"erasure": erasure if is_open else None, "was_undone": request.method == "POST"}
    return private(request, "privacy/undo.html", context)
