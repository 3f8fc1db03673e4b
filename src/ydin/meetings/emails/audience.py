"""The letter that asks a host to show the evening to more people."""

from __future__ import annotations

from django.urls import reverse

from ydin.meetings.emails.answers import sender_of
from ydin.meetings.models import Meeting
from ydin.outbox.emails import Letter, absolute, compose
from ydin.people.models import Person


def audience_asked(meeting: Meeting, audience: str, person: Person, asker: Person | None) -> Letter:
    """Return the letter to one person of the host, once for an audience."""
    return compose(
        template="meetings/email/audience_asked",
        person=person,
        context={
            "meeting": meeting,
            "group": meeting.group,
            "asker": str(asker or ""),
            "to_everybody": audience == "public",
            "link": absolute(f"{reverse('meetings:change', args=[meeting.pk])}?audience={audience}"),
        },
        reply_to=sender_of(meeting).email,
        once=f"audience:{meeting.pk}:{audience}:{person.pk}",
    )
