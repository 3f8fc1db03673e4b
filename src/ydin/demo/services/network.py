"""The network itself: its places, organisations and the people who coordinate."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date

from ydin.demo.rules import words
from ydin.demo.rules.network import (
    AREAS,
    COORDINATORS,
    DEVELOPERS,
    NATIONAL,
    REGIONS,
    UNIVERSITY,
    SampleArea,
    address_of,
)
from ydin.demo.rules.parts import NETWORK
from ydin.demo.rules.year import Diary
from ydin.groups.models import CoreGroup
from ydin.networks.models import Enterprise, Municipality, Network, Organisation, Region
from ydin.networks.rules import NetworkRole, OrganisationKind, RegionLevel
from ydin.networks.services.imports_municipalities import import_municipalities
from ydin.networks.services.setup import assign_network_role, create_network, create_organisation
from ydin.people.models import Person
from ydin.people.services import get_or_create_person

LONG_AGO = date(2022, 1, 10)
HEADINGS = (
    "kunta code", "municipality name fi", "municipality name sv", "seutukunta code", "seutukunta name fi",
    "maakunta code", "maakunta name fi", "maakunta name sv", "maakunta name en", "nuts3 2024 code",
)  # fmt: skip


@dataclass
class BuiltGroup:
    """A group as it was built. `people` acts for each company (by its id); `members` in the list's order."""

    area: SampleArea
    group: CoreGroup
    coordinator: Person
    companies: list[Enterprise]
    members: list[Enterprise]
    people: dict[int, list[Person]]
    since: dict[int, date]


@dataclass
class Built:
    """What the builder knows of the network while it builds."""

    network: Network
    diary: Diary
    regions: dict[str, Region]
    municipalities: dict[str, Municipality]
    organisations: list[Organisation]
    coordinators: list[Person]
    national: Person
    groups: dict[str, BuiltGroup] = field(default_factory=dict)


def build_network(*, actor: None, today: date) -> Built:
    """Create the network with regions, municipalities, organisations and coordinators."""
    network = create_network(
        actor=actor,
        slug=NETWORK,
        name="Pohjoisen kasvuverkosto",
        languages=["fi", "sv", "en"],
        about=words.ABOUT_NETWORK,
        about_texts=words.ABOUT_NETWORK_TEXTS,
        contact_email="verkosto@pohjoinen.example",
    )
    import_municipalities(actor=actor, network=network, content=_places())
    create_organisation(actor=actor, network=network, name=UNIVERSITY, kind=OrganisationKind.UNIVERSITY)
    organisations = [
        create_organisation(
            actor=actor, network=network, name=name, kind=OrganisationKind.DEVELOPMENT_COMPANY
        )
        for name in DEVELOPERS
    ]
    national = _person(actor, NATIONAL, UNIVERSITY.split(" (", maxsplit=1)[0])
    assign_network_role(
        actor=actor, network=network, person=national, role=NetworkRole.COORDINATOR, starts_on=LONG_AGO
    )
    return Built(
        network=network,
        diary=Diary(today),
        regions={r.code: r for r in Region.objects.filter(network=network, level=RegionLevel.SUB_REGION)},
        municipalities={m.code: m for m in Municipality.objects.filter(network=network)},
        organisations=organisations,
        coordinators=[_person(actor, n, d) for n, d in zip(COORDINATORS, DEVELOPERS, strict=True)],
        national=national,
    )


def _person(actor: None, name: str, organisation: str) -> Person:
    return get_or_create_person(actor=actor, email=address_of(name, organisation), name=name)


def _places() -> bytes:
    table = io.StringIO()
    write = csv.writer(table).writerow
    write(HEADINGS)
    for area in AREAS:
        code, nuts, name, name_sv, name_en = REGIONS[area.region]
        for m in area.municipalities:
            sub_region = SUB_REGIONS[area.sub_region_code]
            write(
                [
                    m.code,
                    m.name,
                    m.name_sv,
                    area.sub_region_code,
                    sub_region,
                    code,
                    name,
                    name_sv,
                    name_en,
                    nuts,
                ]
            )
    return table.getvalue().encode()


SUB_REGIONS = {area.sub_region_code: area.sub_region for area in AREAS}
