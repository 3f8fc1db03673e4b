"""What people ask for by mail instead of answering."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ydin.groups.models import CoreGroup
from ydin.meetings.models.meeting import Meeting
from ydin.meetings.rules.states import ProposalState

PROPOSAL_LABELS = {
    ProposalState.OPEN: _("waits for an answer"),
    ProposalState.KEPT: _("the time stays"),
    ProposalState.MOVED: _("the evening has moved"),
}


class TimeProposal(models.Model):
    """Somebody's calendar asks for another time (RFC 5546, COUNTER). One at a time for a person and meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="proposals")
    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    comment = models.CharField(max_length=500, blank=True)
    sequence = models.PositiveIntegerField(help_text="of the meeting as its sender knew it")
    state = models.CharField(max_length=8, choices=PROPOSAL_LABELS, default=ProposalState.OPEN)
    proposed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest takes the place of an older one that nobody has answered."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=models.Q(state=ProposalState.OPEN),
                name="time_proposal_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="time_proposal_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        """Return meeting and person by id."""
        return f"{self.meeting_id} / {self.person_id}"
