"""Who answered what, for the host and the coordinator."""

from __future__ import annotations

from dataclasses import dataclass, field

from ydin.groups.queries import contacts_of, invitees
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.queries.answers import invitations
from ydin.meetings.rules.states import Answer, Standing


@dataclass(frozen=True)
class AnswerRow:
    """One invitation; `phone` as far as the reader may see it."""

    rsvp: Rsvp
    phone: str


@dataclass
class AnswerList:
    """The invitations of a meeting by answer. `people` come, guests counted; `silent` said nothing."""

    coming: list[AnswerRow] = field(default_factory=list)
    waiting: list[AnswerRow] = field(default_factory=list)
    maybe: list[AnswerRow] = field(default_factory=list)
    not_coming: list[AnswerRow] = field(default_factory=list)
    silent: list[AnswerRow] = field(default_factory=list)
    people: int = 0

    @property
    def total(self) -> int:
        """Return how many are invited."""
        return sum(map(len, (self.coming, self.waiting, self.maybe, self.not_coming, self.silent)))


def answer_list(meeting: Meeting) -> AnswerList:
    """Return who answered what, as far as row security shows it to the acting person."""
    rsvps = list(invitations(meeting))
    phones = _phones(rsvps)
    found = AnswerList()
    for rsvp in rsvps:
        row = AnswerRow(rsvp, phones.get(rsvp.person_id, ""))
        _pile(found, rsvp).append(row)
        if rsvp.standing == Standing.ADMITTED:
            found.people += 1 + rsvp.guests
    found.waiting.sort(key=lambda row: (str(row.rsvp.queued_at), row.rsvp.pk))
    return found


def _pile(found: AnswerList, rsvp: Rsvp) -> list[AnswerRow]:
    if rsvp.standing == Standing.WAITING:
        return found.waiting
    return {
        Answer.COMING: found.coming,
        Answer.MAYBE: found.maybe,
        Answer.NOT_COMING: found.not_coming,
        Answer.NONE: found.silent,
    }[Answer(rsvp.answer)]


def _phones(rsvps: list[Rsvp]) -> dict[int, str]:
    companies = {r.enterprise_id for r in rsvps if r.enterprise_id is not None}
    found: dict[int, str] = {}
    for contacts in contacts_of(companies).values():
        for contact in contacts:
            if contact.card and contact.card.phone:
                found.setdefault(contact.representative.person_id, contact.card.phone)
    return found


def receivers(meeting: Meeting) -> int:
    """Return how many people an announcement would be sent to now."""
    invited = set(invitations(meeting).filter(person__is_active=True).values_list("person_id", flat=True))
    return len(invited | {one.person.pk for one in invitees(meeting.group)})
