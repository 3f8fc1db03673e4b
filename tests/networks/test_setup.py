"""Setting up a network: the command, and its coordinator's pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import GroupFactory, NetworkFactory, OrganisationFactory, RegionFactory, make_group

from ydin.groups.models import CoreGroup
from ydin.kernel.clock import now
from ydin.networks.models import Network, Organisation, Region, RoleAssignment
from ydin.people.models import Person

pytestmark = pytest.mark.django_db


def _command(**more: str) -> None:
    options = {
        "slug": "lappi",
        "name": "Lapin verkosto",
        "coordinator": "eka@example.org",
        "name_of_coordinator": "Eka Koordinaattori",
        "time_zone": "Europe/Helsinki",
    }
    call_command("create_network", language=["sv", "fi"], **{**options, **more})


def test_the_command_makes_a_network_and_welcomes_its_coordinator(mails: Any, as_person: Any) -> None:
    _command()
    network = Network.objects.get(slug="lappi")
    assert (network.languages, network.default_language) == (["sv", "fi"], "sv")
    (letter,) = mails()
    assert (letter.to_address, letter.subject) == ("eka@example.org", "Du koordinerar Lapin verkosto")
    assert "http://testserver/networks/lappi/" in letter.text
    person = Person.objects.get(email="eka@example.org")
    text = as_person(person).get(reverse("groups:network", args=["lappi"])).content.decode()
    assert "First steps" in text
    assert "No groups yet" in text
    assert "ydin manage create_network" in text


@pytest.mark.parametrize(
    "wrong",
    [{"slug": "companies"}, {"slug": "not a slug"}, {"coordinator": "nobody"}, {"time_zone": "Mars/Base"}],
)
def test_the_command_makes_nothing_of_bad_input(wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        _command(**wrong)
    assert not Network.objects.exists()
    assert not Person.objects.exists()


def test_the_same_network_twice_is_refused() -> None:
    _command()
    with pytest.raises(CommandError):
        _command()
    assert RoleAssignment.objects.count() == 1


def test_settings_and_the_later_of_two(as_person: Any) -> None:
    world = make_group()
    network = world.network
    url = reverse("networks:settings", args=[network.slug])
    client = as_person(world.national)
    typed = {
        "version": 1,
        "name": "Pohjoinen",
        "about": "Yritykset toistensa luona.",
        "languages": ["fi", "sv"],
        "default_language": "sv",
        "time_zone": "Europe/Helsinki",
        "contact_email": "info@example.org",
    }
    assert client.post(url, typed).status_code == 303
    late = client.post(url, {**typed, "name": "Toinen nimi"})
    text = late.content.decode()
    assert late.status_code == 409
    assert "Pohjoinen" in text
    assert 'value="Toinen nimi"' in text
    network.refresh_from_db()
    assert (network.name, network.version) == ("Pohjoinen", 2)
    wrong = client.post(url, {**typed, "version": 2, "default_language": "en"})
    assert wrong.status_code == 422
    assert "The default language has to be one of" in wrong.content.decode()


def test_regions_make_a_tree(as_person: Any) -> None:
    world = make_group()
    client, slug = as_person(world.national), world.network.slug
    new = reverse("networks:region_new", args=[slug])
    top = {"level": "region", "name_fi": "Lappi", "name_sv": "Lappland", "code": "19", "nuts_code": "FI1D7"}
    assert client.post(new, top).status_code == 303
    lappi = Region.objects.get(code="19")
    below = {"level": "sub_region", "name_fi": "Rovaniemi", "code": "191", "parent": lappi.pk}
    assert client.post(new, below).status_code == 303
    assert client.post(new, below).status_code == 422
    rovaniemi = Region.objects.get(code="191")
    text = client.get(reverse("networks:regions", args=[slug])).content.decode()
    assert text.index("Lappi<") < text.index("Rovaniemi<")
    inside = {**top, "parent": rovaniemi.pk}
    answer = client.post(reverse("networks:region", args=[slug, lappi.pk]), inside)
    assert answer.status_code == 422
    assert "A region cannot lie inside itself." in answer.content.decode()
    other = RegionFactory(network=NetworkFactory())
    assert client.get(reverse("networks:region", args=[slug, other.pk])).status_code == 404


def test_organisations(as_person: Any) -> None:
    world = make_group()
    client, slug = as_person(world.national), world.network.slug
    typed = {"name": "Oulun yliopisto", "kind": "university", "website": "https://oulu.example"}
    new = reverse("networks:organisation_new", args=[slug])
    assert client.post(new, typed).status_code == 303
    assert client.post(new, {**typed, "name": "OULUN YLIOPISTO"}).status_code == 422
    row = Organisation.objects.get(name="Oulun yliopisto")
    url = reverse("networks:organisation", args=[slug, row.pk])
    assert client.post(url, {**typed, "version": 1, "name": "Yliopisto"}).status_code == 303
    assert client.post(url, {**typed, "version": 1, "name": "Myöhässä"}).status_code == 409
    row.refresh_from_db()
    assert row.name == "Yliopisto"
    foreign = OrganisationFactory()
    assert client.get(reverse("networks:organisation", args=[slug, foreign.pk])).status_code == 404


def test_coordinators_come_and_the_only_one_stays(as_person: Any, mails: Any) -> None:
    world = make_group()
    client, slug = as_person(world.national), world.network.slug
    only = RoleAssignment.objects.get(person=world.national)
    last_day = {"last_day": (now() - timedelta(days=2)).date().isoformat()}
    answer = client.post(reverse("networks:coordinator_end", args=[slug, only.pk]), last_day)
    assert answer.status_code == 422
    assert "A network needs a coordinator." in answer.content.decode()
    typed = {"email": "toka@example.org", "name": "Toka", "language": "fi"}
    assert client.post(reverse("networks:coordinator_add", args=[slug]), typed).status_code == 303
    assert mails()[-1].subject == f"Koordinoit: {world.network.name}"
    assert client.post(reverse("networks:coordinator_end", args=[slug, only.pk]), last_day).status_code == 303
    assert client.get(reverse("networks:coordinators", args=[slug])).status_code == 404


def test_a_core_group_is_made_and_leads_to_its_settings(as_person: Any) -> None:
    world = make_group()
    house = Organisation.objects.filter(network=world.network).get()
    client = as_person(world.national)
    url = reverse("groups:group_new", args=[world.network.slug])
    typed = {"name": "Raahe", "slug": "raahe", "organisation": house.pk, "kind": "place", "language": "fi"}
    answer = client.post(url, typed)
    made = CoreGroup.objects.get(slug="raahe")
    assert (answer.status_code, answer["Location"]) == (303, reverse("groups:settings", args=[made.pk]))
    assert made.agenda_template[0]["title"] == "Kahvit ja viime kerran lupaukset"
    again = client.post(url, typed)
    assert again.status_code == 422
    assert "The short name raahe is already taken." in again.content.decode()
    assert as_person(world.coordinator).post(url, {**typed, "slug": "x"}).status_code == 403


def test_the_overview_shows_what_a_glance_should_catch_at_the_same_cost(as_person: Any) -> None:
    small, large = make_group(members=2), make_group(members=2)
    for _ in range(29):
        GroupFactory(network=large.network)
    counts = []
    for world in (small, large):
        client = as_person(world.national)
        with CaptureQueriesContext(connection) as queries:
            text = client.get(reverse("groups:network", args=[world.network.slug])).content.decode()
        counts.append(len(queries))
        assert "8 companies short" in text
    assert "no coordinator" in text
    assert counts[0] == counts[1]
