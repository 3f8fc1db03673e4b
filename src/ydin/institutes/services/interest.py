"""A company would like to try a facility; the institute answers."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.institutes import emails
from ydin.institutes.models import Facility, Interest
from ydin.institutes.policies import can_answer_interest, can_ask
from ydin.institutes.queries import people_of_company, people_of_institute, places_in
from ydin.institutes.rules import InterestState
from ydin.institutes.services.demos_base import line
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.networks.models import Enterprise
from ydin.outbox.services import post
from ydin.people.models import Person


@transaction.atomic
def ask_to_try(
    *, actor: Person, facility: Facility, enterprise: Enterprise, contact: str, wish: str = ""
) -> Interest:
    """Tell the institute that the company would like to try the facility, and how to reach it.

    Args:
        actor: who acts for the company, which has a seat in a group of the network.
        facility: a shown one.
        enterprise: the company.
        contact: phone or e-mail that the company agrees to share.
        wish: what it would like to try, if it says.

    Raises:
        NotAllowed: the company is not the actor's, or has no seat.
        Refused: the facility is taken down, no contact is given, or the company has asked already.

    """
    _check(actor, facility, enterprise, contact)
    interest = Interest(
        network_id=facility.network_id,
        institute=facility.institute,
        facility=facility,
        enterprise=enterprise,
        asker=actor,
        wish=line(wish),
        contact=line(contact),
    )
    try:
        with transaction.atomic():
            interest.save()
    except IntegrityError as error:
        raise Refused(_("Your company has asked already; the institute will answer.")) from error
    _note(actor, interest, "facility.wanted")
    for person in people_of_institute(facility.institute):
        post(actor=actor, letter=emails.interest_asked(interest, person))
    return interest


@transaction.atomic
def answer_interest(
    *, actor: Person, interest: Interest, version: int, agrees: bool, answer: str = ""
) -> Interest:
    """Say for the institute whether the company may come.

    Raises:
        NotAllowed: the actor does not act for the institute.
        Conflict: it was answered or taken back since `version`.

    """
    if not can_answer_interest(actor, interest):
        raise NotAllowed(_("This is not yours to change."))
    held = _locked(interest, version)
    held.state = InterestState.AGREED if agrees else InterestState.DECLINED
    held.answer, held.answered_by, held.answered_at = answer.strip(), actor, now()
    held.version += 1
    held.save()
    _note(actor, held, "facility.answered")
    for person in people_of_company(held.enterprise_id, held.asker_id):
        post(actor=actor, letter=emails.interest_answered(held, person))
    return held


@transaction.atomic
def take_interest_back(*, actor: Person, interest: Interest, version: int) -> Interest:
    """Take the question back before it is answered.

    Raises:
        NotAllowed: the actor does not act for the company.
        Conflict: it was answered since `version`.

    """
    if interest.enterprise_id not in {one.enterprise.pk for one in places_in(actor, interest.network_id)}:
        raise NotAllowed(_("This is not yours to change."))
    held = _locked(interest, version)
    held.state = InterestState.WITHDRAWN
    held.version += 1
    held.save()
    _note(actor, held, "facility.unwanted")
    return held


def _check(actor: Person, facility: Facility, enterprise: Enterprise, contact: str) -> None:
    if enterprise.pk not in {one.enterprise.pk for one in places_in(actor, facility.network_id)}:
        raise NotAllowed(_("Only companies with a seat in a group ask."))
    if not can_ask(actor, facility):
        raise Refused(_("This is not open any more."))
    if not contact.strip():
        raise Refused(_("Say how the institute reaches you."))


def _locked(interest: Interest, version: int) -> Interest:
    rows = Interest.objects.select_for_update(of=("self",)).select_related("enterprise", "asker")
    held = rows.select_related("facility__institute").get(pk=interest.pk)
    if held.version != version or held.state != InterestState.ASKED:
        raise Conflict(_("Somebody changed this meanwhile. Look at it and try again."))
    return held


def _note(actor: Person, interest: Interest, action: str) -> None:
    record(actor=actor, action=action, target=interest)
