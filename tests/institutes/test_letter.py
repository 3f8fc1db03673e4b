"""What institutes show reaches members in the gathered letter; its links ask for it without signing in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.factories import make_group
from tests.institutes.school import School, make_demo, make_school

from ydin.groups.models import Seat
from ydin.home.services.digest import send_digest
from ydin.institutes.emails import facility_path, scope_path
from ydin.institutes.models import Assignment, Demo, Facility, Interest
from ydin.institutes.services.pages import show_page, take_page_down
from ydin.kernel.acting import acting_as_system
from ydin.kernel.links import LIFETIMES, make_token
from ydin.outbox.models import Message
from ydin.people.models import NotificationChoice, Person
from ydin.people.rules import MailKind

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 2, 1, 5, 30, tzinfo=UTC)
SCOPE = {"wanted": "SECRET-WISH by night", "contact": "040 123 4567", "audience": "team"}


@pytest.fixture
def school() -> School:
    with time_machine.travel(MONDAY - timedelta(days=20), tick=False):
        made = make_school(make_group(members=2), state="draft")
    with time_machine.travel(MONDAY - timedelta(days=2), tick=False):
        show_page(actor=made.teacher, page=made.facility, version=1)
        show_page(actor=made.teacher, page=made.assignment, version=1)
    return made


def _letter(person: Person, slot: datetime = MONDAY) -> str:
    with time_machine.travel(slot, tick=False), acting_as_system():
        send_digest(actor=None, person_id=person.pk, slot=slot)
    latest = Message.objects.filter(kind="home.digest", person=person).order_by("created_at").last()
    return latest.text if latest is not None else ""


def _stranger() -> Client:
    return Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")


def _link(text: str, start: str) -> str:
    found = re.search(rf"http://testserver({start}\S+/)", text)
    assert found is not None, text
    return found[1]


def test_the_letter_leads_to_a_demo_without_signing_in(school: School) -> None:
    member, company, stranger = school.world.members[0], school.world.companies[0], _stranger()
    text = _letter(member)
    assert "A web shop in a week" in text
    path = _link(text, "/d/a/")
    with time_machine.travel(MONDAY, tick=False):
        page = stranger.get(path)
        assert company.name in page.content.decode()
        assert "Pages that take orders." in page.content.decode()
        assert not page.cookies
        assert not Demo.objects.exists(), "looking asks for nothing"
        empty = stranger.post(path, {**SCOPE, "wanted": ""})
        assert (empty.status_code, "040 123 4567" in empty.content.decode()) == (422, True)
        done = stranger.post(path, SCOPE)
        made = Demo.objects.get()
        assert (made.asker, made.enterprise, made.wanted) == (member, company, SCOPE["wanted"])
        assert done.status_code == 303
        assert "SECRET-WISH" in stranger.get(done.headers["Location"]).content.decode()
        assert stranger.get(path).headers["Location"] == done.headers["Location"], "on to what was asked"
        again = stranger.post(path, SCOPE)
        assert (again.status_code, "has asked for this already" in again.content.decode()) == (422, True)
    told = Message.objects.get(kind="institutes.demo")
    assert told.to_address == school.teacher.email
    assert "SECRET" not in told.text
    assert Demo.objects.count() == 1


def test_the_letter_leads_to_a_try_and_back(school: School) -> None:
    member, stranger = school.world.members[0], _stranger()
    path = _link(_letter(member), "/d/f/")
    with time_machine.travel(MONDAY, tick=False):
        page = stranger.get(path).content.decode()
        assert member.email in page, "one tap: the contact stands there"
        assert not Interest.objects.exists()
        assert stranger.post(path, {"contact": ""}).status_code == 422
        assert stranger.post(path, {"contact": "040 1", "wish": "Three legs"}).headers["Location"] == path
        asked = Interest.objects.get()
        assert (asked.asker, asked.enterprise, asked.wish) == (
            member,
            school.world.companies[0],
            "Three legs",
        )
        assert "Three legs" in stranger.get(path).content.decode()
        again = stranger.post(path, {"contact": "040 1"})
        assert (again.status_code, "has asked already" in again.content.decode()) == (422, True)
        assert stranger.get(f"{path}withdraw/").status_code == 405
        assert stranger.post(f"{path}withdraw/", {"version": 7}).status_code == 409
        assert stranger.post(f"{path}withdraw/", {"version": asked.version}).status_code == 303
        assert stranger.post(f"{path}withdraw/", {"version": 2}).status_code == 404, "there is none any more"
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert Message.objects.filter(kind="institutes.interest_asked", person=school.teacher).count() == 1


def test_who_is_told_and_when(school: School) -> None:
    first, second = school.world.members
    outsider = make_group(members=1).members[0]
    NotificationChoice.objects.create(person=second, kind=MailKind.NEWS, wanted=False)
    assert "/d/" not in _letter(second), "wants no news"
    assert _letter(outsider) == "", "another network"
    assert "/d/" not in _letter(school.world.coordinator), "has no company that asks"
    NotificationChoice.objects.all().delete()
    make_demo(school, enterprise=school.world.companies[1], asker=second)
    later = MONDAY + timedelta(days=1)
    Person.objects.filter(pk=second.pk).update(digest_until=MONDAY - timedelta(days=7))
    text = _letter(second, later)
    assert "CNC mill" in text
    assert "A web shop" not in text, "asked for already"
    assert "/d/f/" in _letter(first)
    with time_machine.travel(MONDAY + timedelta(days=3), tick=False):
        down = take_page_down(actor=school.teacher, page=school.facility, version=2)
        show_page(actor=school.teacher, page=down, version=down.version)
    _letter(first, MONDAY + timedelta(days=7))
    assert Message.objects.filter(kind="home.digest", person=first).count() == 1, "a correction is no news"
    with time_machine.travel(MONDAY + timedelta(days=200), tick=False):
        facility = Facility.objects.get()
        down = take_page_down(actor=school.teacher, page=facility, version=facility.version)
        show_page(actor=school.teacher, page=down, version=down.version)
    assert "CNC mill" in _letter(first, MONDAY + timedelta(days=203)), "after a term it is"


def test_links_that_lead_nowhere_and_what_is_closed(school: School) -> None:
    member, stranger = school.world.members[0], _stranger()
    outsider = make_group(members=1).members[0]
    coordinator, body = school.world.coordinator, {"contact": "040 1", **SCOPE}

    def status(path: str, days: int = 0) -> list[int]:
        with time_machine.travel(MONDAY + timedelta(days=days), tick=False):
            return [stranger.get(path).status_code, stranger.post(path, body).status_code]

    with time_machine.travel(MONDAY, tick=False):
        mine = [scope_path(school.assignment, member), facility_path(school.facility, member)]
        others = [scope_path(school.assignment, outsider), facility_path(school.facility, outsider)]
        led = [scope_path(school.assignment, coordinator), facility_path(school.facility, coordinator)]
        wrong = make_token("facility", school.assignment.pk, member.pk)
    assert [status(path) for path in others] == [[404, 404]] * 2, "another network"
    assert [status(path) for path in led] == [[403, 403], [200, 403]], "reads, has no company that asks"
    lifetime = LIFETIMES["assignment"]
    assert lifetime is not None
    assert [status(path, lifetime.days + 1) for path in mine] == [[404, 404]] * 2
    assert status(reverse("institutes:linked_scope", args=[wrong])) == [404, 404], "made for another purpose"
    assert [status(f"{path[:-3]}xx/") for path in mine] == [[404, 404]] * 2, "altered"
    assert status(mine[0], 60) == [200, 422], "the time to ask is over"
    with time_machine.travel(MONDAY + timedelta(days=60), tick=False):
        closed = stranger.get(mine[0]).content.decode()
    assert "The time to ask is over." in closed
    assert "Send to the institute" not in closed
    Facility.objects.update(state="down")
    Assignment.objects.update(state="down")
    assert [status(path) for path in mine] == [[200, 422]] * 2
    Facility.objects.update(state="draft")
    assert status(mine[1]) == [404, 404]
    Assignment.objects.update(state="shown")
    Seat.objects.filter(enterprise=school.world.companies[0]).update(state="left", ends_on=MONDAY.date())
    assert status(mine[0]) == [404, 404], "has left the network"
    assert not Demo.objects.exists()
    assert not Interest.objects.exists()
