"""What a public evening or event tells search engines: schema.org's Event, with nothing that a stranger lacks."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from ydin.calendar.models import Event
from ydin.calendar.rules import EventState
from ydin.groups.rules import GroupKind
from ydin.meetings.models import Meeting
from ydin.meetings.rules.states import Audience, MeetingState
from ydin.networks.models import Network
from ydin.ui import dates
from ydin.ui.head import About, full

_SCHEMA = "https://schema.org"


def about_meeting(meeting: Meeting) -> About:
    """Return what a meeting's page says of itself; of one that is not public only its kind."""
    if meeting.audience != Audience.PUBLIC or meeting.state == MeetingState.DRAFT:
        return About(_("Core-group evening"))
    group, title = meeting.group, meeting.theme or _("Core-group evening")
    url = full(reverse("calendar:meeting", args=[meeting.pk]))
    data = {
        **_when(meeting, url, title, is_cancelled=meeting.state == MeetingState.CANCELLED),
        **_where(meeting.municipality, "", group.network, url, is_online=group.kind == GroupKind.ONLINE),
        "isAccessibleForFree": True,
        "inLanguage": group.language,
        "organizer": {
            "@type": "Organization",
            "name": group.name,
            "url": full(reverse("home:group", args=[group.network.slug, group.slug])),
        },
    }
    words = meeting.description or _line(meeting, group.name)
    return About(title, words, "article", {**data, "description": words})


def about_event(event: Event) -> About:
    """Return what an event's page says of itself; of one that is not public only its kind."""
    if event.audience != Audience.PUBLIC or event.state == EventState.DRAFT:
        return About(_("Event"))
    url = full(reverse("calendar:event", args=[event.pk]))
    is_online = bool(event.link) and not (event.place or event.address or event.municipality)
    words = event.description or _line(event, event.network.name)
    data = {
        **_when(event, url, event.title, is_cancelled=event.state == EventState.CANCELLED),
        **_where(event.municipality or event.place, event.address, event.network, url, is_online=is_online),
        "inLanguage": event.language,
        "organizer": {
            "@type": "Organization",
            "name": event.group.name if event.group else event.network.name,
        },
    }
    return About(event.title, words, "article", {**data, "description": words})


def _line(row: Any, arranger: str) -> str:
    when = dates.meeting_time(row.starts_at, row.ends_at, row.time_zone)
    return " · ".join(part for part in (arranger, row.municipality, when) if part)


def _when(row: Any, url: str, title: str, *, is_cancelled: bool) -> dict[str, Any]:
    zone = ZoneInfo(row.time_zone)
    return {
        "@context": _SCHEMA,
        "@type": "Event",
        "name": title,
        "url": url,
        "startDate": row.starts_at.astimezone(zone).isoformat(timespec="minutes"),
        "endDate": row.ends_at.astimezone(zone).isoformat(timespec="minutes"),
        "eventStatus": f"{_SCHEMA}/{'EventCancelled' if is_cancelled else 'EventScheduled'}",
    }


def _where(town: str, street: str, network: Network, url: str, *, is_online: bool) -> dict[str, Any]:
    """Return place and manner; of a meeting the municipality only, since the street comes with the invitation."""
    if is_online:
        return {
            "eventAttendanceMode": f"{_SCHEMA}/OnlineEventAttendanceMode",
            "location": {"@type": "VirtualLocation", "url": url},
        }
    place = {"@type": "PostalAddress", "addressLocality": town, "addressCountry": network.country}
    if street:
        place["streetAddress"] = street
    return {
        "eventAttendanceMode": f"{_SCHEMA}/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": town or network.name, "address": place},
    }
