"""The network from above: what is set up, what is missing, and its groups at a glance."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from ydin.groups.forms.groups import NewGroupForm
from ydin.groups.queries import groups_of_network
from ydin.groups.services import create_group
from ydin.networks.queries import municipalities_of, network_coordinators, organisations_of, regions_of
from ydin.networks.views.setup import load_network, network_tabs
from ydin.people.views.editing import attempt, see_other, signed_in


@login_required
@require_GET
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is set up, the first steps while something is missing, and every group's health."""
    found = load_network(request, slug)
    groups = list(groups_of_network(found))
    counts = {
        "groups": len(groups),
        "members": sum(g.members for g in groups),
        "regions": regions_of(found).count(),
        "municipalities": municipalities_of(found).count(),
        "organisations": organisations_of(found).count(),
        "coordinators": network_coordinators(found).count(),
    }
    context = {
        "network": found,
        "tabs": network_tabs(found, "groups:network"),
        "counts": counts,
        "steps": _first_steps(found, counts),
        "rows": [{"group": g, "signs": _signs(g)} for g in groups],
    }
    return render(request, "groups/network.html", context)


def _first_steps(found: Any, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Return the first steps in order, each done or not; nothing once all are done."""
    steps = [
        (bool(found.about), _("Say in two sentences what the network is"), "networks:settings"),
        (counts["municipalities"] > 0, _("Bring in regions and municipalities"), "networks:regions"),
        (
            counts["organisations"] > 0,
            _("Add the organisation that arranges the groups"),
            "networks:organisations",
        ),
        (counts["groups"] > 0, _("Make the first core group"), "groups:group_new"),
        (counts["members"] > 0, _("Give the first companies their seats"), "groups:network"),
    ]
    rows = [
        {"done": done, "words": words, "url": reverse(name, args=[found.slug])} for done, words, name in steps
    ]
    return [] if all(row["done"] for row in rows) else rows


def _signs(group: Any) -> list[tuple[str, str]]:
    """Return what a glance should catch, as (words, kind of badge); calm groups have none."""
    signs = []
    if group.leaders == 0:
        signs.append((_("no coordinator"), "declined"))
    if group.members < group.min_size:
        missing = group.min_size - group.members
        words = ngettext("%(n)d company short", "%(n)d companies short", missing) % {"n": missing}
        signs.append((words, "asked"))
    elif group.members >= group.max_size:
        signs.append((_("full"), "solid"))
    if group.asking:
        words = ngettext("%(n)d asks to visit", "%(n)d ask to visit", group.asking) % {"n": group.asking}
        signs.append((words, "now"))
    return signs


@login_required
@require_http_methods(["GET", "POST"])
def group_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a core group, then go on to its settings."""
    found = load_network(request, slug)
    actor = signed_in(request)
    form = NewGroupForm(
        request.POST or None,
        organisations=organisations_of(found),
        regions=regions_of(found),
        initial={"language": found.default_language},
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            made: list[Any] = []
            values = form.cleaned_data
            status = attempt(form, lambda: made.append(create_group(actor=actor, network=found, **values)))
            if status == HTTPStatus.SEE_OTHER:
                messages.success(request, _("The group is made. Look through its settings."))
                return see_other("groups:settings", made[0].pk)
    context = {
        "network": found,
        "tabs": network_tabs(found, "groups:network"),
        "form": form,
        "has_organisations": organisations_of(found).exists(),
    }
    return render(request, "groups/group_new.html", context, status=status)
