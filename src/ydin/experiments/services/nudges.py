"""Letters that ask at half-time and at the end."""

from __future__ import annotations

from django.db import transaction

from ydin.experiments.emails import nudge
from ydin.experiments.models import Experiment
from ydin.experiments.queries import people_behind, running_ids
from ydin.experiments.rules.card import Nudge, State, nudge_due
from ydin.kernel.clock import now, today
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.people.policies import unwanted
from ydin.people.rules import DEFAULT_TIME_ZONE, MailKind


def nudge_all(*, actor: Person | None) -> int:
    """Ask about every experiment whose half-time or end has come; returns how many. Each is asked once."""
    return sum(nudge_one(actor=actor, pk=pk) for pk in running_ids())


@transaction.atomic
def nudge_one(*, actor: Person | None, pk: int) -> bool:
    """Ask about one experiment, if a question is due; tell whether it was.

    Those who turned letters about experiments off are not written to; the next evening's agenda asks them.
    """
    rows = Experiment.objects.select_for_update(of=("self",), skip_locked=True)
    found = rows.select_related("enterprise", "group", "author").filter(pk=pk, state=State.RUNNING).first()
    if found is None or found.starts_on is None:
        return False
    zone = found.group.time_zone if found.group else DEFAULT_TIME_ZONE
    half_asked = found.half_asked_at is not None or bool(found.halfway)
    end_asked = found.end_asked_at is not None
    due = nudge_due(found.starts_on, found.weeks, today(zone), half_asked=half_asked, end_asked=end_asked)
    if due is None:
        return False
    people = people_behind(found)
    silent = unwanted(people, MailKind.EXPERIMENT)
    for person in people:
        if person.pk not in silent:
            post(actor=actor, letter=nudge(found, person, due))
    if due is Nudge.END:
        found.end_asked_at = now()
    else:
        found.half_asked_at = now()
    found.save(update_fields=["half_asked_at", "end_asked_at"])
    return True
