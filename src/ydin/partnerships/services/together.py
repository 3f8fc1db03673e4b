"""The ledger of collaborations: one company writes it down, the other one confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.errors import Refused
from ydin.networks.models import Enterprise
from ydin.networks.policies import demand
from ydin.networks.queries import utc_today
from ydin.outbox.services import post
from ydin.partnerships import emails
from ydin.partnerships.models import Collaboration, CollaborationValue
from ydin.partnerships.policies import acts_for, can_confirm
from ydin.partnerships.queries.listings import people_of
from ydin.partnerships.queries.together import common_group, possible_partners, same_collaboration
from ydin.partnerships.rules import Band, TogetherState, Told
from ydin.people.models import Person


@dataclass(frozen=True)
class Details:
    """What is written down of a collaboration."""

    kind: str
    began_on: date
    told: str = Told.PAIR
    band: str = Band.UNKNOWN
    brought_together_by: Person | None = None


@transaction.atomic
def record_collaboration(
    *, actor: Person | None, one: Enterprise, other: Enterprise, details: Details
) -> Collaboration:
    """Write down that two companies work together and ask the other one whether it is so.

    Raises:
        NotAllowed: the actor does not act for `one`.
        Refused: the other company is unknown to the actor, the day is to come, or it is written down already.

    """
    demand(allowed=actor is not None and acts_for(actor, one.pk))
    assert actor is not None
    if other.pk not in {company.pk for company in possible_partners(actor)}:
        raise Refused(_("Choose a company of your group, or one that you were introduced to."))
    if details.began_on > utc_today():
        raise Refused(_("Write down what has begun already."))
    if same_collaboration(one.pk, other.pk, details.kind, details.began_on):
        raise Refused(_("This is written down already."))
    made = Collaboration.objects.create(
        network_id=one.network_id,
        kind=details.kind,
        one=one,
        other=other,
        told=details.told,
        group=common_group(one, other) if details.told == Told.GROUP else None,
        began_on=details.began_on,
        recorded_by=actor,
        brought_together_by=details.brought_together_by,
    )
    CollaborationValue.objects.create(collaboration=made, one=one, other=other, band=details.band)
    record(actor=actor, action="collaboration.recorded", target=made, kind=details.kind)
    for person in people_of(other.pk):
        post(actor=actor, letter=emails.confirm_asked(made, person))
    return made


@transaction.atomic
def confirm_collaboration(*, actor: Person | None, collaboration: Collaboration) -> None:
    """Say that it is so: it counts from now on, and whoever brought the two together is thanked by letter."""
    if not _settle(actor, collaboration, TogetherState.CONFIRMED):
        return
    helper = collaboration.brought_together_by
    if helper is not None and helper.is_active:
        post(actor=actor, letter=emails.thanks(collaboration, helper))


@transaction.atomic
def decline_collaboration(*, actor: Person | None, collaboration: Collaboration) -> None:
    """Say that it is not so: it counts nowhere."""
    _settle(actor, collaboration, TogetherState.DECLINED)


def _settle(actor: Person | None, collaboration: Collaboration, state: TogetherState) -> bool:
    """Answer once; a confirmed one may still be taken back, a thanked helper is not thanked twice."""
    demand(allowed=can_confirm(actor, collaboration))
    rows = Collaboration.objects.filter(pk=collaboration.pk).exclude(state=state)
    if not rows.update(state=state, settled_by=actor):
        return False
    action = "collaboration.confirmed" if state == TogetherState.CONFIRMED else "collaboration.declined"
    record(actor=actor, action=action, target=collaboration)
    return True
