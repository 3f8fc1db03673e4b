"""Stories for programs: the feed, and linked data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from ydin.groups.documents.seen import seen_by_everybody
from ydin.networks.models import Network
from ydin.partnerships.rules import Together
from ydin.stories.models import Consent, Story
from ydin.stories.queries import editors_of
from ydin.stories.rules import StoryState
from ydin.ui.audience import AudienceChange, Seen
from ydin.ui.head import About, full

IN_FEED = 30


def seen_story(story: Any, consents: list[Any]) -> Seen:
    """Return who reads a story: everybody, or before that the coordinators and the companies asked, by name."""
    if story.state == StoryState.PUBLISHED:
        return seen_by_everybody()
    return _inside(story, consents)


def _inside(story: Any, consents: list[Any]) -> Seen:
    asked = [one.enterprise.name for one in consents if one.asked_at]
    return Seen(
        _("Seen by the network's coordinators and the companies asked"), [*asked, *editors_of(story.network)]
    )


def seen_draft(networks: Iterable[Network]) -> Seen:
    """Return who reads a draft of these networks before any company is asked."""
    names = sorted({name for network in networks for name in editors_of(network)})
    return Seen(
        _("A draft is seen by the network's coordinators; a company named reads it when it is asked"), names
    )


def seen_answer(story: Story, consents: list[Consent]) -> Seen:
    """Return who reads what a company says: the coordinators and the companies asked, however wide the story is."""
    return _inside(story, consents)


def story_change(story: Story, consents: list[Consent], *, publish: bool) -> AudienceChange:
    """Return what it means to publish a story, or to take it down."""
    few, everybody = _inside(story, consents), seen_by_everybody()
    return AudienceChange(
        what=_("The story, with the companies that it names."),
        before=few if publish else everybody,
        after=everybody if publish else few,
        is_wider=publish,
        answer="everybody" if publish else "coordinators",
        back=reverse("stories:edit", args=[story.pk]),
    )


def draft_of(collaboration: Any, languages: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return titles and texts by language, filled from what both companies confirmed. What it was worth is left out."""
    titles, texts = {}, {}
    for code in languages:
        with translation.override(code):
            titles[code], texts[code] = _drafted(collaboration)
    return titles, texts


def _drafted(collaboration: Any) -> tuple[str, str]:
    named = {"one": collaboration.one.name, "other": collaboration.other.name}
    said = {
        Together.SUPPORT: _("%(one)s and %(other)s help one another"),
        Together.SALES: _("%(one)s and %(other)s buy from one another"),
        Together.MARKETING: _("%(one)s and %(other)s market together"),
        Together.PROJECT: _("%(one)s and %(other)s do a project together"),
        Together.RECRUITMENT: _("%(one)s and %(other)s found the right person together"),
        Together.PURCHASE: _("%(one)s and %(other)s buy together"),
    }[Together(collaboration.kind)]
    began = _("It began in %(year)s.") % {"year": collaboration.began_on.year}
    group = collaboration.group
    met = _("They know one another from %(group)s.") % {"group": group.name} if group else ""
    return said % named, " ".join(part for part in (f"{said % named}.", met, began) if part)


def about_story(told: Any) -> About:
    """Return what the page tells programs: Open Graph, and an Article of schema.org."""
    story = told.story
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": told.title.text[:110],
        "inLanguage": told.said.language,
        "datePublished": story.published_at.isoformat() if story.published_at else None,
        "dateModified": story.changed_at.isoformat(),
        "url": full(reverse("stories:story", args=[story.pk])),
        "articleBody": told.said.text,
        "publisher": {"@type": "Organization", "name": story.network.name},
    }
    return About(told.title.text, told.said.text, kind="article", data=data)


def feed_of(stories: list[Any], language: str) -> str:
    """Return an Atom feed (RFC 4287) of stories told in one language, the newest first."""
    feed = Atom1Feed(
        title=_("Stories of small companies"),
        link=full(reverse("stories:list")),
        description="",
        language=language,
        feed_url=full(reverse("stories:feed")),
    )
    for told in stories:
        story = told.story
        address = reverse("stories:story", args=[story.pk])
        feed.add_item(
            title=told.title.text,
            link=full(address),
            description=linebreaks(told.said.text, autoescape=True),
            unique_id=f"{settings.BASE_URL}{address}",
            pubdate=story.published_at,
            updateddate=story.changed_at,
            author_name=story.network.name,
        )
    return feed.writeString("utf-8")
