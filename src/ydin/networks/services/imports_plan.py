"""From what a file tells and what is known to what would be written. Reads only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ydin.networks.models import ContactCard, Enterprise, Network, Representative
from ydin.networks.rules.cells import bare_name_key, name_key
from ydin.networks.rules.company_rows import CompanyEntry
from ydin.networks.rules.reasons import Code, Reason, reason
from ydin.networks.rules.row_people import PersonEntry
from ydin.networks.services.imports_known import (
    Companies,
    KnownCompany,
    KnownPeople,
    Places,
    SeatGiver,
    find_people,
)
from ydin.networks.services.imports_preview import CHANGE, CREATE, MATCH, REFUSE, Preview, PreviewRow
from ydin.people.models import Person


@dataclass
class PlannedPerson:
    """A person of a company: whom to make, what to fill in."""

    entry: PersonEntry
    person: Person | None
    acts: Representative | None = None
    card: ContactCard | None = None
    was_known: bool = False
    fills_name: bool = False
    changes_title: bool = False
    changes_phone: bool = False


@dataclass
class Planned:
    """A company of the file: what would be written."""

    entry: CompanyEntry
    enterprise: Enterprise | None = None
    municipality: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    people: list[PlannedPerson] = field(default_factory=list)
    gets_seat: bool = False
    notes: list[Reason] = field(default_factory=list)

    def action(self) -> str:
        """Return what happens to the company as a whole."""
        if self.entry.refused:
            return REFUSE
        if self.enterprise is None:
            return CREATE
        touched = self.changes or self.gets_seat
        new = any(p.acts is None or p.fills_name or p.changes_title or p.changes_phone for p in self.people)
        return CHANGE if touched or new else MATCH

    def shown(self) -> PreviewRow:
        """Return the row of the preview."""
        count = len(self.entry.people if self.entry.refused else self.people)
        reasons = (*self.entry.reasons, *self.notes)
        return PreviewRow(self.entry.row, self.action(), self.entry.name, count, reasons)


def plan_companies(
    network: Network, entries: list[CompanyEntry], seats: SeatGiver | None, *, lock: bool = False
) -> list[Planned]:
    """Return what would be written for each entry. The number of queries does not grow with the file.

    With `lock` nobody else changes the companies concerned until the transaction ends.
    """
    plans = _Matcher(network).match(entries, lock=lock)
    living = [p for p in plans if not p.entry.refused]
    ids = [p.enterprise.pk for p in living if p.enterprise is not None]
    seated = seats.seated(ids) if seats else set()
    closed = seats.closed(ids) if seats else set()
    people = find_people({email for p in living for email in p.entry.people}, ids)
    named: set[str] = set()
    for planned in living:
        pk = planned.enterprise.pk if planned.enterprise else None
        planned.gets_seat = seats is not None and pk not in seated
        if seats is not None and planned.gets_seat:
            planned.notes.append(reason(Code.GETS_SEAT, group=seats.name))
        _plan_people(planned, people, named, is_closed=pk in closed)
        _plan_changes(planned, is_closed=pk in closed)
    return plans


def preview_of(plans: list[Planned], unknown: tuple[str, ...]) -> Preview:
    """Return what the reader is shown of the plans."""
    living = [p for p in plans if not p.entry.refused]
    people = {person.entry.email for p in living for person in p.people}
    return Preview(len(living), len(people), tuple(p.shown() for p in plans), unknown)


class _Matcher:
    """Finds the company of the network that each entry is about."""

    def __init__(self, network: Network) -> None:
        self.companies = Companies(network)
        self.places = Places(network)
        self.taken: dict[object, int] = {}

    def match(self, entries: list[CompanyEntry], *, lock: bool) -> list[Planned]:
        plans = [Planned(entry) for entry in entries]
        found = {p.entry.row: self._find(p) for p in plans if not p.entry.refused}
        ids = [known.pk for known in found.values() if known]
        companies = Enterprise.objects.select_for_update() if lock else Enterprise.objects.all()
        loaded = companies.in_bulk(ids)
        for planned in plans:
            known = found.get(planned.entry.row)
            planned.enterprise = loaded[known.pk] if known else None
            if planned.enterprise is not None and planned.municipality:
                new = planned.municipality
                if planned.enterprise.municipality_id != new:
                    old = self.places.names.get(planned.enterprise.municipality_id or 0, "")
                    planned.changes["municipality_id"] = new
                    planned.notes.append(
                        reason(Code.CHANGES, field="municipality", old=old, new=self.places.names[new])
                    )
        return plans

    def _find(self, planned: Planned) -> KnownCompany | None:
        entry = planned.entry
        if entry.municipality:
            planned.municipality = self.places.find(entry.municipality)
            if planned.municipality is None:
                planned.notes.append(reason(Code.UNKNOWN_MUNICIPALITY, text=entry.municipality[:80]))
        known = self.companies.by_id.get(entry.business_id)
        if known is None:
            known = self._by_name(planned)
        elif bare_name_key(known.name) != bare_name_key(entry.name):
            entry.refuse(reason(Code.ID_OF_ANOTHER_COMPANY, id=entry.business_id, company=known.name))
        if not entry.refused:
            self._take(planned, known)
        return None if entry.refused else known

    def _by_name(self, planned: Planned) -> KnownCompany | None:
        """Return the company of this name: in this municipality, else one whose municipality nobody knows."""
        entry = planned.entry
        named = self.companies.by_name.get(name_key(entry.name), [])
        candidates = [k for k in named if not (entry.business_id and k.business_id)]
        tries = [[k for k in candidates if k.municipality == planned.municipality]]
        tries.append(
            candidates if planned.municipality is None else [k for k in candidates if k.municipality is None]
        )
        for found in tries:
            if len(found) > 1:
                entry.refuse(reason(Code.SEVERAL_OF_THE_NAME))
                return None
            if found:
                return found[0]
        others = [k.business_id for k in named if k.business_id]
        if entry.business_id and others:
            planned.notes.append(reason(Code.OTHER_ID_SAME_NAME, id=others[0]))
        return None

    def _take(self, planned: Planned, known: KnownCompany | None) -> None:
        """Refuse a second entry about one company, known or new."""
        entry = planned.entry
        place = (name_key(entry.name), planned.municipality)
        key: object = known.pk if known else place
        if known is None and entry.business_id:
            key = entry.business_id
        row = self.taken.setdefault(key, entry.row)
        if row != entry.row:
            entry.refuse(reason(Code.SAME_AS_ROW, row=row))


def _plan_people(planned: Planned, known: KnownPeople, named: set[str], *, is_closed: bool) -> None:
    pk = planned.enterprise.pk if planned.enterprise else 0
    for entry in planned.entry.people.values():
        person = known.by_email.get(entry.email)
        acts = known.acting.get((pk, person.pk)) if person else None
        if acts is None and is_closed:
            planned.notes.append(reason(Code.NOT_YOURS_TO_ADD_PEOPLE, email=entry.email))
            continue
        card = known.cards.get(acts.pk) if acts else None
        found = PlannedPerson(entry, person, acts, card, was_known=acts is not None)
        planned.people.append(found)
        if person is not None:
            _plan_name(planned, found, person, named)
        if acts is None and planned.enterprise is not None:
            planned.notes.append(reason(Code.NEW_PERSON, email=entry.email))
        elif acts is not None and not is_closed:
            _plan_card(planned, found, acts)


def _plan_name(planned: Planned, found: PlannedPerson, person: Person, named: set[str]) -> None:
    told = found.entry.name
    if not told:
        return
    if not person.name and person.email not in named:
        named.add(person.email)
        found.fills_name = True
        planned.notes.append(reason(Code.CHANGES, field="name", email=found.entry.email, old="", new=told))
    elif person.name and name_key(person.name) != name_key(told):
        planned.notes.append(reason(Code.NAME_KEPT, email=found.entry.email, told=told))


def _plan_card(planned: Planned, found: PlannedPerson, acts: Representative) -> None:
    entry = found.entry
    if entry.title and entry.title != acts.title:
        found.changes_title = True
        planned.notes.append(
            reason(Code.CHANGES, field="title", email=entry.email, old=acts.title, new=entry.title)
        )
    old = found.card.phone if found.card else ""
    if entry.phone and entry.phone != old:
        found.changes_phone = True
        planned.notes.append(reason(Code.CHANGES, field="phone", email=entry.email, old=old, new=entry.phone))


def _plan_changes(planned: Planned, *, is_closed: bool) -> None:
    enterprise, entry = planned.enterprise, planned.entry
    if enterprise is None:
        return
    told = dict(entry.fields)
    if entry.business_id and not enterprise.business_id:
        told["business_id"] = entry.business_id
    changes = {name: value for name, value in told.items() if getattr(enterprise, name) != value}
    if is_closed:
        planned.notes = [n for n in planned.notes if n.values.get("field") != "municipality"]
        if changes or planned.changes:
            planned.notes.append(reason(Code.NOT_YOURS_TO_CHANGE))
        planned.changes = {}
        return
    for name, value in changes.items():
        planned.notes.append(
            reason(Code.CHANGES, field=name, old=_shown(getattr(enterprise, name)), new=_shown(value))
        )
    planned.changes |= changes


def _shown(value: object) -> str:
    if value is None:
        return ""
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return text if len(text) <= 120 else f"{text[:119]}…"  # noqa: PLR2004 - one line of a table
