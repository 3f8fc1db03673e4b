"""Bringing municipalities in, and what every import has in common: a file, a look at it, a yes."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ydin.kernel.errors import Refused
from ydin.networks.forms.imports import FileForm
from ydin.networks.policies import visible_batches
from ydin.networks.queries import networks_coordinated_by
from ydin.networks.services.imports_batches import (
    close_batch,
    drop_batch,
    keep_upload,
    show_again,
)
from ydin.networks.services.imports_municipalities import import_municipalities, preview_municipalities
from ydin.people.views.editing import see_other, signed_in

KIND = "municipalities"
ROWS_A_PAGE = 50


def import_steps() -> list[str]:
    """Return the names of the three pages of an import."""
    return [_("The file"), _("What will happen"), _("Done")]


def load_batch(request: HttpRequest, kind: str, pk: int) -> Any:
    """Return the reader's own upload; anybody else's is not there."""
    return get_object_or_404(visible_batches(request.user), pk=pk, kind=kind)


def page_of(request: HttpRequest, rows: Any) -> Any:
    """Return the page of rows that the address asks for, the nearest one if there is none such."""
    return Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))


@login_required
def municipalities(request: HttpRequest) -> HttpResponse:
    """Take a table of municipalities for a network that the reader coordinates."""
    actor = signed_in(request)
    networks = {n.slug: n for n in networks_coordinated_by(actor).order_by("name", "pk")}
    if not networks:
        raise PermissionDenied
    form = FileForm(
        request.POST or None,
        request.FILES or None,
        choices=[(slug, n.name) for slug, n in networks.items()],
        initial={"where": request.GET.get("network", "")},
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                return _keep(actor, networks[form.cleaned_data["where"]], form)
            except Refused as error:
                form.add_error("file", str(error))
    context = {"form": form, "steps": import_steps()}
    return render(request, "networks/import/municipalities.html", context, status=status)


def _keep(actor: Any, network: Any, form: FileForm) -> HttpResponse:
    content = form.content()
    shown = preview_municipalities(actor=actor, network=network, content=content)
    batch = keep_upload(
        actor=actor,
        network=network,
        kind=KIND,
        file_name=form.cleaned_data["file"].name,
        content=content,
        preview=shown.public(),
    )
    return see_other("networks:import_municipalities_preview", batch.pk)


@login_required
@require_safe
def municipalities_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the table would change."""
    batch = load_batch(request, KIND, pk)
    if batch.applied_at:
        return see_other("networks:import_municipalities_done", batch.pk)
    return _show(request, batch, moved=False)


def _show(request: HttpRequest, batch: Any, *, moved: bool) -> HttpResponse:
    shown = preview_municipalities(
        actor=signed_in(request), network=batch.network, content=bytes(batch.content)
    )
    context = {
        "batch": batch,
        "shown": shown.public(),
        "page": page_of(request, shown.changes),
        "steps": import_steps(),
        "moved": moved,
    }
    status = HTTPStatus.CONFLICT if moved else HTTPStatus.OK
    return render(request, "networks/import/municipalities_preview.html", context, status=status)


@login_required
@require_POST
def municipalities_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the table, unless the network has changed since it was shown."""
    batch = load_batch(request, KIND, pk)
    actor = signed_in(request)
    if not batch.applied_at:
        content = bytes(batch.content)
        now = preview_municipalities(actor=actor, network=batch.network, content=content).public()
        if _counts(now) != _counts(batch.preview):
            show_again(actor=actor, batch=batch, preview=now)
            return _show(request, batch, moved=True)
        done = import_municipalities(actor=actor, network=batch.network, content=content)
        close_batch(actor=actor, batch=batch, result=done.public())
    return see_other("networks:import_municipalities_done", batch.pk)


def _counts(shown: dict[str, Any]) -> dict[str, int]:
    return {key: value for key, value in shown.items() if isinstance(value, int)}


@login_required
@require_POST
def municipalities_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget the file."""
    drop_batch(actor=signed_in(request), batch=load_batch(request, KIND, pk))
    return see_other("networks:import_municipalities")


@login_required
@require_safe
def municipalities_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what was written."""
    batch = load_batch(request, KIND, pk)
    if not batch.applied_at:
        return see_other("networks:import_municipalities_preview", batch.pk)
    context = {"batch": batch, "result": batch.result, "steps": import_steps()}
    return render(request, "networks/import/municipalities_done.html", context)
