"""A stranger learns neither by words nor by time who or what is here."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import PersonFactory, make_group, make_meeting

from ydin.groups.models import Application
from ydin.outbox.models import Message

pytestmark = pytest.mark.django_db


def ask_for_code(email: str, place: int) -> tuple[int, str, float, int]:
    client = Client(HTTP_ACCEPT_LANGUAGE="en", REMOTE_ADDR=f"203.0.113.{place}")
    client.get(reverse("account_request_login_code"))
    with CaptureQueriesContext(connection) as seen:
        begun = time.process_time()
        first = client.post(reverse("account_request_login_code"), {"email": email})
        spent = time.process_time() - begun
    page = client.get(first.headers["Location"]).content.decode()
    return first.status_code, re.sub(r"value=\"[^\"]+\"", "", page).replace(email, "@"), spent, len(seen)


def test_an_unknown_address_costs_the_same_work_and_leaves_nothing() -> None:
    for number in range(8):
        PersonFactory(email=f"known{number}@example.org", language="en")
    ask_for_code("warm@example.org", 200)
    known = [ask_for_code(f"known{n}@example.org", n) for n in range(8)]
    letters = Message.objects.count()
    unknown = [ask_for_code(f"other{n}@example.org", 100 + n) for n in range(8)]
    assert letters == Message.objects.count() == 8
    assert {(status, page) for status, page, _s, _q in known} == {
        (status, page) for status, page, _s, _q in unknown
    }
    times = [statistics.median(row[2] for row in rows) for rows in (known, unknown)]
    assert max(times) < 1.6 * min(times), f"processor seconds for known and unknown: {times}"
    queries = [statistics.median(row[3] for row in rows) for rows in (known, unknown)]
    assert abs(queries[0] - queries[1]) <= 4, queries


def answers(client: Client, addresses: list[str]) -> set[tuple[int, str]]:
    found = set()
    for address in addresses:
        answer = client.get(address)
        found.add((answer.status_code, re.sub(r"\d+|value=\"[^\"]*\"", "", answer.content.decode())))
    return found


def test_what_is_hidden_answers_as_what_never_was(as_person: Callable[..., Client]) -> None:
    world = make_group()
    meeting = make_meeting(world)
    for stranger in (None, PersonFactory(), make_group().national):
        client = as_person(stranger)
        for kind in (
            "/meetings/{}/",
            "/meetings/{}/memo/",
            "/manage/groups/{}/",
            "/networks/companies/{}/",
            "/events/{}/",
        ):
            there = {"/meetings/{}/": meeting.pk, "/meetings/{}/memo/": meeting.pk}.get(kind)
            there = there or {"/manage/groups/{}/": world.group.pk}.get(kind) or world.companies[0].pk
            assert len(answers(client, [kind.format(there), kind.format(987_654)])) == 1, kind


def test_asking_twice_to_visit_says_the_same_and_an_applicants_state_is_told_to_nobody() -> None:
    world = make_group()
    url = reverse("groups:apply", args=[world.network.slug, world.group.slug])
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    values = {"name": "Aino", "email": "aino@example.org"}
    first, second = client.post(url, values), client.post(url, values)
    member = client.post(url, {"name": "Aino", "email": world.members[0].email})
    assert {(a.status_code, a.headers["Location"]) for a in (first, second, member)} == {
        (303, first.headers["Location"])
    }
    assert Application.objects.count() >= 1
