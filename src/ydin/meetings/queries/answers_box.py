"""What the answer box shows to one person: their answer, how full it is, who comes if they may know."""

from __future__ import annotations

from dataclasses import dataclass

from ydin.kernel.clock import now
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.queries.answers import Counts, answer_counts, invitation_of, invitations, seats_that_read
from ydin.meetings.rules.states import Answer, MeetingState, Standing
from ydin.people.models import Person


@dataclass(frozen=True)
class AnswerBox:
    """One person's view of the answers to a meeting.

    `phase`: open, begun, held or cancelled. `names`: companies that come, for members only. `readers`: how
    many companies see the answer. `free`: how many more fit in, None without a limit.
    """

    meeting: Meeting
    rsvp: Rsvp
    phase: str
    counts: Counts
    names: list[str]
    readers: int
    free: int | None

    @property
    def is_open(self) -> bool:
        """Tell whether answers are taken."""
        return self.phase == "open"

    @property
    def who(self) -> str:
        """Return company and name."""
        company = [self.rsvp.enterprise.name] if self.rsvp.enterprise else []
        return ", ".join([*company, str(self.rsvp.person)])

    @property
    def coming(self) -> bool:
        """Tell whether the person comes themself, with a place or waiting for one."""
        return self.rsvp.answer == Answer.COMING and not self.rsvp.substitute_name

    @property
    def maybe(self) -> bool:
        """Tell whether the person said maybe."""
        return self.rsvp.answer == Answer.MAYBE

    @property
    def not_coming(self) -> bool:
        """Tell whether the person said no."""
        return self.rsvp.answer == Answer.NOT_COMING

    @property
    def substituted(self) -> bool:
        """Tell whether a colleague comes instead."""
        return self.rsvp.answer == Answer.COMING and bool(self.rsvp.substitute_name)

    @property
    def waiting(self) -> bool:
        """Tell whether the person is on the waiting list."""
        return self.rsvp.standing == Standing.WAITING

    @property
    def position(self) -> int:
        """Return the person's number on the waiting list, from 1."""
        return self.counts.ahead + 1

    @property
    def full(self) -> bool:
        """Tell whether a new answer would go to the waiting list."""
        if self.rsvp.standing == Standing.ADMITTED:
            return False
        room = self.counts.room(self.meeting)
        return room.waiting > 0 or not room.fits(1, visitors=self.rsvp.is_visitor)


def phase_of(meeting: Meeting) -> str:
    """Return open, begun, held or cancelled."""
    if meeting.state == MeetingState.CANCELLED:
        return "cancelled"
    if meeting.state == MeetingState.HELD:
        return "held"
    return "open" if meeting.starts_at > now() else "begun"


def answer_box(meeting: Meeting, person: Person | int) -> AnswerBox | None:
    """Return the answer box of an invited person, or None: not invited.

    Row security must know the person as acting: names of companies come from the rows that they may read,
    and visitors get none.
    """
    person_id = person if isinstance(person, int) else person.pk
    rsvp = invitation_of(meeting, person_id)
    if rsvp is None:
        return None
    counts = answer_counts(meeting, person_id)
    return AnswerBox(
        meeting=meeting,
        rsvp=rsvp,
        phase=phase_of(meeting),
        counts=counts,
        names=[] if rsvp.is_visitor else companies_coming(meeting),
        readers=seats_that_read(meeting.group),
        free=counts.room(meeting).free(),
    )


def companies_coming(meeting: Meeting) -> list[str]:
    """Return the names of the companies that have a place, as far as row security shows the answers."""
    rows = invitations(meeting).filter(standing=Standing.ADMITTED, enterprise__isnull=False)
    return list(dict.fromkeys(rows.values_list("enterprise__name", flat=True)))
