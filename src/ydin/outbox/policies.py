"""Who sees which messages."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from ydin.outbox.models import Message
from ydin.outbox.rules import MessageState

WAITING = (MessageState.QUEUED, MessageState.SENDING)


def shown_messages() -> QuerySet[Message]:
    """Return every message, newest first: for the outbox page of a demo, where all people are invented."""
    return Message.objects.order_by("-created_at", "-id")


def letters_for_operators(since: datetime, *, only_failed: bool) -> QuerySet[Message]:
    """Return letters without their content, the newest first: what failed, or also what still waits.

    For a command of whoever runs the program; `text`, `html`, `calendar` and `subject` are not read.
    """
    states = [MessageState.FAILED] if only_failed else [MessageState.FAILED, *WAITING]
    rows = Message.objects.filter(state__in=states, created_at__gte=since)
    told = ("kind", "to_address", "group_id", "state", "attempts", "due_at", "last_error", "created_at")
    return rows.only(*told).order_by("-created_at", "-id")
