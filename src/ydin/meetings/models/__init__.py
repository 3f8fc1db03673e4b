"""Models of the slice, the season, the meeting, what is kept of it, what is asked by mail."""

from ydin.meetings.models.meeting import Meeting, Rsvp
from ydin.meetings.models.record import Attendance, Memo, Promise, Summary
from ydin.meetings.models.replies import TimeProposal
from ydin.meetings.models.season import HostingTurn, HostingWish, PlanRevision, Season, Swap

__all__ = [
    "Attendance",
    "HostingTurn",
    "HostingWish",
    "Meeting",
    "Memo",
    "PlanRevision",
    "Promise",
    "Rsvp",
    "Season",
    "Summary",
    "Swap",
    "TimeProposal",
]
