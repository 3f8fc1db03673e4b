"""Events: who arranges them, what calendars learn, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.calendar.makers import make_event
from tests.factories import RegionFactory, make_group

from ydin.audit.models import Entry
from ydin.calendar.models import Event
from ydin.meetings.rules.states import Audience
from ydin.networks.rules import RegionLevel

pytestmark = pytest.mark.django_db
WRITTEN = {
    "title": "Verkkokaupan O'Hara & ääkköset 🎉",
    "description": "Tule mukaan",
    "day": "2027-03-28",
    "starts": "03:30",
    "ends": "05:00",
    "place": "Kirjasto",
    "municipality": "Raahe",
    "audience": "public",
    "language": "fi",
}


def test_a_group_coordinator_prepares_announces_changes_and_cancels(as_person) -> None:
    world = make_group()
    client = as_person(world.coordinator)
    form = client.get("/events/new/").content.decode()
    assert world.group.name in form and f"network-{world.network.pk}" not in form
    answer = client.post("/events/new/", {**WRITTEN, "arranger": f"group-{world.group.pk}"})
    event = Event.objects.get()
    assert answer.headers["Location"] == f"/events/{event.pk}/"
    assert (event.network, event.group, event.state, event.sequence) == (
        world.network,
        world.group,
        "draft",
        0,
    )
    assert event.starts_at.astimezone(ZoneInfo("Europe/Helsinki")).hour == 4  # 3.30 does not exist that night
    assert as_person(None).get(f"/events/{event.pk}/").status_code == 404
    client.post(f"/events/{event.pk}/edit/", {**WRITTEN, "place": "Talo", "version": 1})
    assert Event.objects.get().sequence == 0  # nobody knew of it yet
    client.post(f"/events/{event.pk}/announce/", {"version": 2})
    assert "O&#x27;Hara &amp; ääkköset 🎉" in as_person(None).get(f"/events/{event.pk}/").content.decode()
    client.post(
        f"/events/{event.pk}/edit/",
        {**WRITTEN, "place": "Talo", "starts": "12:00", "ends": "13:00", "version": 3},
    )
    assert Event.objects.get().sequence == 1
    client.post(
        f"/events/{event.pk}/edit/",
        {**WRITTEN, "place": "Talo", "starts": "12:00", "ends": "13:00", "version": 4},
    )
    assert Event.objects.get().sequence == 1  # nothing that calendars show has changed
    client.post(f"/events/{event.pk}/cancel/", {"version": 5})
    event.refresh_from_db()
    assert (event.state, event.sequence, event.version) == ("cancelled", 2, 6)
    page = as_person(None).get(f"/events/{event.pk}/").content.decode()
    assert "cancelled" in page
    client.post(f"/events/{event.pk}/announce/", {"version": 6})
    event.refresh_from_db()
    assert (event.state, event.sequence) == ("announced", 3)
    actions = list(
        Entry.objects.filter(target_type="calendar.event").order_by("pk").values_list("action", flat=True)
    )
    assert sorted(actions) == sorted(
        ["event.created", *["event.changed"] * 3, "event.announced", "event.cancelled", "event.announced"]
    )


def test_a_network_coordinator_arranges_without_a_group(as_person) -> None:
    world = make_group()
    client = as_person(world.national)
    assert (
        client.post("/events/new/", {**WRITTEN, "arranger": f"network-{world.network.pk}"}).status_code == 303
    )
    assert Event.objects.get().group is None
    assert client.get(f"/events/{Event.objects.get().pk}/edit/").status_code == 200


def test_nobody_else_arranges(as_person) -> None:
    world, other = make_group(), make_group()
    event = make_event(world.network, group=world.group)
    for person in (world.members[0], other.coordinator, other.national):
        client = as_person(person)
        assert client.get(f"/events/{event.pk}/edit/").status_code == 403
        for act in ("announce", "cancel"):
            assert client.post(f"/events/{event.pk}/{act}/", {"version": 1}).status_code == 403
    assert as_person(world.members[0]).get("/events/new/").status_code == 403
    assert as_person(None).get("/events/new/").status_code == 302
    inner = make_event(world.network, audience=Audience.NETWORK)
    assert as_person(other.coordinator).post(f"/events/{inner.pk}/cancel/", {"version": 1}).status_code == 404
    answer = as_person(other.coordinator).post(
        "/events/new/", {**WRITTEN, "arranger": f"group-{world.group.pk}"}
    )
    assert answer.status_code == 422
    assert set(Event.objects.values_list("state", flat=True)) == {"announced"}


def test_the_networks_events_are_for_its_people(as_person) -> None:
    world, other = make_group(), make_group()
    event = make_event(world.network, audience=Audience.NETWORK, title="Verkoston paja")
    for person, status in (
        (world.members[0], 200), (world.coordinator, 200), (world.national, 200), (other.members[0], 404), (None, 404)
    ):  # fmt: skip
        assert as_person(person).get(f"/events/{event.pk}/").status_code == status


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("ends", "03:00", "end before it starts"),
        ("day", "", "still needed"),
        ("day", "2027-02-29", "valid date"),
        ("day", "0027-02-01", "Check the year"),
        ("title", "x" * 301, "300"),
        ("title", "\0", "required"),
        ("link", "javascript:alert(1)", "valid URL"),
        ("audience", "group", "valid choice"),
        ("starts", "25:00", "valid time"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(as_person, field: str, value: str, said: str) -> None:
    world = make_group()
    sent = {**WRITTEN, "day": "2027-03-04", "arranger": f"group-{world.group.pk}", field: value}
    answer = as_person(world.coordinator).post("/events/new/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "Tule mukaan" in page
    assert not Event.objects.exists()


def test_two_people_at_once_the_later_one_is_told(as_person) -> None:
    world = make_group()
    event = make_event(world.network, group=world.group, title="Alku")
    client = as_person(world.coordinator)
    client.post(f"/events/{event.pk}/edit/", {**WRITTEN, "day": "2027-03-04", "title": "Ensin", "version": 1})
    answer = client.post(
        f"/events/{event.pk}/edit/", {**WRITTEN, "day": "2027-03-04", "title": "Sitten", "version": 1}
    )
    page = answer.content.decode()
    assert answer.status_code == 409 and "Ensin" in page and "Sitten" in page
    assert Event.objects.get().title == "Ensin"
    client.post(f"/events/{event.pk}/cancel/", {"version": 1})
    assert Event.objects.get().state == "announced"
    answer = client.post(
        f"/events/{event.pk}/edit/", {**WRITTEN, "day": "2027-03-04", "title": "Sitten", "version": 2}
    )
    assert Event.objects.get().title == "Sitten"


def test_what_is_over_is_not_announced_and_what_is_cancelled_not_changed(as_person) -> None:
    world = make_group()
    past = make_event(world.network, group=world.group, days=-3, state="draft")
    client = as_person(world.coordinator)
    client.post(f"/events/{past.pk}/announce/", {"version": 1})
    gone = make_event(world.network, group=world.group, state="cancelled")
    answer = client.post(f"/events/{gone.pk}/edit/", {**WRITTEN, "version": 1})
    assert answer.status_code == 422 and "cancelled" in answer.content.decode()
    assert client.post(f"/events/{gone.pk}/cancel/", {"version": 1}).status_code == 303
    assert list(Event.objects.order_by("pk").values_list("state", "version")) == [
        ("draft", 1),
        ("cancelled", 1),
    ]


def test_an_event_of_several_days(as_person) -> None:
    world = make_group()
    sent = {**WRITTEN, "day": "2027-03-04", "last_day": "2027-03-05", "arranger": f"group-{world.group.pk}"}
    as_person(world.coordinator).post("/events/new/", sent)
    event = Event.objects.get()
    assert event.ends_at - event.starts_at == timedelta(days=1, hours=1, minutes=30)
    assert (
        'value="2027-03-05"' in as_person(world.coordinator).get(f"/events/{event.pk}/edit/").content.decode()
    )


def test_an_events_region_is_one_of_its_network(as_person) -> None:
    world, other = make_group(), make_group()
    north = RegionFactory(network=world.network, level=RegionLevel.REGION, name_fi="Lappi", code="19")
    south = RegionFactory(network=other.network, level=RegionLevel.REGION, name_fi="Uusimaa", code="01")
    client = as_person(world.coordinator)
    sent = {**WRITTEN, "day": "2027-03-04", "arranger": f"group-{world.group.pk}"}
    assert client.post("/events/new/", {**sent, "region_id": south.pk}).status_code == 422
    client.post("/events/new/", {**sent, "region_id": north.pk})
    event = Event.objects.get()
    assert event.region == north
    assert (
        f'<option value="{north.pk}" selected>Lappi'
        in client.get(f"/events/{event.pk}/edit/").content.decode()
    )
