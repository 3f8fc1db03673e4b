"""Signing in by a code, settings, and turning letters off by link."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import PersonFactory

from ydin.outbox.models import Message
from ydin.people.models import NotificationChoice, Person
from ydin.people.policies import wants
from ydin.people.rules import MailKind
from ydin.people.services import unsubscribe_path


def _ask_for_code(client: Client, email: str) -> str:
    answer = client.post(reverse("account_request_login_code"), {"email": email}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_a_code_by_e_mail_signs_in_and_a_wrong_one_does_not() -> None:
    person = PersonFactory(email="aino@example.org", language="fi")
    client = Client(HTTP_ACCEPT_LANGUAGE="fi")
    assert "koodin" in _ask_for_code(client, "AINO@example.org")
    message = Message.objects.get()
    assert message.person == person
    assert not message.subject.startswith("[")
    code = re.search(r"^([0-9A-Z-]{6,})$", message.text, re.MULTILINE)
    assert code is not None
    wrong = client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert "_auth_user_id" not in client.session
    assert wrong.status_code == 200
    client.post(reverse("account_confirm_login_code"), {"code": code[1]})
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.django_db
def test_an_unknown_address_gets_the_same_answer_and_no_mail() -> None:
    PersonFactory(email="aino@example.org")
    known = _ask_for_code(Client(HTTP_ACCEPT_LANGUAGE="en"), "aino@example.org")
    unknown = _ask_for_code(Client(HTTP_ACCEPT_LANGUAGE="en"), "aina@example.org")
    assert _words(known).replace("aino@", "aina@") == _words(unknown)
    assert Message.objects.count() == 1


def _words(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


@pytest.mark.django_db
def test_nobody_makes_an_account_alone() -> None:
    page = Client(HTTP_ACCEPT_LANGUAGE="en").post(reverse("account_signup"), {"email": "x@example.org"})
    assert "A coordinator brings you in" in page.content.decode()
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_settings_change_name_language_and_clock(as_person: Callable[[Person], Client]) -> None:
    person = PersonFactory()
    client = as_person(person)
    values = {"name": "Aino Õ'Malmi", "language": "sv", "time_zone": "Europe/Stockholm"}
    page = client.post(reverse("people:settings"), values, follow=True)
    assert "Sparat" in page.content.decode()
    person.refresh_from_db()
    assert (person.name, person.language, person.time_zone) == ("Aino Õ'Malmi", "sv", "Europe/Stockholm")


@pytest.mark.django_db
def test_settings_keep_what_was_typed_and_name_the_fault(as_person: Callable[[Person], Client]) -> None:
    person = PersonFactory()
    page = as_person(person).post(
        reverse("people:settings"), {"name": "Aino", "language": "en", "time_zone": "Mars/Base"}
    )
    assert page.status_code == 422
    text = page.content.decode()
    assert "Mars/Base" in text
    assert "There is no time zone of this name" in text
    person.refresh_from_db()
    assert person.time_zone == "Europe/Helsinki"


@pytest.mark.django_db
def test_settings_are_for_the_signed_in_only() -> None:
    answer = Client().get(reverse("people:settings"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_request_login_code"))


@pytest.mark.django_db
def test_one_click_turns_letters_off_without_signing_in_and_a_look_does_nothing() -> None:
    person = PersonFactory()
    address = unsubscribe_path(person, MailKind.REMINDER)
    client = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")
    assert "Turn these letters off?" in client.get(address).content.decode()
    assert not NotificationChoice.objects.exists()
    assert "no longer come" in client.post(address).content.decode()
    assert not wants(person, MailKind.REMINDER)
    client.post(address, {"again": "1"})
    assert wants(person, MailKind.REMINDER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "damage", [lambda a: a.replace("/unsubscribe/", "/unsubscribe/1"), lambda a: a[:-4] + "x/"]
)
def test_a_damaged_link_is_no_page(damage: Callable[[str], str]) -> None:
    address = unsubscribe_path(PersonFactory(), MailKind.REMINDER)
    assert Client().post(damage(address)).status_code == 404
    assert not NotificationChoice.objects.exists()
