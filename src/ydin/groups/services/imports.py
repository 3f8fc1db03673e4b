"""A group's part in an import of companies: who may, and the seats that the companies get."""

from __future__ import annotations

from collections.abc import Collection

from ydin.audit.services import record_all
from ydin.groups.models import CoreGroup, Seat
from ydin.groups.policies import can_manage
from ydin.groups.queries import groups_overseen_by
from ydin.groups.rules import SeatState
from ydin.kernel.clock import today
from ydin.networks.models import Enterprise
from ydin.people.models import Person


class GroupSeats:
    """The group as the import of `networks` sees it (its protocol `SeatGiver`)."""

    def __init__(self, *, actor: Person | None, group: CoreGroup) -> None:
        """Act for a person, or for the system (None)."""
        self.actor, self.group = actor, group
        self.name, self.slug = group.name, group.slug

    def may_give(self, actor: Person) -> bool:
        """Tell whether the person coordinates the group or its network."""
        return can_manage(actor, self.group)

    def seated(self, enterprises: Collection[int]) -> set[int]:
        """Return those that have a living seat in the group."""
        seats = Seat.objects.filter(group=self.group, enterprise__in=enterprises)
        return set(seats.exclude(state=SeatState.LEFT).values_list("enterprise_id", flat=True))

    def closed(self, enterprises: Collection[int]) -> set[int]:
        """Return those that also sit in a group that the acting person does not oversee."""
        if self.actor is None:
            return set()
        seats = Seat.objects.filter(enterprise__in=enterprises).exclude(state=SeatState.LEFT)
        foreign = seats.exclude(group__in=groups_overseen_by(self.actor))
        return set(foreign.values_list("enterprise_id", flat=True))

    def give(self, enterprises: Collection[Enterprise]) -> None:
        """Give each a member's seat from today on."""
        day = today(self.group.time_zone)
        seats = Seat.objects.bulk_create(
            [Seat(group=self.group, enterprise=e, starts_on=day) for e in enterprises], batch_size=1000
        )
        record_all(
            actor=self.actor,
            action="seat.given",
            targets=seats,
            group=self.group.pk,
            state=SeatState.MEMBER.value,
        )
