"""Whose sessions are whose, and who needs a second step."""

from __future__ import annotations

from django.core.cache import caches
from django.db.models import QuerySet

from ydin.access.models import Session
from ydin.access.queries import sessions_of, strict_networks, strict_networks_of
from ydin.people.models import Person
from ydin.people.policies import Reader, as_person

CACHE_KEY, CACHE_SECONDS = "access.strict", 30
"""A process knows for half a minute whether any network demands a second step: most never do."""


def visible_sessions(reader: Reader) -> QuerySet[Session]:
    """Return the reader's own sessions."""
    person = as_person(reader)
    return Session.objects.none() if person is None else sessions_of(person)


def needs_second_step(person: Person) -> bool:
    """Tell whether one of the networks in which the person coordinates demands a second step."""
    known = caches["process"].get(CACHE_KEY)
    if known is None:
        known = strict_networks().exists()
        caches["process"].set(CACHE_KEY, known, CACHE_SECONDS)
    return bool(known) and strict_networks_of(person).exists()


def forget_what_is_known() -> None:
    """Ask the database again at the next look; for whoever has just changed a rule."""
    caches["process"].delete(CACHE_KEY)
