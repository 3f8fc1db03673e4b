"""Core groups, their coordinators, seats and those who ask for one."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ydin.groups import rules
from ydin.groups.rules import AcceptedHow, ApplicationState, GroupKind, SeatState
from ydin.networks.models import Enterprise, Network, Organisation, Region
from ydin.people.models import LANGUAGE_LABELS
from ydin.people.rules import DEFAULT_TIME_ZONE, Language

KIND_LABELS = {GroupKind.PLACE: _("meets at its members' premises"), GroupKind.ONLINE: _("meets online")}
SEAT_LABELS = {
    SeatState.VISITOR: _("visitor"),
    SeatState.MEMBER: _("member"),
    SeatState.PAUSED: _("on a break"),
    SeatState.LEFT: _("left"),
}
APPLICATION_LABELS = {
    ApplicationState.RECEIVED: _("waits for an answer"),
    ApplicationState.INVITED: _("invited to a meeting"),
    ApplicationState.ACCEPTED: _("has a seat"),
    ApplicationState.DECLINED: _("declined"),
    ApplicationState.WITHDRAWN: _("withdrawn"),
    ApplicationState.MOVED: _("sent to another group"),
}

ACCEPTED_LABELS = {AcceptedHow.SITE: _("on this site"), AcceptedHow.PAPER: _("on paper")}


def _months_off() -> list[int]:
    return list(rules.DEFAULT_MONTHS_OFF)


def _weekdays() -> list[int]:
    return list(rules.DEFAULT_WEEKDAYS)


def _reminder_days() -> list[int]:
    return list(rules.DEFAULT_REMINDER_DAYS)


class CoreGroup(models.Model):
    """Companies that meet every month at one another's premises (or online)."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="groups")
    slug = models.SlugField()
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True, help_text="in the group's language")
    about_texts = models.JSONField(
        default=dict,
        blank=True,
        db_default=models.Value({}, models.JSONField()),
        help_text="{language: text}, others",
    )
    kind = models.CharField(max_length=8, choices=KIND_LABELS, default=GroupKind.PLACE)
    region = models.ForeignKey(Region, models.SET_NULL, null=True, blank=True, related_name="groups")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="groups")
    language = models.CharField(max_length=8, choices=LANGUAGE_LABELS, default=Language.FINNISH)
    time_zone = models.CharField(max_length=64, default=DEFAULT_TIME_ZONE)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    min_size = models.PositiveSmallIntegerField(default=rules.MIN_SIZE)
    max_size = models.PositiveSmallIntegerField(default=rules.MAX_SIZE)
    months_off = ArrayField(models.PositiveSmallIntegerField(), default=_months_off, blank=True)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=_weekdays, help_text="0 = Monday … 6 = Sunday"
    )
    evening_start = models.TimeField(default=rules.EVENING_START)
    evening_end = models.TimeField(default=rules.EVENING_END)
    visitor_places = models.PositiveSmallIntegerField(default=2)
    reminder_days = ArrayField(models.PositiveSmallIntegerField(), default=_reminder_days, blank=True)
    records_lateness = models.BooleanField(default=False)
    agenda_template = models.JSONField(
        default=list, blank=True, help_text="[{minutes, title}], titles in the group's language"
    )
    neighbours = models.ManyToManyField("self", symmetrical=True, blank=True)
    is_open = models.BooleanField(default=True, help_text="takes visitors and applications")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A slug names one group of a network."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "slug"], name="group_slug_once"),
            models.CheckConstraint(
                condition=models.Q(min_size__lte=models.F("max_size")), name="group_size_range"
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class GroundRules(models.Model):
    """A version of the group's ground rules in one language. Earlier versions stay."""

    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="ground_rules")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=8, choices=LANGUAGE_LABELS)
    text = models.TextField()
    valid_from = models.DateField()

    class Meta:
        """A version is written once in each language."""

        verbose_name_plural = "ground rules"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "number", "language"], name="ground_rules_once")
        ]

    def __str__(self) -> str:
        """Return group, number and language."""
        return f"{self.group_id} v{self.number} {self.language}"


