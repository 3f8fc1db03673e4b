"""Letters about stories: may we name you, and what a company said."""

from __future__ import annotations

from django.urls import reverse

from ydin.kernel.links import make_token
from ydin.outbox.emails import Letter, absolute, compose
from ydin.people.models import Person
from ydin.stories.models import Consent
from ydin.stories.queries import told

LINK = "story"


def consent_path(consent: Consent, person: Person) -> str:
    """Return the page on which the person answers for the company, and can take the answer back."""
    return reverse("stories:consent", args=[make_token(LINK, consent.pk, person.pk)])


def consent_asked(consent: Consent, person: Person) -> Letter:
    """Return the letter that asks one person of a company whether the story may name it; once a version."""
    story = consent.story
    return compose(
        template="stories/email/consent_asked",
        person=person,
        context={
            "title": told(story, person.language).title.text,
            "company": consent.enterprise.name,
            "network": story.network.name,
            "again": consent.answered_at is not None,
            "link": absolute(consent_path(consent, person)),
        },
        reply_to=story.editor.email if story.editor else "",
        thread=f"story:{story.pk}",
        once=f"story:{story.pk}:{story.version}:{person.pk}:{consent.enterprise_id}",
    )


def consent_answered(consent: Consent, editor: Person) -> Letter:
    """Return the letter that tells the editor what a company said."""
    story = consent.story
    return compose(
        template="stories/email/consent_answered",
        person=editor,
        context={
            "title": told(story, editor.language).title.text,
            "company": consent.enterprise.name,
            "said_yes": consent.state == "yes",
            "link": absolute(reverse("stories:edit", args=[story.pk])),
        },
        thread=f"story:{story.pk}",
    )
