"""Telling a person that something about their signing in has changed."""

from __future__ import annotations

from django.urls import reverse

from ydin.outbox.emails import Letter, absolute, compose
from ydin.people.models import Person

CHANGES = (
    "app_added",
    "app_removed",
    "passkey_added",
    "passkey_removed",
    "recovery_made",
    "recovery_used",
    "forgotten",
)
"""What the letter can tell; the words are in its templates."""


def changed(person: Person, change: str) -> Letter:
    """Return the letter about one of `CHANGES`."""
    url = absolute(reverse("access:safety"))
    return compose(template="access/email/changed", person=person, context={"change": change, "url": url})
