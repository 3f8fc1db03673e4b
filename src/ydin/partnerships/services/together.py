"""The ledger of collaborations: one company writes it down, the other one confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.errors import Refused
from ydin.kernel.jobs import defer
from ydin.networks.models import Enterprise, Network
from ydin.networks.policies import demand
from ydin.networks.queries import utc_today
from ydin.outbox.services import post
from ydin.partnerships import emails
from ydin.partnerships.models import Collaboration, CollaborationValue, LedgerFigure
from ydin.partnerships.policies import acts_for, can_confirm
from ydin.partnerships.queries.listings import is_queued, people_of
from ydin.partnerships.queries.together import (
    common_group,
    ledger_links,
    possible_partners,
    same_collaboration,
)
from ydin.partnerships.rules import Band, TogetherState, Told
from ydin.partnerships.rules.figures import figures_of
from ydin.people.models import Person


@dataclass(frozen=True)
class Details:
    """What is written down of a collaboration."""

    kind: str
    began_on: date
    told: str = Told.PAIR
    band: str = Band.UNKNOWN
    brought_together_by: Person | None = None
    is_named: bool = False


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
        named_by_one=details.is_named and details.brought_together_by is not None,
    )
    CollaborationValue.objects.create(collaboration=made, one=one, other=other, band=details.band)
    record(actor=actor, action="collaboration.recorded", target=made, kind=details.kind)
    for person in people_of(other.pk):
        post(actor=actor, letter=emails.confirm_asked(made, person))
    return made


@transaction.atomic
def confirm_collaboration(
    *, actor: Person | None, collaboration: Collaboration, is_named: bool = False
) -> None:
    """Say that it is so: it counts from now on, and whoever brought the two together is thanked by letter.

    Args:
        actor: acts for the company that did not write it down.
        collaboration: what was written down.
        is_named: the ledger may name who brought them together, if the other company agrees as well.

    """
    if not _settle(actor, collaboration, TogetherState.CONFIRMED, is_named=is_named):
        return
    helper = collaboration.brought_together_by
    if helper is not None and helper.is_active:
        post(actor=actor, letter=emails.thanks(collaboration, helper))


@transaction.atomic
def decline_collaboration(*, actor: Person | None, collaboration: Collaboration) -> None:
    """Say that it is not so: it counts nowhere."""
    _settle(actor, collaboration, TogetherState.DECLINED, is_named=False)


def _settle(
    actor: Person | None, collaboration: Collaboration, state: TogetherState, *, is_named: bool
) -> bool:
    """Answer once; a confirmed one may still be taken back, a thanked helper is not thanked twice."""
    demand(allowed=can_confirm(actor, collaboration))
    rows = Collaboration.objects.filter(pk=collaboration.pk).exclude(state=state)
    if not rows.update(state=state, settled_by=actor, named_by_other=is_named):
        return False
    action = "collaboration.confirmed" if state == TogetherState.CONFIRMED else "collaboration.declined"
    record(actor=actor, action=action, target=collaboration)
    lock = f"partnerships.figures:{collaboration.network_id}"
    if not is_queued(lock):
        defer("partnerships.figures", once=lock, network_id=collaboration.network_id)
    return True


@transaction.atomic
def reckon_figures(*, actor: None, network_id: int) -> int:
    """Reckon anew which numbers of the ledger may be told in the network and its groups; returns how many."""
    assert actor is None
    Network.objects.select_for_update().get(pk=network_id)
    LedgerFigure.objects.filter(network=network_id).delete()
    rows = [
        LedgerFigure(
            network_id=network_id,
            group_id=one.group,
            kind=one.kind,
            year=one.year,
            number=one.number,
            companies=one.companies,
        )
        for one in figures_of(ledger_links(network_id))
    ]
    return len(LedgerFigure.objects.bulk_create(rows))
