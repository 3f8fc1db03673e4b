"""What the services of experiments share: the row under lock, with the right and the version checked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ydin.experiments.models import Experiment
from ydin.experiments.policies import can_write
from ydin.kernel.errors import Conflict, NotAllowed
from ydin.people.models import Person


def locked(actor: Person | None, experiment: Experiment, version: int | None) -> Experiment:
    """Return the row, locked.

    Raises:
        NotAllowed: the actor neither acts for the company nor wrote the card as its coordinator; or, where a group
            tries it, neither coordinates it nor wrote the card.
        Conflict: somebody changed it since `version` (None: whatever it is now).

    """
    if actor is not None and not can_write(actor, experiment):
        raise NotAllowed(_("An experiment is changed by those who try it."))
    rows = Experiment.objects.select_for_update(of=("self",)).select_related(
        "enterprise", "group", "network", "author"
    )
    held = rows.get(pk=experiment.pk)
    if version is not None and held.version != version:
        raise Conflict(_("Somebody changed this experiment meanwhile. Look at it and try again."))
    return held


def stored(held: Experiment) -> Experiment:
    """Save the row with its next version."""
    held.version += 1
    held.save()
    return held


def concerned(held: Experiment) -> dict[str, int]:
    """Return whom an act on the experiment concerns, for the audit: its company, else its group."""
    if held.enterprise_id is not None:
        return {"enterprise": held.enterprise_id}
    assert held.group_id is not None
    return {"group": held.group_id}


def line(words: str, longest: int = 300) -> str:
    """Return what was typed as one line."""
    return " ".join(words.split())[:longest]
