"""Whether a coordinator is named to everybody: theirs alone to say."""

from __future__ import annotations

from django.db import transaction

from ydin.audit.services import record
from ydin.groups.models import GroupCoordinator
from ydin.networks.policies import demand
from ydin.people.models import Person


@transaction.atomic
def agree_to_be_named(*, actor: Person | None, coordinator: GroupCoordinator) -> None:
    """Let the group's public page name its coordinator. Only the person agrees to it (or a sample's builder)."""
    _say(actor, coordinator, is_named=True)
    record(actor=actor, action="coordinator.named", target=coordinator, group=coordinator.group_id)


@transaction.atomic
def stop_being_named(*, actor: Person | None, coordinator: GroupCoordinator) -> None:
    """Take the name off the public page again; the members still see it."""
    _say(actor, coordinator, is_named=False)
    record(actor=actor, action="coordinator.unnamed", target=coordinator, group=coordinator.group_id)


def _say(actor: Person | None, coordinator: GroupCoordinator, *, is_named: bool) -> None:
    demand(allowed=actor is None or actor.pk == coordinator.person_id)
    coordinator.is_named = is_named
    coordinator.save(update_fields=["is_named"])
