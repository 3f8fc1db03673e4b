"""Letters about experiments. What is tried stands in them for those alone who read the card."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation

from ydin.experiments.documents import outcome, owner_name
from ydin.experiments.models import Experiment
from ydin.kernel.links import make_token
from ydin.meetings.models import Promise
from ydin.outbox.emails import Letter, absolute, compose
from ydin.people.models import Person
from ydin.people.rules import MailKind

LINK = "experiment"
PROMISE_LINK = "promise"


def card_path(experiment: Experiment, person: Person) -> str:
    """Return the page of a card that opens without signing in, as far as the person reads the card."""
    return reverse("experiments:answer", args=[make_token(LINK, experiment.pk, person.pk)])


def promise_path(promise: Promise, person: Person) -> str:
    """Return the empty card of a promise, which opens without signing in for whoever may begin there."""
    return reverse("experiments:from_promise", args=[make_token(PROMISE_LINK, promise.pk, person.pk)])


def nudge(experiment: Experiment, person: Person, which: str) -> Letter:
    """Return the letter that asks one person at half-time ("half") or at the end ("end"), once."""
    return _about(
        f"nudge_{which}",
        experiment,
        person,
        {"experiment": experiment, "company": owner_name(experiment)},
        once=f"{which}:{experiment.pk}:{experiment.starts_on}",
    )


def written_down(experiment: Experiment, person: Person, *, by: Person) -> Letter:
    """Return the letter to a company's person: somebody else wrote down what the company tries."""
    return compose(
        template="experiments/email/written_down",
        person=person,
        context={
            "experiment": experiment,
            "company": owner_name(experiment),
            "by": str(by),
            "link": absolute(card_path(experiment, person)),
        },
        reply_to=by.email,
        thread=f"experiment:{experiment.pk}",
        once=f"experiment:written:{experiment.pk}:{person.pk}",
    )


def copied(copy: Experiment, person: Person, *, reads: bool) -> Letter:
    """Return the letter that somebody tries, too, what the person tried; who, if they read that card."""
    source = copy.copied_from
    assert source is not None
    who = owner_name(copy) if reads else ""
    what = {"tried": source.what, "who": who, "what": copy.what if reads else ""}
    return _about("copied", copy if reads else source, person, what, once=f"copied:{copy.pk}")


def reviewed(copy: Experiment, person: Person, *, reads: bool) -> Letter:
    """Return the letter about what it gave to those who tried it, too; only for those who read that card."""
    assert reads
    with translation.override(person.language):
        came = outcome(copy)
    what = {"who": owner_name(copy), "what": copy.what, "outcome": came, "learned": copy.learned}
    return _about("reviewed", copy, person, what, once=f"reviewed:{copy.pk}")


def _about(name: str, experiment: Experiment, person: Person, what: dict[str, Any], *, once: str) -> Letter:
    """Return a letter that can be turned off, with the link to the experiment's card."""
    return compose(
        template=f"experiments/email/{name}",
        person=person,
        context={**what, "link": absolute(card_path(experiment, person))},
        optional=MailKind.EXPERIMENT,
        thread=f"experiment:{experiment.pk}",
        once=f"experiment:{once}:{person.pk}",
    )
