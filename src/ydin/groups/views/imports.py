"""Bringing companies and their people in: the whole network's, or one group's."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.groups.policies import manageable_groups
from ydin.groups.queries import living_seats
from ydin.groups.services.imports import GroupSeats
from ydin.kernel.errors import Refused
from ydin.networks.forms.imports import FileForm
from ydin.networks.queries import networks_coordinated_by
from ydin.networks.rules.headings import template_file
from ydin.networks.services.imports import PreviewMoved, import_companies, preview_companies
from ydin.networks.services.imports_batches import close_batch, drop_batch, keep_upload, show_again
from ydin.networks.services.imports_preview import ACTIONS, Preview
from ydin.networks.services.imports_words import ACTION_LABELS
from ydin.networks.views.imports import import_steps, load_batch, page_of
from ydin.people.views.editing import see_other, signed_in

KIND = "companies"
LINKED_COMPANIES = 100


def _places(actor: Any) -> tuple[dict[str, tuple[Any, Any]], list[tuple[str, Any]]]:
    """Return {value: (network, group or None)} and the choices of a form."""
    places: dict[str, tuple[Any, Any]] = {}
    choices: list[tuple[str, Any]] = []
    for network in networks_coordinated_by(actor).order_by("name", "pk"):
        places[network.slug] = (network, None)
        choices.append((network.slug, _("%(network)s, no group") % {"network": network.name}))
    for group in manageable_groups(actor).select_related("network").order_by("network__name", "name", "pk"):
        value = f"{group.network.slug}/{group.slug}"
        places[value] = (group.network, group)
        choices.append((value, _("%(group)s: each company gets a seat") % {"group": group.name}))
    return places, choices


@login_required
@require_http_methods(["GET", "POST"])
def companies(request: HttpRequest) -> HttpResponse:
    """Take a table of companies for a network or a group that the reader coordinates."""
    actor = signed_in(request)
    places, choices = _places(actor)
    if not places:
        raise PermissionDenied
    asked = "/".join(filter(None, (request.GET.get("network"), request.GET.get("group"))))
    form = FileForm(request.POST or None, request.FILES or None, choices=choices, initial={"where": asked})
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                return _keep(actor, *places[form.cleaned_data["where"]], form)
            except Refused as error:
                form.add_error("file", str(error))
    context = {"form": form, "steps": import_steps()}
    return render(request, "groups/import/companies.html", context, status=status)


def _keep(actor: Any, network: Any, group: Any, form: FileForm) -> HttpResponse:
    content = form.content()
    seats = GroupSeats(actor=actor, group=group) if group else None
    shown = preview_companies(actor=actor, network=network, content=content, seats=seats)
    batch = keep_upload(
        actor=actor,
        network=network,
        kind=KIND,
        target=group.slug if group else "",
        file_name=form.cleaned_data["file"].name,
        content=content,
        preview=shown.stored(),
    )
    return see_other("groups:import_companies_preview", batch.pk)


@login_required
@require_safe
def companies_template(request: HttpRequest) -> HttpResponse:
    """Give an empty table with the headings in the reader's language."""
    del request
    name, content = template_file(get_language() or "en")
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
@require_safe
def companies_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the file would do, row by row."""
    batch = load_batch(request, KIND, pk)
    if batch.applied_at:
        return see_other("groups:import_companies_done", batch.pk)
    group = _group_of(request, batch)
    if batch.preview:
        return _show(request, batch, Preview.read(batch.preview), group)
    actor = signed_in(request)
    seats = GroupSeats(actor=actor, group=group) if group else None
    shown = preview_companies(actor=actor, network=batch.network, content=bytes(batch.content), seats=seats)
    return _show(request, batch, shown, group)


def _group_of(request: HttpRequest, batch: Any) -> Any:
    """Return the group that gets the seats, None for none; one that the reader has lost is not there."""
    if not batch.target:
        return None
    group = manageable_groups(request.user).filter(network=batch.network, slug=batch.target).first()
    if group is None:
        raise Http404
    return group


def _show(request: HttpRequest, batch: Any, shown: Preview, group: Any, moved: str = "") -> HttpResponse:
    action = request.GET.get("action", "")
    rows = [row for row in shown.rows if action not in ACTIONS or row.action == action]
    counts = [(name, ACTION_LABELS[name], shown.count(name)) for name in ACTIONS]
    tabs = [("?", _("All %(count)s") % {"count": len(shown.rows)}, action not in ACTIONS)]
    tabs += [(f"?action={a}", f"{label} {count}", action == a) for a, label, count in counts if count]
    context = {
        "batch": batch,
        "group": group,
        "shown": shown,
        "digest": shown.digest(),
        "tabs": tabs,
        "page": page_of(request, rows),
        "steps": import_steps(),
        "writes": shown.count("create") + shown.count("change"),
        "seats_after": shown.new_seats + living_seats(group).count() if group else 0,
        "moved": moved,
    }
    status = HTTPStatus.CONFLICT if moved else HTTPStatus.OK
    return render(request, "groups/import/companies_preview.html", context, status=status)


@login_required
@require_POST
def companies_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was shown; when that is not what would happen now, show it again instead."""
    batch = load_batch(request, KIND, pk)
    if batch.applied_at:
        return see_other("groups:import_companies_done", batch.pk)
    actor, group = signed_in(request), _group_of(request, batch)
    try:
        done = import_companies(
            actor=actor,
            network=batch.network,
            content=bytes(batch.content),
            seats=GroupSeats(actor=actor, group=group) if group else None,
            expected=request.POST.get("digest", ""),
        )
    except PreviewMoved as error:
        batch.refresh_from_db()
        if batch.applied_at:
            return see_other("groups:import_companies_done", batch.pk)
        show_again(actor=actor, batch=batch, preview=error.preview.stored())
        return _show(request, batch, error.preview, group, moved=str(error))
    result = {
        "counts": {action: done.preview.count(action) for action in ACTIONS},
        "people": done.preview.people,
        "created": [[e.pk, e.name] for e in done.created[:LINKED_COMPANIES]],
    }
    close_batch(actor=actor, batch=batch, result=result)
    return see_other("groups:import_companies_done", batch.pk)


@login_required
@require_POST
def companies_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget the file."""
    drop_batch(actor=signed_in(request), batch=load_batch(request, KIND, pk))
    return see_other("groups:import_companies")


@login_required
@require_safe
def companies_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what was written, and where to go from here."""
    batch = load_batch(request, KIND, pk)
    if not batch.applied_at:
        return see_other("groups:import_companies_preview", batch.pk)
    counts = [(name, ACTION_LABELS[name], batch.result["counts"][name]) for name in ACTIONS]
    context = {
        "batch": batch,
        "group": _group_of(request, batch),
        "counts": counts,
        "result": batch.result,
        "steps": import_steps(),
    }
    return render(request, "groups/import/companies_done.html", context)
