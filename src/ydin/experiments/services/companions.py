"""Companies that go along: they follow an experiment, or take part in what their group tries as one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.experiments.models import Companion, Experiment
from ydin.experiments.policies import can_follow
from ydin.experiments.queries import companies_around, part_of
from ydin.experiments.rules.card import Part
from ydin.kernel.errors import NotAllowed
from ydin.networks.models import Enterprise
from ydin.people.models import Person


@transaction.atomic
def go_along(*, actor: Person | None, experiment: Experiment, enterprise: Enterprise) -> Companion:
    """Let a company follow an experiment; where its own group tries it, it takes part.

    Raises:
        NotAllowed: the actor does not act for the company, does not read the card, or it is the company's own.

    """
    _require(actor, experiment, enterprise)
    found, is_new = Companion.objects.get_or_create(
        experiment=experiment,
        enterprise=enterprise,
        defaults={"part": part_of(enterprise, experiment), "person": actor},
    )
    if is_new:
        record(actor=actor, action="experiment.followed", target=experiment, enterprise=enterprise.pk)
    return found


@transaction.atomic
def stay_out(*, actor: Person | None, experiment: Experiment, enterprise: Enterprise) -> None:
    """Let a company go along no longer.

    Raises:
        NotAllowed: as `go_along` says.

    """
    _require(actor, experiment, enterprise)
    gone, _rows = Companion.objects.filter(experiment=experiment, enterprise=enterprise).delete()
    if gone:
        record(actor=actor, action="experiment.unfollowed", target=experiment, enterprise=enterprise.pk)


def set_companions(*, actor: Person | None, experiment: Experiment, chosen: Iterable[int]) -> None:
    """Let exactly these companies of the group go along, by id; companies of elsewhere decide for themselves."""
    around = {pk for pk, _name in companies_around(experiment.group, experiment.enterprise_id)}
    wanted, rows = set(chosen) & around, Companion.objects.filter(experiment=experiment)
    rows.filter(enterprise__in=around - wanted).delete()
    part = Part.JOINS if experiment.enterprise_id is None else Part.FOLLOWS
    known = set(rows.values_list("enterprise", flat=True))
    Companion.objects.bulk_create(
        Companion(experiment=experiment, enterprise_id=pk, part=part, person=actor)
        for pk in sorted(wanted - known)
    )


def _require(actor: Person | None, experiment: Experiment, enterprise: Enterprise) -> None:
    if actor is not None and not can_follow(actor, experiment, enterprise):
        raise NotAllowed(_("A company says itself what it follows."))
