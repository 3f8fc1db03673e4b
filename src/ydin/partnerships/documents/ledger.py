"""Collaborations as the two companies see them, and counts as everybody may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ydin.groups.documents.seen import seen_inside_each
from ydin.meetings.documents.audience import seen_in_network
from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of
from ydin.partnerships.documents.audience import seen_pair
from ydin.partnerships.documents.links import confirm_path
from ydin.partnerships.models import TOGETHER_LABELS, Collaboration
from ydin.partnerships.rules import TogetherState, Told
from ydin.partnerships.rules.figures import Figure, until
from ydin.people.models import Person
from ydin.ui.audience import Seen

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
    seen: Seen
    url: str


def seen_each(found: Sequence[Collaboration]) -> list[Seen]:
    """Return who may know of each once both have said so; with few queries however many they are."""
    told = {one.group_id: one.group for one in found if one.told == Told.GROUP and one.group is not None}
    inside = seen_inside_each(told.values())
    wide = {one.network_id: one.network for one in found if one.told == Told.NETWORK}
    around = {pk: seen_in_network(network).names for pk, network in wide.items()}
    return [_seen(one, inside, around) for one in found]


def _seen(one: Collaboration, inside: Mapping[int, Seen], around: Mapping[int, Sequence[str]]) -> Seen:
    pair = [one.one.name, one.other.name]
    if one.told == Told.NETWORK:
        words = _("Once confirmed, seen by everybody in %(network)s") % {"network": one.network.name}
        return Seen(words, _once([*pair, *around[one.network_id]]))
    if one.told == Told.GROUP and one.group is not None:
        words = _("Once confirmed, seen by the group %(group)s") % {"group": one.group.name}
        return Seen(words, _once([*pair, *inside[one.group.pk].names]))
    return seen_pair(pair)


def _once(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))


def own_rows(found: Iterable[Collaboration], person: Person) -> list[LedgerRow]:
    """Return the collaborations as the person's companies see them."""
    rows = list(found)
    mine = set(enterprises_of(person).values_list("pk", flat=True))
    return [
        LedgerRow(
            one,
            one.other if one.one_id in mine else one.one,
            BADGES[TogetherState(one.state)],
            seen,
            confirm_path(one, person) if one.other_id in mine and one.state == TogetherState.RECORDED else "",
        )
        for one, seen in zip(rows, seen_each(rows), strict=True)
    ]


def count_rows(figures: Iterable[Figure], year: int) -> list[tuple[str, int, int]]:
    """Return (kind in words, collaborations, companies) as it was at the end of the year, the largest first."""
    labels = {key.value: str(label) for key, label in TOGETHER_LABELS.items()}
    return [(labels[one.kind], one.number, one.companies) for one in until(figures, year)]


def growth(figures: Iterable[Figure], years: Iterable[int]) -> list[tuple[str, int]]:
    """Return (year, collaborations that may be told until its end) for a chart over time."""
    every = list(figures)
    return [(str(year), sum(one.number for one in until(every, year))) for year in years]
