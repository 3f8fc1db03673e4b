"""Experiments: the card, its course, money that goes abroad, who reads, who tries it too."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import GroupWorld, make_group, make_meeting

from ydin.experiments.models import Experiment, PublicText
from ydin.experiments.policies import visible_experiments
from ydin.experiments.rules.card import Card, Review, Told
from ydin.experiments.services.cards import begin_experiment, try_too
from ydin.experiments.services.course import review_experiment, start_experiment
from ydin.experiments.services.nudges import nudge_all
from ydin.experiments.services.sharing import publish_text
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.meetings.models import Promise
from ydin.outbox.models import Message
from ydin.people.models import Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person | None], Client]
TYPED = {"kind": "sales", "what": "Soitan kolmelle vanhalle asiakkaalle", "weeks": "4", "audience": "group"}


def begin(world: GroupWorld, place: int = 0, **more: Any) -> Experiment:
    card = Card(**{"kind": "sales", "what": "Soitan kolmelle vanhalle", "unit": "kpl", **more})
    return begin_experiment(
        actor=world.members[place], enterprise=world.companies[place], group=world.group, card=card
    )


def running(world: GroupWorld, days: int, **more: Any) -> Experiment:
    made = begin(world, **more)
    day = now().date() - timedelta(days=days)
    return start_experiment(actor=world.members[0], experiment=made, version=1, day=day)


def test_a_promise_becomes_an_experiment_that_runs_and_is_reviewed(as_person: SignIn) -> None:
    world = make_group()
    meeting = make_meeting(world, days=-1)
    promise = Promise.objects.create(
        meeting=meeting, group=world.group, enterprise=world.companies[0], what="Soitan kolmelle"
    )
    member = as_person(world.members[0])
    page = member.get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
    address = f"{reverse('experiments:new')}?promise={promise.pk}"
    assert address in page
    assert address not in as_person(world.members[1]).get(f"/meetings/{meeting.pk}/").content.decode()
    assert "Soitan kolmelle" in member.get(address).content.decode()
    typed = {
        **TYPED,
        "measure": "Uusia tilauksia",
        "unit": "kpl",
        "baseline": "0",
        "goal": "2,5",
        "money": "150,50",
    }
    answer = member.post(address, typed)
    made = Experiment.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/experiments/{made.pk}/")
    assert (made.promise, made.money_cents, made.goal, made.author) == (
        promise, 15050, Decimal("2.5"), world.members[0],
    )  # fmt: skip
    assert member.get(address).headers["Location"] == f"/experiments/{made.pk}/"
    assert "The experiment" in member.get(f"/meetings/{meeting.pk}/").content.decode()
    assert member.post(f"/experiments/{made.pk}/start/", {"version": 1}).status_code == 303
    review = {"version": 2, "result": "2", "learned": "Puhelin toimii", "verdict": "keep"}
    assert member.post(f"/experiments/{made.pk}/review/", {**review, "verdict": ""}).status_code == 422
    assert member.post(f"/experiments/{made.pk}/review/", {**review, "version": 1}).status_code == 409
    assert member.post(f"/experiments/{made.pk}/review/", review).status_code == 303
    shown = as_person(world.members[1]).get(f"/experiments/{made.pk}/").content.decode()
    assert "2 kpl · We keep it" in shown
    assert "80 % of the way to the goal" in shown
    assert "Puhelin toimii" in shown


def test_bad_input_comes_back_with_what_was_typed(as_person: SignIn) -> None:
    world = make_group()
    answer = as_person(world.members[0]).post("/experiments/new/", {**TYPED, "what": "", "goal": "paljon"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "paljon" in page
    assert not Experiment.objects.exists()


def test_money_abroad_waits_until_somebody_says_whose_it_is(as_person: SignIn) -> None:
    world = make_group()
    member = as_person(world.members[0])
    answer = member.post("/experiments/new/", {**TYPED, "kind": "export", "country": "SE", "money": "900"})
    made = Experiment.objects.get()
    money = f"/experiments/{made.pk}/money/"
    assert answer.headers["Location"] == money
    assert "2023/2831" in member.get(money).content.decode()
    member.post(f"/experiments/{made.pk}/start/", {"version": 1})
    made.refresh_from_db()
    assert made.state == "planned"
    typed = {"version": 1, "source": "other", "understood": "on"}
    assert member.post(money, typed).status_code == 422
    assert member.post(money, {**typed, "words": "Osuuskunnan rahaa", "understood": ""}).status_code == 422
    assert member.post(money, {**typed, "words": "Osuuskunnan rahaa"}).status_code == 303
    made.refresh_from_db()
    assert (made.money_source, made.money_said_by) == ("other", world.members[0])
    member.post(f"/experiments/{made.pk}/start/", {"version": 2})
    made.refresh_from_db()
    assert made.state == "running"
    edit = {**TYPED, "kind": "export", "country": "SE", "money": "2000", "version": 3}
    assert member.post(f"/experiments/{made.pk}/edit/", edit).headers["Location"] == money
    made.refresh_from_db()
    assert made.money_said_at is None


def test_half_time_and_end_are_asked_once_and_answered_without_signing_in() -> None:
    world = make_group()
    made = running(world, days=15)
    assert nudge_all(actor=None) == 1
    assert nudge_all(actor=None) == 0
    letter = Message.objects.get(kind="experiments.nudge_half")
    assert letter.to_address == world.members[0].email
    link = re.search(r"/e/[^/\s]+/", letter.text)
    assert link is not None
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")
    page = stranger.get(link[0])
    assert "Soitan kolmelle vanhalle" in page.content.decode()
    made.refresh_from_db()
    assert made.version == 2
    assert stranger.post(f"{link[0]}halfway/", {"version": 2, "words": "Kaksi soitettu"}).status_code == 303
    Experiment.objects.update(starts_on=now().date() - timedelta(days=40))
    assert nudge_all(actor=None) == 1
    assert Message.objects.filter(kind="experiments.nudge_end").count() == 1
    bad = stranger.post(f"{link[0]}review/", {"version": 3, "learned": "Aamulla vastataan"})
    assert (bad.status_code, "Aamulla vastataan" in bad.content.decode()) == (422, True)
    good = {"version": 3, "result": "1", "learned": "Aamulla vastataan", "verdict": "change"}
    assert stranger.post(f"{link[0]}review/", good).status_code == 303
    made.refresh_from_db()
    assert (made.state, made.verdict, made.halfway) == ("reviewed", "change", "Kaksi soitettu")
    assert stranger.get("/e/1-2-3.x/").status_code == 404
    world.companies[0].representatives.update(ends_on=now().date() - timedelta(days=1))
    assert stranger.get(link[0]).status_code == 404


def test_giving_up_needs_a_reason(as_person: SignIn) -> None:
    world = make_group()
    made = begin(world)
    member = as_person(world.members[0])
    address = f"/experiments/{made.pk}/give-up/"
    assert member.post(address, {"version": 1, "reason": ""}).status_code == 422
    assert member.post(address, {"version": 1, "reason": "Ei aikaa"}).status_code == 303
    assert "Ei aikaa" in as_person(world.members[2]).get(f"/experiments/{made.pk}/").content.decode()


def test_the_next_evening_lists_what_is_due(as_person: SignIn) -> None:
    world = make_group()
    running(world, days=10, what="Puolivälissä", weeks=4)
    running(world, days=0, what="Vasta alkanut", weeks=20)
    meeting = make_meeting(world, days=7)
    page = as_person(world.members[1]).get(f"/meetings/{meeting.pk}/").content.decode()
    assert "Experiments to tell about" in page
    assert "Puolivälissä" in page
    assert "Vasta alkanut" not in page
    assert (
        "Puolivälissä"
        in as_person(world.coordinator).get(f"/meetings/{meeting.pk}/evening/").content.decode()
    )


def test_who_reads_by_audience_on_both_barriers(as_person: SignIn) -> None:
    ours = make_group()
    sister, foreign = make_group(network=ours.network), make_group()
    made = begin(ours)
    readers = {
        "own": ours.members[0], "group": ours.members[1], "its coordinator": ours.coordinator,
        "national": ours.national, "sister": sister.members[0], "foreign": foreign.members[0],
    }  # fmt: skip
    expected = {
        "own": {"own"},
        "group": {"own", "group", "its coordinator"},
        "network": {"own", "group", "its coordinator", "national", "sister"},
        "public": {"own", "group", "its coordinator", "national", "sister"},
    }
    for audience, who in expected.items():
        Experiment.objects.update(audience=audience)
        assert {n for n, p in readers.items() if visible_experiments(p).exists()} == who, audience
        for name, person in readers.items():
            with acting_as(person.pk):
                assert Experiment.objects.filter(pk=made.pk).exists() is (name in who), (audience, name)
    assert as_person(foreign.members[0]).get(f"/experiments/{made.pk}/").status_code == 404
    assert as_person(sister.members[0]).get(f"/experiments/{made.pk}/edit/").status_code == 403


def test_only_the_author_tells_more_people(as_person: SignIn) -> None:
    world = make_group()
    made = begin(world)
    colleague = make_group(network=world.network).members[0]
    world.companies[0].representatives.create(person=colleague, starts_on=now().date())
    address = f"/experiments/{made.pk}/audience/"
    as_person(colleague).post(address, {"version": 1, "audience": "network"})
    made.refresh_from_db()
    assert made.audience == "group"
    as_person(colleague).post(address, {"version": 1, "audience": "own", "seen_as": "own"})
    author, sent = as_person(world.members[0]), {"version": 2, "audience": "network"}
    asked = author.post(address, sent).content.decode()
    assert "Who will read it?" in asked and str(colleague) in asked
    made.refresh_from_db()
    assert made.audience == "own"
    assert as_person(world.coordinator).post(address, {**sent, "seen_as": "network"}).status_code in {
        403,
        404,
    }
    author.post(address, {**sent, "seen_as": "network"})
    made.refresh_from_db()
    assert made.audience == "network"
    assert as_person(colleague).get(f"/experiments/{made.pk}/publish/").status_code == 403


def test_a_public_text_tells_nothing_of_the_card(as_person: SignIn) -> None:
    world = make_group()
    made = running(world, days=3, measure="SALAINEN mittari")
    member, stranger = as_person(world.members[0]), as_person(None)
    typed = {"version": 2, "title": "Puhelin toimii", "text": "Soitimme vanhoille.", "language": "fi"}
    asked = member.post(f"/experiments/{made.pk}/publish/", typed).content.decode()
    assert "Everybody, signed in or not" in asked and not PublicText.objects.exists()
    again = member.post(f"/experiments/{made.pk}/publish/", {**typed, "unsure": "yes"})
    assert (again.status_code, "Soitimme vanhoille." in again.content.decode()) == (200, True)
    typed["seen_as"] = "everybody"
    assert member.post(f"/experiments/{made.pk}/publish/", typed).status_code == 303
    text = PublicText.objects.get()
    page = stranger.get(f"/tried/{text.pk}/").content.decode()
    assert "Soitimme vanhoille." in page
    assert "SALAINEN" not in page
    assert world.companies[0].name not in page
    assert "Puhelin toimii" in stranger.get("/tried/").content.decode()
    assert member.post(f"/experiments/{made.pk}/unpublish/", {"version": 3}).status_code == 200
    down = {"version": 3, "seen_as": "network"}
    assert member.post(f"/experiments/{made.pk}/unpublish/", down).status_code == 303
    assert stranger.get(f"/tried/{text.pk}/").status_code == 404


def test_others_try_it_too_and_the_line_is_drawn(as_person: SignIn) -> None:
    ours = make_group()
    sister, foreign = make_group(network=ours.network), make_group()
    first = begin(ours)
    Experiment.objects.update(audience="network")
    answer = as_person(sister.members[0]).post(f"/experiments/{first.pk}/copy/", {**TYPED, "what": "Mekin"})
    second = Experiment.objects.exclude(pk=first.pk).get()
    assert answer.headers["Location"] == f"/experiments/{second.pk}/"
    assert (second.copied_from, second.lineage, second.group) == (first, [first.pk], sister.group)
    third = try_too(
        actor=sister.members[1],
        source=second,
        enterprise=sister.companies[1],
        group=sister.group,
        card=Card(kind="sales", what="Kolmas"),
    )
    Experiment.objects.filter(pk=third.pk).update(audience="network")
    seen = as_person(ours.members[1]).get(f"/experiments/{first.pk}/").content.decode()
    assert "Kolmas" in seen
    assert "not shown to you" in seen
    assert sister.companies[0].name not in seen
    assert "Mekin" in as_person(sister.members[2]).get(f"/experiments/{third.pk}/").content.decode()
    start_experiment(actor=None, experiment=third, version=1)
    text = publish_text(actor=None, experiment=third, version=2, told=Told("Soittelu", "Kannatti.", "fi"))
    as_person(foreign.members[0]).post(f"/tried/{text.pk}/copy/", TYPED)
    assert foreign.companies[0].experiments.get().lineage == [first.pk, second.pk, third.pk]
    assert as_person(ours.national).get(f"/experiments/{third.pk}/copy/").status_code == 403


def test_a_list_asks_as_often_for_thirty_as_for_one(as_person: SignIn) -> None:
    world = make_group()
    reader = as_person(world.members[1])
    counts = []
    for many in (1, 23):
        for _ in range(many):
            begin(world)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert reader.get("/experiments/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_review_by_the_service_can_be_corrected() -> None:
    world = make_group()
    made = running(world, days=30)
    review_experiment(actor=None, experiment=made, version=2, review=Review("keep"))
    again = review_experiment(actor=None, experiment=made, version=3, review=Review("drop", Decimal(1)))
    assert (again.verdict, again.result) == ("drop", Decimal(1))
