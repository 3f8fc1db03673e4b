"""What companies said when the word went around."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from ydin.meetings.models import Meeting
from ydin.partnerships.models import Listing
from ydin.partnerships.queries.listings import round_companies
from ydin.partnerships.services.listings import add_listing
from ydin.people.models import Person


@transaction.atomic
def write_round(
    *, actor: Person | None, meeting: Meeting, said: Iterable[tuple[int, str, str]]
) -> list[Listing]:
    """Write down (company id, kind, text) of those who are there; saying the same twice writes it once.

    Raises:
        NotAllowed: the actor may not write for one of the companies.

    """
    companies = {one.pk: one for one in round_companies(meeting)}
    return [
        add_listing(actor=actor, group=meeting.group, enterprise=companies[pk], kind=kind, text=text)
        for pk, kind, text in said
        if pk in companies
    ]
