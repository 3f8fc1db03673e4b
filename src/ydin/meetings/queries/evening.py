"""What the meeting room shows: the list to tick, the promises, the next evening, what is public of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from ydin.groups.models import CoreGroup
from ydin.groups.queries import invitees, living_seats, rules_now
from ydin.groups.rules import READING_STATES
from ydin.meetings.models import Attendance, HostingTurn, Meeting, Memo, Promise, Rsvp, Summary
from ydin.meetings.queries.answers import invitations
from ydin.meetings.rules.states import Answer, MeetingState, PromiseState, TurnState
from ydin.networks.models import Enterprise, Representative
from ydin.networks.queries import current_representatives, enterprises_of
from ydin.networks.rules.texts import Said
from ydin.people.models import Person

NAGS = timedelta(days=60)


@dataclass(frozen=True)
class Row:
    """A line of the attendance list.

    `key` names it in addresses and forms: `p12` a person, `s5` who comes instead of somebody (invitation 5),
    `v7` a visitor by name (attendance 7).
    """

    key: str
    name: str
    company: str
    person_id: int | None
    enterprise_id: int | None
    as_visitor: bool
    instead_of: str
    answer: str
    attendance: Attendance | None

    @property
    def is_present(self) -> bool:
        """Tell whether they were there."""
        return self.attendance is not None


@dataclass(frozen=True)
class NextEvening:
    """Who hosts next and when; `day` is the date on the group's clock."""

    host: str
    day: date
    theme: str


def roll_call(meeting: Meeting) -> list[Row]:
    """Return everybody who may have been there: invited, in the group today, or recorded.

    By name, visitors without an account last in the order in which they came. The printed list
    and the page on which its marks are keyed in both show exactly this.
    """
    present = list(
        Attendance.objects.filter(meeting=meeting).select_related("person", "enterprise").order_by("pk")
    )
    by_person = {a.person_id: a for a in present if a.person_id is not None}
    by_name = {(a.name, a.enterprise_id): a for a in present if a.person_id is None and not a.as_visitor}
    rows: dict[str, Row] = {}
    for rsvp in invitations(meeting):
        row = _invited(rsvp, by_person, by_name)
        rows[row.key] = row
        by_person.pop(rsvp.person_id, None)
    replaced = {row.person_id for row in rows.values() if row.instead_of}
    for one in invitees(meeting.group):
        key = f"p{one.person.pk}"
        if key not in rows and one.person.pk not in replaced:
            found = by_person.pop(one.person.pk, None)
            rows[key] = _known(one.person, one.enterprise, found, is_visitor=one.is_visitor)
    for attendance in by_person.values():
        assert attendance.person is not None
        row = _known(attendance.person, attendance.enterprise, attendance, is_visitor=attendance.as_visitor)
        rows[row.key] = row
    told = {row.attendance.pk for row in rows.values() if row.attendance}
    named = [_by_name(a) for a in present if a.person_id is None and a.pk not in told]
    ordered = sorted(rows.values(), key=lambda r: (r.name.casefold(), r.company.casefold(), r.key))
    return [*ordered, *named]


def _invited(
    rsvp: Rsvp,
    by_person: dict[int, Attendance],
    by_name: dict[tuple[str, int | None], Attendance],
) -> Row:
    company = rsvp.enterprise.name if rsvp.enterprise else ""
    own = by_person.get(rsvp.person_id)
    if rsvp.substitute_name and rsvp.answer == Answer.COMING and own is None:
        return Row(
            key=f"s{rsvp.pk}",
            name=rsvp.substitute_name,
            company=company,
            person_id=rsvp.person_id,
            enterprise_id=rsvp.enterprise_id,
            as_visitor=False,
            instead_of=str(rsvp.person),
            answer=rsvp.answer,
            attendance=by_name.get((rsvp.substitute_name, rsvp.enterprise_id)),
        )
    return Row(
        key=f"p{rsvp.person_id}",
        name=str(rsvp.person),
        company=company,
        person_id=rsvp.person_id,
        enterprise_id=rsvp.enterprise_id,
        as_visitor=rsvp.is_visitor,
        instead_of="",
        answer=rsvp.answer,
        attendance=own,
    )


