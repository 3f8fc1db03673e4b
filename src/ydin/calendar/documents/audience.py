"""What it means to show an event to others, or to let an address tell theme and place."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from ydin.calendar.models import Event
from ydin.calendar.rules import EventState
from ydin.groups.documents.seen import seen_by_everybody
from ydin.meetings.documents.audience import seen_in_network
from ydin.meetings.rules.states import Audience
from ydin.people.models import Person
from ydin.ui.audience import AudienceChange, Seen


def seen_event(event: Event, audience: str) -> Seen:
    """Return who would see an announced event with this audience."""
    return seen_by_everybody() if audience == Audience.PUBLIC else seen_in_network(event.network)


def event_change(event: Event, audience: str) -> AudienceChange:
    """Return what it means to give the event another audience."""
    is_draft = event.state == EventState.DRAFT
    return AudienceChange(
        what=_("The event: what it is called, when and where it is, and what is told about it."),
        before=seen_event(event, event.audience),
        after=seen_event(event, audience),
        is_wider=audience == Audience.PUBLIC,
        answer=audience,
        note=_("From when it is announced. Until then only the coordinators see it.") if is_draft else "",
    )


def address_change(person: Person) -> AudienceChange:
    """Return what it means that a calendar address tells theme and street address."""
    return AudienceChange(
        what=_("Theme and street address of your evenings, at the new calendar address"),
        before=Seen(_("Seen by you alone"), [str(person)]),
        after=Seen(_("Whoever has the address, and the company that runs your calendar program")),
        is_wider=True,
        answer="address",
        back=reverse("calendar:mine"),
        note=_("Without them the address tells time and town only."),
    )