class GroupCoordinator(models.Model):
    """A person coordinates a group, from one day to another. `is_named`: they agreed to be named publicly."""

    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="coordinators")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="coordinated")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    is_named = models.BooleanField(default=False, db_default=False)

    class Meta:
        """Held once at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=models.Q(ends_on__isnull=True),
                name="group_coordinator_once",
            )
        ]

    def __str__(self) -> str:
        """Return person and group."""
        return f"{self.person} / {self.group}"


class Seat(models.Model):
    """An enterprise in a group, from one day to another."""

    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="seats")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="seats")
    state = models.CharField(max_length=8, choices=SEAT_LABELS, default=SeatState.MEMBER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    previous_state = models.CharField(max_length=8, choices=SEAT_LABELS, blank=True, db_default="")
    changed_at = models.DateTimeField(
        null=True, blank=True, help_text="with previous_state: what an undo brings back"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """An enterprise has one living seat in a group; a seat that is left has its last day."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "enterprise"],
                condition=~models.Q(state=SeatState.LEFT),
                name="seat_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state=SeatState.LEFT, ends_on__isnull=False)
                | (~models.Q(state=SeatState.LEFT) & models.Q(ends_on__isnull=True)),
                name="seat_left_has_last_day",
            ),
        ]

    def __str__(self) -> str:
        """Return company and group."""
        return f"{self.enterprise} / {self.group}"


class Application(models.Model):
    """Somebody asked to visit or to join. Confidential: the group's coordinators read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="applications")
    name = models.CharField(max_length=500)
    email = models.EmailField()
    company = models.CharField(max_length=500, blank=True)
    message = models.TextField(blank=True)
    language = models.CharField(max_length=8, choices=LANGUAGE_LABELS)
    state = models.CharField(max_length=10, choices=APPLICATION_LABELS, default=ApplicationState.RECEIVED)
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    moved_to = models.ForeignKey(CoreGroup, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A person who asked twice is one application."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                "group",
                Lower("email"),
                condition=models.Q(state__in=rules.OPEN_APPLICATIONS),
                name="application_once",
            )
        ]

    def __str__(self) -> str:
        """Return the applicant's group only; the rest is confidential."""
        return f"application to {self.group_id}"


class Acceptance(models.Model):
    """A person promised to keep one version of the group's ground rules. 0 is what every group begins with."""

    group = models.ForeignKey(CoreGroup, models.CASCADE, related_name="acceptances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(
        help_text="version of the ground rules; 0 is the text of the program"
    )
    language = models.CharField(max_length=8, choices=LANGUAGE_LABELS)
    how = models.CharField(max_length=8, choices=ACCEPTED_LABELS, default=AcceptedHow.SITE)
    accepted_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        """A person accepts a version once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "person", "number"], name="acceptance_once")
        ]

    def __str__(self) -> str:
        """Return group, version and person by id."""
        return f"{self.group_id} v{self.number} {self.person_id}"


class GlassBreak(models.Model):
    """Somebody who is no reader opened the group's confidential content for an hour, and why. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(CoreGroup, models.PROTECT, related_name="glass_breaks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        """It lasts an hour at most, and has a reason."""

        verbose_name_plural = "glass breaks"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at"))
                & models.Q(ends_at__lte=models.F("starts_at") + rules.GLASS_TIME),
                name="glass_lasts_an_hour",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="glass_has_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "ends_at"], name="glass_of_person")]

    def __str__(self) -> str:
        """Return group, person by id and instant."""
        return f"{self.group_id} / {self.person_id} {self.starts_at:%Y-%m-%d %H:%M}"


class LetterState(models.Model):
    """How a letter about a group fares: a view without its content, for those who coordinate the group.

    The database lets the acting person read the rows of overseen groups, of the last ninety days.
    """

    id = models.UUIDField(primary_key=True)
    group_id = models.BigIntegerField()
    to_address = models.EmailField()
    to_name = models.CharField(max_length=500)
    subject = models.CharField(max_length=998)
    state = models.CharField(max_length=10)
    attempts = models.PositiveSmallIntegerField()
    last_error = models.TextField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """Made by a migration, in SQL."""

        managed = False
        db_table = "groups_letterstate"

    def __str__(self) -> str:
        """Return receiver and state."""
        return f"{self.to_address}: {self.state}"
