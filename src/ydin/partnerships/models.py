"""Offers and needs of companies, suggested matches, introductions and what companies do together."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ydin.groups.models import CoreGroup
from ydin.networks.models import Enterprise, Network
from ydin.partnerships.rules import (
    LONGEST,
    LONGEST_REASON,
    Band,
    Consent,
    IntroductionState,
    Kind,
    ListingState,
    Shown,
    SuggestionState,
    Together,
    TogetherState,
    Told,
)
from ydin.people.models import LANGUAGE_LABELS

KIND_LABELS = {Kind.OFFER: _("offers"), Kind.NEED: _("needs")}
STATE_LABELS = {ListingState.OPEN: _("holds"), ListingState.CLOSED: _("taken off the list")}
SUGGESTION_LABELS = {
    SuggestionState.SHOWN: _("suggested"),
    SuggestionState.DISMISSED: _("not relevant"),
    SuggestionState.ASKED: _("introduction asked for"),
}
INTRODUCTION_LABELS = {
    IntroductionState.OPEN: _("asked"),
    IntroductionState.MET: _("introduced"),
    IntroductionState.CLOSED: _("not this time"),
}
CONSENT_LABELS = {Consent.NONE: _("not answered"), Consent.YES: _("yes"), Consent.NO: _("no")}
TOGETHER_LABELS = {
    Together.SUPPORT: _("mutual support"),
    Together.SALES: _("sales between us"),
    Together.MARKETING: _("marketing together"),
    Together.PROJECT: _("a project together"),
    Together.RECRUITMENT: _("recruitment"),
    Together.PURCHASE: _("buying together"),
}
TOGETHER_STATE_LABELS = {
    TogetherState.RECORDED: _("waits for the other one"),
    TogetherState.CONFIRMED: _("confirmed by both"),
    TogetherState.DECLINED: _("not so, says the other one"),
}
TOLD_LABELS = {
    Told.PAIR: _("nobody but the two of us"),
    Told.GROUP: _("our group"),
    Told.NETWORK: _("everybody in the network"),
}
BAND_LABELS = {
    Band.UNKNOWN: _("not said"),
    Band.NONE: _("no money"),
    Band.HUNDREDS: _("up to €1,000"),
    Band.THOUSANDS: _("€1,000–5,000"),
    Band.MORE: _("€5,000–20,000"),
    Band.MUCH: _("€20,000–100,000"),
    Band.MOST: _("over €100,000"),
}
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
    welcomes_rivals = models.BooleanField(
        default=False, db_default=False, help_text="companies of the same trade and place are suggested, too"
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


class Suggestion(models.Model):
    """An offer that may answer a need, with the reasons. Read by the people of the two companies alone."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    need = models.ForeignKey(Listing, models.CASCADE, related_name="suggested_offers")
    offer = models.ForeignKey(Listing, models.CASCADE, related_name="suggested_needs")
    need_company = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    offer_company = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    score = models.FloatField(help_text="comparable within one network and night")
    terms = models.JSONField(
        default=dict, blank=True, help_text="{language: [what both speak of]}, most telling first"
    )
    km = models.FloatField(null=True, blank=True, help_text="as the crow flies")
    languages = ArrayField(
        models.CharField(max_length=8), default=list, blank=True, help_text="of both companies"
    )
    shared = models.PositiveIntegerField(default=0, help_text="companies that both work with; not shown")
    beside = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        blank=True,
        help_text="{need|offer: [companies of its groups, of its partners elsewhere, that work with the other]}",
    )
    mutual = models.BooleanField(default=False, help_text="the other one needs what this one offers, too")
    state = models.CharField(max_length=10, choices=SUGGESTION_LABELS, default=SuggestionState.SHOWN)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A pair is suggested once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["need", "offer"], name="suggestion_once")]

    def __str__(self) -> str:
        """Return the two listings by id."""
        return f"{self.need_id} / {self.offer_id}"


