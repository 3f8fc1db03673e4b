"""What the sample companies and groups try, who tries it too, and who goes along."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.db import transaction

from ydin.demo.rules.experiments import GROUP, TRIES, Try
from ydin.demo.services.network import Built, BuiltGroup
from ydin.experiments.models import Experiment, PublicText
from ydin.experiments.rules.card import MoneySource, needs_guard
from ydin.experiments.services.cards import begin_experiment, try_too
from ydin.experiments.services.course import (
    give_up,
    review_experiment,
    say_halfway,
    say_whose_money,
    start_experiment,
)
from ydin.experiments.services.nudges import nudge_all
from ydin.experiments.services.sharing import publish_text, set_audience


@transaction.atomic
def build_experiments(*, actor: None, built: Built) -> dict[str, PublicText]:
    """Build experiments in every state with their copies; return the public texts by the experiment's key."""
    made: dict[str, Experiment] = {}
    texts: dict[str, PublicText] = {}
    for one in TRIES:
        found = _begin(actor, built.groups[one.group], one, made)
        made[one.key] = _run(actor, built, found, one)
        if one.told is not None:
            texts[one.key] = publish_text(
                actor=actor, experiment=found, version=made[one.key].version, told=one.told
            )
    nudge_all(actor=actor)
    return texts


def _begin(actor: None, area: BuiltGroup, one: Try, made: dict[str, Experiment]) -> Experiment:
    company = None if one.company == GROUP else area.members[one.company % len(area.members)]
    author = area.people[company.pk][0] if company else area.coordinator
    along = [area.members[place % len(area.members)].pk for place in one.along]
    card = replace(one.card, peers=along)
    if not one.after:
        return begin_experiment(
            actor=actor,
            enterprise=company,
            group=area.group,
            card=card,
            audience=one.audience,
            author=author,
        )
    found = try_too(
        actor=actor,
        source=made[one.after],
        enterprise=company,
        group=area.group,
        card=card,
        author=author,
    )
    return set_audience(actor=actor, experiment=found, version=found.version, audience=one.audience)


def _run(actor: None, built: Built, found: Experiment, one: Try) -> Experiment:
    if needs_guard(found.kind, found.country, found.money_cents):
        found = say_whose_money(actor=actor, experiment=found, version=found.version, source=MoneySource.OWN)
    if one.began is not None:
        day = built.diary.today - timedelta(days=one.began)
        found = start_experiment(actor=actor, experiment=found, version=found.version, day=day)
    if one.halfway:
        found = say_halfway(actor=actor, experiment=found, version=found.version, words=one.halfway)
    if one.review is not None:
        return review_experiment(actor=actor, experiment=found, version=found.version, review=one.review)
    if one.given_up:
        return give_up(actor=actor, experiment=found, version=found.version, reason=one.given_up)
    return found
