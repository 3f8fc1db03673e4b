"""Feedback on the site. Confidential: the network's coordinators read it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ydin.home.rules import FeedbackState
from ydin.networks.models import Network
from ydin.people.models import LANGUAGE_LABELS

FEEDBACK_LABELS = {FeedbackState.WAITING: _("waits for an answer"), FeedbackState.ANSWERED: _("answered")}


class Feedback(models.Model):
    """Something is in somebody's way. A person of the network answers by `due_on`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="feedback")
    message = models.TextField()
    email = models.EmailField(blank=True, help_text="nothing: no answer is wanted")
    page = models.CharField(max_length=300, blank=True, help_text="where it was, in their words or as a path")
    language = models.CharField(max_length=8, choices=LANGUAGE_LABELS)
    state = models.CharField(max_length=10, choices=FEEDBACK_LABELS, default=FeedbackState.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Waiting ones are listed by their day."""

        verbose_name_plural = "feedback"
        indexes: ClassVar = [models.Index(fields=["network", "state", "due_on"], name="feedback_waiting")]

    def __str__(self) -> str:
        """Return the network only; the rest is confidential."""
        return f"feedback to {self.network_id}"
