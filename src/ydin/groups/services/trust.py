"""Promising to keep the ground rules, and breaking the glass (docs/adr/0007)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups import emails
from ydin.groups.models import Acceptance, CoreGroup, GlassBreak
from ydin.groups.policies import can_break_glass, can_manage, can_read_inside
from ydin.groups.queries import readers_of, rules_now
from ydin.groups.rules import GLASS_TIME, SHORTEST_REASON, AcceptedHow
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.networks.policies import demand
from ydin.networks.queries import network_coordinators
from ydin.outbox.services import post
from ydin.people.models import Person


@transaction.atomic
def accept_ground_rules(*, actor: Person, group: CoreGroup, number: int) -> None:
    """Promise to keep the version that was shown. Twice is the same as once.

    Raises:
        NotAllowed: the actor does not read the group.
        Conflict: another version is in force by now; nothing is accepted.

    """
    demand(allowed=can_read_inside(actor, group))
    _accept(actor, group, actor, number, AcceptedHow.SITE)


@transaction.atomic
def record_paper_acceptance(*, actor: Person, group: CoreGroup, person: Person, number: int) -> None:
    """Write down that a person signed the ground rules on paper. Twice is the same as once.

    Raises:
        NotAllowed: the actor does not set up the group.
        Refused: the person does not read the group.
        Conflict: another version is in force by now.

    """
    demand(allowed=can_manage(actor, group))
    if person.pk not in {one.person.pk for one in readers_of(group)}:
        raise Refused(_("This person has no seat in the group."))
    _accept(actor, group, person, number, AcceptedHow.PAPER)


def _accept(actor: Person, group: CoreGroup, person: Person, number: int, how: AcceptedHow) -> None:
    current = rules_now(group, person.language)
    if current.number != number:
        raise Conflict(_("The ground rules have changed meanwhile. Read the new text first."))
    __, is_new = Acceptance.objects.get_or_create(
        group=group,
        person=person,
        number=number,
        defaults={"language": current.language, "how": how, "recorded_by": actor},
    )
    if is_new:
        data = {"person": person.pk, "number": number, "how": how.value}
        record(actor=actor, action="ground_rules.accepted", target=group, **data)


@transaction.atomic
def break_glass(
    *, actor: Person | None, group: CoreGroup, reason: str, person: Person | None = None
) -> GlassBreak:
    """Open the group's confidential content to somebody who is no reader, for an hour, for reading only.

    All who read the group and the network's coordinators get a letter; the group's pages and the log tell it.

    Args:
        actor: the network's coordinator; None is whoever runs the program, from its command line.
        group: which group; no other one opens.
        reason: why, in words that the group reads.
        person: who will read (default: the actor).

    Raises:
        NotAllowed: the actor does not coordinate the group's network.
        Refused: the reason is too short, or the person reads the group anyway.

    """
    reader, reason = person or actor, " ".join(reason.split())[:500]
    if reader is None or (actor is not None and actor != reader):
        raise NotAllowed(_("This is not yours to open."))
    if can_read_inside(reader, group):
        raise Refused(_("This group is open to you already."))
    if actor is not None and not can_break_glass(actor, group):
        raise NotAllowed(_("This is not yours to open."))
    if len(reason) < SHORTEST_REASON:
        raise Refused(_("Tell the group in a sentence why you need to read what is confidential."))
    moment = now()
    broken = GlassBreak(
        group=group, person=reader, reason=reason, starts_at=moment, ends_at=moment + GLASS_TIME
    )
    broken.save(force_insert=True)
    record(actor=actor, action="glass.broken", target=broken, network=group.network_id)
    _tell(actor, broken)
    return broken


def _tell(actor: Person | None, broken: GlassBreak) -> None:
    told = {one.person.pk: one.person for one in readers_of(broken.group)}
    told |= {role.person_id: role.person for role in network_coordinators(broken.group.network)}
    for person in told.values():
        if person.is_active:
            post(actor=actor, letter=emails.glass_broken(broken=broken, person=person))
