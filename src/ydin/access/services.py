"""Ending sessions, second steps, and what a network demands."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from ydin.access.emails import changed
from ydin.access.models import Session, SignInRule
from ydin.access.policies import forget_what_is_known, visible_sessions
from ydin.access.queries import rule_of, sessions_of
from ydin.audit.services import record
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed
from ydin.networks.models import Network
from ydin.networks.policies import can_coordinate_network
from ydin.outbox.services import post
from ydin.people.models import Person

CHECKS = ("in-person", "video", "phone")
"""How the operator made sure who is asking."""


@transaction.atomic
def end_session(*, actor: Person, session: Session) -> None:
    """Sign the actor out on one device.

    Raises:
        NotAllowed: it is somebody else's.

    """
    if not visible_sessions(actor).filter(pk=session.pk).exists():
        raise NotAllowed(_("This is not yours to change."))
    session.delete()
    record(actor=actor, action="session.ended", target=actor, count=1)


@transaction.atomic
def end_other_sessions(*, actor: Person, current: str) -> int:
    """Sign the actor out everywhere but in the session with the key `current`; return how many ended."""
    count, _kinds = sessions_of(actor).exclude(pk=current).delete()
    if count:
        record(actor=actor, action="session.ended", target=actor, count=count)
    return count


@transaction.atomic
def note_change(*, actor: Person, change: str) -> None:
    """Write down a change of the actor's own second step (`emails.CHANGES`), and tell them by letter."""
    record(actor=actor, action=f"second_step.{change}", target=actor)
    post(actor=actor, letter=changed(actor, change))


@transaction.atomic
def forget_second_step(*, actor: Person | None, person: Person, checked: str) -> int:
    """Remove every second step of somebody who lost theirs, and sign them out; return how many there were.

    For the operator, who has made sure who is asking; `checked` (one of `CHECKS`) stays in the log.
    """
    count, _kinds = Authenticator.objects.filter(user_id=person.pk).delete()
    Session.objects.filter(person=person).delete()
    record(actor=actor, action="second_step.forgotten", target=person, checked=checked, count=count)
    post(actor=actor, letter=changed(person, "forgotten"))
    return int(count)


@transaction.atomic
def change_rule(*, actor: Person, network: Network, version: int, needs_second_step: bool) -> None:
    """Say whether the network's coordinators need a second step.

    Raises:
        NotAllowed: the actor is no coordinator of the network.
        Conflict: somebody else changed it meanwhile.

    """
    if not can_coordinate_network(actor, network):
        raise NotAllowed(_("This is not yours to change."))
    Network.objects.select_for_update(of=("self",)).get(pk=network.pk)
    rule = rule_of(network)
    if rule.version != version:
        raise Conflict(_("Somebody else changed these settings while you had them open."))
    if rule.needs_second_step == needs_second_step:
        return
    SignInRule.objects.update_or_create(
        network=network, defaults={"needs_second_step": needs_second_step, "version": version + 1}
    )
    action = "network.second_step_demanded" if needs_second_step else "network.second_step_left_open"
    record(actor=actor, action=action, target=network)
    transaction.on_commit(forget_what_is_known)
    forget_what_is_known()


@transaction.atomic
def clear_sessions(*, actor: Person | None) -> int:
    """Delete the sessions that have run out; return how many there were."""
    del actor
    count, _kinds = Session.objects.filter(expire_date__lte=now()).delete()
    return count
