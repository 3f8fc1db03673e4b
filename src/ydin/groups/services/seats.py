"""Seats: given, changed, and for an hour taken back. `actor=None` is the system."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups.models import CoreGroup, Seat
from ydin.groups.policies import can_manage
from ydin.groups.rules import SEAT_CHANGES, UNDO_TIME, SeatState
from ydin.kernel.clock import now, today
from ydin.kernel.errors import Conflict, Refused
from ydin.kernel.jobs import defer
from ydin.networks.models import Enterprise
from ydin.networks.policies import demand
from ydin.people.models import Person


@transaction.atomic
def give_seat(
    *,
    actor: Person | None,
    group: CoreGroup,
    enterprise: Enterprise,
    state: str = SeatState.MEMBER,
    starts_on: date | None = None,
) -> Seat:
    """Give a company a seat in the group, silently.

    Args:
        actor: a coordinator of the group or of its network.
        group: the group.
        enterprise: a company of the same network without a living seat in the group.
        state: visitor, member or paused.
        starts_on: first day, today on the group's clock by default.

    """
    demand(allowed=actor is None or can_manage(actor, group))
    if enterprise.network_id != group.network_id:
        raise Refused(_("This company belongs to another network."))
    if state == SeatState.LEFT:
        raise Refused(_("A seat begins as a visitor's or a member's."))
    try:
        with transaction.atomic():
            seat = Seat.objects.create(
                group=group,
                enterprise=enterprise,
                state=state,
                starts_on=starts_on or today(group.time_zone),
            )
    except IntegrityError as error:
        raise Refused(
            _("%(company)s already has a seat in this group.") % {"company": enterprise.name}
        ) from error
    record(actor=actor, action="seat.given", target=seat, group=group.pk, state=str(state))
    return seat


@transaction.atomic
def change_seat(
    *, actor: Person | None, seat: Seat, state: str, version: int | None = None, on: date | None = None
) -> Seat:
    """Move a seat to another state that `SEAT_CHANGES` allows; `on` is the last day of one that is left.

    Coming invitations of the company's people are taken back once the change can no longer be undone.

    Raises:
        Refused: this state does not follow from the present one.
        Conflict: somebody changed the seat since `version` (None: whatever it is now).

    """
    demand(allowed=actor is None or can_manage(actor, seat.group))
    before = SeatState(seat.state)
    seen = seat.version if version is None else version
    if SeatState(state) not in SEAT_CHANGES[before]:
        raise Refused(
            _("This is not possible any more: the seat is now “%(state)s”.")
            % {"state": seat.get_state_display()}
        )
    last_day = max(on or today(seat.group.time_zone), seat.starts_on) if state == SeatState.LEFT else None
    _move(seat, seen, state=state, ends_on=last_day, previous_state=before, changed_at=now())
    if state == SeatState.LEFT:
        defer("meetings.withdraw_former", at=now() + UNDO_TIME + timedelta(seconds=1))
    record(actor=actor, action="seat.changed", target=seat, group=seat.group_id, before=before, after=state)
    return seat


@transaction.atomic
def undo_seat_change(*, actor: Person | None, seat: Seat, version: int) -> Seat:
    """Take the last change of a seat back, within an hour."""
    demand(allowed=actor is None or can_manage(actor, seat.group))
    if not seat.previous_state or seat.changed_at is None or now() - seat.changed_at > UNDO_TIME:
        raise Refused(_("A change can be taken back for an hour only."))
    before, after = seat.state, seat.previous_state
    try:
        with transaction.atomic():
            _move(seat, version, state=after, ends_on=None, previous_state="", changed_at=now())
    except IntegrityError as error:
        raise Refused(
            _("%(company)s already has a seat in this group.") % {"company": seat.enterprise.name}
        ) from error
    record(actor=actor, action="seat.undone", target=seat, group=seat.group_id, before=before, after=after)
    return seat


def _move(seat: Seat, version: int, **values: object) -> None:
    if not Seat.objects.filter(pk=seat.pk, version=version).update(**values, version=F("version") + 1):
        raise Conflict(_("Somebody else changed this seat a moment ago. Look at it again."))
    seat.refresh_from_db()
