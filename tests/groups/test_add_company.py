"""A company comes in with its people on one page."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests.factories import EnterpriseFactory, PersonFactory, RegionFactory, business_id, make_group

from ydin.audit.models import Entry
from ydin.groups.models import Seat
from ydin.networks.models import ContactCard, Enterprise, Municipality, Representative
from ydin.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Any:
    world = make_group()
    Municipality.objects.create(
        network=world.network,
        sub_region=RegionFactory(network=world.network),
        code="977",
        name_fi="Ylivieska",
        name_sv="Ylivieska stad",
    )
    return world


def _typed(**more: str | list[str]) -> dict[str, Any]:
    return {
        "name": "Leipomo O'Kaura 🍞",
        "business_id": business_id(950),
        "municipality": "ylivieska stad",
        "address": "Torikatu 1",
        "industry_code": "10.71",
        "head_count": "4",
        "premises_capacity": "18",
        "languages": ["fi"],
        "state": "member",
        "first-name": "Liisa Kaura",
        "first-email": "Liisa@Example.org",
        "first-phone": "040 123",
        "second-name": "",
        "second-email": "",
        "second-phone": "",
        **more,
    }


def _url(world: Any) -> str:
    return reverse("groups:company_add", args=[world.group.pk])


def test_one_page_makes_company_person_card_and_seat_and_welcomes(
    as_person: Any, world: Any, mails: Any
) -> None:
    client = as_person(world.coordinator)
    answer = client.post(
        _url(world), _typed(**{"second-name": "Matti", "second-email": "matti@example.org"}), follow=True
    )
    assert answer.redirect_chain == [(reverse("groups:seats", args=[world.group.pk]), 303)]
    text = answer.content.decode()
    assert "Leipomo O&#x27;Kaura 🍞 has its seat. A welcome went to 2 people." in text
    assert "040 123" in text
    seat = Seat.objects.get(enterprise__name="Leipomo O'Kaura 🍞")
    assert (seat.state, seat.enterprise.municipality.code) == ("member", "977")
    assert seat.enterprise.premises_capacity == 18
    assert ContactCard.objects.get().representative.person.email == "liisa@example.org"
    assert [m.to_address for m in mails()] == ["liisa@example.org", "matti@example.org"]
    assert "tervetuloa" in mails()[0].subject.lower()
    assert "O'Kaura" in mails()[0].text
    assert "maanantai" in mails()[0].text
    assert Entry.objects.filter(action="seat.given", actor=world.coordinator).exists()


def test_a_wrong_business_id_comes_back_with_what_was_typed(as_person: Any, world: Any) -> None:
    answer = as_person(world.coordinator).post(
        _url(world), _typed(business_id="1234567-8", municipality="Nowhere")
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "1234567-8 is not a business ID" in text
    assert "There is no municipality “Nowhere” in this network" in text
    assert 'value="Liisa Kaura"' in text
    assert not Enterprise.objects.filter(name__startswith="Leipomo").exists()


def test_soft_warnings_never_ban(as_person: Any, world: Any) -> None:
    other = world.companies[0]
    other.industry_code, other.municipality = "10.710", Municipality.objects.get()
    other.save()
    world.group.min_size, world.group.max_size = 1, 3
    world.group.save()
    client = as_person(world.coordinator)
    answer = client.post(_url(world), _typed(head_count="12"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "ten people or more" in text
    assert "The group is full" in text
    assert f"In the same trade in Ylivieska: {other.name}." in text
    assert not Seat.objects.filter(enterprise__name__startswith="Leipomo").exists()
    answer = client.post(_url(world), _typed(head_count="12", anyway="on"))
    assert answer.status_code == 303
    assert Seat.objects.filter(enterprise__name__startswith="Leipomo").exists()


def test_a_company_of_the_network_is_matched_by_business_id_and_keeps_its_facts(
    as_person: Any, world: Any
) -> None:
    known = EnterpriseFactory(
        network=world.network, name="Kauran leipomo", business_id=business_id(950), address=""
    )
    stranger = EnterpriseFactory(name="Leipomo", business_id=business_id(950))
    answer = as_person(world.coordinator).post(_url(world), _typed(), follow=True)
    assert "was already known in the network" in answer.content.decode()
    known.refresh_from_db()
    assert (known.name, known.address) == ("Kauran leipomo", "Torikatu 1")
    assert Seat.objects.filter(enterprise=known).count() == 1
    assert not Seat.objects.filter(enterprise=stranger).exists()


def test_a_company_that_sits_here_already_is_refused(as_person: Any, world: Any) -> None:
    name = world.companies[0].name
    answer = as_person(world.coordinator).post(_url(world), _typed(name=name, business_id=""))
    assert answer.status_code == 422
    assert f"{name} already has a seat in this group." in answer.content.decode()


def test_only_the_name_and_one_person_are_needed(as_person: Any, world: Any) -> None:
    bare = dict.fromkeys(
        ("business_id", "municipality", "address", "industry_code", "head_count", "premises_capacity"), ""
    )
    answer = as_person(world.coordinator).post(_url(world), _typed(**bare))
    assert answer.status_code == 303
    assert Enterprise.objects.get(name__startswith="Leipomo").business_id is None
    answer = as_person(world.coordinator).post(_url(world), _typed(**bare, **{"first-email": ""}))
    assert answer.status_code == 422


def test_a_person_known_elsewhere_is_the_same_person(as_person: Any, world: Any) -> None:
    liisa = PersonFactory(email="liisa@example.org", name="Liisa K.")
    as_person(world.coordinator).post(_url(world), _typed())
    assert Representative.objects.get(enterprise__name__startswith="Leipomo").person == liisa
    assert Person.objects.get(pk=liisa.pk).name == "Liisa K."


def test_others_do_not_add(as_person: Any, world: Any) -> None:
    neighbour = make_group(network=world.network)
    assert as_person(world.members[0]).post(_url(world), _typed()).status_code == 403
    assert as_person(neighbour.coordinator).post(_url(world), _typed()).status_code == 404
    assert as_person(None).post(_url(world), _typed()).status_code == 302
    assert not Enterprise.objects.filter(name__startswith="Leipomo").exists()
