"""What is kept of a meeting: who was there, what was said, who will do what."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ydin.groups.models import CoreGroup
from ydin.meetings.models.meeting import Meeting
from ydin.meetings.rules.states import PromiseState, Recorded
from ydin.networks.models import Enterprise

RECORDED_LABELS = {
    Recorded.CODE: _("by code"),
    Recorded.COORDINATOR: _("by the coordinator"),
    Recorded.PAPER: _("from the paper list"),
}
PROMISE_LABELS = {
    PromiseState.OPEN: _("open"),
    PromiseState.DONE: _("done"),
    PromiseState.DROPPED: _("dropped"),
}


class Attendance(models.Model):
    """Somebody was there. Visitors without an account are kept by name."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="attendances"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.SET_NULL, null=True, blank=True, related_name="attendances"
    )
    name = models.CharField(max_length=500, blank=True)
    company = models.CharField(max_length=500, blank=True)
    as_visitor = models.BooleanField(default=False)
    recorded = models.CharField(max_length=12, choices=RECORDED_LABELS)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    late = models.BooleanField(default=False)
    left_early = models.BooleanField(default=False)

    class Meta:
        """A person is present once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=models.Q(person__isnull=False),
                name="attendance_once",
            )
        ]

    def __str__(self) -> str:
        """Return meeting and person by id."""
        return f"{self.meeting_id} / {self.person_id}"


class Memo(models.Model):
    """What was said. Read by those who hold a seat and their coordinators, and nobody else."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="memo")
    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="+")
    discussed = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    next_time = models.TextField(blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        """Return the meeting only; the rest is confidential."""
        return f"memo of {self.meeting_id}"


class Summary(models.Model):
    """A separate text for the public. It names only those who agreed."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="summary")
    text = models.TextField()
    named = ArrayField(
        models.BigIntegerField(),
        default=list,
        blank=True,
        help_text="ids of enterprises that agreed to be named",
    )
    published_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Plural for messages."""

        verbose_name_plural = "summaries"

    def __str__(self) -> str:
        """Return the meeting."""
        return f"summary of {self.meeting_id}"


class Promise(models.Model):
    """Who will do what, by when. Shown at the group's next meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="promises")
    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="promises")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="promises")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="promises"
    )
    what = models.CharField(max_length=500)
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=PROMISE_LABELS, default=PromiseState.OPEN)
    outcome = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Return the company only; the rest is confidential."""
        return f"promise of {self.enterprise_id}"
