"""Letters about a meeting to those who are invited: each in their language, date and place first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.utils import formataddr
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ydin.groups.queries import coordinators_of
from ydin.kernel.addresses import reply_address, substitute_address
from ydin.kernel.links import make_token
from ydin.meetings.documents.ical import Party, partstat, vcalendar
from ydin.meetings.documents.ical_meeting import meeting_event, practicalities, where_line
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.rules.states import MeetingState
from ydin.outbox.emails import Letter, absolute, compose, compose_to_address
from ydin.people.models import Person
from ydin.people.rules import MailKind
from ydin.ui import dates

SHORT = 120
ALARM_HOURS = 24
"""So long before does a calendar remind that took the invitation in."""


@dataclass(frozen=True)
class Sender:
    """Who arranges the meeting: the group's first coordinator, who reads what is no plain answer."""

    name: str
    email: str


def sender_of(meeting: Meeting) -> Sender:
    """Return the sender of a meeting's letters; without a coordinator, the network's contact."""
    for person in coordinators_of(meeting.group):
        return Sender(str(person), person.email)
    return Sender(meeting.group.network.name, meeting.group.network.contact_email)


def thread_of(meeting_id: int) -> str:
    """Return the thread in which mail programs show all letters about a meeting."""
    return f"meeting:{meeting_id}"


def answer_path(meeting_id: int, person_id: int) -> str:
    """Return the path of a person's own answer page, which needs no sign-in."""
    return reverse("meetings:answer", args=[make_token("answer", meeting_id, person_id)])


def announced(meeting: Meeting, rsvp: Rsvp, sender: Sender) -> Letter:
    """Return the invitation of one person."""
    return invited_letter("announced", meeting, rsvp, sender)


def preview(meeting: Meeting, reader: Person) -> Letter:
    """Return the invitation as a receiver will see it, in the reader's language, with a link of no use."""
    return announced(meeting, Rsvp(meeting=meeting, person=reader), sender_of(meeting))


def changed(meeting: Meeting, rsvp: Rsvp, sender: Sender, before: Meeting) -> Letter:
    """Return the letter that tells one person what changed, old and new."""
    with reading_as(rsvp.person.language, rsvp.person.time_zone):
        rows = changes_told(before, meeting)
    told: dict[str, Any] = {"changes": rows, "moved": before.starts_at != meeting.starts_at}
    return invited_letter("changed", meeting, rsvp, sender, **told)


def revived(meeting: Meeting, rsvp: Rsvp, sender: Sender) -> Letter:
    """Return the letter that tells one person that a cancelled evening takes place after all."""
    return invited_letter("revived", meeting, rsvp, sender)


def cancelled(meeting: Meeting, rsvp: Rsvp, sender: Sender) -> Letter:
    """Return the letter that tells one person that the evening is cancelled."""
    return invited_letter("cancelled", meeting, rsvp, sender, method="CANCEL")


def withdrawn(meeting: Meeting, rsvp: Rsvp, sender: Sender) -> Letter:
    """Return the letter that takes the evening out of one person's calendar; for the others it goes on."""
    return invited_letter("withdrawn", meeting, rsvp, sender, method="CANCEL")


def place_free(meeting: Meeting, rsvp: Rsvp, sender: Sender) -> Letter:
    """Return the letter that tells one person that they have moved up from the waiting list."""
    return invited_letter("place_free", meeting, rsvp, sender)


def reminder_key(meeting: Meeting, person_id: int, days: int) -> str:
    """Return the key under which a reminder is written once."""
    return f"reminder:{meeting.pk}:{person_id}:{days}"


def reminder(meeting: Meeting, rsvp: Rsvp, sender: Sender, days: int) -> Letter:
    """Return the reminder of one person, which one click of a mail program turns off (RFC 8058)."""
    return compose(
        template="meetings/email/reminder",
        person=rsvp.person,
        context={**_context(meeting, rsvp.person, rsvp), "days": days},
        optional=MailKind.REMINDER,
        reply_to=_reply_to(meeting, rsvp, sender),
        thread=thread_of(meeting.pk),
        once=reminder_key(meeting, rsvp.person_id, days),
    )


def to_substitute(template: str, meeting: Meeting, rsvp: Rsvp, sender: Sender) -> Letter:
    """Return a letter to the colleague who comes instead: substitute, substitute_changed, …_cancelled."""
    language = meeting.group.language
    with reading_as(language, meeting.time_zone):
        context = _facts(meeting, language)
        cancel = template.endswith("cancelled")
        read_at = substitute_address(meeting.pk, rsvp.person_id)
        event = meeting_event(
            meeting,
            url="",
            organizer=Party(sender.name, read_at or sender.email),
            attendee=Party(rsvp.substitute_name, rsvp.substitute_email, "ACCEPTED", asked=bool(read_at)),
            alarm=None if cancel else ALARM_HOURS,
        )
    return compose_to_address(
        template=f"meetings/email/answer_{template}",
        address=rsvp.substitute_email,
        name=rsvp.substitute_name,
        language=language,
        context={**context, "instead_of": str(rsvp.person), "company": _company(rsvp)},
        reply_to=formataddr((sender.name, read_at)) if read_at else sender.email,
        thread=thread_of(meeting.pk),
        calendar=vcalendar([event], method="CANCEL" if cancel else "REQUEST"),
        method="CANCEL" if cancel else "REQUEST",
    )


