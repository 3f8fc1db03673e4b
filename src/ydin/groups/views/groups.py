"""Settings, coordinators and ground rules of a group."""

from __future__ import annotations

from http import HTTPStatus
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ydin.groups.forms.groups import RulesForm, SettingsForm
from ydin.groups.queries import coordinator_spells, ground_rules_of, groups_of_network
from ydin.groups.rules import default_agenda
from ydin.groups.services import end_coordinator, invite_coordinator, publish_ground_rules, update_group
from ydin.groups.views.shared import group_page, load_group
from ydin.kernel.clock import today
from ydin.networks.forms.setup import TIME_ZONES, InviteForm, LastDayForm
from ydin.networks.queries import organisations_of, regions_of, utc_today
from ydin.people.views.editing import Difference, attempt, differences, see_other, signed_in

FIELDS = (
    "name", "about", "kind", "region", "organisation", "is_open", "visitor_places", "language", "time_zone",
    "min_size", "max_size", "months_off", "weekdays", "evening_start", "evening_end", "reminder_days",
    "records_lateness",
)  # fmt: skip


def _before(group: Any) -> dict[str, Any]:
    values = {name: getattr(group, name) for name in FIELDS}
    return {**values, "neighbours": list(group.neighbours.order_by("name"))}


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and save every setting of the group."""
    group = load_group(request, pk)
    form = SettingsForm(
        request.POST or None,
        choices={
            "region": regions_of(group.network),
            "organisation": organisations_of(group.network),
            "neighbours": groups_of_network(group.network).exclude(pk=group.pk),
        },
        initial={
            **_before(group),
            "agenda": _template_of(group),
            "version": group.version,
        },
    )
    context: dict[str, Any] = {
        "version": form["version"].value(),
        "conflict": [],
        "has_neighbours": groups_of_network(group.network).exclude(pk=group.pk).exists(),
    }
    if request.method == "POST":
        status = _save(request, group, form, context)
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("The settings are saved."))
            return see_other("groups:settings", pk)
        context["status"] = status
    return group_page(
        request,
        "groups/settings.html",
        group,
        "settings",
        form=form,
        time_zones=TIME_ZONES,
        rows=form.rows(),
        **context,
    )


def _save(request: HttpRequest, group: Any, form: SettingsForm, context: dict[str, Any]) -> HTTPStatus:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    actor, values = signed_in(request), form.values()
    version = form.cleaned_data["version"]
    status = attempt(form, lambda: update_group(actor=actor, group=group, version=version, **values))
    if status == HTTPStatus.CONFLICT:
        group.refresh_from_db()
        rows = differences(form, values, _before(group))
        mine, theirs = _agenda(values["agenda_template"]), _agenda(_template_of(group))
        if mine != theirs:
            rows.append(Difference(_("Agenda"), mine, theirs))
        context |= {"version": group.version, "conflict": rows}
    return status


def _template_of(group: Any) -> list[dict[str, Any]]:
    return group.agenda_template or default_agenda(group.language)


def _agenda(rows: list[dict[str, Any]]) -> str:
    return "\n".join(f"{row['minutes']} min {row['title']}" for row in rows)


def _coordinators(request: HttpRequest, group: Any, form: InviteForm, status: HTTPStatus) -> HttpResponse:
    rows = list(coordinator_spells(group))
    context = {"form": form, "rows": rows, "today": utc_today(), "status": status}
    return group_page(request, "groups/coordinators.html", group, "coordinators", **context)


@login_required
@require_GET
def coordinators(request: HttpRequest, pk: int) -> HttpResponse:
    """List the coordinators, with a form to add one."""
    group = load_group(request, pk)
    form = InviteForm(initial={"language": group.language})
    return _coordinators(request, group, form, HTTPStatus.OK)


@login_required
@require_POST
def coordinator_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Make somebody a coordinator of the group, by e-mail address."""
    group = load_group(request, pk)
    actor = signed_in(request)
    form = InviteForm(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        values = form.cleaned_data
        status = attempt(form, lambda: invite_coordinator(actor=actor, group=group, **values))
        if status == HTTPStatus.SEE_OTHER:
            words = _("%(name)s is now a coordinator and got a message.") % {"name": values["name"]}
            messages.success(request, words)
            return see_other("groups:coordinators", pk)
    return _coordinators(request, group, form, status)


@login_required
@require_POST
def coordinator_end(request: HttpRequest, pk: int, spell: int) -> HttpResponse:
    """End a coordinator's time."""
    group = load_group(request, pk)
    actor = signed_in(request)
    row = get_object_or_404(coordinator_spells(group), pk=spell)
    form = LastDayForm(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        status = attempt(form, lambda: end_coordinator(actor=actor, coordinator=row, last_day=last_day))
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("The role ends as you asked."))
            return see_other("groups:coordinators", pk)
    for error in [*form.non_field_errors(), *form["last_day"].errors]:
        messages.error(request, error)
    return _coordinators(request, group, InviteForm(initial={"language": group.language}), status)


@login_required
@require_http_methods(["GET", "POST"])
def ground_rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the versions of the ground rules; a POST writes a new one."""
    group = load_group(request, pk)
    actor = signed_in(request)
    versions = [
        {"number": number, "texts": list(rows)}
        for number, rows in groupby(ground_rules_of(group), key=lambda row: row.number)
    ]
    newest = {f"text_{row.language}": row.text for row in (versions[0]["texts"] if versions else [])}
    form = RulesForm(
        request.POST or None,
        languages=group.network.languages,
        initial={**newest, "valid_from": today(group.time_zone)},
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            texts, day = form.by_language(), form.cleaned_data["valid_from"]
            status = attempt(
                form, lambda: publish_ground_rules(actor=actor, group=group, texts=texts, valid_from=day)
            )
            if status == HTTPStatus.SEE_OTHER:
                messages.success(request, _("The new ground rules are kept; the earlier ones stay below."))
                return see_other("groups:ground_rules", pk)
    context = {"form": form, "versions": versions, "status": status}
    return group_page(request, "groups/ground_rules.html", group, "ground_rules", **context)
