"""A meeting as a calendar event."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ydin.meetings.documents.ical import CalendarEvent, Party
from ydin.meetings.models import Meeting
from ydin.meetings.rules.states import MeetingState

STATUS = {MeetingState.DRAFT: "TENTATIVE", MeetingState.CANCELLED: "CANCELLED"}


def where_line(meeting: Meeting) -> str:
    """Return place, address and municipality on one line, or the video link; nothing when none is known."""
    parts: list[str] = []
    for part in (meeting.place, meeting.address, meeting.municipality):
        if part and not any(part in said for said in parts):
            parts.append(part)
    return ", ".join(parts) or meeting.video_link


def practicalities(meeting: Meeting) -> list[str]:
    """Return what the host says about parking, access and food, a sentence or two each."""
    return [said for said in (meeting.parking, meeting.access, meeting.food) if said]


def _description(meeting: Meeting, url: str, *, inside: bool) -> str:
    told = [
        _("Host: %(name)s") % {"name": meeting.host.name} if meeting.host else "",
        _("Expert: %(name)s") % {"name": meeting.expert} if meeting.expert else "",
        meeting.description,
        *(practicalities(meeting) if inside else []),
        meeting.video_link if inside else "",
        url,
    ]
    return "\n".join(line for line in told if line)


def meeting_event(
    meeting: Meeting,
    *,
    url: str,
    organizer: Party | None = None,
    attendee: Party | None = None,
    inside: bool = True,
    alarm: int | None = None,
) -> CalendarEvent:
    """Return the event of a meeting, in the current language.

    Args:
        meeting: with group and host loaded.
        url: where the reader opens it, absolute.
        organizer: who arranges it, for letters.
        attendee: the one receiver of a letter (RFC 5546), never the others.
        inside: whether the reader may know street address, video link and directions.
        alarm: hours before the beginning at which the calendar reminds.

    """
    known = inside and meeting.latitude is not None and meeting.longitude is not None
    return CalendarEvent(
        uid=str(meeting.uid),
        sequence=meeting.sequence,
        status=STATUS.get(MeetingState(meeting.state), "CONFIRMED"),
        summary=f"{meeting.theme} – {meeting.group.name}" if meeting.theme else meeting.group.name,
        description=_description(meeting, url, inside=inside),
        location=where_line(meeting) if inside else meeting.municipality,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        time_zone=meeting.time_zone,
        url=url,
        last_modified=meeting.changed_at,
        organizer=organizer,
        attendee=attendee,
        geo=(meeting.latitude or 0.0, meeting.longitude or 0.0) if known else None,
        alarm=alarm,
    )
