"""Sessions that know whose they are, and what a network demands of its coordinators' signing in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from ydin.networks.models import Network


class Session(AbstractBaseSession):
    """A signed-in browser. Of the device only a few words are kept, no address."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    device = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        """The table that `access.backend` reads."""

        db_table = "access_session"


class SignInRule(models.Model):
    """What a network demands when its coordinators sign in. No row: nothing more than a code."""

    network = models.OneToOneField(Network, models.CASCADE, related_name="sign_in_rule")
    needs_second_step = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Few rows, looked through often."""

        indexes: ClassVar = [
            models.Index(
                fields=["network"], name="sign_in_rule_strict", condition=models.Q(needs_second_step=True)
            )
        ]

    def __str__(self) -> str:
        """Return the network and the demand."""
        return f"{self.network_id}: {self.needs_second_step}"
