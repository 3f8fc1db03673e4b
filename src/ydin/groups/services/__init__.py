"""Use cases of groups, seats and applications. The names below are what higher slices call."""

from ydin.groups.services.applications import accept_application, invite_applicant
from ydin.groups.services.companies import Company, Contact, add_colleague, add_company
from ydin.groups.services.groups import (
    add_coordinator,
    create_group,
    end_coordinator,
    invite_coordinator,
    publish_ground_rules,
    update_group,
)
from ydin.groups.services.seats import change_seat, give_seat, undo_seat_change

__all__ = [
    "Company",
    "Contact",
    "accept_application",
    "add_colleague",
    "add_company",
    "add_coordinator",
    "change_seat",
    "create_group",
    "end_coordinator",
    "give_seat",
    "invite_applicant",
    "invite_coordinator",
    "publish_ground_rules",
    "undo_seat_change",
    "update_group",
]
