"""A story for everybody, and what the companies named in it said."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ydin.experiments.models import Experiment
from ydin.networks.models import Enterprise, Network
from ydin.partnerships.models import Collaboration
from ydin.stories.rules import ConsentState, StoryState

STORY_LABELS = {
    StoryState.DRAFT: _("a draft"),
    StoryState.ASKED: _("the companies are asked"),
    StoryState.PUBLISHED: _("published"),
    StoryState.DOWN: _("taken down"),
}
CONSENT_LABELS = {
    ConsentState.WAITING: _("no answer yet"),
    ConsentState.YES: _("said yes"),
    ConsentState.NO: _("said no"),
}


class Story(models.Model):
    """What worked, told to everybody. Confidential until published: row security reads the state."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="stories")
    experiment = models.ForeignKey(Experiment, models.SET_NULL, null=True, blank=True, related_name="stories")
    collaboration = models.ForeignKey(
        Collaboration, models.SET_NULL, null=True, blank=True, related_name="stories"
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    titles = models.JSONField(default=dict, help_text="{language: title}")
    texts = models.JSONField(default=dict, help_text="{language: text}")
    state = models.CharField(max_length=10, choices=STORY_LABELS, default=StoryState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Read newest first."""

        verbose_name_plural = "stories"
        indexes: ClassVar = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=models.Q(state=StoryState.PUBLISHED),
                name="story_published",
            )
        ]

    def __str__(self) -> str:
        """Return the id; a draft is confidential."""
        return f"story {self.pk}"


class Consent(models.Model):
    """A company is named in a story. Without its yes nothing is published."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="consents")
    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="story_consents")
    state = models.CharField(max_length=8, choices=CONSENT_LABELS, default=ConsentState.WAITING)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        """A company is asked once for a story."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "enterprise"], name="story_consent_once")
        ]

    def __str__(self) -> str:
        """Return story and company by id."""
        return f"{self.story_id} / {self.enterprise_id}"
