"""Letters after an evening. Nothing of what was said is in them."""

from __future__ import annotations

from django.urls import reverse

from ydin.meetings.emails.answers import sender_of, thread_of
from ydin.meetings.models import Meeting
from ydin.outbox.emails import Letter, absolute, compose
from ydin.people.models import Person
from ydin.people.rules import MailKind


def memo_ready(meeting: Meeting, person: Person) -> Letter:
    """Return the letter that tells one person that the memo can be read, once."""
    return compose(
        template="meetings/email/memo_ready",
        person=person,
        context={
            "meeting": meeting,
            "group": meeting.group,
            "link": absolute(reverse("meetings:memo", args=[meeting.pk])),
        },
        optional=MailKind.SUMMARY,
        reply_to=sender_of(meeting).email,
        thread=thread_of(meeting.pk),
        once=f"memo:{meeting.pk}:{person.pk}",
    )
