"""Before the first memo opens, everybody promises to keep the ground rules in force."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import GroupWorld, make_group, make_meeting

from ydin.audit.models import Entry
from ydin.groups.models import Acceptance
from ydin.groups.queries import rules_now
from ydin.groups.rules import DEFAULT_GROUND_RULES
from ydin.groups.services import publish_ground_rules
from ydin.meetings.models import Meeting, Memo, Promise


@pytest.fixture
def ours(db: None) -> GroupWorld:
    return make_group(members=2)


@pytest.fixture
def held(ours: GroupWorld) -> Meeting:
    meeting = make_meeting(ours, days=-3, state="held", invited=False)
    Memo.objects.create(meeting=meeting, group=ours.group, discussed="SECRET")
    Acceptance.objects.filter(person=ours.members[0]).delete()
    return meeting


def test_a_fresh_group_has_a_text_in_each_language(ours: GroupWorld) -> None:
    for language in ("fi", "sv", "en"):
        rules = rules_now(ours.group, language)
        assert (rules.number, rules.language, rules.text) == (0, language, DEFAULT_GROUND_RULES[language])
        assert rules.text.count("\n\n") == 4
    assert rules_now(ours.group, "se").language == "fi", "the group's own language when there is no other"


def test_the_memo_waits_for_the_promise(ours: GroupWorld, held: Meeting, as_person) -> None:
    client, memo = as_person(ours.members[0]), f"/meetings/{held.pk}/memo/"
    page = client.get(f"/meetings/{held.pk}/").content.decode()
    assert "SECRET" not in page
    assert "What is said here stays here." in page
    assert f"/rules/{ours.group.pk}/?next=" in page
    answer = client.get(memo)
    assert answer.status_code == 303
    text = client.get(answer.headers["Location"]).content.decode()
    assert "What is said in the group stays in the group" in text
    assert not Acceptance.objects.filter(person=ours.members[0]).exists(), "reading is no promise"
    accept = f"/rules/{ours.group.pk}/accept/"
    answer = client.post(accept, {"number": 0, "next": memo})
    assert (answer.status_code, answer.headers["Location"]) == (303, memo)
    assert "SECRET" in client.get(memo).content.decode()
    assert (
        client.post(accept, {"number": 0, "next": "https://evil.example/"})
        .headers["Location"]
        .startswith("/groups/")
    )
    assert Acceptance.objects.get(person=ours.members[0]).how == "site"
    entry = Entry.objects.get(action="ground_rules.accepted")
    assert (entry.of_person_id, entry.data["how"]) == (ours.members[0].pk, "site")


def test_a_new_version_asks_again(ours: GroupWorld, held: Meeting, as_person) -> None:
    client, path = as_person(ours.members[1]), f"/meetings/{held.pk}/memo/"
    assert client.get(path).status_code == 200
    later = timezone.now().date() + timedelta(days=7)
    publish_ground_rules(actor=None, group=ours.group, texts={"fi": "uudet"}, valid_from=later)
    assert client.get(path).status_code == 200, "it is not in force yet"
    publish_ground_rules(actor=None, group=ours.group, texts={"en": "New rules", "fi": "uudet"})
    answer = client.get(path)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).content.decode()
    assert "New rules" in page
    stale = client.post(f"/rules/{ours.group.pk}/accept/", {"number": 0, "next": path})
    assert stale.status_code == 409
    assert "The ground rules have changed meanwhile" in stale.content.decode()
    client.post(f"/rules/{ours.group.pk}/accept/", {"number": 2, "next": path})
    assert client.get(path).status_code == 200


def test_the_coordinator_writes_down_what_was_signed_on_paper(
    ours: GroupWorld, held: Meeting, as_person
) -> None:
    client, path = as_person(ours.coordinator), f"/manage/groups/{ours.group.pk}/ground-rules/accepted/"
    assert client.get(path).content.decode().count("Signed on paper<") == 1
    client.post(f"{path}{ours.members[0].pk}/", {"number": 0})
    row = Acceptance.objects.get(person=ours.members[0])
    assert (row.how, row.recorded_by) == ("paper", ours.coordinator)
    assert "Signed on paper<" not in client.get(path).content.decode()
    assert as_person(ours.members[0]).get(f"/meetings/{held.pk}/memo/").status_code == 200
    stranger = make_group(members=1).members[0]
    client.post(f"{path}{stranger.pk}/", {"number": 0})
    assert not Acceptance.objects.filter(group=ours.group, person=stranger).exists()
    assert as_person(ours.members[1]).post(f"{path}{ours.members[0].pk}/", {"number": 0}).status_code == 403


def test_strangers_find_no_rules_to_accept(ours: GroupWorld, as_person) -> None:
    for person in (make_group(members=1).members[0], ours.national):
        assert as_person(person).get(f"/rules/{ours.group.pk}/").status_code == 404
        assert as_person(person).post(f"/rules/{ours.group.pk}/accept/", {"number": 0}).status_code == 404
    assert Acceptance.objects.filter(group=ours.group).count() == 3


def test_rules_in_another_language_say_so(ours: GroupWorld, as_person) -> None:
    today = make_meeting(ours, days=0, invited=False)
    pages = (f"/rules/{ours.group.pk}/", f"/meetings/{today.pk}/evening/")
    note = "This text is only in Finnish."
    for path in pages:
        assert note not in as_person(ours.coordinator).get(path).content.decode()
    publish_ground_rules(
        actor=None, group=ours.group, texts={"fi": "Mitä puhutaan"}, valid_from=timezone.now().date()
    )
    for path in pages:
        page = as_person(ours.coordinator).get(path).content.decode()
        assert note in page
        assert re.search(r'<div class="prose" lang="fi"><p>Mitä puhutaan', page)


def test_promises_wait_too_and_so_does_the_memo_of_somebody_else_for_its_host(
    ours: GroupWorld, held: Meeting, as_person
) -> None:
    Meeting.objects.filter(pk=held.pk).update(host=ours.companies[0])
    who, late = ours.members[0], make_meeting(ours, days=5, host=ours.companies[0], invited=False)
    facts = {"group": ours.group, "enterprise": ours.companies[1]}
    Promise.objects.create(meeting=held, what="SECRET PROMISE", **facts)
    client, pk = as_person(who), held.pk
    home = f"/groups/{ours.network.slug}/{ours.group.slug}/"
    shown = [f"/meetings/{pk}/", f"/meetings/{late.pk}/", f"/meetings/{pk}/evening/", home]
    for path in shown:
        page = client.get(path).content.decode()
        assert "SECRET" not in page, path
        assert f"/rules/{ours.group.pk}/?next=" in page, path
    for path in (f"/meetings/{pk}/promises/", f"/meetings/{pk}/memo/write/"):
        answer = client.get(path)
        assert (answer.status_code, f"/rules/{ours.group.pk}/" in answer.headers["Location"]) == (
            303,
            True,
        ), path
    wrong = client.post(f"/meetings/{pk}/promises/", {"what": ""})
    assert (wrong.status_code, "SECRET" in wrong.content.decode()) == (422, False)
    typed = {"version": 0, "discussed": "My words", "advice": "", "next_time": ""}
    conflict = client.post(f"/meetings/{pk}/memo/write/", typed)
    page = conflict.content.decode()
    assert (conflict.status_code, "My words" in page, "SECRET" in page) == (409, True, False)
    client.post(f"/rules/{ours.group.pk}/accept/", {"number": 0, "next": home})
    for path in (*shown, f"/meetings/{pk}/promises/", f"/meetings/{pk}/memo/write/"):
        assert "SECRET" in client.get(path).content.decode(), path


def test_who_has_not_promised_yet_may_still_write_down_what_was_said(ours: GroupWorld, as_person) -> None:
    evening = make_meeting(ours, days=0, host=ours.companies[0], invited=False)
    Acceptance.objects.filter(person=ours.members[0]).delete()
    client, path = as_person(ours.members[0]), f"/meetings/{evening.pk}/memo/write/"
    Meeting.objects.filter(pk=evening.pk).update(starts_at=timezone.now() - timedelta(hours=1))
    page = client.get(f"/meetings/{evening.pk}/evening/").content.decode()
    assert "Save the memo" in page
    sent = client.post(path, {"version": 0, "discussed": "Own words", "advice": "", "next_time": ""})
    assert sent.status_code == 303
    assert "Own words" in client.get(path).content.decode(), "what one wrote oneself"
    assert client.get(f"/meetings/{evening.pk}/memo/").status_code == 303


def test_the_meeting_page_opens_with_the_reminder(ours: GroupWorld, held: Meeting, as_person) -> None:
    reminder = "What is said here stays here."
    for person in (ours.members[0], ours.members[1], ours.coordinator):
        page = as_person(person).get(f"/meetings/{held.pk}/").content.decode()
        assert page.index(reminder) < page.index('<dl class="facts">')
    assert reminder not in as_person(ours.national).get(f"/meetings/{held.pk}/").content.decode()
