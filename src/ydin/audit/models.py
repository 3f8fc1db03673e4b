"""Append-only record of who did what."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One act. Personal data is kept by reference only, so that erasure stays possible."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    action = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    data = models.JSONField(default=dict)

    class Meta:
        """Found by target, newest last."""

        indexes: ClassVar = [models.Index(fields=["target_type", "target_id", "at"], name="entry_by_target")]

    def __str__(self) -> str:
        """Return the act and its target."""
        return f"{self.action} {self.target_type} {self.target_id}"