def _known(
    person: Person, enterprise: Enterprise | None, attendance: Attendance | None, *, is_visitor: bool
) -> Row:
    return Row(
        key=f"p{person.pk}",
        name=str(person),
        company=enterprise.name if enterprise else "",
        person_id=person.pk,
        enterprise_id=enterprise.pk if enterprise else None,
        as_visitor=is_visitor,
        instead_of="",
        answer=Answer.NONE,
        attendance=attendance,
    )


def _by_name(attendance: Attendance) -> Row:
    return Row(
        key=f"v{attendance.pk}",
        name=attendance.name,
        company=attendance.company,
        person_id=None,
        enterprise_id=attendance.enterprise_id,
        as_visitor=attendance.as_visitor,
        instead_of="",
        answer=Answer.NONE,
        attendance=attendance,
    )


def attendances_of(meeting: Meeting) -> QuerySet[Attendance]:
    """Return who was there, by company and name, as far as row security shows it."""
    return (
        Attendance.objects.filter(meeting=meeting)
        .select_related("person", "enterprise")
        .order_by("as_visitor", "enterprise__name", "company", "name", "pk")
    )


def meetings_to_close(ended_before: datetime) -> list[Meeting]:
    """Return announced meetings that ended before that moment and at which somebody was recorded."""
    present = Attendance.objects.filter(meeting=OuterRef("pk"))
    return list(
        Meeting.objects.filter(Exists(present), state=MeetingState.ANNOUNCED, ends_at__lt=ended_before)
        .select_related("group")
        .order_by("pk")
    )


def meeting_of_code(code: str) -> Meeting | None:
    """Return the latest announced or held meeting of a check-in code, with group and host."""
    if not code:
        return None
    rows = Meeting.objects.filter(
        check_in_code=code, state__in=[MeetingState.ANNOUNCED, MeetingState.HELD]
    ).select_related("group__network", "host")
    return rows.order_by("-starts_at").first()


def _before(meeting: Meeting) -> QuerySet[Meeting]:
    earlier = Meeting.objects.filter(
        group=meeting.group,
        starts_at__lt=meeting.starts_at,
        state__in=[MeetingState.ANNOUNCED, MeetingState.HELD],
    )
    return earlier.order_by("-starts_at", "-pk")


def next_evening(meeting: Meeting) -> NextEvening | None:
    """Return the group's next evening after this one, as far as it is agreed."""
    zone = ZoneInfo(meeting.group.time_zone)
    later = (
        Meeting.objects.filter(group=meeting.group, starts_at__gt=meeting.starts_at)
        .exclude(state=MeetingState.CANCELLED)
        .select_related("host")
        .order_by("starts_at", "pk")
        .first()
    )
    if later is not None:
        theme = "" if later.state == MeetingState.DRAFT else later.theme
        return NextEvening(str(later.host or ""), later.starts_at.astimezone(zone).date(), theme)
    turn = (
        HostingTurn.objects.filter(
            season__group=meeting.group,
            state=TurnState.ACCEPTED,
            evening__gt=meeting.starts_at.astimezone(zone).date(),
        )
        .select_related("enterprise")
        .order_by("evening", "pk")
        .first()
    )
    return NextEvening(turn.enterprise.name, turn.evening, "") if turn else None


def memo_of(meeting: Meeting) -> Memo | None:
    """Return the meeting's memo as it is now, as far as row security shows it."""
    return Memo.objects.filter(meeting=meeting).select_related("written_by").first()


def loaded(meeting: Meeting) -> tuple[Memo | None, Summary | None]:
    """Return memo and public text that were read with the meeting (`policies.find_meeting`)."""
    return getattr(meeting, "memo", None), getattr(meeting, "summary", None)


def summary_of(meeting: Meeting) -> Summary | None:
    """Return the meeting's public text, published or not."""
    return Summary.objects.filter(meeting=meeting).select_related("written_by").first()


def published_summaries(group: CoreGroup) -> QuerySet[Summary]:
    """Return the group's published summaries with their meetings, the newest evening first."""
    return (
        Summary.objects.filter(meeting__group=group, published_at__isnull=False)
        .select_related("meeting__host")
        .order_by("-meeting__starts_at", "-pk")
    )


def open_promises(group: CoreGroup) -> QuerySet[Promise]:
    """Return the group's promises that are open, the oldest evening first."""
    return _promises().filter(group=group, state=PromiseState.OPEN)


