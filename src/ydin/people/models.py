"""Person and what a person chose."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Self, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ydin.people.rules import DEFAULT_TIME_ZONE, DIGEST_AT, Language, MailKind, Rhythm

LANGUAGE_LABELS = {Language.FINNISH: "Suomi", Language.SWEDISH: "Svenska", Language.ENGLISH: "English"}
MAIL_KIND_LABELS = {
    MailKind.REMINDER: _("Reminders before a meeting that I have not answered"),
    MailKind.SUMMARY: _("Memos and summaries after a meeting"),
    MailKind.NEWS: _("Open events and news of the network"),
    MailKind.DIGEST: _("What is not urgent, gathered in one letter"),
    MailKind.EXPERIMENT: _("Experiments: how mine goes, and who tries it, too"),
}
RHYTHM_LABELS = {
    Rhythm.WEEKLY: _("Once a week, on Monday"),
    Rhythm.DAILY: _("On every weekday that has something"),
    Rhythm.OFF: _("Not at all"),
}

FORMER = _("former representative")
"""What somebody is called who was erased."""


class PersonManager(BaseUserManager["Person"]):
    """Finds people by e-mail address whatever its letter case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Return the person of an e-mail address, letter case ignored."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, **fields: Any) -> Person:
        """Create a person who signs in by code, never by password."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody with an e-mail address and a language. What they may do comes from roles and seats."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=8, choices=LANGUAGE_LABELS, default=Language.FINNISH)
    time_zone = models.CharField(max_length=64, default=DEFAULT_TIME_ZONE)
    is_active = models.BooleanField(default=True)
    digest_rhythm = models.CharField(max_length=8, choices=RHYTHM_LABELS, default=Rhythm.WEEKLY)
    digest_at = models.TimeField(default=DIGEST_AT, help_text="on the person's clock")
    digest_until = models.DateTimeField(
        null=True, blank=True, help_text="up to this moment the gathered letter has told what is new"
    )
    mail_paused_until = models.DateField(
        null=True, blank=True, help_text="nothing that can wait is sent until this day, on the person's clock"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(
        null=True, blank=True, help_text="since then only counts and references are kept of them"
    )

    objects: ClassVar[PersonManager] = PersonManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """One person for each e-mail address."""

        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        """Return the name, or the address where there is none."""
        return str(self.name or self.email)

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any
    ) -> Self:
        """Load a row; somebody who was erased is called so, in the language of whoever reads it."""
        person = super().from_db(db, field_names, values, **more)
        if person.__dict__.get("erased_at") is not None:
            person.name = cast("str", FORMER)
        return person

    def has_usable_password(self) -> bool:
        """Nobody here has a password, so nothing may ask for one."""
        return False

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind every session to the e-mail address too: when that changes, all are signed out (Django's hook)."""
        value = f"{self.password}|{self.email}"
        return salted_hmac("ydin.people.session", value, secret=secret, algorithm="sha256").hexdigest()


class NotificationChoice(models.Model):
    """A kind of message that a person has turned off or on. No row means: the kind's default."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notification_choices")
    kind = models.CharField(max_length=40, choices=MAIL_KIND_LABELS)
    wanted = models.BooleanField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One choice for each kind."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind"], name="notification_choice_once")
        ]

    def __str__(self) -> str:
        """Return kind and choice."""
        return f"{self.kind}: {self.wanted}"


class AddressProblem(models.Model):
    """Mail to an address does not arrive. No row: nothing is known against the address."""

    address = models.EmailField(
        max_length=254, help_text="lower case; of a person, a substitute, an applicant"
    )
    reason = models.CharField(max_length=500, help_text="what the other side said, on one line")
    permanent = models.BooleanField(default=False)
    count = models.PositiveIntegerField(
        default=0, help_text="failures since the first or the last long pause"
    )
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    failing_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text="when people were told; empty while it may still be a passing trouble",
    )

    class Meta:
        """One row for each address."""

        constraints: ClassVar = [models.UniqueConstraint(Lower("address"), name="address_problem_once")]

    def __str__(self) -> str:
        """Return address and reason."""
        return f"{self.address}: {self.reason}"
