"""A network's side of data rights: who answers for the data, the register, what tonight's run removes."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ydin.kernel.clock import at, today
from ydin.networks.views.setup import load_network, network_tabs
from ydin.people.views.editing import attempt, differences, see_other, signed_in
from ydin.privacy.documents.register import register_by_area
from ydin.privacy.forms import NoticeForm
from ydin.privacy.queries.notices import notice_of, responsible_for
from ydin.privacy.services.notices import change_notice
from ydin.privacy.services.retention import preview_tonight
from ydin.privacy.views.own import private

RUN_AT = time(4, 50)
"""When the nightly run is over, on Finnish clocks in winter and summer."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and save who answers for the network's personal data."""
    network, actor = load_network(request, slug), signed_in(request)

    def form_of(data: Any) -> NoticeForm:
        row = notice_of(network)
        return NoticeForm(
            data,
            languages=network.languages,
            main=network.default_language,
            about=row.about,
            others=row.about_texts,
            initial={"version": row.version, "contact": row.contact},
        )

    form = form_of(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "version": form["version"].value(), "conflict": []}
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            values = {**form.about(), "contact": form.cleaned_data["contact"]}
            version = form.cleaned_data["version"]
            status = attempt(
                form, lambda: change_notice(actor=actor, network=network, version=version, **values)
            )
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("The texts are saved."))
            return see_other("privacy:notice", slug)
        if status == HTTPStatus.CONFLICT:
            typed = {**form.typed(), "contact": form.cleaned_data["contact"]}
            context |= {
                "version": notice_of(network).version,
                "conflict": differences(form, typed, form_of(None).initial),
            }
    context |= {"network": network, "tabs": network_tabs(network, "privacy:notice")}
    return render(request, "privacy/notice.html", context, status=status)


@login_required
@require_safe
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the register of processing activities."""
    network = load_network(request, slug)
    responsible = responsible_for([network], get_language() or "fi")
    context = {"network": network, "areas": register_by_area(), "responsible": responsible}
    return private(request, "privacy/register.html", context)


@login_required
@require_safe
def tonight(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what tonight's run removes: counts and dates, no content."""
    network = load_network(request, slug)
    run = _next_run(network.time_zone)
    found = preview_tonight(actor=signed_in(request), network=network, at=run)
    context = {
        "network": network,
        "due": [one for one in found if one.count],
        "idle": [one for one in found if not one.count],
        "run": run,
    }
    return private(request, "privacy/tonight.html", context)


def _next_run(time_zone: str) -> datetime:
    return at(today(time_zone) + timedelta(days=1), RUN_AT, time_zone)
