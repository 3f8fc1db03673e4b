"""Letters about ideas and talks, each in its receiver's language."""

from __future__ import annotations

from django.urls import reverse

from ydin.ideas.documents.links import ask_path, evening_path, idea_path
from ydin.ideas.documents.words import speaker_line
from ydin.ideas.models import Idea, TalkAsk
from ydin.outbox.emails import Letter, absolute, compose
from ydin.people.models import Person
from ydin.people.rules import MailKind


def answered(idea: Idea, person: Person, by: str) -> Letter:
    """Return the answer for somebody who asked; `by` is who gives it. Correcting it writes no second letter."""
    return compose(
        template="ideas/email/answered",
        person=person,
        context={
            "idea": idea,
            "company": idea.enterprise.name,
            "group": idea.group,
            "by": by,
            "url": absolute(idea_path(idea, person)),
        },
        optional=MailKind.NEWS,
        thread=f"idea:{idea.pk}",
        once=f"ideas.answered:{idea.pk}:{person.pk}",
    )


def talk_asked(ask: TalkAsk, by: str) -> Letter:
    """Return the question to a speaker whether they come on an evening; `by` is who asks."""
    return compose(
        template="ideas/email/talk_asked",
        person=ask.speaker,
        context={
            "ask": ask,
            "talk": ask.talk,
            "meeting": ask.meeting,
            "group": ask.meeting.group,
            "host": ask.meeting.host.name if ask.meeting.host else "",
            "by": by,
            "url": absolute(ask_path(ask)),
        },
        reply_to=ask.asked_by.email if ask.asked_by else "",
        thread=f"talk:{ask.pk}",
        once=f"ideas.talk_asked:{ask.pk}:{ask.round}",
    )


def talk_answered(ask: TalkAsk, person: Person) -> Letter:
    """Return what the speaker answered, for whoever asked."""
    return compose(
        template="ideas/email/talk_answered",
        person=person,
        context={
            "ask": ask,
            "talk": ask.talk,
            "meeting": ask.meeting,
            "group": ask.meeting.group,
            "speaker": speaker_line(ask.speaker),
            "url": absolute(evening_path(ask.meeting, person)),
        },
        reply_to=ask.speaker.email,
        thread=f"talk:{ask.pk}",
        once=f"ideas.talk_answered:{ask.pk}:{ask.version}:{person.pk}",
    )


def talk_called_off(ask: TalkAsk) -> Letter:
    """Return the word to a speaker that the evening does without them."""
    return compose(
        template="ideas/email/talk_called_off",
        person=ask.speaker,
        context={
            "talk": ask.talk,
            "meeting": ask.meeting,
            "group": ask.meeting.group,
            "url": absolute(reverse("ideas:talks")),
        },
        thread=f"talk:{ask.pk}",
        once=f"ideas.talk_called_off:{ask.pk}:{ask.round}",
    )