def promises_of(person: Person) -> QuerySet[Promise]:
    """Return the promises of the person's companies, open ones first, as far as row security shows them."""
    mine = Q(enterprise__in=enterprises_of(person))
    return _promises().filter(mine).order_by("-state", "due", "meeting__starts_at", "pk")


def promises_around(meeting: Meeting) -> tuple[list[Promise], list[Promise]]:
    """Return what the group looks at on this evening, with one query: (of last time, made now).

    Of last time is everything promised on the evening before, and what is still open from earlier ones.
    """
    earlier = Q(meeting__starts_at__lt=meeting.starts_at)
    last = Q(meeting__in=_before(meeting)[:1])
    shown = Q(meeting=meeting) | last | (earlier & Q(state=PromiseState.OPEN))
    rows = list(_promises().filter(shown, group=meeting.group))
    return [p for p in rows if p.meeting_id != meeting.pk], [p for p in rows if p.meeting_id == meeting.pk]


def _promises() -> QuerySet[Promise]:
    return Promise.objects.select_related("enterprise", "meeting__group", "person").order_by(
        "meeting__starts_at", "enterprise__name", "pk"
    )


@dataclass(frozen=True)
class Seats:
    """The group's companies: (id, name) of those with a seat."""

    companies: list[tuple[int, str]]


def seats_of(group: CoreGroup) -> Seats:
    """Return the companies with a seat in the group, by name."""
    seats = list(living_seats(group))
    return Seats([(s.enterprise_id, s.enterprise.name) for s in seats])


def people_who_read(group: CoreGroup) -> list[Person]:
    """Return the active people of the companies that hold a seat, paused ones too, each once."""
    seats = living_seats(group).filter(state__in=READING_STATES)
    rows = current_representatives().filter(
        enterprise_id__in=seats.values("enterprise_id"), person__is_active=True
    )
    return list({row.person_id: row.person for row in rows}.values())


def companies_ever(group: CoreGroup) -> list[Enterprise]:
    """Return every company that has or had a seat in the group, by name."""
    return list(Enterprise.objects.filter(seats__group=group).distinct().order_by("name", "pk"))


def people_ever(companies: Sequence[Enterprise]) -> list[Representative]:
    """Return everybody who acts or acted for these companies."""
    return list(
        Representative.objects.filter(enterprise__in=companies).select_related("person").order_by("pk")
    )


@dataclass(frozen=True)
class Invited:
    """Whose address it is: a person (None: somebody who comes instead, by name) and their company."""

    person: Person | None
    enterprise_id: int | None
    is_visitor: bool
    substitute: str


def invited_by_address(meeting: Meeting, email: str) -> Invited | None:
    """Return who is invited at this address, comes instead of somebody, or belongs to the group.

    Reads past row security: for checking in at the door, where nothing of it is shown.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select person, enterprise, visitor, substitute from ydin_invited(%s, %s)", [meeting.pk, email]
        )
        found = cursor.fetchone()
    if found is None or found[2] is None:
        return None
    person = Person.objects.filter(pk=found[0]).first() if found[0] is not None else None
    return Invited(person, found[1], found[2], found[3])


def rules_in_force(group: CoreGroup) -> Said:
    """Return the group's ground rules in force in the reader's language, else in the group's with a note."""
    language = get_language() or ""
    return rules_now(group, language).said(language)


def is_checked_in(meeting: Meeting, person: Person) -> bool:
    """Tell whether the person is on the attendance list."""
    return Attendance.objects.filter(meeting=meeting, person=person).exists()


def unfinished_evenings(groups: QuerySet[CoreGroup], moment: datetime) -> list[Meeting]:
    """Return evenings that ended before `moment` and lack attendance or a memo, the newest first.

    Each has the flags `has_attendance` and `has_memo`. Nobody is written to about it; the cockpit shows it.
    Looks two months back, so that old evenings do not nag for ever.
    """
    return list(
        Meeting.objects.filter(
            group__in=groups,
            state__in=[MeetingState.ANNOUNCED, MeetingState.HELD],
            announced_at__isnull=False,
            ends_at__lt=moment,
            ends_at__gte=moment - NAGS,
        )
        .select_related("group", "host")
        .annotate(
            has_attendance=Exists(Attendance.objects.filter(meeting=OuterRef("pk"))),
            has_memo=Exists(Memo.objects.filter(meeting=OuterRef("pk"))),
        )
        .exclude(has_attendance=True, has_memo=True)
        .order_by("-starts_at", "pk")
    )
