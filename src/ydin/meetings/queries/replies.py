"""What is known about mail that came back and about other times that were asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from ydin.kernel.clock import now
from ydin.meetings.models import Meeting, TimeProposal
from ydin.meetings.rules.states import ProposalState
from ydin.outbox.models import InboundMail

DAY = timedelta(days=1)


def newest_word(about: str) -> datetime | None:
    """Return when the newest mail about one thing that was taken as an answer says that it was written."""
    taken = InboundMail.objects.filter(about=about, said_at__isnull=False).order_by("-said_at")
    return taken.values_list("said_at", flat=True).first()


def passed_on_today(about: str) -> int:
    """Return how many mails about one thing were passed on to a person within a day."""
    recent = InboundMail.objects.filter(about=about, outcome="passed on", handled_at__gte=now() - DAY)
    return recent.count()


def open_proposals(meeting: Meeting) -> QuerySet[TimeProposal]:
    """Return the other times that were asked for and wait for an answer, the oldest first."""
    waiting = TimeProposal.objects.filter(meeting=meeting, state=ProposalState.OPEN)
    return waiting.select_related("person").order_by("proposed_at", "pk")
