"""Cards in words, and a lineage as a drawing with its table."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ydin.experiments.queries import companions_of, country_name, line_of, part_of
from ydin.experiments.rules.card import WIDTH, Audience, Part, share_of_goal
from ydin.experiments.rules.tree import GAP, HIGH, WIDE, Drawing, Spot, draw, parents_of
from ydin.groups.documents.seen import seen_by_everybody, seen_inside
from ydin.meetings.documents.audience import seen_in_network
from ydin.networks.queries import current_representatives
from ydin.ui.audience import AudienceChange, Seen

LETTERS = 26
"""So many fit into a box."""
DEEPEST = 4
"""So far a list on a phone is indented."""


def figure(value: Decimal | None, unit: str = "") -> str:
    """Return a number as people write it, with its unit; nothing for None."""
    if value is None:
        return ""
    whole = value == value.to_integral_value()
    text = number_format(value, decimal_pos=0 if whole else 2, use_l10n=True, force_grouping=True)
    return f"{text} {unit}".strip()


def euros(cents: int | None) -> str:
    """Return cents as euros in words of the reader's language."""
    return "" if cents is None else figure(Decimal(cents) / 100, "€")


def owner_name(experiment: Any) -> str:
    """Return who tries it: the company, or the group as one."""
    owner = experiment.enterprise or experiment.group
    return str(owner.name) if owner else ""


def facts(experiment: Any) -> list[tuple[str, str]]:
    """Return what the card says as (label, words), without what is not written."""
    ceilings = [euros(experiment.money_cents), _hours(experiment.hours)]
    rows = [
        (_("What we believe"), experiment.assumption),
        (_("By what we see it"), experiment.measure),
        (_("It is now"), figure(experiment.baseline, experiment.unit)),
        (_("Goal"), figure(experiment.goal, experiment.unit)),
        (_("At most"), " · ".join(one for one in ceilings if one)),
        (_("Country"), country_name(experiment.country) if experiment.country else ""),
        (_("Help"), _help(experiment)),
    ]
    return [(label, words) for label, words in rows if words]


def _hours(hours: int | None) -> str:
    return "" if hours is None else _("%(hours)s hours") % {"hours": hours}


def _help(experiment: Any) -> str:
    if not experiment.helper:
        return str(experiment.helper_words)
    who = str(experiment.get_helper_display())
    return f"{who}: {experiment.helper_words}" if experiment.helper_words else who


def seen(experiment: Any) -> Seen:
    """Return who reads the card, in words and by name."""
    group, company = experiment.group, experiment.enterprise
    if experiment.audience == Audience.OWN and company is not None:
        acting = current_representatives().filter(enterprise=company)
        wrote = [experiment.author] if experiment.author else []
        people = list(dict.fromkeys(str(one) for one in [*(acts.person for acts in acting), *wrote]))
        return Seen(_("Seen by %(company)s only") % {"company": company.name}, people)
    if experiment.audience == Audience.GROUP and group is not None:
        return seen_inside(group)
    words = _("Seen by everybody in %(network)s") % {"network": experiment.network.name}
    return Seen(words, seen_in_network(experiment.network).names)


def audience_change(experiment: Any, audience: str) -> AudienceChange:
    """Return what it means to tell the card to others."""
    then = copy(experiment)
    then.audience = audience
    return AudienceChange(
        what=_("The card of the experiment, and what came of it."),
        before=seen(experiment),
        after=seen(then),
        is_wider=WIDTH[Audience(audience)] > WIDTH[Audience(experiment.audience)],
        answer=audience,
        back=reverse("experiments:card", args=[experiment.pk]),
    )


def text_change(experiment: Any, *, publish: bool) -> AudienceChange:
    """Return what it means to tell everybody in a text of its own, or to take that text down."""
    few, everybody = seen(experiment), seen_by_everybody()
    return AudienceChange(
        what=_("A text about the experiment for everybody. The card itself is then read by the network."),
        before=few if publish else everybody,
        after=everybody if publish else few,
        is_wider=publish,
        answer="everybody" if publish else "network",
        back="" if publish else reverse("experiments:card", args=[experiment.pk]),
    )


