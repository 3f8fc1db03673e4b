"""Makers of events for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ydin.calendar.models import Event
from ydin.kernel.clock import now
from ydin.meetings.rules.states import Audience
from ydin.networks.models import Network


def make_event(network: Network, *, days: float = 10, **fields: Any) -> Event:
    """Build an announced public event so many days from now."""
    starts = (now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    values = {
        "network": network,
        "state": "announced",
        "audience": Audience.PUBLIC,
        "title": "Verkkokauppailta",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "time_zone": "Europe/Helsinki",
        "municipality": "Oulu",
    }
    return Event.objects.create(**{**values, **fields})
