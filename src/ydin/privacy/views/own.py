"""One's own data: what there is, a copy, corrections, consents."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.people.views.editing import attempt, see_other, signed_in
from ydin.privacy.documents.register import BASIS_WORDS
from ydin.privacy.forms import CorrectionForm
from ydin.privacy.policies import (
    open_erasure,
    visible_corrections,
    visible_exports,
    ways_to_ask,
)
from ydin.privacy.queries.tables_groups import TABLES
from ydin.privacy.rules import FRESH, ExportState
from ydin.privacy.services.corrections import ask_correction
from ydin.privacy.services.exports import ask_export, open_export


def private(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Return a page that nothing on the way keeps."""
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show what is kept about the reader, and what they can do about it."""
    person = signed_in(request)
    kept = [(table, BASIS_WORDS[table.basis], table.exported(person).count()) for table in TABLES]
    export = visible_exports(person).defer("content").first()
    context = {
        "kept": [(table, basis, count) for table, basis, count in kept if count],
        "export": export,
        "is_ready": export is not None and export.state == ExportState.READY,
        "erasure": open_erasure(person),
        "corrections": visible_corrections(person).filter(person=person),
    }
    return private(request, "privacy/data.html", context)


@login_required
@require_POST
def export_ask(request: HttpRequest) -> HttpResponse:
    """Begin a copy of everything."""
    ask_export(actor=signed_in(request))
    return see_other("privacy:data")


@login_required
@require_safe
def export_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the copy to somebody who has just shown once more who they are."""
    person = signed_in(request)
    export = get_object_or_404(visible_exports(person).filter(state=ExportState.READY), pk=pk)
    if not _is_fresh(request, person):
        if get_reauthentication_flows(person):
            way = urlencode({"next": request.path})
            return redirect(f"{reverse('account_reauthenticate')}?{way}")
        return redirect("privacy:again")
    response = HttpResponse(open_export(actor=person, export=export), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="ydin-my-data.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _is_fresh(request: HttpRequest, person: Any) -> bool:
    """Tell whether the person signed in, or proved again who they are, within the last minutes."""
    proofs = [record["at"] for record in get_authentication_records(request, person)]
    return bool(proofs) and time.time() - max(proofs) < FRESH.total_seconds()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Say why one must sign in again (GET), and lead there (POST)."""
    if request.method != "POST":
        return private(request, "privacy/again.html", {})
    logout(request)
    return see_other(
        f"{reverse('account_request_login_code')}?{urlencode({'next': reverse('privacy:data')})}"
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest) -> HttpResponse:
    """Ask for a correction of what one cannot change."""
    person = signed_in(request)
    ways = {way.key: way for way in ways_to_ask(person)}
    choices = [(key, _words_of(way)) for key, way in ways.items()]
    form = CorrectionForm(request.POST if request.method == "POST" else None, ways=choices)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            way, words = ways[form.cleaned_data["to"]], form.cleaned_data["message"]
            status = attempt(
                form,
                lambda: ask_correction(actor=person, message=words, network=way.network, group=way.group),
            )
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("Sent. A coordinator answers you by letter."))
            return see_other("privacy:data")
    readers = list(dict.fromkeys(str(one) for way in ways.values() for one in way.people))
    context = {"form": form, "ways": choices, "readers": readers}
    return private(request, "privacy/correction.html", context, status)


def _words_of(way: Any) -> str:
    names = ", ".join(str(person) for person in way.people)
    if way.group:
        return _("The coordinator of %(group)s: %(names)s") % {"group": way.group.name, "names": names}
    return _("The coordinators of the whole network %(network)s: %(names)s") % {
        "network": way.network.name,
        "names": names,
    }
