"""A group's months to plan, who could host, and whose turn it is."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ydin.groups.models import CoreGroup
from ydin.meetings.rules.states import LIVE_TURNS, SeasonState, SwapState, TurnState
from ydin.networks.models import Enterprise

SEASON_LABELS = {
    SeasonState.DRAFT: _("being set up"),
    SeasonState.COLLECTING: _("asking for wishes"),
    SeasonState.PLANNING: _("being planned"),
    SeasonState.RUNNING: _("under way"),
    SeasonState.CLOSED: _("over"),
}
TURN_LABELS = {
    TurnState.PROPOSED: _("proposed"),
    TurnState.ASKED: _("asked"),
    TurnState.ACCEPTED: _("accepted"),
    TurnState.DECLINED: _("declined"),
    TurnState.SWAPPED: _("swapped"),
    TurnState.CANCELLED: _("cancelled"),
}
SWAP_LABELS = {
    SwapState.ASKED: _("asked"),
    SwapState.ACCEPTED: _("accepted"),
    SwapState.DECLINED: _("declined"),
    SwapState.WITHDRAWN: _("withdrawn"),
}


class Season(models.Model):
    """The months of a group that are planned together."""

    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="seasons")
    name = models.CharField(max_length=120)
    months = ArrayField(models.DateField(), help_text="first day of each month in which the group meets")
    state = models.CharField(max_length=10, choices=SEASON_LABELS, default=SeasonState.DRAFT)
    wishes_until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A name is used once in a group."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["group", "name"], name="season_name_once")]

    def __str__(self) -> str:
        """Return group and name."""
        return f"{self.group} {self.name}"


class HostingWish(models.Model):
    """What one company answered to: could you host, when, for how many? Seen inside the group."""

    season = models.ForeignKey(Season, models.CASCADE, related_name="wishes")
    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="+")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="hosting_wishes")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    can_host = models.BooleanField(default=True)
    months = ArrayField(models.DateField(), default=list, blank=True)
    evenings = ArrayField(
        models.DateField(), default=list, blank=True, help_text="best first; none in a month: any evening"
    )
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    away = ArrayField(models.DateField(), default=list, blank=True)
    never_weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    theme_offered = models.CharField(max_length=300, blank=True)
    theme_wanted = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A company answers once a season."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["season", "enterprise"], name="hosting_wish_once")
        ]

    def __str__(self) -> str:
        """Return company and season."""
        return f"{self.enterprise_id} / {self.season_id}"


class HostingTurn(models.Model):
    """In this month this company hosts, on this evening, for these reasons."""

    season = models.ForeignKey(Season, models.CASCADE, related_name="turns")
    month = models.DateField()
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="hosting_turns")
    evening = models.DateField()
    state = models.CharField(max_length=10, choices=TURN_LABELS, default=TurnState.PROPOSED)
    locked = models.BooleanField(default=False)
    reasons = models.JSONField(default=list, blank=True, help_text="[{code, values}] from the planner")
    regret = models.IntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True, help_text="why a host declined or cancelled")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One living turn for each month of a season."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["season", "month"],
                condition=models.Q(state__in=LIVE_TURNS),
                name="hosting_turn_once",
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1)
                & models.Q(evening__year=models.F("month__year"), evening__month=models.F("month__month")),
                name="hosting_turn_evening_in_month",
            ),
        ]

    def __str__(self) -> str:
        """Return month and company."""
        return f"{self.month:%Y-%m} {self.enterprise}"


class Swap(models.Model):
    """A host asks another host of the season to change months."""

    turn = models.ForeignKey(HostingTurn, models.CASCADE, related_name="swaps_asked")
    other = models.ForeignKey(HostingTurn, models.CASCADE, related_name="swaps_received")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=SWAP_LABELS, default=SwapState.ASKED)
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One open question between two turns."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["turn", "other"], condition=models.Q(state=SwapState.ASKED), name="swap_once"
            )
        ]

    def __str__(self) -> str:
        """Return both turns."""
        return f"{self.turn} ↔ {self.other}"


class PlanRevision(models.Model):
    """How the living turns stood before a change, so that it can be undone."""

    season = models.ForeignKey(Season, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=40, help_text="code of the change that followed")
    turns = models.JSONField(help_text="[{month, enterprise, evening, state, locked, reasons, regret}]")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Numbered within a season."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["season", "number"], name="plan_revision_once")
        ]

    def __str__(self) -> str:
        """Return season and number."""
        return f"{self.season_id} r{self.number}"
