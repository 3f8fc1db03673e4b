"""Counting what comes from where: behind proxies, across processes, at every place that could be tried out."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings
from tests.factories import PersonFactory, make_group
from tests.servers import LiveSite, all_at_once

from ydin.calendar.models import FeedAddress
from ydin.groups.models import Application
from ydin.kernel import throttle
from ydin.kernel.links import make_token
from ydin.kernel.throttle import hit, hits, place_of
from ydin.outbox.models import Message

PROXY = "10.0.0.1"


def came(header: str | None, remote: str = PROXY) -> str:
    more = {} if header is None else {"HTTP_X_FORWARDED_FOR": header}
    return place_of(RequestFactory().get("/", REMOTE_ADDR=remote, **more))


@pytest.mark.parametrize(
    ("proxies", "header", "place"),
    [
        (0, "203.0.113.9", PROXY),  # no proxy: nobody is believed
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),  # what the sender wrote stands before
        (1, "1.1.1.1,2.2.2.2,3.3.3.3, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", PROXY),  # shorter than the row of proxies: it went around them
        (1, None, PROXY),
        (1, "", PROXY),
        (1, "unknown", PROXY),
        (1, "<script>", PROXY),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),  # one household, one place
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_where_a_request_comes_from(settings: Settings, proxies: int, header: str | None, place: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert came(header) == place


def test_a_request_without_any_address_has_a_place_too() -> None:
    assert came(None, remote="") == "0.0.0.0"


@pytest.mark.django_db
def test_a_window_begins_anew_when_it_is_over() -> None:
    assert [hit("x", "a", 60) for _ in range(3)] == [1, 2, 3]
    assert (hits("x", "a"), hits("x", "b"), hits("y", "a")) == (3, 0, 0)
    assert hit("z", "a", 0) == 1
    assert hits("z", "a") in {0, 1}


@pytest.mark.django_db
def test_asking_for_codes_comes_to_an_end_for_an_address_and_for_a_place(settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    PersonFactory(email="aino@example.org")
    url = reverse("account_request_login_code")

    def send(email: str, spoofed: str) -> int:
        client = Client(HTTP_ACCEPT_LANGUAGE="en", HTTP_X_FORWARDED_FOR=f"{spoofed}, 203.0.113.9")
        return client.post(url, {"email": email}).status_code

    asked = [send("aino@example.org", f"1.2.3.{n}") for n in range(5)]
    assert asked[:3] == [302] * 3
    assert Message.objects.count() == 3, (
        "an address gets three codes a minute, wherever the asking comes from"
    )
    several = [send(f"x{n}@example.org", f"1.2.3.{n}") for n in range(25)]
    assert several.count(302) <= 20 and several[-1] == 200, (
        "a new X-Forwarded-For in front makes no new place"
    )


@pytest.mark.django_db
def test_guessing_a_code_ends_after_three_tries() -> None:
    PersonFactory(email="aino@example.org")
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.post(reverse("account_request_login_code"), {"email": "aino@example.org"})
    for number in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": f"WRONG{number}"})
    code = Message.objects.get().text
    right = next(
        line
        for line in code.splitlines()
        if len(line) >= 6 and line.replace("-", "").isalnum() and line.isupper()
    )
    client.post(reverse("account_confirm_login_code"), {"code": right})
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_asking_to_visit_comes_to_an_end_and_keeps_what_was_typed() -> None:
    world = make_group()
    url = reverse("groups:apply", args=[world.network.slug, world.group.slug])
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    values = {"name": "Aino", "message": "I like wood."}
    got = [client.post(url, {**values, "email": f"a{n}@example.org"}) for n in range(14)]
    assert [answer.status_code for answer in got] == [303] * 12 + [429] * 2
    assert Application.objects.count() == 12
    assert "I like wood." in got[-1].content.decode()


@pytest.mark.django_db
def test_trying_out_personal_links_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "GUESSES", 5)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    right = make_token("answer", 1, 2)
    got = [
        client.get(f"/{kind}/{right[:-2]}{n:02}/").status_code for n, kind in enumerate(["a", "h", "w"] * 3)
    ]
    assert got[:5] == [404] * 5
    assert set(got[5:]) == {429}
    slowed = client.get("/a/1-2-3.x/")
    assert "wait ten minutes" in slowed.content.decode()
    assert slowed.headers["Retry-After"] == "600"
    assert client.get("/").status_code == 200, "the rest of the site goes on"


@pytest.mark.django_db
def test_reading_a_feed_all_the_time_comes_to_an_end_and_costs_a_quiet_program_nothing(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(throttle, "READS", 40)
    row = FeedAddress.objects.create(person=PersonFactory(), name="phone")
    address = f"/feeds/p/{make_token('feed', row.pk)}.ics"
    client = Client()
    got = [client.get(address).status_code for _ in range(65)]
    assert got[:59] == [200] * 59
    assert set(got[60:]) == {429}
    caches["process"].clear()
    assert client.get(address).status_code == 200


@pytest.mark.slow
def test_two_processes_count_together_and_miss_nothing(live_site: Any) -> None:
    site: LiveSite = live_site(workers=2, jobs=False)
    with site.database():
        world = make_group()
    path = f"/apply/{world.network.slug}/{world.group.slug}/"

    def ask(number: int) -> Any:
        return lambda: site.post(path, {"name": "Aino", "email": f"a{number}@example.org"})[0]

    got = all_at_once([ask(n) for n in range(30)])
    assert sorted(got) == [303] * 12 + [429] * 18
    with site.database():
        assert Application.objects.count() == 12
