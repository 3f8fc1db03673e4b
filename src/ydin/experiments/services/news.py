"""Letters about what others do with an experiment: they try it too, they told what came of it."""

from __future__ import annotations

from django.db import transaction

from ydin.experiments import emails
from ydin.experiments.models import Experiment
from ydin.experiments.policies import can_write, visible_experiments
from ydin.experiments.queries import experiment_by_link, people_behind
from ydin.experiments.rules.card import News, State
from ydin.kernel.acting import acting_as
from ydin.kernel.jobs import defer
from ydin.networks.queries import current_representatives
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.people.policies import unwanted
from ydin.people.rules import MailKind


def defer_news(copy: Experiment, which: str) -> None:
    """Queue the letter to whoever wrote the card that this one was copied from, if it was copied."""
    if copy.copied_from_id is not None:
        defer("experiments.tell", pk=copy.pk, which=which)


@transaction.atomic
def tell_source(*, actor: Person | None, pk: int, which: str) -> int:
    """Tell those behind the card that `pk` was copied from: it is tried too, or what it gave; returns the letters.

    Each is told once. Of a copy that they may not read they hear neither who tries it nor what it gave. Runs as
    the system.
    """
    copy = experiment_by_link(pk)
    if copy is None or copy.copied_from is None:
        return 0
    is_over = which == News.REVIEWED
    if is_over and copy.state != State.REVIEWED:
        return 0
    people = people_behind(copy.copied_from)
    silent = unwanted(people, MailKind.EXPERIMENT)
    letters = 0
    for person in people:
        with acting_as(person.pk):
            reads = visible_experiments(person).filter(pk=pk).exists()
            wrote = can_write(person, copy) if reads else False
        if person.pk in silent or wrote or (is_over and not reads):
            continue
        write = emails.reviewed if is_over else emails.copied
        post(actor=actor, letter=write(copy, person, reads=reads))
        letters += 1
    return letters


def tell_written_down(actor: Person | None, made: Experiment) -> None:
    """Tell a company's people that somebody else wrote down what they try, with the link to go on."""
    if actor is None or made.enterprise_id is None:
        return
    acting = current_representatives().filter(enterprise=made.enterprise_id, person__is_active=True)
    people = [acts.person for acts in acting]
    if actor.pk in {person.pk for person in people}:
        return
    for person in people:
        post(actor=actor, letter=emails.written_down(made, person, by=actor))
