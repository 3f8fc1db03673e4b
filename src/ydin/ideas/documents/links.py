"""Personal addresses that letters and the host's pages carry."""

from __future__ import annotations

from django.urls import reverse

from ydin.ideas.models import Idea, TalkAsk
from ydin.kernel.links import make_token
from ydin.meetings.models import Meeting
from ydin.people.models import Person


def idea_path(idea: Idea, person: Person) -> str:
    """Return the personal address at which the person reads, supports or answers an idea without signing in."""
    return reverse("ideas:idea_link", args=[make_token("idea", idea.pk, person.pk)])


def evening_path(meeting: Meeting, person: Person) -> str:
    """Return the personal address at which host or coordinator find themes and speakers for an evening."""
    return reverse("ideas:evening", args=[make_token("evening", meeting.pk, person.pk)])


def ask_path(ask: TalkAsk) -> str:
    """Return the personal address at which the speaker answers."""
    return reverse("ideas:ask_link", args=[make_token("talk", ask.pk, ask.speaker_id)])
