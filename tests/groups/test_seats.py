"""The list of seats: changes, taking them back, and who sees contact details."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import make_group

from ydin.groups.models import Seat
from ydin.groups.services import change_seat
from ydin.kernel.clock import now
from ydin.networks.models import ContactCard, Representative

pytestmark = pytest.mark.django_db


def _post(client: Any, name: str, seat: Seat, **data: Any) -> Any:
    url = reverse(f"groups:{name}", args=[seat.group_id, seat.pk])
    return client.post(url, {"version": seat.version, **data}, follow=True)


def test_a_break_and_back_by_taking_it_back(as_person: Any) -> None:
    world = make_group()
    client, seat = as_person(world.coordinator), world.seats[0]
    text = _post(client, "seat_change", seat, state="paused").content.decode()
    seat.refresh_from_db()
    assert seat.state == "paused"
    assert "Take it back" in text
    _post(client, "seat_undo", seat)
    seat.refresh_from_db()
    assert (seat.state, seat.previous_state) == ("member", "")


def test_leaving_is_taken_back_within_the_hour_only(as_person: Any) -> None:
    world = make_group()
    client, seat = as_person(world.coordinator), world.seats[0]
    _post(client, "seat_change", seat, state="left")
    seat.refresh_from_db()
    assert seat.ends_on is not None
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert _post(client, "seat_undo", seat).status_code == 404
    _post(client, "seat_undo", seat)
    back = Seat.objects.get(pk=seat.pk)
    assert back.state == "member"
    assert back.ends_on is None


def test_the_later_of_two_is_told(as_person: Any) -> None:
    world = make_group()
    seat = world.seats[0]
    change_seat(actor=None, seat=Seat.objects.get(pk=seat.pk), state="paused")
    text = _post(as_person(world.coordinator), "seat_change", seat, state="left").content.decode()
    assert "Somebody else changed this seat a moment ago" in text
    seat.refresh_from_db()
    assert seat.state == "paused"


def test_the_list_shows_phones_to_coordinators_and_costs_the_same_at_any_length(as_person: Any) -> None:
    small, large = make_group(members=1), make_group(members=30)
    for world in (small, large):
        for acts in Representative.objects.filter(enterprise__in=world.companies):
            ContactCard.objects.create(representative=acts, phone=f"040 {acts.pk}")
    counts = []
    for world in (small, large):
        client = as_person(world.coordinator)
        with CaptureQueriesContext(connection) as queries:
            text = client.get(reverse("groups:seats", args=[world.group.pk])).content.decode()
        counts.append(len(queries))
        assert text.count("040 ") == len(world.members)
    assert counts[0] == counts[1]
    assert counts[1] <= 16


def test_a_member_changes_no_seat(as_person: Any) -> None:
    world = make_group()
    url = reverse("groups:seat_change", args=[world.group.pk, world.seats[0].pk])
    assert as_person(world.members[1]).post(url, {"state": "left", "version": 1}).status_code == 403
    other = make_group()
    assert as_person(other.coordinator).post(url, {"state": "left", "version": 1}).status_code == 404
    world.seats[0].refresh_from_db()
    assert world.seats[0].state == "member"
