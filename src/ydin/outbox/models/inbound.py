"""Mail that came back to a signed address."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from ydin.kernel.clock import now
from ydin.outbox.rules.inbound import InboundState


class InboundMail(models.Model):
    """A mail as it came, stored before anybody looks into it. Confidential: only the worker reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    received_at = models.DateTimeField(default=now)
    purpose = models.CharField(max_length=1, help_text="of the signed address (kernel/addresses.py)")
    ids = models.JSONField(help_text="numbers of the signed address")
    about = models.CharField(max_length=80, help_text="purpose and the ids that mails are counted by")
    sender = models.CharField(max_length=320, blank=True, help_text="of the envelope; empty: a machine")
    size = models.PositiveIntegerField(help_text="bytes that came; `raw` may be less")
    raw = models.BinaryField(help_text="the mail or its beginning; empty when its time is over")
    fingerprint = models.CharField(max_length=64, unique=True, help_text="one row for each mail")
    state = models.CharField(max_length=10, default=InboundState.RECEIVED)
    outcome = models.CharField(max_length=20, blank=True)
    said_at = models.DateTimeField(null=True, blank=True, help_text="when its sender says it was written")
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Counted by what it is about; forgotten by age."""

        indexes: ClassVar = [
            models.Index(fields=["about", "received_at"], name="inbound_about"),
            models.Index(fields=["received_at"], name="inbound_age"),
        ]

    def __str__(self) -> str:
        """Return what it is about and what became of it."""
        return f"{self.about}: {self.outcome or self.state}"
