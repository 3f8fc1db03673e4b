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
        NotAllowed: the actor neither acts for the company nor wrote the card as its coordinator.
        Conflict: somebody changed it since `version` (None: whatever it is now).

    """
    rows = Experiment.objects.select_for_update(of=("self",)).select_related("enterprise", "group", "network")
    held = rows.get(pk=experiment.pk)
    if actor is not None and not can_write(actor, held):
        raise NotAllowed(_("An experiment is changed by the company that does it."))
    if version is not None and held.version != version:
        raise Conflict(_("Somebody changed this experiment meanwhile. Look at it and try again."))
    return held


def stored(held: Experiment) -> Experiment:
    """Save the row with its next version."""
    held.version += 1
    held.save()
    return held


def line(words: str, longest: int = 300) -> str:
    """Return what was typed as one line."""
    return " ".join(words.split())[:longest]
