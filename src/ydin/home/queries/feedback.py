"""Feedback, and to whom it goes."""

from __future__ import annotations

from django.db.models import QuerySet

from ydin.home.models import Feedback
from ydin.home.rules import FeedbackState
from ydin.networks.models import Network, RoleAssignment
from ydin.networks.queries import during, network_coordinators, networks_coordinated_by, utc_today
from ydin.networks.rules import NetworkRole
from ydin.people.models import Person


def feedback_for(person: Person) -> QuerySet[Feedback]:
    """Return the feedback of the networks that the person coordinates: what waits, by its day, then the rest."""
    return (
        Feedback.objects.filter(network__in=networks_coordinated_by(person))
        .select_related("network", "answered_by")
        .order_by("-state", "due_on", "created_at", "pk")
    )


def waiting_feedback(person: Person) -> int:
    """Return how much feedback waits for the person's answer."""
    return feedback_for(person).filter(state=FeedbackState.WAITING).count()


def answerers(network: Network) -> list[Person]:
    """Return who answers feedback on a network's pages: its coordinators."""
    return [row.person for row in network_coordinators(network)]


def feedback_readers(person: Person) -> list[str]:
    """Return the names of those who coordinate the networks of the person, whose feedback they read."""
    roles = RoleAssignment.objects.filter(
        during(utc_today()), network__in=networks_coordinated_by(person), role=NetworkRole.COORDINATOR
    )
    return sorted({str(role.person) for role in roles.select_related("person")})
