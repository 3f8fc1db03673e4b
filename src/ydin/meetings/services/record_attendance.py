"""Who was there: ticked on the evening, keyed in from paper, checked in by code."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record, record_all
from ydin.groups.policies import can_coordinate
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed, Refused
from ydin.meetings.models import Attendance, Meeting
from ydin.meetings.policies import is_host
from ydin.meetings.queries.evening import Row, invited_by_address, roll_call
from ydin.meetings.rules.evening import is_check_in_open, may_tick
from ydin.meetings.rules.states import MeetingState, Recorded
from ydin.meetings.services.answers_base import lock_meeting
from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of
from ydin.people.models import Person


@transaction.atomic
def mark_present(*, actor: Person | None, meeting: Meeting, key: str) -> Row:
    """Record that somebody on the list (`queries.evening.Row.key`) is there; twice changes nothing.

    Raises:
        NotAllowed: the actor neither hosts the evening nor coordinates the group.
        Refused: not on the list, too early or too late, or the evening is cancelled.

    """
    held = _open_list(actor, meeting)
    row = _row(held, key)
    if row.attendance is None:
        _write(actor, held, [row], Recorded.COORDINATOR)
    return _row(held, key)


@transaction.atomic
def mark_absent(*, actor: Person | None, meeting: Meeting, key: str) -> None:
    """Take somebody off the attendance list; a visitor by name is forgotten. Raises as `mark_present`."""
    held = _open_list(actor, meeting)
    row = _row(held, key)
    if row.attendance is not None:
        _erase(actor, held, [row])


@transaction.atomic
def note_lateness(*, actor: Person | None, meeting: Meeting, key: str, late: bool, left_early: bool) -> Row:
    """Note that somebody present came late or left early, where the group records it.

    Raises:
        Refused: the group does not record it, or the person is not marked as present. And as `mark_present`.

    """
    held = _open_list(actor, meeting)
    if not held.group.records_lateness:
        raise Refused(_("This group does not record who came late or left early."))
    row = _row(held, key)
    if row.attendance is None:
        raise Refused(_("Tick first that they are here."))
    row.attendance.late, row.attendance.left_early = late, left_early
    row.attendance.save(update_fields=["late", "left_early"])
    record(
        actor=actor,
        action="attendance.lateness",
        target=row.attendance,
        meeting=held.pk,
        late=late,
        left_early=left_early,
    )
    return _row(held, key)


@transaction.atomic
def add_visitor(*, actor: Person | None, meeting: Meeting, name: str, company: str = "") -> Attendance:
    """Record a visitor who has no account, by name. The same name of the same company is one visitor."""
    held = _open_list(actor, meeting)
    return _visitor(actor, held, name, company, Recorded.COORDINATOR)


@transaction.atomic
def key_in_sheet(
    *,
    actor: Person | None,
    meeting: Meeting,
    shown: Collection[str],
    ticked: Collection[str],
    visitors: Sequence[tuple[str, str]] = (),
) -> int:
    """Take over the marks of the paper list; return how many are present now.

    Args:
        actor: host or coordinator.
        meeting: the evening.
        shown: keys of the rows that were on the page; others stay as they are.
        ticked: keys of those who signed. Who is recorded already stays so as they were.
        visitors: (name, company) of those who signed on the empty rows.

    Raises:
        NotAllowed, Refused: as `mark_present`.

    """
    held = _open_list(actor, meeting)
    rows = [row for row in roll_call(held) if row.key in shown]
    _write(actor, held, [r for r in rows if r.key in ticked and r.attendance is None], Recorded.PAPER)
    _erase(actor, held, [r for r in rows if r.key not in ticked and r.attendance is not None])
    for name, company in visitors:
        if name.strip():
            _visitor(actor, held, name, company, Recorded.PAPER)
    return Attendance.objects.filter(meeting=held).count()


@transaction.atomic
def check_in_person(*, actor: Person, meeting: Meeting) -> bool:
    """Record that a known person is there; False when they are on the list already.

    Who is neither invited nor of the group is recorded as a visitor.

    Raises:
        Refused: the code does not work at this hour.

    """
    _require_open_door(meeting)
    found = invited_by_address(meeting, actor.email)
    with acting_as(actor.pk):
        own = enterprises_of(actor).order_by("pk").first() if found is None else None
        company = _company(found.enterprise_id) if found else own
        row, made = Attendance.objects.get_or_create(
            meeting=meeting,
            person=actor,
            defaults={
                "group": meeting.group,
                "enterprise": company,
                "name": str(actor)[:500],
                "company": company.name if company else "",
                "as_visitor": found is None or found.is_visitor,
                "recorded": Recorded.CODE,
                "recorded_by": actor,
            },
        )
        if made:
            record(actor=actor, action="attendance.recorded", target=row, meeting=meeting.pk, how="code")
    return made


@transaction.atomic
def check_in_address(*, actor: Person | None, meeting: Meeting, email: str) -> None:
    """Record whoever was invited at this address, or comes instead of somebody. Says nothing about it.

    The caller gives the same answer whether the address is known or not.
    """
    _require_open_door(meeting)
    found = invited_by_address(meeting, email.strip())
    if found is None:
        return
    if found.person is not None:
        check_in_person(actor=found.person, meeting=meeting)
        return
    company = _company(found.enterprise_id)
    names = (found.substitute, company.name if company else "")
    _write_at_the_door(actor, meeting, names, found.enterprise_id, as_visitor=found.is_visitor)


@transaction.atomic
def check_in_visitor(*, actor: Person | None, meeting: Meeting, name: str, company: str) -> None:
    """Record a visitor by name who came with the code. Twice changes nothing."""
    _require_open_door(meeting)
    _write_at_the_door(actor, meeting, (name.strip()[:500], company.strip()[:500]), None, as_visitor=True)


def _write_at_the_door(
    actor: Person | None,
    meeting: Meeting,
    names: tuple[str, str],
    enterprise: int | None,
    *,
    as_visitor: bool,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select ydin_check_in_by_name(%s, %s, %s, %s, %s)",
            [meeting.pk, *names, enterprise, as_visitor],
        )
        made = bool(cursor.fetchone()[0])
    if made:
        record(actor=actor, action="attendance.recorded_by_name", target=meeting, how="code")


def _company(pk: int | None) -> Enterprise | None:
    return Enterprise.objects.filter(pk=pk).first() if pk is not None else None


def _require_open_door(meeting: Meeting) -> None:
    if meeting.state not in {MeetingState.ANNOUNCED, MeetingState.HELD} or not is_check_in_open(
        meeting.starts_at, meeting.ends_at, now()
    ):
        raise Refused(_("This code works on the evening itself."))


def _open_list(actor: Person | None, meeting: Meeting) -> Meeting:
    held = lock_meeting(meeting.pk)
    coordinates = actor is None or can_coordinate(actor, held.group)
    if not coordinates and not is_host(actor, held):
        raise NotAllowed(_("Only the host and the group's coordinator tick the list."))
    if held.state in {MeetingState.DRAFT, MeetingState.CANCELLED}:
        raise Refused(_("There is no evening to tick: it was not announced, or it is cancelled."))
    if not may_tick(held.starts_at, held.ends_at, now(), coordinates=coordinates):
        raise Refused(
            _(
                "The list opens two hours before the start. "
                "The host ticks it for a day, the coordinator for 30 days."
            )
        )
    return held


def _row(held: Meeting, key: str) -> Row:
    for row in roll_call(held):
        if row.key == key:
            return row
    raise Refused(_("This name is not on the list any more. Load the page again."))


def _write(actor: Person | None, held: Meeting, rows: Sequence[Row], how: Recorded) -> None:
    made = Attendance.objects.bulk_create(
        Attendance(
            meeting=held,
            group=held.group,
            person_id=None if row.instead_of else row.person_id,
            enterprise_id=row.enterprise_id,
            name=row.name[:500],
            company=row.company,
            as_visitor=row.as_visitor,
            recorded=how,
            recorded_by=actor,
        )
        for row in rows
    )
    record_all(actor=actor, action="attendance.recorded", targets=made, meeting=held.pk, how=str(how))


def _erase(actor: Person | None, held: Meeting, rows: Sequence[Row]) -> None:
    for row in rows:
        if row.attendance is not None:
            data = {"meeting": held.pk, "person": row.person_id}
            record(actor=actor, action="attendance.removed", target=row.attendance, **data)
            row.attendance.delete()


def _visitor(actor: Person | None, held: Meeting, name: str, company: str, how: Recorded) -> Attendance:
    name, company = name.strip()[:500], company.strip()[:500]
    if not name:
        raise Refused(_("Write the visitor's name."))
    known = Attendance.objects.filter(
        meeting=held, person__isnull=True, name__iexact=name, company__iexact=company
    ).first()
    if known is not None:
        return known
    made = Attendance.objects.create(
        meeting=held,
        group=held.group,
        name=name,
        company=company,
        as_visitor=True,
        recorded=how,
        recorded_by=actor,
    )
    record(actor=actor, action="attendance.recorded", target=made, meeting=held.pk, how=str(how))
    return made
