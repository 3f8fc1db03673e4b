"""Reusable querysets of networks and of those who act in them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from ydin.kernel.clock import now
from ydin.networks.models import Enterprise, Network, Representative
from ydin.networks.rules import NetworkRole
from ydin.people.models import Person


def utc_today() -> date:
    """Return today's date as the database's row security sees it (UTC)."""
    return now().date()


def during(day: date, prefix: str = "") -> Q:
    """Return the condition that a spell (`starts_on`, `ends_on`) covers `day`; `prefix` is a lookup path."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day})
    )


def networks_coordinated_by(person: Person) -> QuerySet[Network]:
    """Return the networks in which the person is network coordinator today."""
    return Network.objects.filter(
        during(utc_today(), "role_assignments__"),
        role_assignments__person=person,
        role_assignments__role=NetworkRole.COORDINATOR,
    ).distinct()


def current_representatives() -> QuerySet[Representative]:
    """Return those who act for an enterprise today, with person and enterprise."""
    return (
        Representative.objects.filter(during(utc_today()), enterprise__isnull=False)
        .select_related("person", "enterprise")
        .order_by("enterprise__name", "person__name", "pk")
    )


def enterprises_of(person: Person) -> QuerySet[Enterprise]:
    """Return the enterprises for which the person acts today."""
    return Enterprise.objects.filter(
        during(utc_today(), "representatives__"), representatives__person=person
    ).distinct()
