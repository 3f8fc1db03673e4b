"""An experiment's card with what came of it, who is along, and its public text."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ydin.experiments.rules.card import Audience, Helper, Kind, MoneySource, Part, State, Verdict
from ydin.groups.models import CoreGroup
from ydin.meetings.models import Promise
from ydin.networks.models import Enterprise, Network

KIND_LABELS = {
    Kind.SALES: _("selling"),
    Kind.EXPORT: _("going abroad"),
    Kind.PRICING: _("price"),
    Kind.PRODUCT: _("a new product or service"),
    Kind.MARKETING: _("being noticed"),
    Kind.CHANNEL: _("another way to reach customers"),
    Kind.DIGITAL: _("a digital tool"),
    Kind.COOPERATION: _("doing it together"),
}
STATE_LABELS = {
    State.PLANNED: _("planned"),
    State.RUNNING: _("being tried"),
    State.REVIEWED: _("reviewed"),
    State.ABANDONED: _("given up"),
}
AUDIENCE_LABELS = {
    Audience.OWN: _("Our own company"),
    Audience.GROUP: _("Our group"),
    Audience.NETWORK: _("The whole network"),
    Audience.PUBLIC: _("The whole network, and a public text for everybody"),
}
VERDICT_LABELS = {
    Verdict.KEEP: _("We keep it"),
    Verdict.CHANGE: _("We change it and try again"),
    Verdict.DROP: _("We drop it"),
}
HELPER_LABELS = {
    Helper.NOBODY: _("nobody from outside"),
    Helper.EXPERT: _("an expert"),
    Helper.STUDENT: _("a student"),
}
SOURCE_LABELS = {
    MoneySource.OWN: _("The company's own money"),
    MoneySource.OTHER: _("Other money that is not public aid"),
}
PART_LABELS = {Part.FOLLOWS: _("follows it"), Part.JOINS: _("takes part")}


class Experiment(models.Model):
    """A company, or a group as one, tries something small. Confidential: row security reads the audience."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    enterprise = models.ForeignKey(
        Enterprise,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="experiments",
        help_text="none: the group tries it",
    )
    group = models.ForeignKey(CoreGroup, models.SET_NULL, null=True, blank=True, related_name="experiments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="experiments"
    )
    promise = models.ForeignKey(Promise, models.SET_NULL, null=True, blank=True, related_name="experiments")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")
    lineage = ArrayField(
        models.BigIntegerField(),
        default=list,
        blank=True,
        help_text="ids of all it descends from, first one first",
    )
    kind = models.CharField(max_length=12, choices=KIND_LABELS)
    what = models.CharField(max_length=300)
    assumption = models.TextField(blank=True)
    measure = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    baseline = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    goal = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    money_cents = models.BigIntegerField(null=True, blank=True, help_text="ceiling")
    hours = models.PositiveIntegerField(null=True, blank=True, help_text="ceiling")
    weeks = models.PositiveSmallIntegerField()
    helper = models.CharField(max_length=8, choices=HELPER_LABELS, blank=True)
    helper_words = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1")
    money_source = models.CharField(max_length=6, choices=SOURCE_LABELS, blank=True)
    money_words = models.CharField(max_length=300, blank=True)
    money_said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    money_said_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=STATE_LABELS, default=State.PLANNED)
    audience = models.CharField(max_length=8, choices=AUDIENCE_LABELS, default=Audience.GROUP)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="first day after it")
    half_asked_at = models.DateTimeField(null=True, blank=True)
    end_asked_at = models.DateTimeField(null=True, blank=True)
    halfway = models.CharField(max_length=300, blank=True, help_text="how it went at half-time")
    halfway_at = models.DateTimeField(null=True, blank=True)
    result = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    happened = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    verdict = models.CharField(max_length=6, choices=VERDICT_LABELS, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="why it was given up")
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Read by group and by company, newest first; one card for a promise."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(money_cents__isnull=True) | models.Q(money_cents__gte=0),
                name="experiment_money",
            ),
            models.UniqueConstraint(
                fields=["promise"],
                condition=models.Q(promise__isnull=False),
                name="experiment_of_promise_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["network", "-created_at"], name="experiment_by_network"),
            models.Index(
                fields=["ends_on"], condition=models.Q(state=State.RUNNING), name="experiment_running"
            ),
        ]

    def __str__(self) -> str:
        """Return the company only; the rest is confidential."""
        return f"experiment of {self.enterprise_id or self.group_id}"


class Companion(models.Model):
    """A company that follows an experiment, or takes part in its group's. Read with the card."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="companions")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    part = models.CharField(max_length=8, choices=PART_LABELS)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="who said so",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A company is along once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["experiment", "enterprise"], name="companion_once")
        ]

    def __str__(self) -> str:
        """Return experiment and company by id."""
        return f"{self.experiment_id} / {self.enterprise_id}"


class PublicText(models.Model):
    """What everybody may read of an experiment: a text of its own, beside the card. Copies remember its line."""

    experiment = models.OneToOneField(Experiment, models.CASCADE, related_name="public_text")
    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=KIND_LABELS)
    title = models.CharField(max_length=300)
    text = models.TextField()
    language = models.CharField(max_length=8)
    signed = models.CharField(
        max_length=500, blank=True, help_text="name of company or group, if it wants to be named"
    )
    lineage = ArrayField(
        models.BigIntegerField(), default=list, help_text="the experiment and what it descends from"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the title, which is public."""
        return self.title