def changes_told(before: Meeting, after: Meeting) -> list[tuple[str, str, str]]:
    """Return what changed as (what, old, new), in the current language."""
    zone_before, zone_after = ZoneInfo(before.time_zone), ZoneInfo(after.time_zone)
    rows = [
        (
            _("When"),
            dates.meeting_time(before.starts_at, before.ends_at, zone_before),
            dates.meeting_time(after.starts_at, after.ends_at, zone_after),
        ),
        (_("Where"), where_line(before), where_line(after)),
        (_("Theme"), before.theme, after.theme),
        (_("Host"), str(before.host or ""), str(after.host or "")),
        (_("Expert"), before.expert, after.expert),
        (_("Video link"), before.video_link, after.video_link),
        (_("Parking"), before.parking, after.parking),
        (_("Access"), before.access, after.access),
        (_("Food"), before.food, after.food),
        (_("About the evening"), _shortened(before.description), _shortened(after.description)),
    ]
    return [(what, old or "–", new or "–") for what, old, new in rows if old != new]


def headline(meeting: Meeting, language: str) -> str:
    """Return date, time and place as a subject line begins: "To 4.2. klo 17.30, Ylivieska"."""
    zone = ZoneInfo(meeting.time_zone)
    join = ", " if language == "en" else " "
    said = dates.day(meeting.starts_at, language, zone) + join
    said += dates.time_range(meeting.starts_at, None, language, zone)
    where = meeting.municipality or meeting.place or (_("online") if meeting.video_link else "")
    return f"{said[:1].upper()}{said[1:]}, {where}" if where else f"{said[:1].upper()}{said[1:]}"


def invited_letter(
    template: str,
    meeting: Meeting,
    rsvp: Rsvp,
    sender: Sender,
    *,
    method: str = "REQUEST",
    once: str | None = None,
    **more: Any,
) -> Letter:
    """Return a letter with the meeting as a calendar message to one person.

    Args:
        template: name of the letter.
        meeting: with group and host.
        rsvp: the person's invitation.
        sender: who arranges the meeting.
        method: of the calendar message (RFC 5546).
        once: key of the letter, when it is written once at most.
        more: what else its templates need.

    """
    person = rsvp.person
    context = {**_context(meeting, person, rsvp), **more}
    return compose(
        template=f"meetings/email/{template}",
        person=person,
        context=context,
        reply_to=sender.email if method == "CANCEL" else _reply_to(meeting, rsvp, sender),
        thread=thread_of(meeting.pk),
        calendar=_calendar(meeting, rsvp, sender, method, str(context["link"])),
        method=method,
        once=once,
    )


def _calendar(meeting: Meeting, rsvp: Rsvp, sender: Sender, method: str, link: str) -> str:
    """Return the calendar message to one person; only they get the link in it."""
    person, cancel = rsvp.person, method == "CANCEL"
    read_at = reply_address(meeting.pk, person.pk)
    organizer = read_at or sender.email
    status, asked = partstat(rsvp.answer, rsvp.standing), bool(read_at) and not cancel
    with reading_as(person.language, person.time_zone):
        event = meeting_event(
            meeting,
            url=link,
            organizer=Party(sender.name, organizer) if organizer else None,
            attendee=Party(str(person), person.email, status, asked=asked),
            alarm=None if cancel else ALARM_HOURS,
        )
    if cancel and meeting.state != MeetingState.CANCELLED:
        event = replace(event, status="")
    return vcalendar([event], method=method)


def _reply_to(meeting: Meeting, rsvp: Rsvp, sender: Sender) -> str:
    """Return where an answer to this letter goes: to us if such mail is read, else to the sender."""
    read_at = reply_address(meeting.pk, rsvp.person_id, meeting.sequence)
    return formataddr((sender.name, read_at)) if read_at else sender.email


def _context(meeting: Meeting, person: Person, rsvp: Rsvp) -> dict[str, Any]:
    with reading_as(person.language, person.time_zone):
        facts = _facts(meeting, person.language)
    return {
        **facts,
        "link": absolute(answer_path(meeting.pk, person.pk)),
        "answer": rsvp.answer,
        "standing": rsvp.standing,
        "is_visitor": rsvp.is_visitor,
        "company": _company(rsvp),
    }


def _facts(meeting: Meeting, language: str) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "group": meeting.group,
        "host": meeting.host.name if meeting.host else "",
        "where": where_line(meeting),
        "practicalities": practicalities(meeting),
        "headline": headline(meeting, language),
    }


def _company(rsvp: Rsvp) -> str:
    return rsvp.enterprise.name if rsvp.enterprise else ""


def _shortened(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"


@contextmanager
def reading_as(language: str, time_zone: str) -> Iterator[None]:
    """Speak the reader's language and go by their clock."""
    with translation.override(language), timezone.override(ZoneInfo(time_zone)):
        yield
