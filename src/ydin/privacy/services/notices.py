"""Who answers for a network's personal data."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.errors import Conflict, NotAllowed
from ydin.networks.models import Network
from ydin.networks.policies import can_coordinate_network
from ydin.people.models import Person
from ydin.privacy.models import Notice
from ydin.privacy.queries.notices import notice_of


@transaction.atomic
def change_notice(
    *, actor: Person, network: Network, version: int, about: str, about_texts: dict[str, Any], contact: str
) -> None:
    """Write who the joint controllers are, in the network's languages, and where questions go.

    Raises:
        NotAllowed: the actor does not coordinate the network.
        Conflict: somebody else changed it meanwhile.

    """
    if not can_coordinate_network(actor, network):
        raise NotAllowed(_("This is not yours to change."))
    Network.objects.select_for_update(of=("self",)).get(pk=network.pk)
    if notice_of(network).version != version:
        raise Conflict(_("Somebody else changed this while you had it open."))
    values = {"about": about, "about_texts": about_texts, "contact": contact, "version": version + 1}
    Notice.objects.update_or_create(network=network, defaults=values)
    record(actor=actor, action="network.notice_changed", target=network)
