"""Setting up a network, for its coordinators."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ydin.networks.forms.setup import (
    TIME_ZONES,
    InviteForm,
    LastDayForm,
    NetworkForm,
    OrganisationFields,
    OrganisationForm,
    RegionForm,
)
from ydin.networks.policies import can_coordinate_network, known_networks
from ydin.networks.queries import (
    municipalities_of,
    network_coordinators,
    organisations_of,
    regions_of,
    utc_today,
)
from ydin.networks.rules import RegionLevel
from ydin.networks.services.setup import create_organisation, create_region, invite_network_coordinator
from ydin.networks.services.setup_changes import (
    end_network_role,
    update_network,
    update_organisation,
    update_region,
)
from ydin.people.views.editing import attempt, differences, see_other, signed_in

NETWORK_FIELDS = ("name", "about", "languages", "default_language", "time_zone", "contact_email")
REGION_FIELDS = ("level", "parent", "name_fi", "name_sv", "name_en", "code", "nuts_code", "nuts_version")
ORGANISATION_FIELDS = ("name", "kind", "website")


def load_network(request: HttpRequest, slug: str) -> Any:
    """Return the network that the reader coordinates: 404 for a stranger to it, 403 for its other people."""
    network = get_object_or_404(known_networks(signed_in(request)), slug=slug)
    if not can_coordinate_network(signed_in(request), network):
        raise PermissionDenied
    return network


def network_tabs(network: Any, current: str) -> list[tuple[str, str, bool]]:
    """Return the pages of a network's set-up as tabs; `current` is the name of the address."""
    pages = [
        ("groups:network", _("Overview")),
        ("networks:settings", _("Settings")),
        ("networks:texts", _("Texts")),
        ("networks:regions", _("Regions")),
        ("networks:organisations", _("Organisations")),
        ("networks:coordinators", _("Coordinators")),
        ("networks:outsiders", _("From outside")),
        ("access:network", _("Signing in")),
        ("privacy:notice", _("Personal data")),
    ]
    return [(reverse(name, args=[network.slug]), label, name == current) for name, label in pages]


def _page(request: HttpRequest, template: str, network: Any, current: str, **context: Any) -> HttpResponse:
    status = context.pop("status", HTTPStatus.OK)
    full = {"network": network, "tabs": network_tabs(network, f"networks:{current}"), **context}
    return render(request, template, full, status=status)


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and save the network's settings."""
    network = load_network(request, slug)
    actor = signed_in(request)
    before = _values(network, NETWORK_FIELDS)
    form = NetworkForm(request.POST or None, initial={**before, "version": network.version})
    context: dict[str, Any] = {"form": form, "version": form["version"].value(), "time_zones": TIME_ZONES}
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            version, values = form.cleaned_data["version"], form.values()
            status = attempt(
                form, lambda: update_network(actor=actor, network=network, version=version, **values)
            )
            if status == HTTPStatus.SEE_OTHER:
                messages.success(request, _("The settings are saved."))
                return see_other("networks:settings", slug)
            if status == HTTPStatus.CONFLICT:
                network.refresh_from_db()
                before = _values(network, NETWORK_FIELDS)
                context |= {"version": network.version, "conflict": differences(form, values, before)}
        context["status"] = status
    return _page(request, "networks/setup/settings.html", network, "settings", **{"conflict": [], **context})


