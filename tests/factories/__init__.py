"""Makers of rows for tests, with invented names. `make_group` builds what most tests need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory
from stdnum.fi import ytunnus

from ydin.groups.models import Acceptance, CoreGroup, GroupCoordinator, Seat
from ydin.kernel.clock import now
from ydin.meetings.models import HostingTurn, Meeting, Rsvp, Season
from ydin.meetings.rules.states import Audience, MeetingState
from ydin.networks.models import Enterprise, Network, Organisation, Region, Representative, RoleAssignment
from ydin.networks.rules import NetworkRole, OrganisationKind, RegionLevel
from ydin.people.models import Person

LONG_AGO = date(2020, 1, 1)


WRITTEN_OUT = 10_000
"""Numbers below are for tests that write one out; a sequence takes those above."""


def business_id(number: int) -> str:
    """Return an invented Finnish business ID that passes the check digit (never 1234567-1)."""
    stem = 9_000_000 + number * 7
    while True:
        digit = ytunnus.calc_check_digit(str(stem)) if hasattr(ytunnus, "calc_check_digit") else _digit(stem)
        if digit is not None and ytunnus.is_valid(f"{stem}{digit}"):
            return f"{stem}-{digit}"
        stem += 1


def _digit(stem: int) -> int | None:
    total = sum(w * int(c) for w, c in zip((7, 9, 10, 5, 8, 4, 2), str(stem), strict=True)) % 11
    return None if total == 1 else (11 - total) % 11


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Aino Rantala {n}")
    email = factory.Sequence(lambda n: f"aino{n}@example.org")
    language = "en"


class NetworkFactory(DjangoModelFactory[Network]):
    class Meta:
        model = Network

    slug = factory.Sequence(lambda n: f"pohjoinen-{n}")
    name = factory.Sequence(lambda n: f"Pohjoisen kasvuverkosto {n}")
    languages = ["fi", "sv", "en"]


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region

    network = factory.SubFactory(NetworkFactory)
    level = RegionLevel.SUB_REGION
    code = factory.Sequence(lambda n: f"{n:03d}")
    name_fi = factory.Sequence(lambda n: f"Seutukunta {n}")


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    network = factory.SubFactory(NetworkFactory)
    name = factory.Sequence(lambda n: f"Kehitysyhtiö {n}")
    kind = OrganisationKind.DEVELOPMENT_COMPANY


class EnterpriseFactory(DjangoModelFactory[Enterprise]):
    class Meta:
        model = Enterprise

    network = factory.SubFactory(NetworkFactory)
    name = factory.Sequence(lambda n: f"Puupaja Honka {n}")
    business_id = factory.Sequence(lambda number: business_id(WRITTEN_OUT + number))
    address = "Tehtaantie 4"
    head_count = 3
    premises_capacity = 20
    is_sample = True


class GroupFactory(DjangoModelFactory[CoreGroup]):
    class Meta:
        model = CoreGroup

    network = factory.SubFactory(NetworkFactory)
    slug = factory.Sequence(lambda n: f"ylivieska-{n}")
    name = factory.Sequence(lambda n: f"Ylivieskan ydinryhmä {n}")
    organisation = factory.SubFactory(OrganisationFactory, network=factory.SelfAttribute("..network"))
    language = "fi"


@dataclass
class GroupWorld:
    """A group with its people: `members[i]` acts for `companies[i]`, whose seat is `seats[i]`."""

    network: Network
    group: CoreGroup
    coordinator: Person
    national: Person
    companies: list[Enterprise]
    members: list[Person]
    seats: list[Seat]


def make_group(*, members: int = 3, network: Network | None = None, **fields: Any) -> GroupWorld:
    """Build a group with a coordinator, a network coordinator and so many member companies."""
    network = network or NetworkFactory()
    group = GroupFactory(network=network, **fields)
    coordinator, national = PersonFactory(name="Kaisa Koordinaattori"), PersonFactory(name="Kansa Koordi")
    GroupCoordinator.objects.create(group=group, person=coordinator, starts_on=LONG_AGO)
    RoleAssignment.objects.create(
        network=network, person=national, role=NetworkRole.COORDINATOR, starts_on=LONG_AGO
    )
    companies = [EnterpriseFactory(network=network) for _ in range(members)]
    people = [PersonFactory() for _ in range(members)]
    for company, person in zip(companies, people, strict=True):
        Representative.objects.create(person=person, enterprise=company, starts_on=LONG_AGO)
    seats = [Seat.objects.create(group=group, enterprise=c, starts_on=LONG_AGO) for c in companies]
    for person in (coordinator, *people):
        Acceptance.objects.create(group=group, person=person, number=0, language="en")
    return GroupWorld(network, group, coordinator, national, companies, people, seats)


def make_season(world: GroupWorld, *, first: date | None = None, months: int = 6, **fields: Any) -> Season:
    """Build a season of so many months, from next month on."""
    start = (first or now().date().replace(day=1)).replace(day=1)
    index = start.year * 12 + start.month - (0 if first is None else 1)
    dates = [date(i // 12, i % 12 + 1, 1) for i in range(index, index + months)]
    return Season.objects.create(group=world.group, name=fields.pop("name", "Season"), months=dates, **fields)


def make_turn(season: Season, company: Enterprise, month: date, **fields: Any) -> HostingTurn:
    """Build a hosting turn on the month's second Tuesday unless told otherwise."""
    evening = fields.pop(
        "evening", month.replace(day=8) + timedelta(days=(1 - month.replace(day=8).weekday()) % 7)
    )
    return HostingTurn.objects.create(
        season=season, enterprise=company, month=month, evening=evening, **fields
    )


def make_meeting(world: GroupWorld, *, days: int = 14, invited: bool = True, **fields: Any) -> Meeting:
    """Build an announced meeting so many days from now, hosted by the first company, all members invited."""
    starts = (now() + timedelta(days=days)).replace(hour=15, minute=30, second=0, microsecond=0)
    values: dict[str, Any] = {
        "group": world.group,
        "host": world.companies[0] if world.companies else None,
        "state": MeetingState.ANNOUNCED,
        "audience": Audience.GROUP,
        "theme": "Hinnoittelu, josta ei tarvitse pyytää anteeksi",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2, minutes=30),
        "time_zone": world.group.time_zone,
        "place": "Puupaja Honka",
        "address": "Tehtaantie 4",
        "municipality": "Ylivieska",
        "announced_at": now() - timedelta(days=1),
        "check_in_code": "KUUSI7",
    }
    meeting = Meeting.objects.create(**{**values, **fields})
    if invited:
        for company, person in zip(world.companies, world.members, strict=True):
            Rsvp.objects.create(
                meeting=meeting,
                group=world.group,
                person=person,
                enterprise=company,
                invited_at=datetime(2026, 1, 1, tzinfo=UTC),
            )
    return meeting
