"""Events open to the public or the network, and personal feed addresses."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ydin.calendar.rules import EventState
from ydin.groups.models import CoreGroup
from ydin.meetings.rules.states import Audience
from ydin.networks.models import Network, Region

EVENT_LABELS = {
    EventState.DRAFT: _("being prepared"),
    EventState.ANNOUNCED: _("announced"),
    EventState.CANCELLED: _("cancelled"),
}
EVENT_AUDIENCES = {Audience.NETWORK: _("the network"), Audience.PUBLIC: _("everybody")}


class Event(models.Model):
    """A workshop, training or webinar. `sequence` grows with each announced change."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="events")
    region = models.ForeignKey(Region, models.SET_NULL, null=True, blank=True, related_name="events")
    group = models.ForeignKey(CoreGroup, models.SET_NULL, null=True, blank=True, related_name="events")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=EVENT_LABELS, default=EventState.DRAFT)
    audience = models.CharField(max_length=8, choices=EVENT_AUDIENCES, default=Audience.PUBLIC)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="fi")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    place = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    municipality = models.CharField(max_length=120, blank=True)
    link = models.URLField(blank=True)
    announced_at = models.DateTimeField(
        null=True, blank=True, help_text="for the first time; changes and a second announcement leave it"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Read by time."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="event_ends_after_start"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["starts_at", "id"],
                condition=models.Q(audience=Audience.PUBLIC) & ~models.Q(state=EventState.DRAFT),
                name="event_public",
            ),
            models.Index(fields=["network", "starts_at"], name="event_of_network"),
            models.Index(fields=["starts_at", "id"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class FeedAddress(models.Model):
    """A person's own calendar address, for one device; revoked by setting `revoked_at`.

    Whoever has the address reads it, so that it tells theme, host and street address of a closed evening only
    where the person chose so (`shows_details`).
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed_addresses")
    name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    shows_details = models.BooleanField(default=False, db_default=False)
    keeps_cancelled = models.BooleanField(default=True, db_default=True)

    class Meta:
        """Plural for messages."""

        verbose_name_plural = "feed addresses"

    def __str__(self) -> str:
        """Return the device's name."""
        return self.name


class AppPassword(models.Model):
    """A password with which one device of a person reads their calendar, and nothing else (CalDAV).

    It is drawn by us, of a hundred bits, so that a plain SHA-256 keeps it as well as a slow hash would.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="app_passwords")
    name = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Return the device's name."""
        return self.name


class SyncState(models.Model):
    """What a device was told under a sync token (RFC 6578): `items` is the entity tag of each entry by UID.

    The next answer is the difference to it, so that an entry that the person may no longer see, for whatever
    reason, is told as gone.
    """

    password = models.ForeignKey(AppPassword, models.CASCADE, related_name="sync_states")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    items = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A device has one state for each token."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["password", "token"], name="sync_state_once")
        ]

    def __str__(self) -> str:
        """Return the token."""
        return self.token


class CalendarChange(models.Model):
    """Something that a network's feeds show has changed. Written by database triggers, one row a statement.

    Feeds answer "unchanged" from the number and the highest id of a network's rows, without reading events.
    Rows are only added while people work, so that two of them never wait for each other; a nightly job
    throws away all but the latest. No foreign key in the database: a network's deletion writes rows too.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="calendar_changes", db_constraint=False)
    at = models.DateTimeField()

    class Meta:
        """Read by network."""

        indexes: ClassVar = [
            models.Index(fields=["network", "id"], include=["at"], name="calendar_change_latest")
        ]

    def __str__(self) -> str:
        """Return network and moment."""
        return f"{self.network_id} {self.at:%Y-%m-%d %H:%M:%S}"
