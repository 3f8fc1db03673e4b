"""Letters about experiments. They carry what is tried, so they go to the company's own people alone."""

from __future__ import annotations

from django.urls import reverse

from ydin.experiments.models import Experiment
from ydin.kernel.links import make_token
from ydin.outbox.emails import Letter, absolute, compose
from ydin.people.models import Person

LINK = "experiment"


def nudge(experiment: Experiment, person: Person, which: str) -> Letter:
    """Return the letter that asks one person at half-time ("half") or at the end ("end"), once."""
    token = make_token(LINK, experiment.pk, person.pk)
    return compose(
        template=f"experiments/email/nudge_{which}",
        person=person,
        context={
            "experiment": experiment,
            "company": experiment.enterprise.name,
            "link": absolute(reverse("experiments:answer", args=[token])),
        },
        thread=f"experiment:{experiment.pk}",
        once=f"experiment:{which}:{experiment.pk}:{experiment.starts_on}:{person.pk}",
    )
