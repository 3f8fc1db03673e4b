"""What people ask for concerning their own data, and what they agreed to."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ydin.groups.models import CoreGroup
from ydin.kernel.clock import now
from ydin.networks.models import Network
from ydin.people.models import LANGUAGE_LABELS
from ydin.privacy.rules import Channel, ConsentKind, Decision, ErasureState, ExportState

EXPORT_LABELS = {
    ExportState.WAITING: _("waits for its turn"),
    ExportState.WORKING: _("is being collected"),
    ExportState.READY: _("is ready"),
}
ERASURE_LABELS = {
    ErasureState.ASKED: _("asked for"),
    ErasureState.UNDONE: _("taken back"),
    ErasureState.DONE: _("done"),
}
DECISION_LABELS = {
    Decision.OPEN: _("open"),
    Decision.KEPT: _("stays"),
    Decision.REMOVED: _("removed"),
    Decision.GONE: _("no longer there"),
}
CONSENT_LABELS = {
    ConsentKind.PARTICIPATION: _("Taking part in research"),
    ConsentKind.DATA: _("Use of my data in research"),
    ConsentKind.CONTACT: _("Word of later events"),
}
CHANNEL_LABELS = {Channel.SITE: _("on this site"), Channel.PAPER: _("on paper")}


class Export(models.Model):
    """A copy of everything that is kept about a person, for a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=EXPORT_LABELS, default=ExportState.WAITING)
    done = models.PositiveSmallIntegerField(default=0, help_text="tables that were read")
    total = models.PositiveSmallIntegerField(default=0)
    content = models.BinaryField(help_text="ZIP; empty until it is ready")
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(help_text="when the row is removed")

    def __str__(self) -> str:
        """Return whose it is, by id."""
        return f"export of {self.person_id}"


class Erasure(models.Model):
    """Somebody asked to be erased; until `due_at` it can be taken back."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=ERASURE_LABELS, default=ErasureState.ASKED)
    asked_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One open request a person."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state=ErasureState.ASKED), name="erasure_open_once"
            )
        ]

    def __str__(self) -> str:
        """Return whose it is, by id."""
        return f"erasure of {self.person_id}"


class Passage(models.Model):
    """A sentence that names somebody who was erased: where it stands, and what a coordinator decided.

    The sentence itself is not copied: its digest finds it again in the row. `words` holds digests of what
    named the person, so that the sentence is found when it was edited meanwhile; emptied by the decision.
    """

    erasure = models.ForeignKey(Erasure, models.CASCADE, related_name="passages")
    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    group = models.ForeignKey(CoreGroup, models.CASCADE, null=True, blank=True, related_name="+")
    table = models.CharField(max_length=60, help_text="label of the model")
    row = models.CharField(max_length=40, help_text="primary key")
    column = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    words = models.JSONField(default=list, blank=True, help_text="keyed digests of the words that name them")
    decision = models.CharField(max_length=8, choices=DECISION_LABELS, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A sentence is asked about once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["erasure", "table", "row", "column", "digest"], name="passage_once"
            )
        ]

    def __str__(self) -> str:
        """Return where it stands."""
        return f"{self.table} {self.row} {self.column}"


class Consent(models.Model):
    """A person agreed to something in a network: to which text, when, how; and what taking it back did."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=CONSENT_LABELS)
    text_version = models.PositiveIntegerField()
    language = models.CharField(max_length=8, choices=LANGUAGE_LABELS)
    channel = models.CharField(max_length=8, choices=CHANNEL_LABELS, default=Channel.SITE)
    given_at = models.DateTimeField(default=now, help_text="on paper: noon of the day on which it was signed")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="the coordinator who keyed a paper in",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    effect = models.CharField(
        max_length=24, blank=True, help_text="code of what the withdrawal did (documents/consents.py)"
    )

    class Meta:
        """Given once at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network", "person", "kind"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="privacy_consent_once",
            )
        ]

    def __str__(self) -> str:
        """Return kind, version and person by id."""
        return f"{self.kind} v{self.text_version} {self.person_id}"


class Notice(models.Model):
    """Who answers for the personal data of a network, in its own words. No row: nothing was written yet."""

    network = models.OneToOneField(Network, models.CASCADE, related_name="privacy_notice")
    about = models.TextField(blank=True, help_text="joint controllers, in the network's default language")
    about_texts = models.JSONField(default=dict, blank=True, help_text="{language: text}, others")
    contact = models.EmailField(blank=True, help_text="to whom questions about personal data go")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        """Return the network."""
        return f"notice of {self.network_id}"


class Correction(models.Model):
    """Something about a person is wrong that they cannot change themselves.

    It goes to the coordinators of `group`, or the network's where there is none; the network's coordinators see
    it too from `passed_on_at`, when it has waited for a week.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    group = models.ForeignKey(CoreGroup, models.SET_NULL, null=True, blank=True, related_name="+")
    message = models.TextField()
    passed_on_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        """Return whose it is, by id."""
        return f"correction for {self.person_id}"
