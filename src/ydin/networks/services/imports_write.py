"""Write a plan of companies, in as few statements as the database allows."""

from __future__ import annotations

from typing import Any

from ydin.audit.services import record_all
from ydin.networks.models import ContactCard, Enterprise, Network, Representative
from ydin.networks.queries import utc_today
from ydin.networks.services.imports_known import SeatGiver
from ydin.networks.services.imports_plan import Planned, PlannedPerson
from ydin.people.models import Person

BATCH = 1000


def write_plans(
    *, actor: Person | None, network: Network, plans: list[Planned], seats: SeatGiver | None
) -> list[Enterprise]:
    """Write companies, people, who acts for whom, seats and contact cards; return the new companies.

    Seats come before cards: a group's coordinator may write a card only once the company sits in the group.
    """
    living = [p for p in plans if not p.entry.refused]
    made = _make_companies(network, [p for p in living if p.enterprise is None])
    changed = _change_companies([p for p in living if p.changes])
    _make_people(network, living)
    _make_representatives(living)
    if seats is not None:
        seats.give([p.enterprise for p in living if p.gets_seat and p.enterprise is not None])
    _write_cards([person for p in living for person in p.people])
    record_all(actor=actor, action="enterprise.created", targets=made, by="import")
    record_all(actor=actor, action="enterprise.changed", targets=changed, by="import")
    return made


def _make_companies(network: Network, plans: list[Planned]) -> list[Enterprise]:
    defaults: dict[str, Any] = {"languages": [network.default_language]}
    for planned in plans:
        entry = planned.entry
        planned.enterprise = Enterprise(
            network=network,
            name=entry.name,
            business_id=entry.business_id or None,
            municipality_id=planned.municipality,
            **{**defaults, **entry.fields},
        )
    return Enterprise.objects.bulk_create([p.enterprise for p in plans if p.enterprise], batch_size=BATCH)


def _change_companies(plans: list[Planned]) -> list[Enterprise]:
    changed: list[Enterprise] = []
    names: set[str] = set()
    for planned in plans:
        assert planned.enterprise is not None
        for name, value in planned.changes.items():
            setattr(planned.enterprise, name, value)
        names |= set(planned.changes)
        planned.enterprise.version += 1
        changed.append(planned.enterprise)
    if changed:
        Enterprise.objects.bulk_update(changed, sorted(names | {"version"}), batch_size=BATCH)
    return changed


def _make_people(network: Network, plans: list[Planned]) -> None:
    new: dict[str, Person] = {}
    named: list[Person] = []
    for planned in plans:
        language = planned.entry.fields.get("languages", [network.default_language])[0]
        for found in planned.people:
            entry = found.entry
            if found.person is None:
                person = new.setdefault(
                    entry.email,
                    Person(email=entry.email, language=language, time_zone=network.time_zone),
                )
                person.name = person.name or entry.name
                found.person = person
            elif found.fills_name:
                found.person.name = entry.name
                named.append(found.person)
    for person in new.values():
        person.set_unusable_password()
    Person.objects.bulk_create(new.values(), batch_size=BATCH)
    Person.objects.bulk_update(named, ["name"], batch_size=BATCH)


def _make_representatives(plans: list[Planned]) -> None:
    day = utc_today()
    new: list[Representative] = []
    titled: list[Representative] = []
    for planned in plans:
        for found in planned.people:
            if found.acts is None:
                found.acts = Representative(
                    person=found.person,
                    enterprise=planned.enterprise,
                    title=found.entry.title,
                    starts_on=day,
                )
                new.append(found.acts)
            elif found.changes_title:
                found.acts.title = found.entry.title
                titled.append(found.acts)
    Representative.objects.bulk_create(new, batch_size=BATCH)
    Representative.objects.bulk_update(titled, ["title"], batch_size=BATCH)


def _write_cards(people: list[PlannedPerson]) -> None:
    """Write the cards of new representatives and changed numbers; a card seen only now keeps its number."""
    wanted = {p.acts.pk: p for p in people if p.acts is not None and (p.changes_phone or p.card is None)}
    there = {c.representative_id: c for c in ContactCard.objects.filter(representative__in=wanted)}
    new: list[ContactCard] = []
    changed: list[ContactCard] = []
    for pk, found in wanted.items():
        card = there.get(pk)
        if card is None:
            if found.entry.phone or not found.was_known:
                new.append(
                    ContactCard(representative_id=pk, phone=found.entry.phone, email=found.entry.email)
                )
        elif found.changes_phone and (found.card is not None or not card.phone):
            card.phone = found.entry.phone
            changed.append(card)
    ContactCard.objects.bulk_create(new, batch_size=BATCH)
    ContactCard.objects.bulk_update(changed, ["phone"], batch_size=BATCH)
