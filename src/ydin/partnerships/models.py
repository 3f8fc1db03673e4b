"""Offers and needs of companies, suggested matches, introductions and what companies do together."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ydin.groups.models import CoreGroup
from ydin.networks.models import Enterprise, Network
from ydin.partnerships.rules import LONGEST, Kind, ListingState, Shown
from ydin.people.models import LANGUAGE_LABELS

KIND_LABELS = {Kind.OFFER: _("offers"), Kind.NEED: _("needs")}
STATE_LABELS = {ListingState.OPEN: _("holds"), ListingState.CLOSED: _("taken off the list")}
SHOWN_LABELS = {Shown.GROUP: _("my group"), Shown.NETWORK: _("the whole network")}


class Listing(models.Model):
    """What a company offers or needs, in a sentence. Read by its group or by the network."""

    kind = models.CharField(max_length=5, choices=KIND_LABELS)
    network = models.ForeignKey(Network, models.CASCADE, related_name="listings")
    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="listings")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="listings")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="empty when somebody wrote down what the company said",
    )
    audience = models.CharField(max_length=8, choices=SHOWN_LABELS, default=Shown.GROUP)
    language = models.CharField(max_length=8, choices=LANGUAGE_LABELS)
    text = models.CharField(max_length=LONGEST)
    concepts = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        help_text="ids of the taxonomy, surest first",
    )
    terms = models.JSONField(
        default=dict, blank=True, help_text="{language: [the concepts' preferred terms]}"
    )
    read_at = models.DateTimeField(
        null=True, blank=True, help_text="when its concepts were found in its text"
    )
    state = models.CharField(max_length=8, choices=STATE_LABELS, default=ListingState.OPEN)
    valid_until = models.DateField(help_text="last day on which it holds")
    renewed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Listed by group and by network, those that hold."""

        indexes: ClassVar = [
            models.Index(fields=["network", "state", "valid_until"], name="listing_of_network"),
            models.Index(fields=["group", "state", "valid_until"], name="listing_of_group"),
        ]

    def __str__(self) -> str:
        """Return company and kind; the text is for its readers."""
        return f"{self.kind} of {self.enterprise_id}"
