"""Changing what a network is made of. `actor=None` is the system."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.errors import Conflict, Refused
from ydin.networks.models import Network, Organisation, Region, RoleAssignment
from ydin.networks.policies import can_coordinate_network, demand
from ydin.networks.queries import network_coordinators
from ydin.networks.services.setup import check_time_zone, never_began
from ydin.people.models import Person


@transaction.atomic
def update_network(*, actor: Person | None, network: Network, version: int, **values: Any) -> Network:
    """Change the network's name, texts about it, languages, default language, time zone or contact address.

    Raises:
        Conflict: somebody changed them since `version`.

    """
    demand(allowed=actor is None or can_coordinate_network(actor, network))
    if "time_zone" in values:
        check_time_zone(values["time_zone"])
    if values.get("default_language", network.default_language) not in values.get(
        "languages", network.languages
    ):
        raise Refused(_("The default language has to be one of the network's languages."))
    if values.get("default_language", network.default_language) != network.default_language:
        values |= retold(network, values)
    changed = sorted(k for k, v in values.items() if getattr(network, k) != v)
    mine = Network.objects.filter(pk=network.pk, version=version)
    if not mine.update(**values, version=F("version") + 1):
        raise Conflict(_("Somebody else changed these settings while you had them open."))
    network.refresh_from_db()
    record(actor=actor, action="network.changed", target=network, fields=changed)
    return network


def retold(network: Network, values: dict[str, Any]) -> dict[str, Any]:
    """Return the network's texts under a new default language: each stays a text in the language it is in."""
    if values.get("about", network.about) != network.about:
        return {}
    known = {**network.about_texts, network.default_language: network.about}
    about = known.pop(values["default_language"], "")
    return {"about": about, "about_texts": {code: text for code, text in known.items() if text}}


@transaction.atomic
def update_organisation(
    *, actor: Person | None, organisation: Organisation, version: int, name: str, kind: str, website: str
) -> Organisation:
    """Change an organisation's name, kind and website.

    Raises:
        Conflict: somebody changed them since `version`.

    """
    demand(allowed=actor is None or can_coordinate_network(actor, organisation.network))
    mine = Organisation.objects.filter(pk=organisation.pk, version=version)
    try:
        with transaction.atomic():
            moved = mine.update(name=name, kind=kind, website=website, version=F("version") + 1)
    except IntegrityError as error:
        raise Refused(_("The network already has an organisation of this name.")) from error
    if not moved:
        raise Conflict(_("Somebody else changed this organisation while you had it open."))
    organisation.refresh_from_db()
    record(actor=actor, action="organisation.changed", target=organisation)
    return organisation


@transaction.atomic
def update_region(*, actor: Person | None, region: Region, **values: Any) -> Region:
    """Change a region's names, codes or parent; a region never lies inside itself."""
    demand(allowed=actor is None or can_coordinate_network(actor, region.network))
    above = values.get("parent")
    while above is not None:
        if above.pk == region.pk:
            raise Refused(_("A region cannot lie inside itself."))
        above = above.parent
    for name, value in values.items():
        setattr(region, name, value)
    try:
        with transaction.atomic():
            region.save()
    except IntegrityError as error:
        raise Refused(_("The network already has a region with this code.")) from error
    record(actor=actor, action="region.changed", target=region, fields=sorted(values))
    return region


@transaction.atomic
def end_network_role(*, actor: Person | None, assignment: RoleAssignment, last_day: date) -> None:
    """End a network coordinator's time with `last_day`; the only coordinator stays."""
    demand(allowed=actor is None or can_coordinate_network(actor, assignment.network))
    others = network_coordinators(assignment.network).filter(ends_on__isnull=True).exclude(pk=assignment.pk)
    if not others.exists():
        raise Refused(_("A network needs a coordinator. Add another one first."))
    undone = never_began(assignment.starts_on, last_day)
    record(actor=actor, action="role.ended", target=assignment, last_day=last_day.isoformat())
    if undone:
        assignment.delete()
        return
    assignment.ends_on = last_day
    assignment.save(update_fields=["ends_on"])
