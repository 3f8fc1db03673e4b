"""The sample network is built once through the services; everybody who enters finds something to do."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count
from django.test import Client
from pytest_django import DjangoDbBlocker
from stdnum.fi import ytunnus

from ydin.audit.models import Entry
from ydin.demo.queries import person_of_role
from ydin.demo.rules.parts import SHOWCASE, Role
from ydin.demo.services.build import build_demo
from ydin.demo.services.links import demo_links, readdress_letters
from ydin.groups.models import Application, CoreGroup, Seat
from ydin.groups.rules import SeatState
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.meetings.models import Attendance, HostingTurn, Meeting, Memo, Rsvp, Season, Swap
from ydin.meetings.rules.states import Answer, Audience, MeetingState, SeasonState, Standing, TurnState
from ydin.networks.models import Enterprise, Region
from ydin.networks.rules import RegionLevel
from ydin.outbox.models import Message
from ydin.people.models import Person

MOST_SECONDS = 60
BRIEF = timedelta(days=6)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("built"),
    pytest.mark.xdist_group("demo-build"),
]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """Build once for the module; every test has a savepoint inside, and all of it is rolled back."""
    told: list[str] = []
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        began = time.process_time()
        assert build_demo(actor=None, say=told.append)
        assert time.process_time() - began < MOST_SECONDS
        yield told
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def showcase() -> CoreGroup:
    return CoreGroup.objects.get(slug=SHOWCASE)


def states(model: Any, **which: Any) -> set[str]:
    return set(model.objects.filter(**which).values_list("state", flat=True))


def test_thirteen_groups_in_five_regions_with_three_hundred_companies(built: list[str]) -> None:
    assert len(built) == 2 * 13
    assert CoreGroup.objects.count() == 13
    assert (
        Region.objects.filter(level=RegionLevel.REGION, children__groups__isnull=False).distinct().count()
        == 5
    )
    assert 290 <= Enterprise.objects.count() <= 310
    for company in Enterprise.objects.all():
        assert company.is_sample, company
        assert ytunnus.is_valid(company.business_id or ""), company
    assert states(Seat) == set(SeatState)


def test_nobody_has_an_address_that_delivers() -> None:
    addresses = [
        *Person.objects.values_list("email", flat=True),
        *Application.objects.values_list("email", flat=True),
    ]
    addresses += Message.objects.values_list("to_address", flat=True)
    reserved = (".example", "@former.invalid")  # RFC 2606; the second of people who were erased
    assert [a for a in addresses if not a.endswith(reserved)] == []
    assert Person.objects.filter(language="sv").exists()


def test_two_seasons_are_over_with_who_was_there() -> None:
    for group in CoreGroup.objects.all():
        assert Season.objects.filter(group=group, state=SeasonState.CLOSED).count() == 2
        evenings = Meeting.objects.filter(group=group, state=MeetingState.HELD).annotate(
            n=Count("attendances")
        )
        assert evenings.count() >= 18
        members = Seat.objects.filter(group=group, state=SeatState.MEMBER).count()
        average = sum(m.n for m in evenings) / len(evenings)
        assert 0.5 * members < average < 0.95 * members, group
    assert Attendance.objects.filter(as_visitor=True).exists()


def test_there_is_a_meeting_a_turn_and_a_season_in_every_state() -> None:
    assert states(Meeting) == set(MeetingState)
    assert states(HostingTurn) == set(TurnState) - {TurnState.SWAPPED}
    assert states(Season) == set(SeasonState) - {SeasonState.DRAFT}
    drafts = Meeting.objects.filter(state=MeetingState.DRAFT)
    assert drafts.filter(theme="").exists()
    assert drafts.exclude(theme="").exists()
    assert set(Rsvp.objects.values_list("answer", flat=True)) == set(Answer)
    assert set(Rsvp.objects.values_list("standing", flat=True)) == set(Standing)
    assert set(Meeting.objects.filter(starts_at__gt=now()).values_list("audience", flat=True)) == set(
        Audience
    )
    assert Swap.objects.filter(turn__season__group=showcase()).exists()
    assert Meeting.objects.filter(state=MeetingState.HELD, memo=None, starts_at__gt=now() - BRIEF).exists()


def test_a_host_of_the_showcase_fell_out_and_nobody_stands_in() -> None:
    living = [TurnState.PROPOSED, TurnState.ASKED, TurnState.ACCEPTED]
    season = Season.objects.get(group=showcase(), state=SeasonState.RUNNING)
    covered = set(season.turns.filter(state__in=living).values_list("month", flat=True))
    assert len(set(season.months) - covered) == 1


def test_building_again_changes_nothing() -> None:
    before = Entry.objects.count(), Message.objects.count(), Person.objects.count()
    assert not build_demo(actor=None, say=print)
    assert (Entry.objects.count(), Message.objects.count(), Person.objects.count()) == before


@pytest.mark.parametrize(
    ("role", "starts", "says"),
    [
        (Role.COORDINATOR, "/mine/groups/", "Ylivieska"),
        (Role.HOST, "/h/", "theme"),
        (Role.MEMBER, "/mine/", "Ylivieska"),
        (Role.VISITOR, "/a/", "I am coming"),
        (Role.NATIONAL, "/mine/network/", "Kajaani"),
        (Role.INSTITUTE, "/institutes/work/", "Jokilatvan ammattiopisto"),
    ],
)
def test_one_click_enters_as_the_right_person(role: Role, starts: str, says: str) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    answer = client.get(f"/demo/enter/{role}/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].startswith(starts)
    assert says in answer.content.decode()
    person = person_of_role(role)
    assert person is not None
    signed_in = client.session.get("_auth_user_id")
    assert signed_in == (None if role is Role.VISITOR else str(person.pk))


def test_the_member_has_an_invitation_to_answer() -> None:
    person = person_of_role(Role.MEMBER)
    coming = Rsvp.objects.get(
        person=person, meeting__starts_at__gt=now(), meeting__state=MeetingState.ANNOUNCED
    )
    assert coming.answer == Answer.NONE


def test_nobody_is_entered_as_somebody_else() -> None:
    assert Client().get("/demo/enter/admin/").status_code == 404
    assert Client().post("/demo/enter/member/").status_code == 405


def test_the_front_page_names_all_who_can_be_entered() -> None:
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get("/demo/").content.decode()
    for role in Role:
        assert f"/demo/enter/{role}/" in page
    assert "/outbox/" in page


def test_addresses_for_scripts_answer() -> None:
    links = demo_links(actor=None, url="http://testserver")
    assert set(links["enter"]) == {"coordinator", "host", "member", "visitor"}
    for url in links["feeds"].values():
        text = Client().get(url.removeprefix("http://testserver")).content.decode()
        assert text.startswith("BEGIN:VCALENDAR\r\n")
        assert "BEGIN:VEVENT" in text


def test_letters_follow_the_demo_to_another_port() -> None:
    assert readdress_letters(actor=None, url="http://testserver") == 0
    moved = readdress_letters(actor=None, url="http://localhost:4711")
    assert moved > 100
    letter = Message.objects.filter(kind="meetings.announced").first()
    assert letter is not None
    assert re.findall(r"https?://[^/\s]+(?=/a/)", letter.text) == ["http://localhost:4711"]
    assert "http://testserver" not in letter.html


def test_row_security_leaves_the_member_the_memos_of_its_own_group() -> None:
    person = person_of_role(Role.MEMBER)
    assert person is not None
    assert Memo.objects.exclude(group__slug=SHOWCASE).exists()
    with acting_as(person.pk):
        seen = set(Memo.objects.values_list("group__slug", flat=True))
    assert seen == {SHOWCASE}


def test_the_log_of_a_year_names_nobody() -> None:
    """What stands in the log are references, so that erasing a person touches none of it."""
    words = {w.lower() for p in Person.objects.all() for w in (p.email, *p.name.split())}
    words |= {w.lower() for name in Enterprise.objects.values_list("name", flat=True) for w in name.split()}
    found = set()
    for action, target, data in Entry.objects.values_list("action", "target_id", "data").iterator():
        text = " ".join(re.findall(r"[^\W\d_]+|\S+@\S+", f"{target} {data}".lower()))
        found |= {(action, word) for word in text.split() if word in words and len(word) > 3}
    assert Entry.objects.count() > 1000
    assert found == set()
