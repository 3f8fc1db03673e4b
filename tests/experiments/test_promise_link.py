"""A promise becomes an experiment from the gathered letter, without signing in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.factories import GroupWorld, make_group, make_meeting

from ydin.experiments.models import Experiment
from ydin.groups.models import Seat
from ydin.home.services.digest import send_digest
from ydin.kernel.acting import acting_as_system
from ydin.kernel.links import LIFETIMES, make_token
from ydin.meetings.models import Promise
from ydin.outbox.models import Message
from ydin.people.models import Person

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 2, 1, 5, 30, tzinfo=UTC)
TYPED = {"kind": "sales", "what": "Soitan kolmelle", "weeks": "4", "audience": "group"}


@pytest.fixture
def world() -> GroupWorld:
    with time_machine.travel(MONDAY - timedelta(days=20), tick=False):
        return make_group(members=2)


def _promise(world: GroupWorld, days: int = -2) -> Promise:
    with time_machine.travel(MONDAY + timedelta(days=days), tick=False):
        meeting = make_meeting(world, days=-1, theme="Rohkeasti puhelimeen")
        return Promise.objects.create(
            meeting=meeting, group=world.group, enterprise=world.companies[0], what="SECRET soitto"
        )


def _letter(person: Person, slot: datetime = MONDAY) -> str:
    with time_machine.travel(slot, tick=False), acting_as_system():
        send_digest(actor=None, person_id=person.pk, slot=slot)
    latest = Message.objects.filter(kind="home.digest", person=person).order_by("created_at").last()
    return latest.text if latest is not None else ""


def test_from_the_letter_to_the_card_once(world: GroupWorld) -> None:
    promise, member = _promise(world), world.members[0]
    text = _letter(member)
    assert "Written down in your name" in text
    assert "SECRET" not in text, "what was said in a group is not in a letter"
    found = re.search(r"Make it an experiment:\s+http://testserver(/e/p/\S+/)", text)
    assert found is not None, text
    assert "/e/p/" not in _letter(world.members[1]), "another company's promise"
    stranger = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        page = stranger.get(found[1])
        assert 'value="SECRET soitto"' in page.content.decode()
        assert not Experiment.objects.exists(), "looking writes nothing"
        assert stranger.post(found[1], {**TYPED, "what": ""}).status_code == 422
        done = stranger.post(found[1], TYPED)
        made = Experiment.objects.get()
        assert (made.promise, made.author, made.enterprise) == (promise, member, world.companies[0])
        assert done.status_code == 303
        card = done.headers["Location"]
        assert "Soitan kolmelle" in stranger.get(card).content.decode()
        assert stranger.get(found[1]).headers["Location"] == card, "it is one already"
        assert stranger.post(found[1], TYPED).headers["Location"] == card
    assert Experiment.objects.count() == 1
    Promise.objects.update(due=MONDAY.date() + timedelta(days=9))
    later = _letter(member, MONDAY + timedelta(days=7))
    assert "Falls due on Wed 10 Feb" in later
    assert "/e/p/" not in later, "it is an experiment already"


def test_altered_old_and_others_links_lead_nowhere(world: GroupWorld) -> None:
    promise, stranger = _promise(world), Client(HTTP_ACCEPT_LANGUAGE="en")

    def status(person: Person, days: int = 0) -> list[int]:
        with time_machine.travel(MONDAY, tick=False):
            path = reverse("experiments:from_promise", args=[make_token("promise", promise.pk, person.pk)])
        with time_machine.travel(MONDAY + timedelta(days=days), tick=False):
            return [stranger.get(path).status_code, stranger.post(path, TYPED).status_code]

    outsider = make_group(members=1).members[0]
    lifetime = LIFETIMES["promise"]
    assert lifetime is not None
    assert status(world.members[1]) == [403, 403], "reads the promise, which is another company's"
    assert status(outsider) == [404, 404]
    assert status(world.members[0], lifetime.days + 1) == [404, 404]
    for token in (f"{promise.pk}-{world.members[0].pk}-2500.x", make_token("answer", promise.pk, 1)):
        assert stranger.post(f"/e/p/{token}/", TYPED).status_code == 404
    Seat.objects.filter(enterprise=world.companies[0]).update(state="left", ends_on=MONDAY.date())
    assert status(world.members[0]) == [404, 404], "has left the group"
    assert not Experiment.objects.exists()
