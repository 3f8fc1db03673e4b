"""Answers that come back by mail: calendar replies and plain words are answers, the rest reaches a person.

The signed receiver's address says who answers what; whoever writes there acts for that person at that
meeting and nothing else. A mail is looked at once, in the transaction of what it changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr
from uuid import UUID

from django.db import transaction

from ydin.audit.services import record
from ydin.kernel.addresses import SUBSTITUTE
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed, Refused
from ydin.meetings.emails import replies as emails
from ydin.meetings.emails.answers import reading_as
from ydin.meetings.models import Meeting, Rsvp, TimeProposal
from ydin.meetings.queries.answers import answer_counts, invitation_of, meeting_of_link
from ydin.meetings.queries.replies import newest_word, passed_on_today
from ydin.meetings.rules.replies import classify, new_lines
from ydin.meetings.rules.replies_calendar import CalendarReply, Method, read_calendar
from ydin.meetings.rules.states import Answer, MeetingState, ProposalState, Standing
from ydin.meetings.services.answers import Details, answer_by_link
from ydin.outbox.emails import Letter
from ydin.outbox.models import InboundMail
from ydin.outbox.rules.bounces import Fate
from ydin.outbox.rules.inbound import ReadMail, believable, read_mail
from ydin.outbox.services import post
from ydin.outbox.services.inbound import hold_mail, settle_mail
from ydin.people.services import clear_address_failing, mark_address_failing

READ_AFTER_END = timedelta(days=60)
MOST_PASSED_ON = 10
"""Mails of one person about one meeting that a coordinator gets in a day."""
WITH_SEQUENCE = 3
LONGEST_EVENING = timedelta(hours=12)


@dataclass(frozen=True)
class _Case:
    """One mail and what it is about."""

    mail: InboundMail
    read: ReadMail
    meeting: Meeting
    rsvp: Rsvp

    @property
    def key(self) -> str:
        """Names the mail in keys of letters."""
        return f"inbound:{self.mail.pk}"


@transaction.atomic
def take_reply(*, actor: None, inbound_id: UUID) -> str:
    """Do what a mail asks for, once; return in a word or two what was done.

    Every effect (answer, letters, the note that it was handled) commits together.
    """
    mail = hold_mail(actor=actor, inbound_id=inbound_id)
    if mail is None:
        return "handled before"
    meeting = meeting_of_link(mail.ids[0])
    rsvp = invitation_of(meeting, mail.ids[1]) if meeting else None
    if meeting is None or rsvp is None:
        settle_mail(actor=actor, mail=mail, outcome="not invited")
        return "not invited"
    case = _Case(mail, read_mail(bytes(mail.raw), mail.sender, mail.received_at), meeting, rsvp)
    with reading_as(rsvp.person.language, rsvp.person.time_zone):
        outcome, said_at = _take(case)
    settle_mail(actor=actor, mail=mail, outcome=outcome, said_at=said_at)
    if case.read.from_address == rsvp.person.email.lower() and not case.read.automatic:
        clear_address_failing(actor=None, address=rsvp.person.email)
    return outcome


def _take(case: _Case) -> tuple[str, datetime | None]:
    read, calendar = case.read, _calendar(case)
    if read.report is not None:
        return _bounced(case), None
    if now() > case.meeting.ends_at + READ_AFTER_END:
        return _too_late(case), None
    if case.mail.purpose == SUBSTITUTE:
        return _of_substitute(case, calendar), None
    if calendar is not None:
        return _of_calendar(case, calendar)
    return _of_words(case)


def _of_words(case: _Case) -> tuple[str, datetime | None]:
    read = case.read
    if read.automatic:
        return "automatic", None
    names = [case.rsvp.person.name, case.rsvp.enterprise.name if case.rsvp.enterprise else ""]
    answer = classify(read.text, names) if read.readable else None
    if answer is None:
        return _pass_on(case), None
    sequence = case.mail.ids[2] if len(case.mail.ids) >= WITH_SEQUENCE else case.meeting.sequence
    return _answer(case, answer, sequence, read.said_at, {})


def _calendar(case: _Case) -> CalendarReply | None:
    found = (read_calendar(raw) for raw in case.read.calendars)
    return next((c for c in found if c is not None and c.uid == str(case.meeting.uid)), None)


def _bounced(case: _Case) -> str:
    report = case.read.report
    assert report is not None
    if report.fate in {Fate.REFUSED, Fate.FAILED} and case.mail.purpose != SUBSTITUTE:
        mark_address_failing(
            actor=None,
            address=case.rsvp.person.email,
            reason=report.said,
            permanent=report.fate is Fate.REFUSED,
        )
    return report.fate.value


def _too_late(case: _Case) -> str:
    if not case.read.automatic:
        key = f"long-past:{case.meeting.pk}:{case.rsvp.person_id}"
        _post(emails.refused(case.meeting, case.rsvp, emails.too_old(), key))
    return "long past"


def _of_substitute(case: _Case, calendar: CalendarReply | None) -> str:
    """Let a person read what a substitute answers: whose answer changes by it is not for a machine to say."""
    if calendar is not None and calendar.answer is not None:
        return _pass_on(case, emails.answer_words(calendar.answer, calendar.comment))
    return "automatic" if case.read.automatic else _pass_on(case)


def _of_calendar(case: _Case, calendar: CalendarReply) -> tuple[str, datetime | None]:
    stamp = believable(calendar.stamp, case.mail.received_at) if calendar.stamp else None
    if calendar.sequence > case.meeting.sequence:
        return _pass_on(case, calendar.comment), None
    if calendar.method is Method.COUNTER and calendar.sequence >= case.meeting.moved_sequence:
        asks = _asks_for_another_time(case, calendar)
        return (_propose(case, calendar) if asks else _pass_on(case, calendar.comment)), None
    if calendar.answer is None:
        return (_pass_on(case, calendar.comment) if calendar.comment else "no answer"), None
    details: Details = {"comment": calendar.comment} if calendar.comment else {}
    if calendar.substitute:
        details["substitute_name"], details["substitute_email"] = calendar.substitute
    return _answer(case, calendar.answer, calendar.sequence, stamp or case.read.said_at, details)


def _answer(
    case: _Case, answer: Answer, sequence: int, said_at: datetime | None, details: Details
) -> tuple[str, datetime | None]:
    """Take the answer through the service that the answer page uses."""
    newest = newest_word(case.mail.about)
    if newest is not None and said_at is not None and said_at < newest:
        return "older", None
    if sequence < case.meeting.moved_sequence and case.meeting.state == MeetingState.ANNOUNCED:
        _post(emails.asked_again(case.meeting, case.rsvp))
        return "asked again", None
    if _says_nothing_new(case.rsvp, answer, details):
        return "unchanged", said_at
    try:
        with transaction.atomic():
            rsvp = answer_by_link(
                actor=None,
                meeting_id=case.meeting.pk,
                person_id=case.rsvp.person_id,
                answer=answer.value,
                **details,
            )
    except (Refused, NotAllowed) as error:
        return _refuse(case, error), None
    _note_other_sender(case)
    if (
        rsvp.standing == Standing.WAITING
        and case.rsvp.standing != Standing.WAITING
        and not case.read.automatic
    ):
        ahead = answer_counts(case.meeting, rsvp.person_id).ahead
        _post(emails.waiting(case.meeting, rsvp, ahead))
    return answer.value, said_at


def _says_nothing_new(rsvp: Rsvp, answer: Answer, details: Details) -> bool:
    known = {name: getattr(rsvp, name) for name in details}
    return rsvp.answer == answer and known == details


def _refuse(case: _Case, error: Exception) -> str:
    if not case.read.automatic:
        _post(emails.refused(case.meeting, case.rsvp, str(error), f"{case.key}:refused"))
    return "refused"


def _note_other_sender(case: _Case) -> None:
    """Keep in the log that somebody else's address answered for the person, as a colleague may."""
    if case.read.from_address and case.read.from_address != case.rsvp.person.email.lower():
        record(
            actor=None, action="meeting.answered_by_other", target=case.meeting, person=case.rsvp.person_id
        )


