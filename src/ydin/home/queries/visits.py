"""Evenings to which a visitor can be invited."""

from __future__ import annotations

from ydin.groups.models import CoreGroup
from ydin.kernel.clock import now
from ydin.meetings.models import Meeting
from ydin.meetings.policies import visible_meetings
from ydin.meetings.rules.states import MeetingState
from ydin.people.models import Person

_MOST = 12


def coming_evenings(person: Person, group: CoreGroup) -> list[Meeting]:
    """Return the group's announced evenings to come that the person sees, the first ones first."""
    coming = visible_meetings(person).filter(group=group, state=MeetingState.ANNOUNCED, starts_at__gt=now())
    return list(coming.select_related("host").order_by("starts_at", "pk")[:_MOST])
