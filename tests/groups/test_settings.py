"""Settings, coordinators and ground rules of a group."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.factories import OrganisationFactory, PersonFactory, make_group

from ydin.audit.models import Entry
from ydin.groups.models import CoreGroup, GroundRules, GroupCoordinator
from ydin.people.models import Person

pytestmark = pytest.mark.django_db


def _typed(world: Any, **more: Any) -> dict[str, Any]:
    group = world.group
    return {
        "version": group.version,
        "name": "Ylivieskan ydinryhmä",
        "about": "Kymmenen yritystä.",
        "kind": "place",
        "organisation": group.organisation_id,
        "region": "",
        "is_open": "on",
        "visitor_places": "3",
        "language": "fi",
        "time_zone": "Europe/Helsinki",
        "min_size": "8",
        "max_size": "20",
        "months_off": ["7", "12"],
        "weekdays": ["1", "2"],
        "evening_start": "17:00",
        "evening_end": "19:30",
        "reminder_days": ["1", "7"],
        "minutes_0": "20",
        "title_0": "Kahvit",
        "minutes_1": "",
        "title_1": "",
        "minutes_2": "60",
        "title_2": "Teema",
        **more,
    }


def _url(world: Any) -> str:
    return reverse("groups:settings", args=[world.group.pk])


def test_everything_is_saved_in_one_go(as_person: Any) -> None:
    world = make_group()
    neighbour = make_group(network=world.network)
    answer = as_person(world.coordinator).post(_url(world), _typed(world, neighbours=[neighbour.group.pk]))
    assert answer.status_code == 303
    group = CoreGroup.objects.get(pk=world.group.pk)
    assert group.months_off == [7, 12]
    assert group.weekdays == [1, 2]
    assert (group.evening_start, group.evening_end) == (time(17), time(19, 30))
    assert group.reminder_days == [7, 1]
    assert group.agenda_template == [{"minutes": 20, "title": "Kahvit"}, {"minutes": 60, "title": "Teema"}]
    assert list(group.neighbours.all()) == [neighbour.group]
    assert group.version == 2
    assert Entry.objects.get(action="group.changed").data["fields"][:2] == ["about", "agenda_template"]


def test_the_later_of_two_sees_both(as_person: Any) -> None:
    world = make_group()
    CoreGroup.objects.filter(pk=world.group.pk).update(name="Toisen nimi", version=2)
    client = as_person(world.coordinator)
    answer = client.post(_url(world), _typed(world))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed these settings" in text
    assert "Toisen nimi" in text
    assert 'value="Ylivieskan ydinryhmä"' in text
    assert '<input type="hidden" name="version" value="2">' in text
    assert CoreGroup.objects.get(pk=world.group.pk).name == "Toisen nimi"
    assert client.post(_url(world), _typed(world, version=2)).status_code == 303
    assert CoreGroup.objects.get(pk=world.group.pk).name == "Ylivieskan ydinryhmä"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("max_size", "5", "The largest size cannot be smaller"),
        ("evening_end", "16:00", "An evening ends after it begins."),
        ("time_zone", "Mars/Base", "Mars/Base is not a time zone"),
        ("weekdays", [], "Choose at least one weekday."),
        ("title_0", "", "Say what is done in these minutes."),
        ("name", "", "This is still needed."),
    ],
)
def test_bad_input_comes_back(as_person: Any, field: str, value: Any, said: str) -> None:
    world = make_group()
    answer = as_person(world.coordinator).post(_url(world), _typed(world, **{field: value}))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Kymmenen yritystä." in answer.content.decode()
    assert CoreGroup.objects.get(pk=world.group.pk).version == 1


def test_an_organisation_of_another_network_cannot_be_chosen(as_person: Any) -> None:
    world = make_group()
    answer = as_person(world.coordinator).post(
        _url(world), _typed(world, organisation=OrganisationFactory().pk)
    )
    assert answer.status_code == 422


def test_the_usual_agenda_comes_back(as_person: Any) -> None:
    world = make_group()
    as_person(world.coordinator).post(_url(world), _typed(world, usual_agenda="on", language="sv"))
    agenda = CoreGroup.objects.get(pk=world.group.pk).agenda_template
    assert agenda[0] == {"minutes": 15, "title": "Kaffe och löftena från förra gången"}


def test_a_coordinator_is_added_by_address_and_ends(as_person: Any, mails: Any) -> None:
    world = make_group()
    client = as_person(world.coordinator)
    answer = client.post(
        reverse("groups:coordinator_add", args=[world.group.pk]),
        {"email": "Uusi@example.org", "name": "Uusi Vetäjä", "language": "sv"},
    )
    assert answer.status_code == 303
    person = Person.objects.get(email="uusi@example.org")
    spell = GroupCoordinator.objects.get(person=person)
    (letter,) = mails()
    assert letter.to_address == "uusi@example.org"
    assert letter.language == "sv"
    assert letter.subject == f"Du koordinerar {world.group.name}"
    assert "http://testserver/accounts/login/" in letter.text
    assert as_person(person).get(reverse("groups:seats", args=[world.group.pk])).status_code == 200
    yesterday = (date.today() - timedelta(days=2)).isoformat()  # noqa: DTZ011 - well before any zone's today
    client = as_person(world.coordinator)
    url = reverse("groups:coordinator_end", args=[world.group.pk, spell.pk])
    assert client.post(url, {"last_day": ""}).status_code == 422
    assert client.post(url, {"last_day": yesterday}).status_code == 303
    assert as_person(person).get(reverse("groups:seats", args=[world.group.pk])).status_code == 404


def test_ground_rules_keep_their_versions(as_person: Any) -> None:
    world = make_group()
    client = as_person(world.coordinator)
    url = reverse("groups:ground_rules", args=[world.group.pk])
    assert client.post(url, {"valid_from": "2027-01-01"}).status_code == 422
    client.post(url, {"text_fi": "Luottamus.", "text_sv": "Förtroende.", "valid_from": "2027-01-01"})
    client.post(url, {"text_fi": "Luottamus ja läsnäolo.", "valid_from": "2027-02-28"})
    assert [(r.number, r.language) for r in GroundRules.objects.order_by("number", "language")] == [
        (1, "fi"),
        (1, "sv"),
        (2, "fi"),
    ]
    text = client.get(url).content.decode()
    assert "Version 1, in force from Fri 1 Jan 2027" in text
    assert "Luottamus ja läsnäolo." in text


def test_others_change_nothing(as_person: Any) -> None:
    world, other = make_group(), make_group()
    for person, status in ((world.members[0], 403), (other.coordinator, 404), (other.national, 404)):
        client = as_person(person)
        assert client.post(_url(world), _typed(world)).status_code == status
        add = reverse("groups:coordinator_add", args=[world.group.pk])
        assert (
            client.post(add, {"email": "x@example.org", "name": "X", "language": "fi"}).status_code == status
        )
    assert as_person(None).post(_url(world), _typed(world)).status_code == 302
    assert not Person.objects.filter(email="x@example.org").exists()
    assert PersonFactory().pk
    assert CoreGroup.objects.get(pk=world.group.pk).version == 1
