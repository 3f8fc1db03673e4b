"""Asking to visit without an account, and the coordinator's answers."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.factories import make_group

from ydin.groups.models import Application, Seat
from ydin.groups.queries import applications_open
from ydin.networks.models import Representative

pytestmark = pytest.mark.django_db

ASKED = {"name": "Liisa Kaura", "email": "Liisa@example.org", "company": "Leipomo Kaura", "message": "Hei!"}


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def _ask(world: Any, **more: str) -> Any:
    url = reverse("groups:apply", args=[world.network.slug, world.group.slug])
    return Client(HTTP_ACCEPT_LANGUAGE="en").post(url, {**ASKED, "website": "", **more})


def _asked(world: Any) -> Application:
    assert _ask(world).status_code == 303
    return Application.objects.get(group=world.group)


def _answer(client: Any, name: str, application: Application, **data: Any) -> str:
    url = reverse(f"groups:{name}", args=[application.group_id, application.pk])
    return str(client.post(url, data, follow=True).content.decode())


def test_a_stranger_asks_and_the_coordinator_is_told(mails: Any) -> None:
    world = make_group()
    answer = _ask(world)
    assert answer.status_code == 303
    thanks = Client(HTTP_ACCEPT_LANGUAGE="en").get(answer["Location"]).content.decode()
    assert "The coordinator of the group will write to you" in thanks
    told, thanked = mails()
    assert (told.to_address, told.reply_to) == (world.coordinator.email, "liisa@example.org")
    assert reverse("groups:applications", args=[world.group.pk]) in told.text
    assert (thanked.to_address, thanked.language) == ("liisa@example.org", "en")
    assert applications_open(world.group).get().company == "Leipomo Kaura"


def test_asking_twice_is_one_application_and_the_same_thank_you(mails: Any) -> None:
    world = make_group()
    first, second = _ask(world), _ask(world, email="LIISA@example.org")
    assert (second.status_code, second["Location"]) == (first.status_code, first["Location"])
    assert Application.objects.count() == 1
    assert len(mails()) == 2


def test_what_is_written_the_second_time_is_added_under_its_day(as_person: Any) -> None:
    world, other = make_group(), make_group()
    first = _asked(world)
    _ask(other, message="To somebody else")
    with time_machine.travel("2027-02-03 10:00+00:00"):
        _ask(world, email="LIISA@example.org", message="Voin tulla vasta maaliskuussa.")
        _ask(world, message="Voin tulla vasta maaliskuussa.")
        _ask(world, message="")
    first.refresh_from_db()
    assert first.message == "Hei!\n\n– ke 3.2.2027 –\nVoin tulla vasta maaliskuussa."
    assert Application.objects.get(group=other.group).message == "To somebody else"
    page = as_person(world.coordinator).get(reverse("groups:applications", args=[world.group.pk]))
    assert "Voin tulla vasta maaliskuussa." in page.content.decode()
    assert "Hei!" in page.content.decode()
    for number in range(6):
        _ask(world, message=f"{number}" * 2000)
    first.refresh_from_db()
    assert len(first.message) < 10_100


def test_the_trap_catches_machines_silently() -> None:
    world = make_group()
    assert _ask(world, website="http://spam.example").status_code == 303
    assert not Application.objects.exists()


def test_many_messages_from_one_address_are_slowed_down() -> None:
    world = make_group()
    answers = [_ask(world, email=f"p{n}@example.org") for n in range(13)]
    assert [a.status_code for a in answers] == [303] * 12 + [429]
    assert "try again in a while" in answers[-1].content.decode()


def test_a_group_without_visitors_and_bad_input() -> None:
    world = make_group()
    answer = _ask(world, email="no address")
    assert answer.status_code == 422
    assert 'value="Liisa Kaura"' in answer.content.decode()
    world.group.is_open = False
    world.group.save()
    assert _ask(world).status_code == 422
    assert not Application.objects.exists()


def test_without_coordinators_the_network_is_told(mails: Any) -> None:
    world = make_group()
    world.group.coordinators.all().delete()
    _ask(world)
    assert mails()[0].to_address == world.national.email


def test_the_applicant_follows_and_withdraws_by_the_link(mails: Any) -> None:
    world = make_group()
    application = _asked(world)
    (link,) = re.findall(r"http://testserver(/apply/follow/\S+)", mails()[1].text)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "waits for an answer" in client.get(link).content.decode()
    assert client.get(f"{link}withdraw/").status_code == 405
    assert client.post(f"{link}withdraw/").status_code == 303
    application.refresh_from_db()
    assert application.state == "withdrawn"
    again = client.post(f"{link}withdraw/")
    assert again.status_code == 422
    assert "There is nothing to withdraw any more." in again.content.decode()
    assert client.get(link.replace("follow/", "follow/1")).status_code == 404


def test_a_link_opens_its_own_application_only(mails: Any) -> None:
    ours, other = make_group(), make_group()
    _ask(ours)
    _ask(other, email="toinen@example.org", name="Toinen")
    links = [re.findall(r"/apply/follow/\S+", m.text) for m in mails()]
    ((link,),) = [found for found in links if found][:1]
    text = Client(HTTP_ACCEPT_LANGUAGE="en").get(link).content.decode()
    assert ours.group.name in text
    assert other.group.name not in text


def test_invite_in_own_words(as_person: Any, mails: Any) -> None:
    world = make_group()
    application = _asked(world)
    text = _answer(as_person(world.coordinator), "invite", application, note="Tiistaina klo 17.30 & kahvit")
    assert "Liisa Kaura is invited and got your message." in text
    application.refresh_from_db()
    assert (application.state, application.answered_by) == ("invited", world.coordinator)
    assert "Tiistaina klo 17.30 & kahvit" in mails()[-1].text
    assert mails()[-1].reply_to == world.coordinator.email


def test_accept_makes_company_person_and_seat_in_one_click(as_person: Any, mails: Any) -> None:
    world = make_group()
    application = _asked(world)
    text = _answer(as_person(world.coordinator), "accept", application, state="visitor")
    assert "Leipomo Kaura has a seat, and Liisa Kaura got a welcome." in text
    seat = Seat.objects.get(enterprise__name="Leipomo Kaura")
    assert seat.state == "visitor"
    acts = Representative.objects.get(enterprise=seat.enterprise)
    assert (acts.person.email, acts.person.language) == ("liisa@example.org", "en")
    assert mails()[-1].subject == f"{world.group.name}: you are welcome to visit"
    assert "has been answered already" in _answer(as_person(world.coordinator), "accept", application)


def test_a_name_that_a_member_has_is_pointed_out(as_person: Any) -> None:
    world = make_group()
    _ask(world, company=world.companies[0].name.upper())
    text = as_person(world.coordinator).get(reverse("groups:applications", args=[world.group.pk]))
    assert (
        "is already in the network. If you accept, this person acts for that company" in text.content.decode()
    )


def test_decline_kindly(as_person: Any, mails: Any) -> None:
    world = make_group()
    application = _asked(world)
    _answer(as_person(world.coordinator), "decline", application, note="Olemme täynnä.")
    application.refresh_from_db()
    assert application.state == "declined"
    assert "Olemme täynnä." in mails()[-1].text
    assert mails()[-1].subject == f"{world.group.name}: about your visit"


def test_sent_on_to_a_group_that_the_coordinator_does_not_see(as_person: Any, mails: Any) -> None:
    ours, foreign = make_group(), make_group()
    other = make_group(network=ours.network)
    application = _asked(ours)
    client = as_person(ours.coordinator)
    url = reverse("groups:send_on", args=[ours.group.pk, application.pk])
    assert client.post(url, {"group": foreign.group.pk}).status_code == 404
    _answer(client, "send_on", application, group=other.group.pk)
    application.refresh_from_db()
    assert (application.state, application.moved_to) == ("moved", other.group)
    assert Application.objects.get(group=other.group).state == "received"
    assert [m.to_address for m in mails()][-2:] == [other.coordinator.email, "liisa@example.org"]
    assert client.get(reverse("groups:applications", args=[other.group.pk])).status_code == 404


def test_others_neither_read_nor_answer(as_person: Any) -> None:
    world, other = make_group(), make_group()
    application = _asked(world)
    url = reverse("groups:decline", args=[world.group.pk, application.pk])
    assert as_person(world.members[0]).post(url).status_code == 403
    assert as_person(other.coordinator).post(url).status_code == 404
    wrong_group = reverse("groups:decline", args=[other.group.pk, application.pk])
    assert as_person(other.coordinator).post(wrong_group).status_code == 404
    assert as_person(None).post(url).status_code == 302
    application.refresh_from_db()
    assert application.state == "received"
