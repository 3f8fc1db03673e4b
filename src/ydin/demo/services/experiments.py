"""What the sample companies try, who tries it too, and what is told of it to everybody."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from ydin.demo.rules.experiments import ASKED, IN_ENGLISH, IN_SWEDISH, PUBLISHED, TRIES, Try
from ydin.demo.services.network import Built, BuiltGroup
from ydin.experiments.models import Experiment, PublicText
from ydin.experiments.rules.card import MoneySource, needs_guard
from ydin.experiments.services.cards import begin_experiment, try_too
from ydin.experiments.services.course import give_up, review_experiment, say_whose_money, start_experiment
from ydin.experiments.services.nudges import nudge_all
from ydin.experiments.services.sharing import publish_text, set_audience
from ydin.stories.models import Story
from ydin.stories.queries import consents_of
from ydin.stories.services import answer_consent, ask_companies, change_story, draft_story, publish_story


@transaction.atomic
def build_experiments(*, actor: None, built: Built) -> None:
    """Build experiments in every state with their copies and public texts, and two stories."""
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
    _tell(actor, built, texts)


def _begin(actor: None, area: BuiltGroup, one: Try, made: dict[str, Experiment]) -> Experiment:
    company = area.members[one.company % len(area.members)]
    author = area.people[company.pk][0]
    if one.after:
        found = try_too(
            actor=actor,
            source=made[one.after],
            enterprise=company,
            group=area.group,
            card=one.card,
            author=author,
        )
        return set_audience(actor=actor, experiment=found, version=found.version, audience=one.audience)
    return begin_experiment(
        actor=actor,
        enterprise=company,
        group=area.group,
        card=one.card,
        audience=one.audience,
        author=author,
    )


def _run(actor: None, built: Built, found: Experiment, one: Try) -> Experiment:
    if needs_guard(found.kind, found.country, found.money_cents):
        found = say_whose_money(actor=actor, experiment=found, version=found.version, source=MoneySource.OWN)
    if one.began is not None:
        day = built.diary.today - timedelta(days=one.began)
        found = start_experiment(actor=actor, experiment=found, version=found.version, day=day)
    if one.review is not None:
        return review_experiment(actor=actor, experiment=found, version=found.version, review=one.review)
    if one.given_up:
        return give_up(actor=actor, experiment=found, version=found.version, reason=one.given_up)
    return found


def _tell(actor: None, built: Built, texts: dict[str, PublicText]) -> None:
    story = draft_story(actor=actor, text=texts[PUBLISHED], editor=built.national)
    story = change_story(
        actor=actor,
        story=story,
        version=story.version,
        titles={**story.titles, "sv": IN_SWEDISH[PUBLISHED][0], "en": IN_ENGLISH[PUBLISHED][0]},
        texts={**story.texts, "sv": IN_SWEDISH[PUBLISHED][1], "en": IN_ENGLISH[PUBLISHED][1]},
        companies=[consent.enterprise for consent in consents_of(story)],
    )
    _ask(actor, story)
    for consent in consents_of(story):
        answer_consent(actor=actor, consent=consent, version=story.version, agrees=True)
    publish_story(actor=actor, story=story, version=story.version)
    _ask(actor, draft_story(actor=actor, text=texts[ASKED], editor=built.national))


def _ask(actor: None, story: Story) -> None:
    ask_companies(actor=actor, story=story, version=story.version)
