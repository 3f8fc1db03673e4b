"""The memo: what stays in the group. And the public text: what may leave it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.meetings.emails.evening import memo_ready
from ydin.meetings.models import Meeting, Memo, Summary
from ydin.meetings.policies import can_prepare, may_publish
from ydin.meetings.queries.evening import memo_of, people_who_read, summary_of
from ydin.meetings.queries.evening_names import candidates_of
from ydin.meetings.rules.evening_names import Candidate, named_in
from ydin.meetings.rules.states import MeetingState
from ydin.meetings.services.answers_base import lock_meeting
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.people.policies import unwanted
from ydin.people.rules import MailKind

NEWS = timedelta(days=60)
"""A memo that is written later than this after the evening is announced to nobody."""


@transaction.atomic
def save_memo(
    *, actor: Person | None, meeting: Meeting, version: int, discussed: str, advice: str, next_time: str
) -> Memo:
    """Write the memo. The first time, those who hold a seat are told that it is there (not what it says).

    Args:
        actor: the host or a coordinator of the group.
        meeting: an evening that has begun.
        version: of the memo that the actor saw; 0 when there was none.
        discussed: what was talked about.
        advice: advice that was given.
        next_time: what is for next time.

    Raises:
        NotAllowed: the actor is neither.
        Refused: nothing was written, or the evening has not begun.
        Conflict: somebody wrote meanwhile.

    """
    held = _hold(actor, meeting)
    texts = {"discussed": discussed.strip(), "advice": advice.strip(), "next_time": next_time.strip()}
    if not any(texts.values()):
        raise Refused(_("Write at least a word into one of the fields."))
    memo = memo_of(held)
    if (memo.version if memo else 0) != version:
        raise Conflict(_("Somebody wrote to the memo meanwhile. Both texts are below."))
    if memo is None:
        memo = Memo.objects.create(meeting=held, group=held.group, written_by=actor, **texts)
        _tell_readers(actor, held)
    else:
        for field, text in texts.items():
            setattr(memo, field, text)
        memo.written_by, memo.version = actor, memo.version + 1
        memo.save()
    record(actor=actor, action="memo.saved", target=memo, meeting=held.pk, version=memo.version)
    return memo


def _tell_readers(actor: Person | None, held: Meeting) -> None:
    if now() - held.ends_at > NEWS:
        return
    readers = [p for p in people_who_read(held.group) if actor is None or p.pk != actor.pk]
    silent = unwanted(readers, MailKind.SUMMARY)
    for person in readers:
        if person.pk not in silent:
            post(actor=actor, letter=memo_ready(held, person))


def still_named(meeting: Meeting, text: str, named: Collection[int]) -> list[Candidate]:
    """Return the companies and people of the group whom the text names without their company's agreement."""
    return [one for one in named_in(text, candidates_of(meeting)) if one.company not in named]


@transaction.atomic
def save_summary(
    *, actor: Person | None, meeting: Meeting, version: int, text: str, named: Collection[int] = ()
) -> Summary:
    """Write the public text. A published one stays published, so it may name only those who agreed.

    Args:
        actor: the host or a coordinator of the group.
        meeting: an evening that has begun.
        version: of the text that the actor saw; 0 when there was none.
        text: plain text, paragraphs divided by empty lines.
        named: ids of companies that agreed to be named.

    Raises:
        NotAllowed, Conflict: as `save_memo`.
        Refused: it is empty, or published and names somebody who did not agree.

    """
    summary = _write_summary(actor, meeting, version, text, named)
    if summary.published_at is not None:
        _require_nobody(meeting, summary)
    return summary


@transaction.atomic
def publish_summary(
    *, actor: Person | None, meeting: Meeting, version: int, text: str, named: Collection[int] = ()
) -> Summary:
    """Write the public text and show it to everybody. Arguments and errors as `save_summary`.

    NotAllowed, too: somebody else began the text, who still prepares the evening.
    """
    summary = _write_summary(actor, meeting, version, text, named)
    _require_nobody(meeting, summary)
    if not may_publish(actor, meeting, summary):
        raise NotAllowed(
            _("%(name)s wrote the text. Only they can show it to everybody; ask them.")
            % {"name": summary.written_by}
        )
    if summary.published_at is None:
        summary.published_at = now()
        summary.save(update_fields=["published_at"])
        record(actor=actor, action="summary.published", target=summary, meeting=meeting.pk)
    return summary


@transaction.atomic
def unpublish_summary(*, actor: Person | None, meeting: Meeting) -> None:
    """Take the public text back; it stays as a draft. Raises NotAllowed as `save_summary`."""
    held = _hold(actor, meeting)
    summary = summary_of(held)
    if summary is not None and summary.published_at is not None:
        summary.published_at, summary.version = None, summary.version + 1
        summary.save(update_fields=["published_at", "version"])
        record(actor=actor, action="summary.unpublished", target=summary, meeting=held.pk)


def _write_summary(
    actor: Person | None, meeting: Meeting, version: int, text: str, named: Collection[int]
) -> Summary:
    held = _hold(actor, meeting)
    if not text.strip():
        raise Refused(_("Write the text first."))
    known = {one.company for one in candidates_of(held)}
    summary = summary_of(held)
    if (summary.version if summary else 0) != version:
        raise Conflict(_("Somebody wrote to the text meanwhile. Both texts are below."))
    if summary is None:
        summary = Summary(meeting=held, version=0)
    summary.text = text.strip()
    if summary.written_by is None or not can_prepare(summary.written_by, held):
        summary.written_by = actor
    summary.named = sorted(pk for pk in set(named) if pk in known)
    summary.version += 1
    summary.save()
    record(
        actor=actor,
        action="summary.saved",
        target=summary,
        meeting=held.pk,
        version=summary.version,
        named=summary.named,
    )
    return summary


def _require_nobody(meeting: Meeting, summary: Summary) -> None:
    found = still_named(meeting, summary.text, summary.named)
    if found:
        names = ", ".join(dict.fromkeys(one.name for one in found))
        raise Refused(
            _("The text names %(names)s. Take the names out, or ask and tick that they agreed.")
            % {"names": names}
        )


def _hold(actor: Person | None, meeting: Meeting) -> Meeting:
    held = lock_meeting(meeting.pk)
    if actor is not None and not can_prepare(actor, held):
        raise NotAllowed(_("Only the host and the group's coordinator write about the evening."))
    if held.state in {MeetingState.DRAFT, MeetingState.CANCELLED} or held.starts_at > now():
        raise Refused(_("There is nothing to write yet: the evening has not been held."))
    return held
