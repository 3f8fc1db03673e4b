"""Stories of the sample network: of an experiment and of two companies, published; and one that waits."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from ydin.demo.rules.stories import ADDED, ASKED, PUBLISHED, TRANSLATED
from ydin.demo.services.network import Built
from ydin.experiments.models import PublicText
from ydin.partnerships.models import Collaboration
from ydin.partnerships.rules import Together, TogetherState, Told
from ydin.stories.models import Story
from ydin.stories.queries import consents_of
from ydin.stories.services import (
    answer_consent,
    ask_companies,
    change_story,
    draft_from_collaboration,
    draft_story,
    publish_story,
)


@transaction.atomic
def build_stories(*, actor: None, built: Built, texts: Mapping[str, PublicText]) -> None:
    """Build stories from public texts about experiments, by their keys, and from what two companies do together."""
    told = draft_story(actor=actor, text=texts[PUBLISHED], editor=built.national)
    titles = {code: title for code, (title, _text) in TRANSLATED.items()}
    said = {code: text for code, (_title, text) in TRANSLATED.items()}
    _publish(actor, told, {**told.titles, **titles}, {**told.texts, **said})
    known = Collaboration.objects.filter(
        network=built.network, state=TogetherState.CONFIRMED, told=Told.NETWORK
    )
    pair = known.select_related("one", "other", "network", "group").order_by("pk").first()
    if pair is not None:
        drafted = draft_from_collaboration(actor=actor, collaboration=pair, editor=built.national)
        more = ADDED[Together(pair.kind)]
        paragraphs = {code: f"{text}\n\n{more[code]}" for code, text in drafted.texts.items()}
        _publish(actor, drafted, drafted.titles, paragraphs)
    waiting = draft_story(actor=actor, text=texts[ASKED], editor=built.national)
    ask_companies(actor=actor, story=waiting, version=waiting.version)


def _publish(actor: None, story: Story, titles: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Edit a story, and publish it with the yes of each company named."""
    companies = [consent.enterprise for consent in consents_of(story)]
    edited = change_story(
        actor=actor, story=story, version=story.version, titles=titles, texts=texts, companies=companies
    )
    ask_companies(actor=actor, story=edited, version=edited.version)
    for consent in consents_of(edited):
        answer_consent(actor=actor, consent=consent, version=edited.version, agrees=True)
    publish_story(actor=actor, story=edited, version=edited.version)
