"""Use cases of groups, seats and applications. The names below are what higher slices call."""

from ydin.groups.services.applications import (
    accept_application,
    apply_to_visit,
    decline_application,
    invite_applicant,
    send_application_on,
    welcome_applicant,
    withdraw_application,
)
from ydin.groups.services.companies import (
    FACTS,
    Company,
    Contact,
    add_colleague,
    add_company,
    end_representative,
    update_contact_card,
    update_enterprise,
)
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
    "FACTS",
    "Company",
    "Contact",
    "accept_application",
    "add_colleague",
    "add_company",
    "add_coordinator",
    "apply_to_visit",
    "change_seat",
    "create_group",
    "decline_application",
    "end_coordinator",
    "end_representative",
    "give_seat",
    "invite_applicant",
    "invite_coordinator",
    "publish_ground_rules",
    "send_application_on",
    "undo_seat_change",
    "update_contact_card",
    "update_enterprise",
    "update_group",
    "welcome_applicant",
    "withdraw_application",
]