@dataclass(frozen=True)
class Along:
    """Who goes along with an experiment, by name, and what the reader's own company may say.

    `company` is the reader's (None: they have none that could); `joins` tells that it would take part.
    """

    taking_part: list[str]
    following: list[str]
    company: Any
    is_along: bool
    joins: bool


def along(experiment: Any, own: Sequence[Any]) -> Along:
    """Return who goes along, for a reader with these companies of their own."""
    rows = companions_of(experiment)
    names: dict[str, list[str]] = {Part.JOINS: [], Part.FOLLOWS: []}
    for one in rows:
        names[one.part].append(one.enterprise.name)
    theirs = {one.enterprise_id for one in rows}
    company = next((one for one in own if one.pk in theirs), next(iter(own), None))
    joins = company is not None and part_of(company, experiment) is Part.JOINS
    is_along = company is not None and company.pk in theirs
    return Along(names[Part.JOINS], names[Part.FOLLOWS], company, is_along, joins)


def outcome(experiment: Any) -> str:
    """Return in a few words what came of an experiment, or how far it is."""
    if experiment.state == "reviewed":
        parts = [figure(experiment.result, experiment.unit), str(experiment.get_verdict_display())]
        return " · ".join(part for part in parts if part)
    return str(experiment.get_state_display())


def towards_goal(experiment: Any) -> str:
    """Return how much of the way to the goal was gone, in words."""
    share = share_of_goal(experiment.baseline, experiment.goal, experiment.result)
    return "" if share is None else _("%(share)s %% of the way to the goal") % {"share": share}


@dataclass(frozen=True)
class Node:
    """One box of the tree. What the reader does not see has no words and no address."""

    spot: Spot
    name: str
    what: str
    outcome: str
    state: str
    url: str
    is_here: bool
    after: str

    @property
    def label(self) -> str:
        """The name, cut to the box."""
        return Truncator(self.name).chars(LETTERS)

    @property
    def depth(self) -> int:
        """How many stand before it, as far as a narrow screen shows it."""
        return min(self.spot.x // (WIDE + GAP), DEEPEST)

    @property
    def short(self) -> str:
        """What came of it, cut to the box."""
        return Truncator(self.outcome).chars(LETTERS + 3)


@dataclass(frozen=True)
class Tree:
    """A lineage: its boxes in the order of the table, and the drawing's size."""

    nodes: list[Node]
    drawing: Drawing
    wide: int = WIDE
    high: int = HIGH
    gap: int = GAP


def tree_of(experiment: Any, visible: Any) -> Tree | None:
    """Return the lineage of an experiment as far as it is `visible`; None when nobody copied it."""
    root = experiment.lineage[0] if experiment.lineage else experiment.pk
    rows = {one.pk: one for one in line_of(visible, root)}
    rows.setdefault(experiment.pk, experiment)
    parents = parents_of({pk: one.lineage for pk, one in rows.items()})
    if len(parents) == 1:
        return None
    drawing = draw(parents)
    return Tree([_node(spot, rows, experiment.pk) for spot in drawing.spots], drawing)


def _node(spot: Spot, rows: dict[int, Any], here: int) -> Node:
    one = rows.get(spot.key)
    before = rows.get(spot.parent or 0)
    after = owner_name(before) if before else ("" if spot.parent is None else _("not shown to you"))
    if one is None:
        return Node(spot, _("not shown to you"), "", "", "", "", is_here=False, after=after)
    return Node(
        spot,
        owner_name(one),
        one.what,
        outcome(one),
        one.verdict or one.state,
        reverse("experiments:card", args=[one.pk]),
        is_here=one.pk == here,
        after=after,
    )
