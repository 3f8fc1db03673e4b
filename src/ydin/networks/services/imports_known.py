"""What the database knows already of the companies and people of a file, looked up all at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q
from django.db.models.functions import Lower

from ydin.networks.models import ContactCard, Enterprise, Municipality, Network, Representative
from ydin.networks.queries import utc_today
from ydin.networks.rules.cells import name_key
from ydin.people.models import Person


class SeatGiver(Protocol):
    """The group in which companies of the file get a seat. Groups lie above this slice and implement it."""

    name: str
    slug: str

    def may_give(self, actor: Person) -> bool:
        """Tell whether the person may bring companies into the group."""

    def seated(self, enterprises: Collection[int]) -> set[int]:
        """Return those that have a living seat in the group."""

    def closed(self, enterprises: Collection[int]) -> set[int]:
        """Return those that also sit where the acting person coordinates nothing."""

    def give(self, enterprises: Collection[Enterprise]) -> None:
        """Give each a member's seat."""


@dataclass(frozen=True)
class KnownCompany:
    """A company of the network, as far as it is needed to recognise it."""

    pk: int
    name: str
    business_id: str
    municipality: int | None


class Companies:
    """The network's companies, by business ID and by name. One query."""

    def __init__(self, network: Network) -> None:
        """Read them."""
        self.by_id: dict[str, KnownCompany] = {}
        self.by_name: dict[str, list[KnownCompany]] = defaultdict(list)
        rows = Enterprise.objects.filter(network=network).order_by("pk")
        for pk, name, number, municipality in rows.values_list("pk", "name", "business_id", "municipality"):
            known = KnownCompany(pk, name, number or "", municipality)
            self.by_name[name_key(name)].append(known)
            if known.business_id:
                self.by_id[known.business_id] = known


class Places:
    """The network's municipalities, by code and by any of their names. One query."""

    def __init__(self, network: Network) -> None:
        """Read them."""
        self.names: dict[int, str] = {}
        self._found: dict[str, int] = {}
        rows = Municipality.objects.filter(network=network).order_by("-pk")
        for pk, code, finnish, swedish in rows.values_list("pk", "code", "name_fi", "name_sv"):
            self.names[pk] = finnish
            for key in (code, name_key(finnish), name_key(swedish)):
                self._found[key] = pk

    def find(self, text: str) -> int | None:
        """Return the municipality of a cell such as "Oulu", "Uleåborgs stad", "564" or "564 Oulu"."""
        key = name_key(text)
        without = re.sub(r"^\d+ | (?:kunta|kaupunki|kommun|stad)$", "", key)
        tries = [key, key.zfill(3), without, without.removesuffix("n"), without.removesuffix("s")]
        return next((self._found[k] for k in tries if k and k in self._found), None)


@dataclass
class KnownPeople:
    """People by address, and who acts for which company, with their contact cards."""

    by_email: dict[str, Person]
    acting: dict[tuple[int, int], Representative]
    cards: dict[int, ContactCard]


def find_people(emails: Collection[str], enterprises: Collection[int]) -> KnownPeople:
    """Return what is known of the addresses. Three queries, however many there are."""
    people = Person.objects.annotate(key=Lower("email")).filter(key__in=emails)
    by_email: dict[str, Person] = {person.email.lower(): person for person in people}
    acting = Representative.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=utc_today()),
        enterprise__in=enterprises,
        person__in=[person.pk for person in by_email.values()],
    )
    found = {(r.enterprise_id, r.person_id): r for r in acting if r.enterprise_id is not None}
    cards = ContactCard.objects.filter(representative__in=[r.pk for r in found.values()])
    return KnownPeople(by_email, found, {card.representative_id: card for card in cards})
