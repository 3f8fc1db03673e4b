"""Letters that ask at half-time and at the end."""

from __future__ import annotations

from django.db import transaction

from ydin.experiments.emails import nudge
from ydin.experiments.models import Experiment
from ydin.experiments.queries import running_ids
from ydin.experiments.rules.card import Nudge, State, nudge_due
from ydin.kernel.clock import now, today
from ydin.networks.queries import current_representatives
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.people.rules import DEFAULT_TIME_ZONE


def nudge_all(*, actor: Person | None) -> int:
    """Ask about every experiment whose half-time or end has come; returns how many. Each is asked once."""
    return sum(nudge_one(actor=actor, pk=pk) for pk in running_ids())


@transaction.atomic
def nudge_one(*, actor: Person | None, pk: int) -> bool:
    """Ask about one experiment, if a question is due; tell whether a letter was written."""
    rows = Experiment.objects.select_for_update(of=("self",), skip_locked=True)
    found = rows.select_related("enterprise", "group", "author").filter(pk=pk, state=State.RUNNING).first()
    if found is None or found.starts_on is None:
        return False
    zone = found.group.time_zone if found.group else DEFAULT_TIME_ZONE
    half_asked, end_asked = found.half_asked_at is not None, found.end_asked_at is not None
    due = nudge_due(found.starts_on, found.weeks, today(zone), half_asked=half_asked, end_asked=end_asked)
    if due is None:
        return False
    for person in _asked(found):
        post(actor=actor, letter=nudge(found, person, due))
    if due is Nudge.END:
        found.end_asked_at = now()
    else:
        found.half_asked_at = now()
    found.save(update_fields=["half_asked_at", "end_asked_at"])
    return True


def _asked(found: Experiment) -> list[Person]:
    """Return who is asked: the author while they act for the company, else all who do."""
    acting = [acts.person for acts in current_representatives().filter(enterprise=found.enterprise_id)]
    return [person for person in acting if person.pk == found.author_id] or acting