def _asks_for_another_time(case: _Case, calendar: CalendarReply) -> bool:
    start, end = (
        calendar.starts_at,
        calendar.ends_at
        or (
            calendar.starts_at + (case.meeting.ends_at - case.meeting.starts_at)
            if calendar.starts_at
            else None
        ),
    )
    if start is None or end is None or case.meeting.state != MeetingState.ANNOUNCED:
        return False
    same = start == case.meeting.starts_at and end == case.meeting.ends_at
    return not same and now() < start < end <= start + LONGEST_EVENING and case.meeting.starts_at > now()


def _propose(case: _Case, calendar: CalendarReply) -> str:
    """Keep the asked time for the host and coordinator to answer, and tell them."""
    assert calendar.starts_at is not None
    length = case.meeting.ends_at - case.meeting.starts_at
    proposal, _made = TimeProposal.objects.update_or_create(
        meeting=case.meeting,
        person=case.rsvp.person,
        state=ProposalState.OPEN,
        defaults={
            "group": case.meeting.group,
            "starts_at": calendar.starts_at,
            "ends_at": calendar.ends_at or calendar.starts_at + length,
            "comment": calendar.comment,
            "sequence": calendar.sequence,
            "proposed_at": now(),
        },
    )
    if calendar.answer in {Answer.MAYBE, Answer.NOT_COMING} and case.rsvp.answer == Answer.NONE:
        _answer(case, calendar.answer, calendar.sequence, None, {})
    for letter in emails.time_asked(case.meeting, proposal, case.key):
        _post(letter)
    record(actor=None, action="meeting.time_asked", target=case.meeting, person=case.rsvp.person_id)
    return "time asked"


def _pass_on(case: _Case, said: str = "") -> str:
    """Let those who arrange the meeting read it, unless a person or a machine floods them."""
    if case.read.automatic and not said:
        return "automatic"
    if passed_on_today(case.mail.about) >= MOST_PASSED_ON:
        return "too many"
    for letter in emails.forwarded(case.meeting, _written(case, said), case.key):
        _post(letter)
    return "passed on"


def _written(case: _Case, said: str) -> emails.Written:
    read, rsvp = case.read, case.rsvp
    name, address = str(rsvp.person), rsvp.person.email
    if case.mail.purpose == SUBSTITUTE and rsvp.substitute_email:
        name, address = rsvp.substitute_name, rsvp.substitute_email
    other = read.from_address if read.from_address not in {"", address.lower()} else ""
    text = said or "\n".join(new_lines(read.text)) or read.text.strip()
    return emails.Written(
        by=name,
        reply_to=formataddr((name, address)),
        text=text,
        other_address=other,
        attachments=read.attachments,
        cut=case.mail.size > len(case.mail.raw) or not read.readable,
    )


def _post(letter: Letter) -> None:
    post(actor=None, letter=letter)
