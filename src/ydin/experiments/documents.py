"""Cards in words, and a lineage as a drawing with its table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ydin.experiments.queries import country_name, line_of
from ydin.experiments.rules.card import Audience, share_of_goal
from ydin.experiments.rules.tree import GAP, HIGH, WIDE, Drawing, Spot, draw, parents_of

LETTERS = 26
"""So many fit into a box."""


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


def readers_line(experiment: Any) -> str:
    """Return who reads the card, in words."""
    names = {"company": experiment.enterprise.name, "network": experiment.network.name}
    if experiment.audience == Audience.OWN:
        return _("Seen by %(company)s only") % names
    if experiment.audience == Audience.GROUP and experiment.group is not None:
        return _("Seen by the companies of %(group)s and its coordinator") % {"group": experiment.group.name}
    return _("Seen by everybody in %(network)s") % names


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
    after = before.enterprise.name if before else ("" if spot.parent is None else _("not shown to you"))
    if one is None:
        return Node(spot, _("not shown to you"), "", "", "", "", is_here=False, after=after)
    return Node(
        spot,
        one.enterprise.name,
        one.what,
        outcome(one),
        one.verdict or one.state,
        reverse("experiments:card", args=[one.pk]),
        is_here=one.pk == here,
        after=after,
    )
