"""Letters because of mail that came back: to the person only when they need one, to those who arrange otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formataddr
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from ydin.groups.queries import coordinators_of
from ydin.kernel.addresses import reply_address
from ydin.meetings.documents.ical import Party, vcalendar
from ydin.meetings.documents.ical_meeting import meeting_event, where_line
from ydin.meetings.emails.answers import (
    answer_path,
    headline,
    invited_letter,
    reading_as,
    sender_of,
    thread_of,
)
from ydin.meetings.models import Meeting, Rsvp, TimeProposal
from ydin.meetings.models.meeting import ANSWER_LABELS
from ydin.meetings.rules.states import Answer
from ydin.networks.queries import current_representatives
from ydin.outbox.emails import Letter, absolute, compose, compose_to_address
from ydin.people.models import Person
from ydin.ui import dates

LONGEST_QUOTE = 4000


@dataclass(frozen=True)
class Written:
    """What somebody wrote, for a person to read: plain text, and from which address if not the invited one's."""

    by: str
    reply_to: str
    text: str
    other_address: str = ""
    attachments: int = 0
    cut: bool = False


def forwarded(meeting: Meeting, written: Written, key: str) -> list[Letter]:
    """Return what a person wrote, as a letter to each who arranges the meeting; an answer goes to the person."""

    def context(language: str, time_zone: str) -> dict[str, Any]:
        return {
            **_facts(meeting, language, time_zone),
            "who": written.by,
            "said": written.text[:LONGEST_QUOTE],
            "cut": written.cut or len(written.text) > LONGEST_QUOTE,
            "other_address": written.other_address,
            "attachments": written.attachments,
            "url": absolute(reverse("meetings:answers", args=[meeting.pk])),
        }

    people = coordinators_of(meeting.group)
    template = "meetings/email/reply_forwarded"
    return _to_arrangers(template, meeting, people, context, reply_to=written.reply_to, once=key)


def time_asked(meeting: Meeting, proposal: TimeProposal, key: str) -> list[Letter]:
    """Return letters to coordinators and host: somebody asks for another time."""
    who = str(proposal.person)

    def context(language: str, time_zone: str) -> dict[str, Any]:
        zone = ZoneInfo(meeting.time_zone)
        with reading_as(language, time_zone):
            asked = dates.meeting_time(proposal.starts_at, proposal.ends_at, zone)
        return {
            **_facts(meeting, language, time_zone),
            "who": who,
            "asked": asked,
            "said": proposal.comment,
            "url": absolute(reverse("meetings:answers", args=[meeting.pk])),
        }

    hosts = current_representatives().filter(enterprise=meeting.host, person__is_active=True)
    people = {p.pk: p for p in [*coordinators_of(meeting.group), *(r.person for r in hosts)]}
    people.pop(proposal.person_id, None)
    reply_to = formataddr((who, proposal.person.email))
    template = "meetings/email/reply_time_asked"
    return _to_arrangers(template, meeting, list(people.values()), context, reply_to=reply_to, once=key)


def time_kept(meeting: Meeting, rsvp: Rsvp, proposal: TimeProposal) -> Letter:
    """Return the letter that tells a person that the time stays (RFC 5546, 3.2.8: DECLINECOUNTER)."""
    person, sender = rsvp.person, sender_of(meeting)
    organizer = reply_address(meeting.pk, person.pk) or sender.email
    with reading_as(person.language, person.time_zone):
        event = meeting_event(
            meeting,
            url=absolute(answer_path(meeting.pk, person.pk)),
            organizer=Party(sender.name, organizer),
            attendee=Party(str(person), person.email),
        )
    return compose(
        template="meetings/email/reply_time_kept",
        person=person,
        context=_own(meeting, person),
        reply_to=sender.email,
        thread=thread_of(meeting.pk),
        calendar=vcalendar([event], method="DECLINECOUNTER"),
        method="DECLINECOUNTER",
        once=f"time-kept:{proposal.pk}",
    )


def waiting(meeting: Meeting, rsvp: Rsvp, ahead: int) -> Letter:
    """Return the letter that tells a person that their yes put them on the waiting list."""
    key = f"waiting:{meeting.pk}:{rsvp.person_id}:{rsvp.version}"
    return invited_letter("reply_waiting", meeting, rsvp, sender_of(meeting), ahead=ahead, once=key)


def asked_again(meeting: Meeting, rsvp: Rsvp) -> Letter:
    """Return the letter that asks again, since the person answered an earlier time. Once for each new time."""
    key = f"asked-again:{meeting.pk}:{rsvp.person_id}:{meeting.moved_sequence}"
    return invited_letter("reply_asked_again", meeting, rsvp, sender_of(meeting), once=key)


def refused(meeting: Meeting, rsvp: Rsvp, reason: str, key: str) -> Letter:
    """Return the letter that tells a person why their answer was not taken; `reason` is in their language."""
    person = rsvp.person
    return compose(
        template="meetings/email/reply_refused",
        person=person,
        context={**_own(meeting, person), "reason": reason},
        reply_to=sender_of(meeting).email,
        thread=thread_of(meeting.pk),
        once=key,
    )


def answer_words(answer: Answer, comment: str) -> str:
    """Return an answer in words, in the current language, for somebody who reads what a calendar sent."""
    said = str(ANSWER_LABELS[answer])
    return f"{said}: {comment}" if comment else said


def _own(meeting: Meeting, person: Person) -> dict[str, Any]:
    link = absolute(answer_path(meeting.pk, person.pk))
    return {**_facts(meeting, person.language, person.time_zone), "link": link}


def _facts(meeting: Meeting, language: str, time_zone: str) -> dict[str, Any]:
    with reading_as(language, time_zone):
        return {
            "meeting": meeting,
            "group": meeting.group,
            "where": where_line(meeting),
            "headline": headline(meeting, language),
        }


def _to_arrangers(
    template: str,
    meeting: Meeting,
    people: list[Person],
    context: Callable[[str, str], dict[str, Any]],
    **more: Any,
) -> list[Letter]:
    """Write to each of the people, or to the network's contact address where there is nobody."""
    more["thread"], key = thread_of(meeting.pk), more.pop("once")
    letters = [
        compose(
            template=template,
            person=p,
            context=context(p.language, p.time_zone),
            once=f"{key}:{p.pk}",
            **more,
        )
        for p in people
    ]
    network = meeting.group.network
    if letters or not network.contact_email:
        return letters
    language = network.default_language
    return [
        compose_to_address(
            template=template,
            address=network.contact_email,
            name=network.name,
            language=language,
            context=context(language, network.time_zone),
            once=key,
            **more,
        )
    ]


def too_old() -> str:
    """Say that mail to an address of a meeting long past is read by nobody."""
    return _("The evening is long past, and mail to this address is no longer read.")
