"""Two hundred people race for a hundred places, through HTTP, against the real servers."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest
from tests.factories import EnterpriseFactory, GroupWorld, make_group, make_meeting
from tests.servers import LiveSite, all_at_once

from ydin.groups.models import Seat
from ydin.kernel.links import make_token
from ydin.meetings.models import Meeting, Rsvp
from ydin.networks.models import Representative
from ydin.outbox.models import Message
from ydin.people.models import Person

CLIENTS, PLACES = 200, 100


def crowd() -> tuple[GroupWorld, Meeting, list[Person]]:
    """Build a meeting with a hundred places and two hundred invited people of ten companies."""
    world = make_group(members=0)
    companies = [EnterpriseFactory.create(network=world.network) for _ in range(10)]
    Seat.objects.bulk_create(
        Seat(group=world.group, enterprise=company, starts_on="2020-01-01") for company in companies
    )
    people = Person.objects.bulk_create(
        Person(name=f"Racer {i}", email=f"racer{i}@example.org", language="en", password="!")
        for i in range(CLIENTS)
    )
    Representative.objects.bulk_create(
        Representative(person=person, enterprise=companies[i % 10], starts_on="2020-01-01")
        for i, person in enumerate(people)
    )
    meeting = make_meeting(world, host=companies[0], capacity=PLACES)
    Rsvp.objects.bulk_create(
        Rsvp(meeting=meeting, group=world.group, person=person, enterprise=companies[i % 10])
        for i, person in enumerate(people)
    )
    return world, meeting, people


def answer(site: LiveSite, meeting: Meeting, person: Person, said: str) -> int:
    path = f"/a/{make_token('answer', meeting.pk, person.pk)}/answer/"
    return site.post(path, {"answer": said})[0]


def standings() -> dict[str, int]:
    found: dict[str, int] = {}
    for standing in Rsvp.objects.values_list("standing", flat=True):
        found[standing] = found.get(standing, 0) + 1
    return found


@pytest.mark.parametrize("workers", [2, 8])
def test_exactly_as_many_come_in_as_there_is_room_for(live_site: Any, workers: int) -> None:
    site: LiveSite = live_site(workers=workers)
    with site.database():
        _, meeting, people = crowd()
    statuses = all_at_once([partial(answer, site, meeting, person, "coming") for person in people])
    assert statuses == [303] * CLIENTS, site.log.read_text()[-3000:]
    with site.database():
        assert standings() == {"admitted": PLACES, "waiting": CLIENTS - PLACES}
        waiting = list(Rsvp.objects.filter(standing="waiting").order_by("queued_at", "pk"))
        admitted = list(Rsvp.objects.filter(standing="admitted"))
        assert len({w.queued_at for w in waiting}) == len(waiting)
    for number, index in ((1, 0), (57, 56), (100, 99)):
        token = make_token("answer", meeting.pk, waiting[index].person_id)
        text = site.get(f"/a/{token}/")[2]
        assert re.search(rf"number {number} on the waiting list", text)
    by_id = {person.pk: person for person in people}
    leaving = [by_id[r.person_id] for r in admitted[:30]]
    statuses = all_at_once([partial(answer, site, meeting, person, "not_coming") for person in leaving])
    assert statuses == [303] * 30
    site.wait_for_jobs()
    with site.database():
        assert standings() == {"admitted": PLACES, "waiting": CLIENTS - PLACES - 30, "none": 30}
        moved = set(
            Rsvp.objects.filter(pk__in=[w.pk for w in waiting], standing="admitted").values_list("pk")
        )
        assert moved == {(w.pk,) for w in waiting[:30]}
        letters = Message.objects.filter(kind="meetings.place_free").values_list("person_id", flat=True)
        assert sorted(letters) == sorted(w.person_id for w in waiting[:30])


def test_changing_ones_mind_while_others_race_never_overfills(live_site: Any) -> None:
    site: LiveSite = live_site(workers=2)
    with site.database():
        _, meeting, people = crowd()
    words = ["coming", "maybe", "coming", "not_coming", "coming"]

    def waver(index: int, person: Person) -> list[int]:
        return [answer(site, meeting, person, said) for said in words[index % 3 :]]

    some = people[:60]
    with site.database():
        Meeting.objects.update(capacity=20)
    results = all_at_once([partial(waver, i, person) for i, person in enumerate(some)])
    assert all(status == 303 for statuses in results for status in statuses)
    site.wait_for_jobs()
    with site.database():
        assert standings() == {"admitted": 20, "waiting": 40, "none": CLIENTS - 60}
