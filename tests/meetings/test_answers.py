"""Answering without signing in: one tap, places, guests, substitutes, and what is refused."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import EnterpriseFactory, GroupWorld, PersonFactory, make_group, make_meeting

from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.kernel.links import make_token
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.services.announce import cancel_meeting, change_meeting, invite_person
from ydin.meetings.services.answers import answer_meeting, fill_places

pytestmark = pytest.mark.django_db
AWKWARD = "O'Brien & <Sons> 🧵 Ääkkönen"


def link(meeting: Meeting, person: Any) -> str:
    return f"/a/{make_token('answer', meeting.pk, person.pk)}/"


def rsvp_of(meeting: Meeting, person: Any) -> Rsvp:
    return Rsvp.objects.get(meeting=meeting, person=person)


@pytest.fixture
def client() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def world() -> GroupWorld:
    return make_group(members=4)


@pytest.fixture
def meeting(world: GroupWorld) -> Meeting:
    return make_meeting(world, capacity=3, visitor_places=1)


def test_opening_the_link_changes_nothing_and_a_tap_does(
    client: Client, world: GroupWorld, meeting: Meeting
) -> None:
    address = link(meeting, world.members[1])
    page = client.get(address)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-cache"
    text = page.content.decode()
    for words in (meeting.theme, world.group.name, world.companies[0].name, "Tehtaantie 4", "I am coming"):
        assert words in text
    assert rsvp_of(meeting, world.members[1]).answer == "none"
    assert not page.cookies
    assert client.get(f"{address}answer/").status_code == 405
    sent = client.post(f"{address}answer/", {"answer": "coming"})
    assert (sent.status_code, sent.headers["Location"]) == (303, address)
    rsvp = rsvp_of(meeting, world.members[1])
    assert (rsvp.answer, rsvp.standing, rsvp.answered_by_id) == ("coming", "admitted", world.members[1].pk)
    after = client.get(address).content.decode()
    assert re.search(r'value="coming" aria-pressed="true"', after)
    assert "1 company" in after
    assert "room for 2 more" in after


def test_the_page_speaks_the_language_of_the_person_not_of_the_phone(
    world: GroupWorld, meeting: Meeting
) -> None:
    person = world.members[0]
    person.language = "fi"
    person.save()
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get(link(meeting, person))
    assert '<html lang="fi"' in page.content.decode()
    assert page.headers["Content-Language"] == "fi"


def test_a_change_of_mind_is_as_easy_and_frees_the_place(
    client: Client, world: GroupWorld, meeting: Meeting, run_jobs: Any, mails: Any
) -> None:
    for person in world.members[:3]:
        client.post(f"{link(meeting, person)}answer/", {"answer": "coming"})
    last = world.members[3]
    client.post(f"{link(meeting, last)}answer/", {"answer": "coming"})
    assert rsvp_of(meeting, last).standing == "waiting"
    assert "number 1 on the waiting list" in client.get(link(meeting, last)).content.decode()
    client.post(f"{link(meeting, world.members[0])}answer/", {"answer": "not_coming"})
    assert rsvp_of(meeting, world.members[0]).standing == "none"
    assert run_jobs("meetings.fill_places") == ["meetings.fill_places"]
    assert rsvp_of(meeting, last).standing == "admitted"
    letter = mails()[-1]
    assert (letter.kind, letter.person_id) == ("meetings.place_free", last.pk)
    assert link(meeting, last) in letter.text
    assert fill_places(actor=None, meeting_id=meeting.pk) == 0


def test_nobody_passes_those_who_wait(client: Client, world: GroupWorld, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(capacity=1)
    for person in world.members[:2]:
        client.post(f"{link(meeting, person)}answer/", {"answer": "coming"})
    client.post(f"{link(meeting, world.members[0])}answer/", {"answer": "maybe"})
    client.post(f"{link(meeting, world.members[2])}answer/", {"answer": "coming"})
    assert [rsvp_of(meeting, p).standing for p in world.members[:3]] == ["none", "waiting", "waiting"]


def test_a_guest_takes_a_place_and_is_refused_when_there_is_none(
    client: Client, world: GroupWorld, meeting: Meeting
) -> None:
    first, second, third = (link(meeting, p) for p in world.members[:3])
    client.post(f"{first}answer/", {"answer": "coming", "guest_name": AWKWARD, "comment": "💡" * 100})
    assert rsvp_of(meeting, world.members[0]).guests == 1
    client.post(f"{second}answer/", {"answer": "coming"})
    page = client.post(f"{second}answer/", {"answer": "coming", "guest_name": "Maija"})
    assert page.status_code == 422
    assert "no room for one more" in page.content.decode()
    assert rsvp_of(meeting, world.members[1]).standing == "admitted"
    client.post(f"{third}answer/", {"answer": "coming"})
    assert rsvp_of(meeting, world.members[2]).standing == "waiting"
    client.post(f"{first}answer/", {"answer": "coming", "guest_name": ""})
    assert rsvp_of(meeting, world.members[0]).guests == 0
    assert "&lt;Sons&gt;" not in client.get(first).content.decode()


def test_a_substitute_comes_instead_and_gets_the_details(
    client: Client, world: GroupWorld, meeting: Meeting, mails: Any
) -> None:
    address = link(meeting, world.members[1])
    data = {"answer": "coming", "substitute_name": AWKWARD, "substitute_email": "sub@example.org"}
    client.post(f"{address}answer/", data)
    client.post(f"{address}answer/", data)
    letters = [m for m in mails() if m.to_address == "sub@example.org"]
    assert len(letters) == 1
    assert str(world.members[1].name) in letters[0].text
    assert "/a/" not in letters[0].text
    assert "METHOD:REQUEST" in letters[0].calendar
    assert "comes instead of you" in client.get(address).content.decode()
    client.post(f"{address}answer/", {"answer": "coming", "substitute_name": ""})
    rsvp = rsvp_of(meeting, world.members[1])
    assert (rsvp.substitute_name, rsvp.substitute_email, rsvp.standing) == ("", "", "admitted")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "substitute"),
        ({"answer": "perhaps"}, ""),
        ({"answer": "coming", "guests": "70000"}, ""),
        ({"answer": "coming", "guest_name": "x" * 201}, "at most 200"),
        ({"answer": "coming", "substitute_email": "sub@example.org", "substitute_name": ""}, "their name"),
        ({"answer": "coming", "substitute_email": "nonsense", "substitute_name": "A"}, "valid email"),
    ],
)
def test_bad_input_comes_back_with_422(
    client: Client, world: GroupWorld, meeting: Meeting, data: dict[str, str], words: str
) -> None:
    page = client.post(f"{link(meeting, world.members[0])}answer/", data)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert rsvp_of(meeting, world.members[0]).answer == "none"


def test_links_that_were_altered_or_made_for_something_else(
    client: Client, world: GroupWorld, meeting: Meeting
) -> None:
    token = make_token("answer", meeting.pk, world.members[0].pk)
    stranger = PersonFactory.create()
    bad = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token.replace(f"{meeting.pk}-", f"{meeting.pk + 1}-", 1),
        make_token("host", meeting.pk, world.members[0].pk),
        make_token("answer", meeting.pk),
        make_token("answer", meeting.pk, stranger.pk),
        make_token("answer", 999_999, world.members[0].pk),
        "x" * 300,
    ]
    for one in bad:
        page = client.get(f"/a/{one}/")
        assert page.status_code == 404, one
        assert "not valid" in page.content.decode()
        assert client.post(f"/a/{one}/answer/", {"answer": "coming"}).status_code == 404
        assert client.get(f"/a/{one}/meeting.ics").status_code == 404
    assert not Rsvp.objects.exclude(answer="none").exists()


def test_another_groups_link_tells_nothing_of_this_one(
    client: Client, world: GroupWorld, meeting: Meeting
) -> None:
    other = make_group(members=1)
    elsewhere = make_meeting(other, theme="Elsewhere")
    page = client.get(link(elsewhere, other.members[0])).content.decode()
    assert meeting.theme not in page
    assert world.companies[0].name not in page


def test_drafts_and_closed_accounts_have_no_page(client: Client, world: GroupWorld, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state="draft")
    assert client.get(link(meeting, world.members[0])).status_code == 404
    Meeting.objects.filter(pk=meeting.pk).update(state="announced")
    world.members[0].is_active = False
    world.members[0].save()
    assert client.get(link(meeting, world.members[0])).status_code == 404


def test_after_the_start_the_page_says_so(client: Client, world: GroupWorld, meeting: Meeting) -> None:
    address = link(meeting, world.members[0])
    with time_machine.travel(meeting.starts_at + timedelta(seconds=1), tick=False):
        page = client.get(address).content.decode()
        assert "The evening has begun" in page
        assert "I am coming" not in page
        assert client.post(f"{address}answer/", {"answer": "coming"}).status_code == 422
    with time_machine.travel(meeting.starts_at - timedelta(seconds=1), tick=False):
        assert client.post(f"{address}answer/", {"answer": "coming"}).status_code == 303


def test_a_cancelled_evening_says_so(client: Client, world: GroupWorld, meeting: Meeting) -> None:
    cancel_meeting(actor=world.coordinator, meeting=meeting, note="Storm <warning>")
    address = link(meeting, world.members[0])
    page = client.get(address).content.decode()
    assert "This evening is cancelled." in page
    assert "Storm &lt;warning&gt;" in page
    assert client.post(f"{address}answer/", {"answer": "coming"}).status_code == 422


def test_members_see_companies_and_visitors_only_how_many(
    client: Client, world: GroupWorld, meeting: Meeting
) -> None:
    visitor, company = PersonFactory.create(), EnterpriseFactory.create(network=world.network)
    invite_person(
        actor=world.coordinator, meeting=meeting, person=visitor, enterprise=company, as_visitor=True
    )
    client.post(f"{link(meeting, world.members[1])}answer/", {"answer": "coming"})
    shown = f"<li>{world.companies[1].name}</li>"
    assert shown in client.get(link(meeting, world.members[2])).content.decode()
    page = client.get(link(meeting, visitor)).content.decode()
    assert "1 company" in page
    assert world.companies[1].name not in page


def test_visitors_have_their_own_number_of_places(
    client: Client, world: GroupWorld, meeting: Meeting, run_jobs: Any
) -> None:
    visitors = [PersonFactory.create() for _ in range(2)]
    for visitor in visitors:
        invite_person(
            actor=world.coordinator, meeting=meeting, person=visitor, enterprise=None, as_visitor=True
        )
        client.post(f"{link(meeting, visitor)}answer/", {"answer": "coming"})
    assert [rsvp_of(meeting, v).standing for v in visitors] == ["admitted", "waiting"]
    member = world.members[0]
    client.post(f"{link(meeting, member)}answer/", {"answer": "coming"})
    run_jobs("meetings.fill_places")
    assert [rsvp_of(meeting, p).standing for p in (member, visitors[1])] == ["admitted", "waiting"]
    client.post(f"{link(meeting, visitors[0])}answer/", {"answer": "not_coming"})
    run_jobs("meetings.fill_places")
    assert rsvp_of(meeting, visitors[1]).standing == "admitted"


def test_a_larger_room_moves_the_list_up_in_order(world: GroupWorld, run_jobs: Any, mails: Any) -> None:
    meeting = make_meeting(world, capacity=1)
    for person in world.members:
        answer_meeting(actor=person, meeting=meeting, person=person, answer="coming")
    changed = change_meeting(actor=world.coordinator, meeting=meeting, changes={"capacity": 3})
    assert changed.sequence == meeting.sequence
    run_jobs("meetings.fill_places")
    assert [rsvp_of(meeting, p).standing for p in world.members] == ["admitted"] * 3 + ["waiting"]
    assert [m.person_id for m in mails()] == [world.members[1].pk, world.members[2].pk]


def test_the_coordinator_and_the_host_answer_for_somebody_else_nobody_does(
    world: GroupWorld, meeting: Meeting
) -> None:
    member = world.members[1]
    rsvp = answer_meeting(actor=world.coordinator, meeting=meeting, person=member, answer="coming")
    assert rsvp.answered_by == world.coordinator
    answer_meeting(actor=world.members[0], meeting=meeting, person=member, answer="maybe")
    for actor in (world.members[2], world.national, PersonFactory.create()):
        with pytest.raises(NotAllowed):
            answer_meeting(actor=actor, meeting=meeting, person=member, answer="not_coming")
    with pytest.raises(NotAllowed):
        answer_meeting(
            actor=world.coordinator, meeting=meeting, person=PersonFactory.create(), answer="coming"
        )
    with pytest.raises(Conflict):
        answer_meeting(
            actor=world.coordinator, meeting=meeting, person=member, answer="coming", version=rsvp.version
        )
    with pytest.raises(Refused):
        answer_meeting(actor=member, meeting=meeting, person=member, answer="coming", guests=99)


def test_names_of_500_characters_and_emoji(client: Client, world: GroupWorld, meeting: Meeting) -> None:
    person = world.members[1]
    person.name = ("🧵Ä'" * 167)[:500]
    person.save()
    world.companies[1].name = "<b>" * 166
    world.companies[1].save()
    client.post(f"{link(meeting, person)}answer/", {"answer": "coming"})
    page = client.get(link(meeting, person)).content.decode()
    assert "<b><b>" not in page
    assert "🧵Ä&#x27;" in page


def test_the_calendar_file(client: Client, world: GroupWorld, meeting: Meeting) -> None:
    answer = client.get(f"{link(meeting, world.members[0])}meeting.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert f"UID:{meeting.uid}" in text
    assert "METHOD" not in text


def test_the_calendar_file_of_a_public_evening_tells_strangers_no_street(
    as_person: Any, world: GroupWorld, meeting: Meeting
) -> None:
    address = f"/meetings/{meeting.pk}/meeting.ics"
    assert as_person(None).get(address).status_code == 404
    Meeting.objects.update(audience="public", video_link="https://video.example/secret")
    outside = as_person(None).get(address).content.decode()
    inside = as_person(world.members[2]).get(address).content.decode()
    assert "LOCATION:Ylivieska" in outside
    for words in ("Tehtaantie", "video.example"):
        assert words not in outside
        assert words in inside.replace("\r\n ", "")


def test_answering_signed_in(as_person: Any, world: GroupWorld, meeting: Meeting) -> None:
    browser = as_person(world.members[1])
    assert browser.post(f"/meetings/{meeting.pk}/answer/", {"answer": "coming"}).status_code == 303
    assert rsvp_of(meeting, world.members[1]).standing == "admitted"
    assert (
        as_person(PersonFactory.create())
        .post(f"/meetings/{meeting.pk}/answer/", {"answer": "coming"})
        .status_code
        == 404
    )
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.members[1])
    assert strict.post(f"/meetings/{meeting.pk}/answer/", {"answer": "maybe"}).status_code == 403


def test_few_statements_for_one_answer_and_one_page(client: Client, world: GroupWorld) -> None:
    big = make_group(members=12)
    counted = []
    for one in (world, big):
        meeting = make_meeting(one, capacity=30)
        address = link(meeting, one.members[0])
        with CaptureQueriesContext(connection) as post:
            client.post(f"{address}answer/", {"answer": "coming"})
        for person in one.members[1:]:
            answer_meeting(actor=person, meeting=meeting, person=person, answer="coming")
        with CaptureQueriesContext(connection) as get:
            client.get(address)
        counted.append((len(post), len(get)))
    assert counted[0] == counted[1]
    assert counted[0][0] <= 9
    assert counted[0][1] <= 12
