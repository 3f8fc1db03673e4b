"""What companies said when the word went around, and the letter that asks those who were there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from ydin.kernel.clock import now
from ydin.meetings.models import Meeting
from ydin.outbox.services import post
from ydin.partnerships import emails
from ydin.partnerships.models import Listing
from ydin.partnerships.queries.listings import (
    evenings_over,
    round_companies,
    who_were_there,
    written_since,
)
from ydin.partnerships.services.listings import add_listing
from ydin.people.models import Person
from ydin.people.policies import unwanted
from ydin.people.rules import MailKind

REST, LATELY = timedelta(hours=8), timedelta(hours=56)
"""A letter comes the next morning; a worker that slept for a day still sends it."""


@transaction.atomic
def write_round(
    *, actor: Person | None, meeting: Meeting, said: Iterable[tuple[int, str, str]]
) -> list[Listing]:
    """Write down (company id, kind, text) of those who are there; saying the same twice writes it once.

    Raises:
        NotAllowed: the actor may not write for one of the companies.

    """
    there, others = round_companies(meeting)
    companies = {one.pk: one for one in [*there, *others]}
    return [
        add_listing(actor=actor, group=meeting.group, enterprise=companies[pk], kind=kind, text=text)
        for pk, kind, text in said
        if pk in companies
    ]


@transaction.atomic
def ask_after_round(*, actor: None) -> int:
    """Write to those who were at an evening that is over: what was written down for them, and what else there is.

    Once for an evening and person, the next morning; returns how many were written to.
    """
    moment, written = now(), 0
    for meeting in evenings_over(moment - LATELY, moment - REST):
        there = who_were_there(meeting)
        silent = unwanted([person for person, _companies in there], MailKind.NEWS)
        for person, companies in there:
            if person.pk in silent:
                continue
            said = written_since(meeting.group_id, companies, meeting.starts_at)
            post(actor=actor, letter=emails.after_round(meeting, person, said))
            written += 1
    return written
