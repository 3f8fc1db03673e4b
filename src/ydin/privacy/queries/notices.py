"""Who answers for the data of which network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ydin.networks.models import Network
from ydin.networks.rules.texts import Said, best_text
from ydin.privacy.models import Notice


@dataclass(frozen=True)
class Responsible:
    """A network's words on who answers for its data, in the reader's language or the best there is."""

    network: str
    said: Said
    contact: str


def notice_of(network: Network) -> Notice:
    """Return the network's notice; where none was saved, an unsaved empty one."""
    return Notice.objects.filter(network=network).first() or Notice(network=network, version=0)


def responsible_for(networks: Iterable[Network], language: str) -> list[Responsible]:
    """Return who answers for each of the networks that have said it."""
    by_network = {network.pk: network for network in networks}
    found = []
    for notice in Notice.objects.filter(network__in=by_network).order_by("network__name", "pk"):
        network = by_network[notice.network_id]
        texts = {**notice.about_texts, network.default_language: notice.about}
        said = best_text(texts, language, [network.default_language, *network.languages])
        if said or notice.contact:
            found.append(Responsible(network.name, said, notice.contact))
    return found
