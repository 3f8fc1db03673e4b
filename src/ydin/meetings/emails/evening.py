"""Letters after an evening. Nothing of what was said is in them."""

from __future__ import annotations

from django.urls import reverse

from ydin.meetings.emails.answers import sender_of
from ydin.meetings.models import Meeting
from ydin.outbox.emails import Letter, absolute, compose
from ydin.people.models import Person
from ydin.people.rules import MailKind
from ydin.people.services import unsubscribe_path


def memo_ready(meeting: Meeting, person: Person) -> Letter:
    """Return the letter that tells one person that the memo can be read, once."""
    off = absolute(unsubscribe_path(person, MailKind.SUMMARY))
    return compose(
        template="meetings/email/memo_ready",
        person=person,
        context={
            "meeting": meeting,
            "group": meeting.group,
            "link": absolute(reverse("meetings:memo", args=[meeting.pk])),
            "unsubscribe": off,
        },
        reply_to=sender_of(meeting).email,
        headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        once=f"memo:{meeting.pk}:{person.pk}",
    )