class NotRelevant(models.Model):
    """A company said that a suggestion is not for it. Read by its own people: the other one sees nothing of it."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    need = models.ForeignKey(Listing, models.CASCADE, related_name="+")
    offer = models.ForeignKey(Listing, models.CASCADE, related_name="+")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="+", help_text="that said so")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Said once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "offer", "enterprise"], name="not_relevant_once")
        ]

    def __str__(self) -> str:
        """Return the two listings by id."""
        return f"{self.need_id} / {self.offer_id}"


class Introduction(models.Model):
    """Two companies are asked whether to meet. What each side answered stands in `ConsentAsk`.

    Either somebody of one of them asks, after a suggestion; or somebody else brings them together, with a reason in
    own words.
    """

    suggestion = models.OneToOneField(
        Suggestion, models.CASCADE, null=True, blank=True, related_name="introduction"
    )
    reason = models.CharField(
        max_length=LONGEST_REASON,
        blank=True,
        db_default="",
        help_text="why somebody else introduces them; both read it",
    )
    need_company = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    offer_company = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField(help_text="until then silence is not an answer")
    state = models.CharField(max_length=8, choices=INTRODUCTION_LABELS, default=IntroductionState.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Return the two companies by id."""
        return f"introduction of {self.need_company_id} and {self.offer_company_id}"


class ConsentAsk(models.Model):
    """What one side's person answered. Read by that person alone: neither side learns of the other's answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="asks")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=4, choices=CONSENT_LABELS, default=Consent.NONE)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Each side is asked once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["introduction", "enterprise"], name="consent_once")
        ]

    def __str__(self) -> str:
        """Return the introduction and the side, not the answer."""
        return f"{self.introduction_id} / {self.enterprise_id}"


class Collaboration(models.Model):
    """Two companies do something together: one writes it down, the other one confirms it."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=TOGETHER_LABELS)
    one = models.ForeignKey(Enterprise, models.CASCADE, related_name="+", help_text="who wrote it down")
    other = models.ForeignKey(Enterprise, models.CASCADE, related_name="+", help_text="who confirms it")
    told = models.CharField(max_length=8, choices=TOLD_LABELS, default=Told.PAIR)
    group = models.ForeignKey(
        CoreGroup, models.SET_NULL, null=True, blank=True, related_name="+", help_text="that is told"
    )
    began_on = models.DateField()
    state = models.CharField(max_length=10, choices=TOGETHER_STATE_LABELS, default=TogetherState.RECORDED)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    brought_together_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    named_by_one = models.BooleanField(
        default=False, db_default=False, help_text="who brought them together may be named"
    )
    named_by_other = models.BooleanField(
        default=False, db_default=False, help_text="the same, says the other one"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Two different companies; what a group is told names the group."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(one=models.F("other")), name="collaboration_of_two_companies"
            ),
            models.UniqueConstraint(fields=["one", "other", "kind", "began_on"], name="collaboration_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["network", "state"], name="collaboration_of_network")]

    def __str__(self) -> str:
        """Return the two companies by id."""
        return f"{self.one_id} + {self.other_id}"


class CollaborationValue(models.Model):
    """How much a collaboration was worth. Read by the two companies alone."""

    collaboration = models.OneToOneField(Collaboration, models.CASCADE, related_name="value")
    one = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    other = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    band = models.CharField(max_length=12, choices=BAND_LABELS, default=Band.UNKNOWN)

    def __str__(self) -> str:
        """Return whose it is, not how much."""
        return f"value of {self.collaboration_id}"


class LedgerFigure(models.Model):
    """How many collaborations of a kind there are until the end of a year: only what may be told."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    group = models.ForeignKey(CoreGroup, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=TOGETHER_LABELS)
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    companies = models.PositiveIntegerField()

    class Meta:
        """One a place, kind and year."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "group", "kind", "year"], name="ledger_figure_once")
        ]

    def __str__(self) -> str:
        """Return kind, year and number."""
        return f"{self.kind} {self.year}: {self.number}"
