"""Reusable querysets of stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from ydin.experiments.models import Experiment, PublicText
from ydin.experiments.queries import companions_of, public_texts
from ydin.experiments.rules.card import Part
from ydin.networks.models import Enterprise, Network
from ydin.networks.queries import during, enterprises_of, network_coordinators, utc_today
from ydin.networks.rules.texts import Said, best_text
from ydin.partnerships.models import Collaboration
from ydin.partnerships.queries.together import confirmed
from ydin.people.models import Person
from ydin.stories.models import Consent, Story
from ydin.stories.rules import StoryState


@dataclass(frozen=True)
class Told:
    """A story in the reader's language, or in the best there is."""

    story: Any
    title: Said
    said: Said


def published_stories() -> QuerySet[Story]:
    """Return the stories that everybody reads, newest first."""
    published = Story.objects.filter(state=StoryState.PUBLISHED).select_related("network")
    return published.order_by("-published_at", "-pk")


def told(story: Story, language: str) -> Told:
    """Return title and text of a story in one language."""
    order = [story.network.default_language, *story.network.languages]
    return Told(story, best_text(story.titles, language, order), best_text(story.texts, language, order))


def latest_stories(language: str, count: int) -> list[Told]:
    """Return the newest published stories, told in a language."""
    return [told(story, language) for story in published_stories()[:count]]


def consents_of(story: Story) -> list[Consent]:
    """Return what the companies named said, by name, as far as row security shows it."""
    rows = Consent.objects.filter(story=story).select_related("enterprise", "answered_by")
    return list(rows.order_by("enterprise__name", "pk"))


def editors_of(network: Network) -> list[str]:
    """Return the names of those who edit the network's stories today: all its coordinators."""
    day = utc_today()
    leads = Person.objects.filter(during(day, "coordinated__"), coordinated__group__network=network)
    over = [role.person for role in network_coordinators(network) if role.starts_on <= day]
    return sorted({str(person) for person in [*leads.distinct(), *over]})


def consent_by_link(pk: int) -> Consent | None:
    """Return the consent that a signed link names, as far as row security shows it."""
    rows = Consent.objects.select_related("story__network", "story__editor", "enterprise")
    return rows.filter(pk=pk).first()


def own_consent(story: Story, person: Person | None) -> Consent | None:
    """Return what a company of the person said to a story that names it."""
    if person is None:
        return None
    return Consent.objects.filter(story=story, enterprise__in=enterprises_of(person)).first()


def texts_to_tell(networks: QuerySet[Network]) -> QuerySet[PublicText]:
    """Return public texts about experiments of these networks of which no story was made yet, newest first."""
    told_already = Story.objects.filter(experiment__isnull=False).values("experiment")
    return public_texts().filter(network__in=networks).exclude(experiment__in=told_already)


def collaborations_to_tell(
    known: QuerySet[Collaboration], networks: QuerySet[Network]
) -> QuerySet[Collaboration]:
    """Return those of the known collaborations that both confirmed and of which no story was made, newest first."""
    told_already = Story.objects.filter(collaboration__isnull=False).values("collaboration")
    rows = confirmed(known, group=None).filter(network__in=networks).exclude(pk__in=told_already)
    return rows.select_related("one", "other", "network", "group")


def companies_of_text(text: PublicText) -> list[Enterprise] | None:
    """Return the companies whose experiment a public text tells of, named there or not, by name.

    Where a group tried it, those that took part. None for whoever does not see the card.
    """
    card = Experiment.objects.filter(pk=text.experiment_id).first()
    if card is None:
        return None
    found = Q(experiments=card) if card.enterprise_id else Q(pk__in=_taking_part(card))
    return list(Enterprise.objects.filter(found).order_by("name", "pk"))


def _taking_part(card: Experiment) -> list[int]:
    return [one.enterprise_id for one in companions_of(card) if one.part == Part.JOINS]


def companies_by_name(network: Network, names: list[str]) -> tuple[list[Enterprise], list[str]]:
    """Return the network's companies with these names (letter case ignored), and the names it does not know."""
    found, unknown = [], []
    for name in names:
        company = Enterprise.objects.filter(network=network, name__iexact=name).order_by("pk").first()
        if company is None:
            unknown.append(name)
        elif company not in found:
            found.append(company)
    return found, unknown
