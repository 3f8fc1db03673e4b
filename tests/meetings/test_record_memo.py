"""What stays in the group, what may leave it, and what is promised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import GroupWorld, make_group, make_meeting

from ydin.audit.models import Entry
from ydin.groups.models import Seat
from ydin.groups.rules import SeatState
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.meetings.models import Meeting, Memo, Promise, Summary
from ydin.meetings.queries.evening import (
    open_promises,
    promises_around,
    promises_of,
    published_summaries,
)
from ydin.meetings.rules.evening_names import Candidate, named_in
from ydin.meetings.rules.states import MeetingState, PromiseState
from ydin.meetings.services.record_memo import publish_summary, save_memo
from ydin.meetings.services.record_promises import add_promise, carry_promise, keep_promise
from ydin.outbox.models import Message
from ydin.people.models import NotificationChoice, Person
from ydin.people.rules import MailKind

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person | None], Client]
Mails = Callable[[], list[Message]]
TEXTS = {"discussed": "Kate on 40 %", "advice": "Nosta hintaa", "next_time": "Tuo laskut"}


def yesterday(world: GroupWorld, **fields: Any) -> Meeting:
    start = now() - timedelta(days=1)
    return make_meeting(world, **{"starts_at": start, "ends_at": start + timedelta(hours=2), **fields})


def url(name: str, row: Meeting | Promise) -> str:
    return reverse(f"meetings:{name}", args=[row.pk])


def test_the_memo_is_written_and_told_once_without_its_content(as_person: SignIn, mails: Mails) -> None:
    world = make_group(members=4)
    meeting = yesterday(world)
    Seat.objects.filter(pk=world.seats[1].pk).update(state=SeatState.VISITOR)
    Seat.objects.filter(pk=world.seats[2].pk).update(state=SeatState.PAUSED)
    NotificationChoice.objects.create(person=world.members[3], kind=MailKind.SUMMARY, wanted=False)
    client = as_person(world.coordinator)
    answer = client.post(url("memo_write", meeting), {**TEXTS, "version": 0})
    assert answer.status_code == 303
    client.post(url("memo_write", meeting), {**TEXTS, "advice": "Laske hintaa", "version": 1})
    assert Memo.objects.get(meeting=meeting).advice == "Laske hintaa"
    letters = mails()
    assert {m.person for m in letters} == {world.members[0], world.members[2]}
    for letter in letters:
        assert "Kate" not in letter.text + letter.html + letter.subject
        assert url("memo", meeting) in letter.text
        assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_later_writer_sees_both_texts(as_person: SignIn) -> None:
    world = make_group()
    meeting = yesterday(world)
    as_person(world.members[0]).post(url("memo_write", meeting), {**TEXTS, "version": 0})
    mine = {**TEXTS, "discussed": "Aivan muuta", "version": 0}
    client = as_person(world.coordinator)
    answer = client.post(url("memo_write", meeting), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Aivan muuta" in page
    assert "Kate on 40 %" in page
    assert 'name="version" value="1"' in page
    assert client.post(url("memo_write", meeting), {**mine, "version": 1}).status_code == 303
    assert Memo.objects.get(meeting=meeting).discussed == "Aivan muuta"


def test_an_empty_memo_and_one_before_the_evening_are_refused(as_person: SignIn) -> None:
    world = make_group()
    client = as_person(world.coordinator)
    assert client.post(url("memo_write", yesterday(world)), {"version": 0}).status_code == 422
    ahead = make_meeting(world, invited=False)
    answer = client.post(url("memo_write", ahead), {**TEXTS, "version": 0})
    assert answer.status_code == 422
    assert "Kate on 40 %" in answer.content.decode()
    assert not Memo.objects.exists()


def test_the_memo_of_an_old_evening_is_announced_to_nobody(mails: Mails) -> None:
    world = make_group()
    start = now() - timedelta(days=90)
    meeting = yesterday(world, starts_at=start, ends_at=start + timedelta(hours=2), state=MeetingState.HELD)
    save_memo(actor=world.coordinator, meeting=meeting, version=0, **TEXTS)
    assert mails() == []


def test_members_read_and_do_not_write(as_person: SignIn) -> None:
    world = make_group()
    meeting = yesterday(world)
    save_memo(actor=world.coordinator, meeting=meeting, version=0, **TEXTS)
    client = as_person(world.members[1])
    page = client.get(url("memo", meeting)).content.decode()
    assert "Nosta hintaa" in page
    assert "Seen by 3 companies" in page
    assert client.post(url("memo_write", meeting), {**TEXTS, "version": 1}).status_code == 403
    with pytest.raises(NotAllowed):
        save_memo(actor=world.members[1], meeting=meeting, version=1, **TEXTS)


def test_a_text_that_names_somebody_is_not_published_until_they_agreed(as_person: SignIn) -> None:
    world = make_group()
    world.companies[1].name = "Kahvila Malmi Oy"
    world.companies[1].save()
    Person.objects.filter(pk=world.members[2].pk).update(name="Pekka Lahti")
    meeting = yesterday(world)
    client = as_person(world.coordinator)
    text = "Kahvila Malmin hinnat nousivat. Pekan neuvo auttoi."
    refused = client.post(url("summary_publish", meeting), {"version": 0, "text": text})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "The text names Kahvila Malmi Oy, Pekka Lahti" in page
    assert text in page
    assert not Summary.objects.filter(published_at__isnull=False).exists()
    draft = client.post(url("summary", meeting), {"version": 0, "text": text})
    assert draft.status_code == 303
    agreed = [world.companies[1].pk, world.companies[2].pk]
    done = client.post(
        url("summary_publish", meeting), {"version": 1, "text": text, "named": agreed, "seen_as": "everybody"}
    )
    assert done.status_code == 303
    assert [s.text for s in published_summaries(world.group)] == [text]
    assert sorted(Summary.objects.get().named) == sorted(agreed)
    shown = as_person(world.members[1]).get(url("meeting", meeting)).content.decode()
    assert "Pekan neuvo auttoi." in shown
    worse = client.post(url("summary", meeting), {"version": 2, "text": text})
    assert worse.status_code == 422
    assert list(Summary.objects.get().named) == sorted(agreed)
    assert client.post(url("summary_unpublish", meeting), {"seen_as": "preparers"}).status_code == 303
    assert not published_summaries(world.group).exists()


def test_a_refused_publication_leaves_nothing_behind() -> None:
    world = make_group()
    meeting = yesterday(world)
    with pytest.raises(Refused):
        publish_summary(actor=world.coordinator, meeting=meeting, version=0, text=world.companies[0].name)
    assert not Summary.objects.exists()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Puupaja Hongan verstas", ["Puupaja Honka"]),
        ("PUUPAJA HONKA", ["Puupaja Honka"]),
        ("puu ja paja", []),
        ("Ainolta kuultua", ["Aino Rantala"]),
        ("Rantalan Aino kertoi", ["Aino Rantala"]),
        ("hilla on marja", []),
        ("Hillan tarina", ["Hilla Oy"]),
        ("Mäkihyppyä", []),
        ("Mäen", ["Ossi Mäki"]),
        ("Mäki:n", ["Ossi Mäki"]),
        ("Teemana hinta", []),
    ],
)
def test_names_are_found_with_their_endings(text: str, named: list[str]) -> None:
    candidates = [
        Candidate(1, "Puupaja Honka", is_person=False),
        Candidate(2, "Aino Rantala", is_person=True),
        Candidate(3, "Hilla Oy", is_person=False),
        Candidate(4, "Ossi Mäki", is_person=True),
    ]
    assert [one.name for one in named_in(text, candidates)] == named


def test_a_promise_is_made_shown_next_time_and_closed(as_person: SignIn) -> None:
    world = make_group()
    meeting = yesterday(world)
    member = as_person(world.members[1])
    made = member.post(
        url("promises", meeting),
        {"enterprise": world.companies[1].pk, "what": " Soitan\nkolmelle ", "due": ""},
    )
    assert made.status_code == 303
    promise = Promise.objects.get()
    assert (promise.what, promise.enterprise, promise.due) == ("Soitan kolmelle", world.companies[1], None)
    assert list(open_promises(world.group)) == [promise]
    assert list(promises_of(world.members[1])) == [promise]
    after = make_meeting(world, days=20)
    assert promises_around(after) == ([promise], [])
    assert "Soitan kolmelle" in as_person(world.members[2]).get(url("meeting", after)).content.decode()
    assert as_person(world.members[2]).post(url("promise_done", promise), {"version": 1}).status_code == 403
    done = member.post(url("promise_done", promise), {"version": 1, "outcome": "Kaksi kauppaa"})
    assert done.status_code == 303
    promise.refresh_from_db()
    assert (promise.state, promise.outcome, promise.version) == (PromiseState.DONE, "Kaksi kauppaa", 2)
    assert not open_promises(world.group).exists()
    assert Entry.objects.filter(action="promise.done").count() == 1


def test_a_member_promises_for_the_own_company_only(as_person: SignIn) -> None:
    world, other = make_group(), make_group()
    meeting = yesterday(world)
    for company in (world.companies[2], other.companies[0]):
        answer = as_person(world.members[1]).post(
            url("promises", meeting), {"enterprise": company.pk, "what": "x"}
        )
        assert answer.status_code == 422
    assert not Promise.objects.exists()
    with pytest.raises(NotAllowed):
        add_promise(actor=world.members[1], meeting=meeting, enterprise=world.companies[2], what="x")
    with pytest.raises(NotAllowed):
        add_promise(actor=world.national, meeting=meeting, enterprise=world.companies[2], what="x")
    for actor in (world.coordinator, world.members[0]):
        add_promise(actor=actor, meeting=meeting, enterprise=world.companies[2], what="x")
    with pytest.raises(Refused):
        add_promise(actor=None, meeting=meeting, enterprise=other.companies[0], what="x")


def test_two_who_close_a_promise_at_once_and_carrying_it_on() -> None:
    world = make_group()
    promise = add_promise(
        actor=world.coordinator,
        meeting=yesterday(world),
        enterprise=world.companies[1],
        what="x",
        due=now().date(),
    )
    keep_promise(actor=world.members[1], promise=promise, version=1)
    with pytest.raises(Conflict):
        keep_promise(actor=world.coordinator, promise=promise, version=1)
    carried = carry_promise(actor=world.coordinator, promise=promise, version=2)
    assert (carried.state, carried.due) == (PromiseState.OPEN, None)


def test_strangers_find_no_promise_and_are_sent_nowhere_else(as_person: SignIn) -> None:
    world, other = make_group(), make_group()
    promise = add_promise(actor=None, meeting=yesterday(world), enterprise=world.companies[1], what="x")
    for person in (other.members[0], world.national):
        assert as_person(person).post(url("promise_done", promise), {"version": 1}).status_code == 404
    answer = as_person(world.coordinator).post(
        url("promise_done", promise), {"version": 1, "next": "//evil.example/"}
    )
    assert answer["Location"] == url("promises", promise.meeting)


def test_a_past_evening_is_brought_in_on_a_page(as_person: SignIn) -> None:
    world = make_group()
    path = f"{reverse('meetings:past_new')}?group={world.group.pk}"
    assert as_person(world.members[0]).get(path).status_code == 403
    assert as_person(make_group().coordinator).get(path).status_code == 404
    client = as_person(world.coordinator)
    assert world.companies[0].name in client.get(path).content.decode()
    data = {
        "day": "2026-03-10",
        "begins": "17:30",
        "ends": "20:00",
        "host": world.companies[0].pk,
        "theme": "Talvi",
        "present": [f"p{world.members[0].pk}", f"p{world.members[1].pk}"],
        "visitors": "Åke, Gäst Ab",
    }
    assert client.post(path, data).status_code == 303
    meeting = Meeting.objects.get(theme="Talvi")
    assert (meeting.state, meeting.attendances.count()) == (MeetingState.HELD, 3)
    assert meeting.starts_at.isoformat() == "2026-03-10T15:30:00+00:00"
    wrong = client.post(path, {**data, "day": "2062-03-10"})
    assert wrong.status_code == 422
    assert "Gäst Ab" in wrong.content.decode()
    assert client.post(path, {**data, "day": "2026-02-30"}).status_code == 422
