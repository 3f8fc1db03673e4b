"""A meeting is its own record; a season only drafts it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ydin.groups.models import CoreGroup
from ydin.meetings.models.season import HostingTurn
from ydin.meetings.rules.states import Answer, Audience, MeetingState, Standing
from ydin.networks.models import Enterprise

MEETING_LABELS = {
    MeetingState.DRAFT: _("being prepared"),
    MeetingState.ANNOUNCED: _("invitations sent"),
    MeetingState.HELD: _("held"),
    MeetingState.CANCELLED: _("cancelled"),
}
AUDIENCE_LABELS = {
    Audience.GROUP: _("the group"),
    Audience.NETWORK: _("the network"),
    Audience.PUBLIC: _("everybody"),
}
ANSWER_LABELS = {
    Answer.NONE: _("has not answered"),
    Answer.COMING: _("is coming"),
    Answer.MAYBE: _("maybe"),
    Answer.NOT_COMING: _("cannot come"),
}
STANDING_LABELS = {
    Standing.NONE: _("no place"),
    Standing.ADMITTED: _("has a place"),
    Standing.WAITING: _("on the waiting list"),
}


class Meeting(models.Model):
    """One evening of a group. `sequence` grows with each announced change (RFC 5545, 3.8.7.4)."""

    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="meetings")
    turn = models.OneToOneField(HostingTurn, models.SET_NULL, null=True, blank=True, related_name="meeting")
    host = models.ForeignKey(
        Enterprise, models.SET_NULL, null=True, blank=True, related_name="hosted_meetings"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    moved_sequence = models.PositiveIntegerField(
        default=0,
        db_default=0,
        help_text="sequence at which the beginning last moved; answers to older ones are void",
    )
    state = models.CharField(max_length=10, choices=MEETING_LABELS, default=MeetingState.DRAFT)
    audience = models.CharField(max_length=8, choices=AUDIENCE_LABELS, default=Audience.GROUP)
    theme = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    place = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    municipality = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    video_link = models.URLField(blank=True)
    expert_wish = models.CharField(max_length=300, blank=True)
    expert = models.CharField(max_length=200, blank=True)
    parking = models.CharField(max_length=300, blank=True)
    food = models.CharField(max_length=300, blank=True)
    access = models.CharField(max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True, help_text="none: no limit")
    visitor_places = models.PositiveSmallIntegerField(default=0)
    agenda = models.JSONField(default=list, blank=True, help_text="[{minutes, title}]")
    check_in_code = models.CharField(max_length=8, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Read by time, by group and time, and the public ones by time; members walk all of them by time."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_start"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["group", "starts_at"], name="meeting_of_group"),
            models.Index(
                fields=["starts_at", "id"],
                condition=models.Q(audience=Audience.PUBLIC) & ~models.Q(state=MeetingState.DRAFT),
                name="meeting_public",
            ),
            models.Index(fields=["state", "starts_at"], name="meeting_by_state"),
            models.Index(fields=["starts_at", "id"], name="meeting_by_time"),
        ]

    def __str__(self) -> str:
        """Return group and instant."""
        return f"{self.group_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Rsvp(models.Model):
    """An invitation to one person and what they answered. Never carried to another meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="rsvps")
    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rsvps")
    enterprise = models.ForeignKey(Enterprise, models.SET_NULL, null=True, blank=True, related_name="rsvps")
    is_visitor = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=ANSWER_LABELS, default=Answer.NONE)
    standing = models.CharField(max_length=8, choices=STANDING_LABELS, default=Standing.NONE)
    queued_at = models.DateTimeField(null=True, blank=True, help_text="place in the waiting list")
    guests = models.PositiveSmallIntegerField(default=0)
    guest_name = models.CharField(max_length=200, blank=True)
    substitute_name = models.CharField(max_length=200, blank=True)
    substitute_email = models.EmailField(blank=True)
    comment = models.CharField(max_length=500, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A person is invited once to a meeting."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "person"], name="rsvp_once"),
            models.CheckConstraint(
                condition=models.Q(standing=Standing.NONE) | models.Q(answer=Answer.COMING),
                name="rsvp_standing_only_when_coming",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["meeting", "queued_at", "id"],
                condition=models.Q(standing=Standing.WAITING),
                name="rsvp_waiting",
            )
        ]

    def __str__(self) -> str:
        """Return meeting and person by id."""
        return f"{self.meeting_id} / {self.person_id}"
