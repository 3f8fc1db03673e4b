"""Where one is signed in, and signing out elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.access.test_second_step import sign_in_by_code
from tests.factories import PersonFactory

from ydin.access.models import Session
from ydin.access.rules import device_of
from ydin.access.services import clear_sessions, end_session
from ydin.audit.models import Entry
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed
from ydin.people.models import Person

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1"
)


def browser_of(person: Person, agent: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en", HTTP_USER_AGENT=agent)
    sign_in_by_code(client, person)
    assert client.session["_auth_user_id"] == str(person.pk)
    return client


def test_one_sees_ones_devices_and_signs_out_elsewhere() -> None:
    person = PersonFactory()
    desk, phone, third = browser_of(person, FIREFOX), browser_of(person, PHONE), browser_of(person, "")
    page = desk.get(reverse("access:safety")).content.decode()
    assert "Firefox, Windows" in page and "Safari, iPhone" in page and "A device" in page
    for key in Session.objects.values_list("session_key", flat=True):
        assert key not in page
    one = Session.objects.get(device="Safari, iPhone")
    assert one.started_at is not None and not hasattr(one, "ip")
    handle = page.split("/me/safety/sessions/")[1].split("/")[0]
    answer = desk.post(reverse("access:end_one", args=[handle]), follow=True)
    assert "Signed out there." in answer.content.decode()
    assert Session.objects.filter(person=person).count() == 2
    assert desk.post(reverse("access:end_one", args=[handle])).status_code == 404
    assert "other device" in desk.post(reverse("access:end_others"), follow=True).content.decode()
    assert desk.get(reverse("home:mine")).status_code == 200
    for gone in (phone, third):
        assert gone.get(reverse("home:mine")).status_code == 302
    assert Entry.objects.filter(action="session.ended", actor=person).count() == 2


def test_nobody_ends_somebody_elses_session() -> None:
    theirs, mine = PersonFactory(), PersonFactory()
    browser_of(theirs, FIREFOX)
    client = browser_of(mine, FIREFOX)
    with pytest.raises(NotAllowed):
        end_session(actor=mine, session=Session.objects.get(person=theirs))
    client.post(reverse("access:end_others"))
    assert Session.objects.filter(person=theirs).count() == 1


def test_signing_in_gives_a_new_key_and_drops_what_a_stranger_planted() -> None:
    person = PersonFactory()
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.post(reverse("account_request_login_code"), {"email": person.email})
    before = client.session.session_key
    sign_in_by_code(client, person)
    after = client.session.session_key
    assert before and after != before
    assert not Session.objects.filter(session_key=before).exists()
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=after).exists()


def test_a_new_address_signs_out_everywhere() -> None:
    person = PersonFactory()
    client = browser_of(person, FIREFOX)
    assert client.get(reverse("home:mine")).status_code == 200
    person.email = "new@example.org"
    person.save()
    assert client.get(reverse("home:mine")).status_code == 302


def test_the_last_use_is_known_to_a_quarter_of_an_hour_without_a_row_at_every_page() -> None:
    person = PersonFactory()
    with time_machine.travel(now() - timedelta(hours=3), tick=True):
        client = browser_of(person, FIREFOX)
    row = Session.objects.get(person=person)
    client.get(reverse("home:mine"))
    later = Session.objects.get(person=person)
    assert later.seen_at - row.seen_at > timedelta(hours=2)
    client.get(reverse("home:mine"))
    assert Session.objects.get(person=person).seen_at == later.seen_at


def test_what_has_run_out_is_deleted_at_night() -> None:
    browser_of(PersonFactory(), FIREFOX)
    assert clear_sessions(actor=None) == 0
    with time_machine.travel(now() + timedelta(days=61)):
        assert clear_sessions(actor=None) == 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (PHONE, "Safari, iPhone"),
        ("curl/8", ""),
        ("<script>Firefox", "Firefox"),
    ],
)
def test_a_device_in_words(agent: str, words: str) -> None:
    assert device_of(agent) == words


def test_sessions_outlive_a_change_of_the_sites_key(settings: object) -> None:
    person = PersonFactory()
    client = browser_of(person, FIREFOX)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key" * 8  # type: ignore[attr-defined]
    assert client.get(reverse("home:mine")).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []  # type: ignore[attr-defined]
    assert client.get(reverse("home:mine")).status_code == 200, (
        "the session was signed again with the new key"
    )
