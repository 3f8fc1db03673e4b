"""A company comes into a group in one sitting: facts, seat, people and their welcome."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups import emails
from ydin.groups.models import CoreGroup, Seat
from ydin.groups.policies import can_edit_card, can_edit_enterprise, can_manage, can_share_card
from ydin.groups.queries import is_card_shared
from ydin.groups.rules import SeatState
from ydin.groups.services.seats import change_seat, give_seat
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.kernel.jobs import defer
from ydin.networks.models import ContactCard, Enterprise, Municipality, Representative
from ydin.networks.policies import demand
from ydin.networks.queries import find_enterprise
from ydin.networks.services.setup import (
    add_representative_by_email,
    clean_business_id,
    create_enterprise,
    never_began,
)
from ydin.outbox.services import post
from ydin.people.models import Person

FACTS = (
    "name", "business_id", "municipality", "address", "industry_code", "head_count", "premises_capacity",
    "languages", "description", "website",
)  # fmt: skip
"""What the company's own page changes."""


@dataclass(frozen=True)
class Company:
    """What is known of a company when it comes in; `business_id` as people write it."""

    name: str
    business_id: str = ""
    municipality: Municipality | None = None
    address: str = ""
    industry_code: str = ""
    head_count: int | None = None
    premises_capacity: int | None = None
    languages: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Contact:
    """Somebody who will act for the company."""

    name: str
    email: str
    phone: str = ""
    language: str = ""


@transaction.atomic
def add_company(
    *, actor: Person | None, group: CoreGroup, company: Company, people: list[Contact], state: str
) -> Seat:
    """Give a company, new or known in the network, a seat with its people, and welcome them.

    A known company (same business ID, or same name without one) keeps its facts; empty ones are filled in. A
    visitor's seat becomes a member's when `state` says so.

    Raises:
        Refused: it already has this seat, the business ID is wrong, or the people cannot be added.

    """
    demand(allowed=actor is None or can_manage(actor, group))
    enterprise = _known_or_new(actor, group, company)
    seat = Seat.objects.filter(group=group, enterprise=enterprise).exclude(state=SeatState.LEFT).first()
    if seat is not None and seat.state == SeatState.VISITOR and state == SeatState.MEMBER:
        seat = change_seat(actor=actor, seat=seat, state=state)
    else:
        seat = give_seat(actor=actor, group=group, enterprise=enterprise, state=state)
    for contact in people:
        acts = _add(actor, enterprise, contact, language=contact.language or group.language)
        post(actor=actor, letter=emails.seat_welcome(seat=seat, person=acts.person, by=actor))
    return seat


def _known_or_new(actor: Person | None, group: CoreGroup, company: Company) -> Enterprise:
    number = clean_business_id(company.business_id, group.network.country)
    known = find_enterprise(group.network, business_id=number or "", name=company.name)
    facts = {f.name: getattr(company, f.name) for f in fields(company)}
    if known is None:
        facts["languages"] = company.languages or [group.language]
        return create_enterprise(actor=actor, network=group.network, **facts)
    filled = {k: v for k, v in {**facts, "business_id": number}.items() if v and not getattr(known, k)}
    if filled:
        for name, value in filled.items():
            setattr(known, name, value)
        known.version += 1
        known.save(update_fields=[*filled, "version"])
        record(actor=actor, action="enterprise.changed", target=known, fields=sorted(filled))
    return known


def _add(actor: Person | None, enterprise: Enterprise, contact: Contact, *, language: str) -> Representative:
    return add_representative_by_email(
        actor=actor,
        enterprise=enterprise,
        email=contact.email,
        name=contact.name,
        phone=contact.phone,
        language=language,
    )


@transaction.atomic
def add_colleague(*, actor: Person | None, enterprise: Enterprise, contact: Contact) -> Representative:
    """Let another person act for the company, and welcome them where it has a seat."""
    demand(allowed=actor is None or can_edit_enterprise(actor, enterprise))
    seat = (
        Seat.objects.filter(enterprise=enterprise, ends_on__isnull=True)
        .select_related("group", "enterprise")
        .order_by("pk")
        .first()
    )
    language = contact.language or (seat.group.language if seat else enterprise.languages[0])
    acts = _add(actor, enterprise, contact, language=language)
    if seat is not None:
        post(actor=actor, letter=emails.seat_welcome(seat=seat, person=acts.person, by=actor))
    return acts


@transaction.atomic
def end_representative(*, actor: Person | None, representative: Representative, last_day: date) -> None:
    """End a person's acting for a company with `last_day`; what never began goes away.

    On the next day the coming invitations that they had for the company are taken back.
    """
    company = representative.enterprise
    assert company is not None
    demand(allowed=actor is None or can_edit_enterprise(actor, company))
    undone = never_began(representative.starts_on, last_day)
    record(
        actor=actor,
        action="representative.ended",
        target=representative,
        enterprise=company.pk,
        last_day=last_day.isoformat(),
    )
    after = datetime.combine(last_day + timedelta(days=1), time(), tzinfo=UTC)
    defer("meetings.withdraw_former", at=after)
    if undone:
        representative.delete()
        return
    representative.ends_on = last_day
    representative.save(update_fields=["ends_on"])


@transaction.atomic
def update_contact_card(
    *, actor: Person | None, representative: Representative, phone: str, shared: bool
) -> None:
    """Change how a representative is reached and who reads it. The person themself or their coordinators.

    Only the person shows it to the group; a coordinator may narrow it, and change what is shown already.
    """
    demand(allowed=actor is None or can_edit_card(actor, representative))
    if shared and not can_share_card(actor, representative) and not is_card_shared(representative):
        raise NotAllowed(
            _("Only %(name)s can show their phone and e-mail to the group.") % {"name": representative.person}
        )
    ContactCard.objects.update_or_create(
        representative=representative, defaults={"phone": phone, "shared_with_group": shared}
    )
    record(actor=actor, action="contact_card.changed", target=representative, shared=shared)


@transaction.atomic
def update_enterprise(
    *, actor: Person | None, enterprise: Enterprise, version: int, **values: Any
) -> Enterprise:
    """Change a company's facts (`FACTS`).

    Raises:
        Conflict: somebody changed them since `version`.
        Refused: the business ID is wrong or held by another company.

    """
    demand(allowed=actor is None or can_edit_enterprise(actor, enterprise))
    assert set(values) <= set(FACTS), values
    if "business_id" in values:
        number = clean_business_id(values["business_id"] or "", enterprise.network.country)
        values["business_id"] = number
        others = Enterprise.objects.filter(network=enterprise.network_id).exclude(pk=enterprise.pk)
        if number and others.filter(business_id=number).exists():
            raise Refused(_("Another company of the network has this business ID."))
    changed = sorted(k for k, v in values.items() if getattr(enterprise, k) != v)
    mine = Enterprise.objects.filter(pk=enterprise.pk, version=version)
    if not mine.update(**values, version=F("version") + 1):
        raise Conflict(_("Somebody else changed these facts while you had them open."))
    enterprise.refresh_from_db()
    record(actor=actor, action="enterprise.changed", target=enterprise, fields=changed)
    return enterprise
