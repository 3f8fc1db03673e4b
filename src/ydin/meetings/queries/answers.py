"""What answer pages, letters and the waiting list need to know of a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from ydin.groups.models import CoreGroup, Seat
from ydin.groups.queries import living_seats
from ydin.groups.rules import READING_STATES, UNDO_TIME, SeatState
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.rules.answers import Room
from ydin.meetings.rules.states import Answer, MeetingState, Standing
from ydin.networks.models import Representative
from ydin.networks.queries import current_representatives, during, utc_today
from ydin.outbox.models import Message
from ydin.people.models import Person

LONGEST_NOTICE = timedelta(days=60)


Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Counts:
    """How many come. `taken` and `visitors` are people with their guests; `ahead` wait before the reader."""

    taken: int
    waiting: int
    visitors: int
    companies: int
    maybe: int
    ahead: int

    def room(self, meeting: Meeting) -> Room:
        """Return how full the meeting is."""
        return Room(meeting.capacity, meeting.visitor_places, self.taken, self.visitors, self.waiting)


def answer_counts(meeting: Meeting, person_id: int | None) -> Counts:
    """Return the counts of a meeting, whoever reads them; names of nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select taken, waiting, visitors, companies, maybe, ahead from ydin_answer_counts(%s, %s)",
            [meeting.pk, person_id],
        )
        return Counts(*cursor.fetchone())


def people_of_host(meeting: Meeting) -> list[Person]:
    """Return the active people who act today for the company that hosts the meeting, each once."""
    if meeting.host_id is None:
        return []
    acts = current_representatives().filter(enterprise=meeting.host_id, person__is_active=True)
    return list({one.person_id: one.person for one in acts}.values())


def meeting_of_link(pk: int) -> Meeting | None:
    """Return the meeting of a personal link, with group and host; never a draft."""
    found = Meeting.objects.select_related("group", "host").exclude(state=MeetingState.DRAFT)
    return found.filter(pk=pk).first()


_MEETING = ("state", "starts_at", "capacity", "visitor_places", "group_id", "host_id")
_RSVP = (
    *("id", "enterprise_id", "is_visitor", "answer", "standing", "queued_at", "guests", "guest_name"),
    *(
        "substitute_name",
        "substitute_email",
        "comment",
        "invited_at",
        "answered_at",
        "answered_by_id",
        "version",
    ),
)
_PERSON = ("name", "email", "language", "time_zone")


def hold_for_answer(meeting_id: int, person_id: int) -> tuple[Meeting, Rsvp, Counts] | None:
    """Lock the meeting until the transaction ends, and read an active person's invitation and the counts.

    One round trip; only what an answer depends on is read. None: no such meeting, or not invited as far as
    row security shows it.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from ydin_hold_for_answer(%s, %s)", [meeting_id, person_id])
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row)
    held = _known(Meeting, {"id": meeting_id} | _named(_MEETING, values))
    keys = {"meeting_id": meeting_id, "group_id": held.group_id, "person_id": person_id}
    rsvp = _known(Rsvp, keys | _named(_RSVP, values))
    rsvp.person = _known(Person, {"id": person_id} | _named(_PERSON, values))
    return held, rsvp, Counts(*values)


def _named(names: tuple[str, ...], values: Iterator[Any]) -> dict[str, Any]:
    return dict(zip(names, islice(values, len(names)), strict=True))


def _known(model: type[Row], values: dict[str, Any]) -> Row:
    names = [f.attname for f in model._meta.concrete_fields if f.attname in values]  # noqa: SLF001 - documented
    return model.from_db(connection.alias, names, [values[name] for name in names])


def invitation_of(meeting: Meeting, person_id: int) -> Rsvp | None:
    """Return the invitation of an active person to the meeting, as far as row security shows it."""
    own = Rsvp.objects.select_related("person", "enterprise")
    return own.filter(meeting=meeting, person_id=person_id, person__is_active=True).first()


def invitations(meeting: Meeting) -> QuerySet[Rsvp]:
    """Return the invitations to a meeting with person and company, by company and name."""
    return (
        Rsvp.objects.filter(meeting=meeting)
        .select_related("person", "enterprise")
        .order_by("enterprise__name", "person__name", "pk")
    )


def waiting_list(meeting: Meeting) -> QuerySet[Rsvp]:
    """Return those who wait for a place, the first to move up first."""
    waiting = Rsvp.objects.filter(meeting=meeting, standing=Standing.WAITING)
    return waiting.select_related("person", "enterprise").order_by("queued_at", "pk")


def seats_that_read(group: CoreGroup) -> int:
    """Return how many companies read what is said in the group."""
    return living_seats(group).filter(state__in=READING_STATES).count()


def meetings_to_remind(moment: datetime) -> list[Meeting]:
    """Return announced meetings that begin within sixty days, with their groups."""
    return list(
        Meeting.objects.select_related("group__network", "host")
        .filter(state=MeetingState.ANNOUNCED, starts_at__gt=moment, starts_at__lte=moment + LONGEST_NOTICE)
        .order_by("starts_at", "pk")
    )


def meetings_with_waiting(moment: datetime) -> list[int]:
    """Return the ids of coming meetings for which somebody waits."""
    return list(
        Meeting.objects.filter(
            state=MeetingState.ANNOUNCED, starts_at__gt=moment, rsvps__standing=Standing.WAITING
        )
        .distinct()
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def unanswered(meeting: Meeting, answers: Iterable[Answer], invited_before: datetime) -> list[Rsvp]:
    """Return the invitations with these answers of active people, invited before that moment."""
    return list(
        invitations(meeting).filter(
            answer__in=list(answers), person__is_active=True, invited_at__lt=invited_before
        )
    )


def posted(keys: Iterable[str]) -> set[str]:
    """Return which of these letters (by their key) are in the outbox already. For jobs."""
    return {
        k for k in Message.objects.filter(dedupe_key__in=list(keys)).values_list("dedupe_key", flat=True) if k
    }


def former_invitations(moment: datetime) -> list[Rsvp]:
    """Return invitations to coming meetings that somebody had for a company, and has no more.

    The person no longer acts for the company, or its seat in the group was left (an hour ago or earlier: it
    can be taken back so long). Not those of visitors without a seat, and not those of a company that still
    hosts the meeting. For jobs.
    """
    spells = Representative.objects.filter(person=OuterRef("person"), enterprise=OuterRef("enterprise"))
    seats = Seat.objects.filter(group=OuterRef("group"), enterprise=OuterRef("enterprise"))
    left = seats.filter(
        Q(changed_at__isnull=True) | Q(changed_at__lte=moment - UNDO_TIME), state=SeatState.LEFT
    )
    gone = Q(enterprise__isnull=False) & ~Exists(spells.filter(during(utc_today())))
    out = Exists(left) & ~Exists(seats.exclude(pk__in=left.values("pk"))) & ~Q(enterprise=F("meeting__host"))
    return list(
        Rsvp.objects.filter(
            gone | out,
            meeting__state__in=[MeetingState.DRAFT, MeetingState.ANNOUNCED],
            meeting__starts_at__gt=moment,
        )
        .select_related("meeting__group", "person")
        .order_by("meeting", "pk")
    )
