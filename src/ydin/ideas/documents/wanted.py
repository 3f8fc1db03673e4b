"""What is wanted where, as counts in words that find nobody out."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ydin.ideas.models import KIND_LABELS, TOPIC_LABELS
from ydin.ideas.queries.ideas import group_names, region_names, wanted_cells
from ydin.ideas.rules.counting import told
from ydin.networks.models import Network


@dataclass(frozen=True)
class WantedRow:
    """So many companies of a region want something; the groups that may be named, with their figures."""

    region: str
    about: str
    kind: str
    companies: int
    groups: list[tuple[str, int]]


def wanted_rows(network: Network, language: str) -> list[WantedRow]:
    """Return what the network's companies want, the largest figure first; small cells are left out."""
    regions, groups = region_names(network, language), group_names(network)
    topics = {str(code): label for code, label in TOPIC_LABELS.items()}
    kinds = {str(code): label for code, label in KIND_LABELS.items()}
    return [
        WantedRow(
            region=regions.get(one.region or 0, "") or _("Online"),
            about=str(topics.get(one.topic, _("nothing in particular"))),
            kind=str(kinds[one.kind]),
            companies=one.companies,
            groups=[(groups.get(pk, ""), count) for pk, count in one.groups],
        )
        for one in told(wanted_cells(network))
    ]
