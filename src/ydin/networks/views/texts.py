"""What a network says about itself, in its languages side by side."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ydin.networks.forms.texts import AboutForm
from ydin.networks.services.setup_changes import update_network
from ydin.networks.views.setup import load_network, network_tabs
from ydin.people.views.editing import attempt, differences, see_other, signed_in


def about_form(row: Any, data: Any, *, languages: list[str], main: str) -> AboutForm:
    """Return the form of a row that has `about`, `about_texts` and `version`."""
    return AboutForm(
        data,
        languages=languages,
        main=main,
        about=row.about,
        others=row.about_texts,
        initial={"version": row.version},
    )


@login_required
@require_http_methods(["GET", "POST"])
def texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and save the network's own texts."""
    network, actor = load_network(request, slug), signed_in(request)

    def form_of(data: Any) -> AboutForm:
        return about_form(network, data, languages=network.languages, main=network.default_language)

    form = form_of(request.POST or None)
    context: dict[str, Any] = {"form": form, "version": form["version"].value(), "conflict": []}
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            version, values = form.cleaned_data["version"], form.about()
            status = attempt(
                form, lambda: update_network(actor=actor, network=network, version=version, **values)
            )
            if status == HTTPStatus.SEE_OTHER:
                messages.success(request, _("The texts are saved."))
                return see_other("networks:texts", slug)
        if status == HTTPStatus.CONFLICT:
            network.refresh_from_db()
            now = form_of(None).initial
            context |= {"version": network.version, "conflict": differences(form, form.typed(), now)}
    context |= {"network": network, "tabs": network_tabs(network, "networks:texts")}
    return render(request, "networks/setup/texts.html", context, status=status)
