"""An experiment runs its course: money is settled, it starts, is looked at half-way, reviewed or given up."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.experiments.models import Experiment
from ydin.experiments.rules.card import MoneySource, News, Review, State, Verdict, end_on, needs_guard
from ydin.experiments.services.cards_base import concerned, line, locked, stored
from ydin.experiments.services.news import defer_news
from ydin.kernel.clock import now, today
from ydin.kernel.errors import Refused
from ydin.people.models import Person
from ydin.people.rules import DEFAULT_TIME_ZONE


@transaction.atomic
def say_whose_money(
    *, actor: Person | None, experiment: Experiment, version: int, source: str, words: str = ""
) -> Experiment:
    """Record that it was read why public aid must not pay, and whose money pays instead.

    Raises:
        NotAllowed, Conflict: as `locked` says.
        Refused: no source was chosen, or another one is not named.

    """
    held = locked(actor, experiment, version)
    if source not in {MoneySource.OWN, MoneySource.OTHER}:
        raise Refused(_("Say whose money pays for this."))
    if source == MoneySource.OTHER and not words.strip():
        raise Refused(_("Write whose money it is."))
    held.money_source, held.money_words = source, line(words)
    held.money_said_by, held.money_said_at = actor, now()
    record(
        actor=actor,
        action="experiment.money_said",
        target=held,
        source=source,
        cents=held.money_cents,
        **concerned(held),
    )
    return stored(held)


def waits_for_money(experiment: Experiment) -> bool:
    """Tell whether it has money that public aid must not pay, and nobody has said whose it is."""
    guarded = needs_guard(experiment.kind, experiment.country, experiment.money_cents)
    return guarded and not experiment.money_said_at


def is_over(experiment: Experiment) -> bool:
    """Tell whether its time has run out, reviewed or not."""
    zone = experiment.group.time_zone if experiment.group else DEFAULT_TIME_ZONE
    return experiment.ends_on is not None and experiment.ends_on <= today(zone)


@transaction.atomic
def start_experiment(
    *, actor: Person | None, experiment: Experiment, version: int, day: date | None = None
) -> Experiment:
    """Begin, today or on the day given.

    Raises:
        NotAllowed, Conflict: as `locked` says.
        Refused: it is not planned, or it is not said whose money pays for going abroad.

    """
    held = locked(actor, experiment, version)
    if held.state != State.PLANNED:
        raise Refused(_("This experiment has begun already."))
    if waits_for_money(held):
        raise Refused(_("First say whose money pays for this. Public aid must not."))
    zone = held.group.time_zone if held.group else DEFAULT_TIME_ZONE
    held.state, held.starts_on = State.RUNNING, day or today(zone)
    held.ends_on = end_on(held.starts_on, held.weeks)
    record(actor=actor, action="experiment.started", target=held, **concerned(held))
    return stored(held)


@transaction.atomic
def say_halfway(*, actor: Person | None, experiment: Experiment, version: int, words: str) -> Experiment:
    """Note how it goes at half-time.

    Raises:
        NotAllowed, Conflict: as `locked` says.
        Refused: it is not being tried, or nothing was written.

    """
    held = locked(actor, experiment, version)
    if held.state != State.RUNNING:
        raise Refused(_("This experiment is not being tried just now."))
    if not words.strip():
        raise Refused(_("Write how it goes, a few words are enough."))
    held.halfway, held.halfway_at = line(words), now()
    record(actor=actor, action="experiment.halfway", target=held, **concerned(held))
    return stored(held)


@transaction.atomic
def review_experiment(
    *, actor: Person | None, experiment: Experiment, version: int, review: Review
) -> Experiment:
    """Say what came of it and what is done with it. A review can be corrected later.

    Raises:
        NotAllowed, Conflict: as `locked` says.
        Refused: it was never begun or was given up, or keep, change or drop was not chosen.

    """
    held = locked(actor, experiment, version)
    if held.state not in {State.RUNNING, State.REVIEWED}:
        raise Refused(_("Only what was tried can be reviewed."))
    if review.verdict not in set(Verdict):
        raise Refused(_("Choose: keep it, change it, or drop it."))
    held.state, held.verdict, held.result = State.REVIEWED, review.verdict, review.result
    held.happened, held.learned = review.happened.strip(), review.learned.strip()
    held.closed_at = held.closed_at or now()
    record(
        actor=actor,
        action="experiment.reviewed",
        target=held,
        verdict=review.verdict,
        **concerned(held),
    )
    defer_news(held, News.REVIEWED)
    return stored(held)


@transaction.atomic
def give_up(*, actor: Person | None, experiment: Experiment, version: int, reason: str) -> Experiment:
    """Give it up before its end, with the reason.

    Raises:
        NotAllowed, Conflict: as `locked` says.
        Refused: it is over already, or no reason was written.

    """
    held = locked(actor, experiment, version)
    if held.state not in {State.PLANNED, State.RUNNING}:
        raise Refused(_("This experiment is over already."))
    if not reason.strip():
        raise Refused(_("Write why. The next one learns from it."))
    held.state, held.reason, held.closed_at = State.ABANDONED, line(reason), now()
    record(actor=actor, action="experiment.abandoned", target=held, **concerned(held))
    return stored(held)
