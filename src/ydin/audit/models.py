"""Append-only record of who did what, and the chain that shows when it was touched."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from ydin.audit.rules import Readers


class Entry(models.Model):
    """One act. Personal data is kept by reference only, so that erasure stays possible.

    The references are no foreign keys: the log outlives what it tells about, and a row of it never changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    action = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    readers = models.CharField(max_length=10, default=Readers.OWN)
    of_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="whom it concerns",
    )
    of_enterprise = models.BigIntegerField(null=True, help_text="the company whose people are told")
    of_group = models.BigIntegerField(null=True)
    of_network = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        """Found by target, and by those who read it, in the order of time."""

        indexes: ClassVar = [
            models.Index(fields=["target_type", "target_id", "at"], name="entry_by_target"),
            models.Index(fields=["of_group", "-at"], name="entry_of_group"),
            models.Index(fields=["of_network", "-at"], name="entry_of_network"),
            models.Index(fields=["of_enterprise", "-at"], name="entry_of_enterprise"),
            models.Index(fields=["of_person", "-at"], name="entry_of_person"),
            models.Index(fields=["actor", "-at"], name="entry_of_actor"),
        ]

    def __str__(self) -> str:
        """Return the act and its target."""
        return f"{self.action} {self.target_type} {self.target_id}"


class Link(models.Model):
    """An entry's place in the chain: `digest` seals its content, its position and the digest before."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.DO_NOTHING, db_constraint=False, related_name="link")
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Return the position and the digest, as they are written down elsewhere."""
        return f"{self.position}:{self.digest}"


class Waiting(models.Model):
    """An entry that has no link yet. A trigger writes it with the entry; sealing takes it away."""

    entry = models.OneToOneField(
        Entry, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )

    class Meta:
        """Plural for messages."""

        verbose_name_plural = "waiting"

    def __str__(self) -> str:
        """Return the entry's id."""
        return str(self.entry_id)
