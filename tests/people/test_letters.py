"""A person chooses their letters, signed in or by the link in a letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import PersonFactory

from ydin.kernel.clock import today
from ydin.kernel.links import make_token
from ydin.people.models import NotificationChoice, Person
from ydin.people.policies import takes_break, unwanted, wanted_kinds, wants
from ydin.people.rules import MailKind, Rhythm
from ydin.people.services import letters_path, unsubscribe_path

CHOICE = {
    "wanted": ["summary"],
    "rhythm": "daily",
    "digest_at": "18:00",
    "language": "sv",
    "paused_until": "",
}


@pytest.mark.django_db
def test_the_link_shows_and_a_post_changes_without_signing_in() -> None:
    person = PersonFactory(language="en", time_zone="Europe/Stockholm")
    client = Client(HTTP_ACCEPT_LANGUAGE="de")
    page = client.get(letters_path(person))
    assert "Invitations to your own group always do." in page.content.decode()
    assert (
        "no-referrer" in page.headers.get("Referrer-Policy", "")
        or "same-origin" in page.headers["Referrer-Policy"]
    )
    assert not NotificationChoice.objects.exists()
    saved = client.post(letters_path(person), CHOICE, follow=True)
    assert saved.redirect_chain == [(letters_path(person), 303)]
    assert "Sparat" in saved.content.decode()
    person.refresh_from_db()
    assert (person.language, person.digest_rhythm, person.digest_at) == ("sv", Rhythm.DAILY, time(18))
    assert wanted_kinds(person) == ["summary", "digest"]
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_post_from_elsewhere_without_a_token_changes_nothing() -> None:
    person = PersonFactory()
    answer = Client(enforce_csrf_checks=True).post(letters_path(person), CHOICE)
    assert answer.status_code == 403
    assert not NotificationChoice.objects.exists()


@pytest.mark.django_db
def test_damaged_links_and_links_of_other_purposes_are_no_page() -> None:
    person = PersonFactory()
    wrong = make_token("answer", person.pk)
    gone = PersonFactory(is_active=False)
    for path in (
        reverse("people:letters_by_link", args=[wrong]),
        letters_path(person)[:-5] + "x/",
        letters_path(gone),
    ):
        assert Client().get(path).status_code == 404
        assert Client().post(path, CHOICE).status_code == 404


@pytest.mark.django_db
def test_signed_in_the_same_page_keeps_what_was_typed(as_person: Callable[[Person], Client]) -> None:
    person = PersonFactory()
    client = as_person(person)
    wrong = {**CHOICE, "digest_at": "morning", "paused_until": str(today("UTC") + timedelta(days=800))}
    page = client.post(reverse("people:letters"), wrong)
    assert page.status_code == 422
    text = page.content.decode()
    assert "A break lasts a year at most." in text
    assert "morning" in text
    assert not NotificationChoice.objects.exists()
    assert client.post(reverse("people:letters"), {**CHOICE, "rhythm": "off"}).status_code == 303
    assert not wants(person, MailKind.DIGEST)
    assert 'value="off"' in client.get(reverse("people:letters")).content.decode()
    assert Client().get(reverse("people:letters")).status_code == 302


@pytest.mark.django_db
def test_a_break_silences_what_can_wait_until_its_day() -> None:
    away, here = PersonFactory(), PersonFactory()
    day = today(away.time_zone) + timedelta(days=3)
    Client().post(letters_path(away), {**CHOICE, "wanted": ["reminder"], "paused_until": str(day)})
    away.refresh_from_db()
    assert away.mail_paused_until == day
    assert takes_break(away)
    assert unwanted([away, here], MailKind.REMINDER) == {away.pk}
    away.mail_paused_until = today(away.time_zone)
    assert wants(away, MailKind.REMINDER)
    Client().post(letters_path(away), {**CHOICE, "paused_until": str(date(2020, 1, 1))})
    away.refresh_from_db()
    assert away.mail_paused_until is None


@pytest.mark.django_db
def test_one_click_turns_the_gathered_letter_off_and_leads_to_all_choices() -> None:
    person = PersonFactory()
    page = Client().post(unsubscribe_path(person, MailKind.DIGEST))
    assert letters_path(person) in page.content.decode()
    assert not wants(person, MailKind.DIGEST)
