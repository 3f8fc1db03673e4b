"""Who sees which messages."""

from __future__ import annotations

from django.db.models import QuerySet

from ydin.outbox.models import Message


def shown_messages() -> QuerySet[Message]:
    """Return every message, newest first: for the outbox page of a demo, where all people are invented."""
    return Message.objects.order_by("-created_at", "-id")