@login_required
@require_GET
def regions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the region tree."""
    network = load_network(request, slug)
    counts: dict[int, int] = {}
    for place in municipalities_of(network).values_list("sub_region_id", flat=True):
        counts[place] = counts.get(place, 0) + 1
    rows = _tree(list(regions_of(network)), counts)
    context = {
        "rows": rows,
        "municipalities": sum(counts.values()),
        "import_url": reverse("networks:import_municipalities"),
    }
    return _page(request, "networks/setup/regions.html", network, "regions", **context)


def _tree(found: list[Any], counts: dict[int, int]) -> list[dict[str, Any]]:
    """Return the regions with their depth, parents before their children."""
    children: dict[int | None, list[Any]] = {}
    for region in found:
        children.setdefault(region.parent_id, []).append(region)
    rows: list[dict[str, Any]] = []
    waiting = [(region, 0) for region in reversed(children.get(None, []))]
    while waiting:
        region, depth = waiting.pop()
        rows.append({"region": region, "depth": depth, "municipalities": counts.get(region.pk, 0)})
        waiting += [(child, depth + 1) for child in reversed(children.get(region.pk, []))]
    return rows


@login_required
@require_http_methods(["GET", "POST"])
def region_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a region."""
    network = load_network(request, slug)
    actor = signed_in(request)
    form = RegionForm(
        request.POST or None, regions=regions_of(network), initial={"level": RegionLevel.SUB_REGION}
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            values = form.cleaned_data
            status = attempt(form, lambda: create_region(actor=actor, network=network, **values))
            if status == HTTPStatus.SEE_OTHER:
                messages.success(request, _("%(name)s is added.") % {"name": values["name_fi"]})
                return see_other("networks:regions", slug)
    return _page(
        request, "networks/setup/region.html", network, "regions", form=form, region=None, status=status
    )


@login_required
@require_http_methods(["GET", "POST"])
def region(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a region."""
    network = load_network(request, slug)
    actor = signed_in(request)
    known = regions_of(network)
    row = get_object_or_404(known, pk=pk)
    form = RegionForm(request.POST or None, regions=known.exclude(pk=pk), initial=_values(row, REGION_FIELDS))
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            values = form.cleaned_data
            status = attempt(form, lambda: update_region(actor=actor, region=row, **values))
            if status == HTTPStatus.SEE_OTHER:
                messages.success(request, _("Saved."))
                return see_other("networks:regions", slug)
    return _page(
        request, "networks/setup/region.html", network, "regions", form=form, region=row, status=status
    )


@login_required
@require_GET
def organisations(request: HttpRequest, slug: str) -> HttpResponse:
    """List the organisations."""
    network = load_network(request, slug)
    rows = list(organisations_of(network))
    return _page(request, "networks/setup/organisations.html", network, "organisations", rows=rows)


@login_required
@require_http_methods(["GET", "POST"])
def organisation_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add an organisation."""
    network = load_network(request, slug)
    actor = signed_in(request)
    form = OrganisationFields(request.POST or None, initial={"kind": "development_company"})
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            values = form.cleaned_data
            status = attempt(form, lambda: create_organisation(actor=actor, network=network, **values))
            if status == HTTPStatus.SEE_OTHER:
                messages.success(request, _("%(name)s is added.") % {"name": values["name"]})
                return see_other("networks:organisations", slug)
    context: dict[str, Any] = {
        "form": form,
        "organisation": None,
        "version": "",
        "conflict": [],
        "status": status,
    }
    return _page(request, "networks/setup/organisation.html", network, "organisations", **context)


@login_required
@require_http_methods(["GET", "POST"])
def organisation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change an organisation."""
    network = load_network(request, slug)
    actor = signed_in(request)
    row = get_object_or_404(organisations_of(network).select_related("network"), pk=pk)
    before = _values(row, ORGANISATION_FIELDS)
    form = OrganisationForm(request.POST or None, initial={**before, "version": row.version})
    context: dict[str, Any] = {"form": form, "organisation": row, "version": form["version"].value()}
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            version, values = form.cleaned_data["version"], form.values()
            status = attempt(
                form, lambda: update_organisation(actor=actor, organisation=row, version=version, **values)
            )
            if status == HTTPStatus.SEE_OTHER:
                messages.success(request, _("Saved."))
                return see_other("networks:organisations", slug)
            if status == HTTPStatus.CONFLICT:
                row.refresh_from_db()
                before = _values(row, ORGANISATION_FIELDS)
                context |= {"version": row.version, "conflict": differences(form, values, before)}
        context["status"] = status
    return _page(
        request, "networks/setup/organisation.html", network, "organisations", **{"conflict": [], **context}
    )


def _coordinators(request: HttpRequest, network: Any, form: InviteForm, status: HTTPStatus) -> HttpResponse:
    rows = list(network_coordinators(network))
    end_form = LastDayForm(initial={"last_day": utc_today()})
    context = {"form": form, "rows": rows, "end_form": end_form, "status": status}
    return _page(request, "networks/setup/coordinators.html", network, "coordinators", **context)


@login_required
@require_GET
def coordinators(request: HttpRequest, slug: str) -> HttpResponse:
    """List the network's coordinators, with a form to add one."""
    network = load_network(request, slug)
    form = InviteForm(initial={"language": network.default_language})
    return _coordinators(request, network, form, HTTPStatus.OK)


@login_required
@require_POST
def coordinator_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Make somebody a coordinator of the network, by e-mail address."""
    network = load_network(request, slug)
    actor = signed_in(request)
    form = InviteForm(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        values = form.cleaned_data
        status = attempt(form, lambda: invite_network_coordinator(actor=actor, network=network, **values))
        if status == HTTPStatus.SEE_OTHER:
            messages.success(
                request, _("%(name)s is now a coordinator and got a message.") % {"name": values["name"]}
            )
            return see_other("networks:coordinators", slug)
    return _coordinators(request, network, form, status)


@login_required
@require_POST
def coordinator_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End a coordinator's time."""
    network = load_network(request, slug)
    actor = signed_in(request)
    row = get_object_or_404(network_coordinators(network).select_related("network"), pk=pk)
    form = LastDayForm(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        status = attempt(form, lambda: end_network_role(actor=actor, assignment=row, last_day=last_day))
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("The role ends as you asked."))
            return see_other("networks:coordinators", slug)
    for error in [*form.non_field_errors(), *form["last_day"].errors]:
        messages.error(request, error)
    blank = InviteForm(initial={"language": network.default_language})
    return _coordinators(request, network, blank, status)
