"""Groups and seats made by the system and by coordinators."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation
from tests.factories import (
    EnterpriseFactory,
    GroupFactory,
    OrganisationFactory,
    PersonFactory,
    business_id,
    make_group,
)

from ydin.groups.models import Seat
from ydin.groups.services import (
    Company,
    Contact,
    add_company,
    add_coordinator,
    change_seat,
    create_group,
    give_seat,
    publish_ground_rules,
)
from ydin.kernel.acting import acting_as
from ydin.kernel.errors import NotAllowed, Refused
from ydin.networks.models import ContactCard
from ydin.networks.services.setup import (
    add_representative,
    assign_network_role,
    create_enterprise,
    create_network,
    create_organisation,
)

pytestmark = pytest.mark.django_db


def test_the_system_builds_a_whole_network() -> None:
    network = create_network(actor=None, slug="pohjoinen", name="Pohjoinen", languages=["fi", "sv"])
    national = PersonFactory()
    assign_network_role(actor=None, network=network, person=national)
    house = create_organisation(actor=national, network=network, name="Kehitys", kind="development_company")
    group = create_group(actor=national, network=network, slug="oulu", name="Oulu", organisation=house)
    assert group.agenda_template[0]["minutes"] == 15
    assert sum(row["minutes"] for row in group.agenda_template) == 150
    add_coordinator(actor=None, group=group, person=PersonFactory())
    company = create_enterprise(actor=None, network=network, name="Paja", business_id=business_id(900))
    give_seat(actor=None, group=group, enterprise=company, state="member", starts_on=date(2024, 1, 1))
    add_representative(
        actor=None, enterprise=company, person=PersonFactory(), starts_on=date(2024, 1, 1), phone="040 1"
    )
    assert ContactCard.objects.get().phone == "040 1"
    assert publish_ground_rules(actor=None, group=group, texts={"fi": "Luottamus."}) == 1


def test_a_person_never_makes_a_network() -> None:
    with pytest.raises(NotAllowed):
        create_network(actor=PersonFactory(), slug="x", name="X")


def test_a_group_coordinator_adds_a_company_under_row_security() -> None:
    world = make_group()
    with acting_as(world.coordinator.pk):
        seat = add_company(
            actor=world.coordinator,
            group=world.group,
            company=Company("Leipomo Kaura", business_id(900)),
            people=[Contact("Liisa Kaura", "liisa@example.org", "040 2")],
            state="member",
        )
        assert ContactCard.objects.get(representative__enterprise=seat.enterprise).phone == "040 2"


def test_nobody_lets_themself_into_another_group_through_a_shared_company() -> None:
    ours = make_group()
    other = make_group(network=ours.network)
    with translation.override("en"), pytest.raises(Refused, match="not yours"):
        add_company(
            actor=other.coordinator,
            group=other.group,
            company=Company(ours.companies[0].name, ours.companies[0].business_id or ""),
            people=[Contact("Kaisa", other.coordinator.email)],
            state="visitor",
        )
    assert not Seat.objects.filter(group=other.group, enterprise=ours.companies[0]).exists()


def test_seats_follow_the_rules() -> None:
    world = make_group()
    with pytest.raises(Refused):
        change_seat(actor=world.coordinator, seat=world.seats[0], state="visitor")
    with pytest.raises(NotAllowed):
        change_seat(actor=world.members[0], seat=world.seats[0], state="left")
    with pytest.raises(Refused):
        give_seat(actor=world.coordinator, group=world.group, enterprise=world.companies[0])
    with pytest.raises(Refused):
        give_seat(actor=world.coordinator, group=world.group, enterprise=EnterpriseFactory())


def test_an_organisation_of_another_network_arranges_nothing_here() -> None:
    world = make_group()
    with pytest.raises(Refused):
        create_group(
            actor=world.national,
            network=world.network,
            slug="y",
            name="Y",
            organisation=OrganisationFactory(),
        )
    assert GroupFactory(network=world.network).organisation.network_id == world.network.pk
