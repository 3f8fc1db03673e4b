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
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.people.views.editing import attempt, see_other, signed_in
from ydin.privacy.documents.consents import EFFECTS, TEXTS
from ydin.privacy.documents.register import BASIS_WORDS
from ydin.privacy.forms import CorrectionForm
from ydin.privacy.policies import (
    networks_of_person,
    open_erasure,
    visible_consents,
    visible_corrections,
    visible_exports,
)
from ydin.privacy.queries.tables_groups import TABLES
from ydin.privacy.rules import FRESH, ConsentKind, ExportState
from ydin.privacy.services.consents import give_consent, withdraw_consent
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
    response = redirect(
        f"{reverse('account_request_login_code')}?{urlencode({'next': reverse('privacy:data')})}"
    )
    response.status_code = HTTPStatus.SEE_OTHER
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest) -> HttpResponse:
    """Ask for a correction of what one cannot change."""
    person = signed_in(request)
    networks = networks_of_person(person)
    choices = [(network.slug, network.name) for network in networks]
    form = CorrectionForm(request.POST if request.method == "POST" else None, networks=choices)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            network = get_object_or_404(networks, slug=form.cleaned_data["network"])
            words = form.cleaned_data["message"]
            status = attempt(form, lambda: ask_correction(actor=person, network=network, message=words))
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("Sent. A coordinator answers you by letter."))
            return see_other("privacy:data")
    return private(request, "privacy/correction.html", {"form": form, "networks": choices}, status)


@login_required
@require_safe
def consents(request: HttpRequest) -> HttpResponse:
    """Show what one agreed to in each network, and what one could agree to."""
    person = signed_in(request)
    known = list(visible_consents(person))
    rows = []
    for network in networks_of_person(person):
        for kind, text in TEXTS.items():
            given = next(
                (c for c in known if (c.network_id, c.kind, c.withdrawn_at) == (network.pk, kind, None)), None
            )
            rows.append({"network": network, "kind": kind.value, "text": text, "given": given})
    past = [(c, EFFECTS[ConsentKind(c.kind)][1]) for c in known if c.withdrawn_at is not None]
    return private(request, "privacy/consents.html", {"rows": rows, "past": past})


@login_required
@require_POST
def consent_give(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Agree to the text that was shown."""
    person = signed_in(request)
    network = get_object_or_404(networks_of_person(person), slug=slug)
    if kind not in set(ConsentKind):
        raise Http404
    give_consent(actor=person, network=network, kind=ConsentKind(kind), language=get_language() or "fi")
    messages.success(request, _("Noted. You can take it back whenever you like."))
    return see_other("privacy:consents")


@login_required
@require_POST
def consent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a consent back."""
    person = signed_in(request)
    consent = get_object_or_404(visible_consents(person), pk=pk)
    withdraw_consent(actor=person, consent=consent)
    messages.success(request, str(EFFECTS[ConsentKind(consent.kind)][1]))
    return see_other("privacy:consents")
