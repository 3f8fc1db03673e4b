"""Every page of the set-up opens for its coordinator, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests.factories import PersonFactory, make_group

pytestmark = pytest.mark.django_db

GROUP_PAGES = ("seats", "company_add", "settings", "ground_rules", "coordinators", "applications")
NETWORK_PAGES = (
    "groups:network",
    "groups:group_new",
    "networks:settings",
    "networks:regions",
    "networks:region_new",
    "networks:organisations",
    "networks:organisation_new",
    "networks:coordinators",
)


@pytest.mark.parametrize("name", GROUP_PAGES)
def test_a_page_of_the_group_is_its_coordinators(as_person: Any, name: str) -> None:
    ours, other = make_group(), make_group()
    neighbour = make_group(network=ours.network)
    url = reverse(f"groups:{name}", args=[ours.group.pk])
    for person in (ours.coordinator, ours.national):
        answer = as_person(person).get(url)
        assert answer.status_code == 200
        assert ours.group.name in answer.content.decode()
    assert as_person(ours.members[0]).get(url).status_code == 403
    for person in (
        other.coordinator,
        other.national,
        neighbour.coordinator,
        other.members[0],
        PersonFactory(),
    ):
        assert as_person(person).get(url).status_code == 404
    away = as_person(None).get(url)
    assert away.status_code == 302
    assert away["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", NETWORK_PAGES)
def test_a_page_of_the_network_is_its_coordinators(as_person: Any, name: str) -> None:
    ours, other = make_group(), make_group()
    url = reverse(name, args=[ours.network.slug])
    answer = as_person(ours.national).get(url)
    assert answer.status_code == 200
    assert ours.network.name in answer.content.decode()
    for person in (ours.coordinator, ours.members[0]):
        assert as_person(person).get(url).status_code == 403
    for person in (other.coordinator, other.national, PersonFactory()):
        assert as_person(person).get(url).status_code == 404
    assert as_person(None).get(url).status_code == 302


def test_the_short_address_leads_to_the_seats(as_person: Any) -> None:
    world = make_group()
    url = reverse("groups:manage", args=[world.group.pk])
    answer = as_person(world.coordinator).get(url)
    assert answer.headers["Location"] == reverse("groups:seats", args=[world.group.pk])
    assert as_person(world.members[0]).get(url).status_code == 403
