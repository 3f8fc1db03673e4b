"""Every e-mail is a row, written in the transaction of what it tells about."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ydin.outbox.models.inbound import InboundMail
from ydin.outbox.rules import MessageState

__all__ = ["DomainPace", "InboundMail", "Message"]

STATE_LABELS = {
    MessageState.QUEUED: _("waiting"),
    MessageState.SENDING: _("being sent"),
    MessageState.SENT: _("sent"),
    MessageState.FAILED: _("could not be delivered"),
    MessageState.KEPT: _("kept here (nothing leaves a demo)"),
}


class Message(models.Model):
    """An e-mail to one receiver, as it will be sent; its Message-ID never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="messages"
    )
    to_address = models.EmailField()
    to_name = models.CharField(max_length=500, blank=True)
    reply_to = models.CharField(max_length=600, blank=True)
    language = models.CharField(max_length=8)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=998)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True, help_text="iCalendar object to attach, or nothing")
    calendar_method = models.CharField(max_length=20, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    group_id = models.BigIntegerField(
        null=True,
        blank=True,
        help_text="core group that it concerns; no foreign key, groups lie above the outbox",
    )
    dedupe_key = models.CharField(
        max_length=200, null=True, blank=True, unique=True, help_text="one message at most for this key"
    )
    state = models.CharField(max_length=10, choices=STATE_LABELS, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    slot_at = models.DateTimeField(
        null=True, blank=True, help_text="the moment reserved at the receiving domain for the next attempt"
    )
    due_at = models.DateTimeField(
        null=True, blank=True, help_text="when the next attempt is made; empty: now"
    )
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first on the outbox page."""

        indexes: ClassVar = [
            models.Index(fields=["-created_at"], name="message_newest"),
            models.Index(
                fields=["group_id", "-created_at"],
                condition=models.Q(group_id__isnull=False),
                name="message_of_group",
            ),
            models.Index(
                fields=["created_at"],
                condition=models.Q(state__in=[MessageState.QUEUED, MessageState.SENDING]),
                name="message_waiting",
            ),
        ]

    def __str__(self) -> str:
        """Return receiver and subject."""
        return f"{self.to_address}: {self.subject}"


class DomainPace(models.Model):
    """When a receiving domain may get its next letter, so that none is flooded."""

    domain = models.CharField(max_length=255, primary_key=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the domain."""
        return self.domain
