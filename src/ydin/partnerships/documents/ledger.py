"""Collaborations as the two companies see them, and counts as everybody may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of
from ydin.partnerships.documents.links import confirm_path
from ydin.partnerships.models import TOGETHER_LABELS, Collaboration
from ydin.partnerships.rules import TogetherState, Told
from ydin.partnerships.rules.figures import Figure, until
from ydin.people.models import Person

BADGES = {
    TogetherState.RECORDED: "waiting",
    TogetherState.CONFIRMED: "done",
    TogetherState.DECLINED: "off",
}


@dataclass(frozen=True)
class LedgerRow:
    """A collaboration from one side. `url` is where it is confirmed, if that is still to be done."""

    collaboration: Collaboration
    partner: Enterprise
    badge: str
    seen_by: str
    url: str


def seen_by(collaboration: Collaboration) -> str:
    """Return in words who may know of it once both have said so."""
    if collaboration.told == Told.NETWORK:
        return _("Once confirmed, seen by everybody in %(network)s") % {"network": collaboration.network.name}
    if collaboration.told == Told.GROUP and collaboration.group is not None:
        return _("Once confirmed, seen by the group %(group)s") % {"group": collaboration.group.name}
    return _("Seen by the two companies alone; others see a number without names")


def own_rows(found: Iterable[Collaboration], person: Person) -> list[LedgerRow]:
    """Return the collaborations as the person's companies see them."""
    mine = set(enterprises_of(person).values_list("pk", flat=True))
    return [
        LedgerRow(
            one,
            one.other if one.one_id in mine else one.one,
            BADGES[TogetherState(one.state)],
            seen_by(one),
            confirm_path(one, person) if one.other_id in mine and one.state == TogetherState.RECORDED else "",
        )
        for one in found
    ]


def count_rows(figures: Iterable[Figure], year: int) -> list[tuple[str, int, int]]:
    """Return (kind in words, collaborations, companies) as it was at the end of the year, the largest first."""
    labels = {key.value: str(label) for key, label in TOGETHER_LABELS.items()}
    return [(labels[one.kind], one.number, one.companies) for one in until(figures, year)]


def growth(figures: Iterable[Figure], years: Iterable[int]) -> list[tuple[str, int]]:
    """Return (year, collaborations that may be told until its end) for a chart over time."""
    every = list(figures)
    return [(str(year), sum(one.number for one in until(every, year))) for year in years]
