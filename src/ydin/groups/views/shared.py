"""What the pages of a group's set-up have in common."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ydin.groups.policies import can_manage, inside_or_managed
from ydin.people.views.editing import signed_in


def load_group(request: HttpRequest, pk: int) -> Any:
    """Return the group that the reader sets up: 404 for those outside it, 403 for its members."""
    person = signed_in(request)
    known = inside_or_managed(person).select_related("network", "organisation", "region")
    group = get_object_or_404(known, pk=pk)
    if not can_manage(person, group):
        raise PermissionDenied
    return group


def group_tabs(group: Any, current: str) -> list[tuple[str, str, bool]]:
    """Return the pages of a group's set-up as tabs."""
    pages = [
        ("seats", _("Seats")),
        ("applications", _("Who asks to visit")),
        ("public_page", _("Public page")),
        ("settings", _("Settings")),
        ("ground_rules", _("Ground rules")),
        ("coordinators", _("Coordinators")),
    ]
    return [(reverse(f"groups:{name}", args=[group.pk]), label, name == current) for name, label in pages]


def group_page(request: HttpRequest, template: str, group: Any, current: str, **context: Any) -> HttpResponse:
    """Answer with a page of the group's set-up; `status` in the context is the answer's."""
    status = context.pop("status", HTTPStatus.OK)
    full = {"group": group, "tabs": group_tabs(group, current), **context}
    return render(request, template, full, status=status)
