"""Feedback on accessibility: from anybody without an account, to people, answered by one of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.factories import NetworkFactory, make_group

from ydin.home.models import Feedback
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import today

pytestmark = pytest.mark.django_db
SEND = "/accessibility/feedback/"
SAID = {"message": "Kartta ei aukea näppäimistöllä.", "page": "/groups/", "email": "Lukija@example.org"}


def send(**more: str) -> Any:
    headers = more.pop("headers", None)
    return Client(HTTP_ACCEPT_LANGUAGE="en", **(headers or {})).post(SEND, {**SAID, "website": "", **more})


def test_feedback_reaches_the_coordinators_and_the_contact_address(mails) -> None:
    world = make_group()
    world.network.contact_email = "verkosto@example.org"
    world.network.save()
    assert "What is in your way?" in Client(HTTP_ACCEPT_LANGUAGE="en").get("/accessibility/").content.decode()
    answer = send()
    assert answer.status_code == 303 and answer["Location"] == "/accessibility/thanks/"
    given = Feedback.objects.get()
    assert (given.email, given.language, given.state) == ("lukija@example.org", "en", "waiting")
    assert given.due_on == today("Europe/Helsinki") + timedelta(days=14)
    told = mails()
    assert [m.to_address for m in told] == [world.national.email, "verkosto@example.org"]
    assert all("Kartta ei aukea" in m.text and m.reply_to == "lukija@example.org" for m in told)


def test_a_coordinator_answers_once_and_the_reader_gets_it(as_person, mails) -> None:
    world = make_group()
    send()
    given, client = Feedback.objects.get(), as_person(world.national)
    assert "Kartta ei aukea" in client.get("/mine/network/feedback/").content.decode()
    url = f"/mine/network/feedback/{given.pk}/answer/"
    empty = client.post(url, {"answer": " ", "version": given.version}, follow=True).content.decode()
    assert "Write an answer: somebody waits for it." in empty
    done = client.post(url, {"answer": "Korjasimme.", "version": given.version}, follow=True)
    assert "The answer is sent." in done.content.decode()
    given.refresh_from_db()
    assert (given.state, given.answered_by, given.answer) == ("answered", world.national, "Korjasimme.")
    assert mails()[-1].to_address == "lukija@example.org" and "Korjasimme." in mails()[-1].text
    again = client.post(url, {"answer": "Toinen", "version": 1}, follow=True).content.decode()
    assert "Somebody else answered this a moment ago." in again and len(mails()) == 2


def test_without_an_address_nobody_is_written_to(as_person, mails) -> None:
    world = make_group()
    send(email="")
    given = Feedback.objects.get()
    url = f"/mine/network/feedback/{given.pk}/answer/"
    text = as_person(world.national).post(url, {"answer": "", "version": 1}, follow=True).content.decode()
    assert "Marked as dealt with." in text and len(mails()) == 1


def test_others_read_nothing(as_person) -> None:
    world, other = make_group(), make_group()
    send(network=world.network.slug)
    given = Feedback.objects.get()
    url = f"/mine/network/feedback/{given.pk}/answer/"
    for person, page, act in (
        (world.members[0], 403, 403), (world.coordinator, 403, 403), (other.national, 200, 404), (None, 302, 302)
    ):  # fmt: skip
        client = as_person(person)
        answer = client.get("/mine/network/feedback/")
        assert answer.status_code == page and "Kartta ei aukea" not in answer.content.decode()
        assert client.post(url, {"answer": "x", "version": 1}).status_code == act
    with acting_as(other.national.pk), connection.cursor() as cursor:
        cursor.execute("set local role ydin_web")
        cursor.execute("select count(*) from home_feedback")
        assert cursor.fetchone() == (0,)
        cursor.execute("reset role")


def test_bad_input_traps_other_sites_and_too_many(mails) -> None:
    NetworkFactory()
    empty = send(message="")
    assert empty.status_code == 422 and "Tell in a few words" in empty.content.decode()
    assert 'value="/groups/"' in empty.content.decode()
    assert send(website="http://spam.example").status_code == 303
    assert send(headers={"HTTP_SEC_FETCH_SITE": "cross-site"}).status_code == 422
    assert not Feedback.objects.exists()
    assert [send().status_code for _ in range(7)] == [303] * 6 + [429]
    assert Client().get(SEND).status_code == 405


def test_several_networks_are_told_apart_and_none_takes_no_feedback() -> None:
    assert send().status_code in {422, 303} and not Feedback.objects.exists()
    make_group()
    other = make_group()
    assert (
        "Which network is it about?"
        in Client(HTTP_ACCEPT_LANGUAGE="en").get("/accessibility/").content.decode()
    )
    assert send().status_code == 422
    assert send(network=other.network.slug).status_code == 303
    assert Feedback.objects.get().network == other.network
