"""Going along, what a group tries as one, and the letters that copies and followers bring."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.experiments.test_experiments import TYPED, begin, running
from tests.factories import GroupWorld, make_group, make_meeting
from tests.jobs import run_jobs

from ydin.experiments.emails import card_path
from ydin.experiments.models import Companion, Experiment
from ydin.experiments.rules.card import Card, Review
from ydin.experiments.services.cards import try_too
from ydin.experiments.services.course import review_experiment, say_halfway, start_experiment
from ydin.experiments.services.nudges import nudge_all
from ydin.experiments.services.sharing import set_audience
from ydin.home.services.digest import send_digest
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.meetings.rules.states import MeetingState
from ydin.outbox.models import Message
from ydin.people.models import NotificationChoice, Person
from ydin.people.rules import MailKind

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person | None], Client]


def link_in(letter: Message) -> str:
    found = re.search(r"/e/[^/\s]+/", letter.text)
    assert found is not None
    return found[0]


def kinds() -> list[str]:
    return sorted(Message.objects.values_list("kind", flat=True))


def test_another_group_copies_a_card_as_a_group(as_person: SignIn) -> None:
    ours = make_group()
    sister = make_group(network=ours.network)
    first = begin(ours)
    Experiment.objects.update(audience="network")
    coordinator, member = as_person(sister.coordinator), as_person(sister.members[0])
    address = f"/experiments/{first.pk}/copy/"
    place = f"0-{sister.group.pk}"
    assert "the group tries it together" in coordinator.get(address).content.decode()
    assert "the group tries it together" not in member.get(address).content.decode()
    typed = {**TYPED, "what": "Koko ryhmä soittaa", "place": place}
    assert member.post(address, typed).status_code == 303
    assert Experiment.objects.get(what="Koko ryhmä soittaa").enterprise == sister.companies[0]
    Experiment.objects.filter(copied_from=first).delete()
    chosen = [sister.companies[0].pk, sister.companies[1].pk]
    assert coordinator.post(address, {**typed, "peers": chosen}).status_code == 303
    made = Experiment.objects.get(copied_from=first)
    assert (made.enterprise, made.group, made.lineage) == (None, sister.group, [first.pk])
    assert set(made.companions.values_list("part", flat=True)) == {"joins"}
    card = f"/experiments/{made.pk}/"
    page = as_person(sister.members[2]).get(card).content.decode()
    assert f"Takes part: {sister.companies[0].name}, {sister.companies[1].name}" in page
    assert "Our own company" not in coordinator.get(card).content.decode()
    as_person(sister.members[2]).post(f"{card}follow/", {"company": sister.companies[2].pk})
    assert made.companions.get(enterprise=sister.companies[2]).part == "joins"
    assert as_person(sister.members[2]).get(f"{card}edit/").status_code == 403
    assert as_person(ours.members[0]).get(card).status_code == 404
    coordinator.post(f"{card}start/", {"version": 1})
    coordinator.post(f"{card}audience/", {"version": 2, "audience": "own"})
    made.refresh_from_db()
    assert (made.state, made.audience) == ("running", "group")
    coordinator.post(f"{card}audience/", {"version": 2, "audience": "network"})
    tree = as_person(ours.members[0]).get(f"/experiments/{first.pk}/").content.decode()
    assert sister.group.name in tree
    meeting = make_meeting(sister, days=40)
    assert "Koko ryhmä soittaa" in coordinator.get(f"/meetings/{meeting.pk}/").content.decode()


def test_the_host_of_the_month_writes_for_the_group_and_is_asked_how_it_goes(as_person: SignIn) -> None:
    world = make_group()
    make_meeting(world, days=10, host=world.companies[1], state=MeetingState.ANNOUNCED)
    host = as_person(world.members[1])
    typed = {**TYPED, "what": "Yhteinen some-viikko", "place": f"0-{world.group.pk}"}
    assert host.post("/experiments/new/", typed).status_code == 303
    made = Experiment.objects.get()
    assert (made.enterprise, made.author) == (None, world.members[1])
    host.post(f"/experiments/{made.pk}/start/", {"version": 1})
    with acting_as(world.members[0].pk):
        assert Experiment.objects.filter(pk=made.pk).update(what="Muu") == 0
    Experiment.objects.update(starts_on=now().date() - timedelta(days=15))
    assert nudge_all(actor=None) == 1
    assert Message.objects.get().to_address == world.members[1].email
    world.companies[1].representatives.update(ends_on=now().date() - timedelta(days=1))
    Experiment.objects.update(starts_on=now().date() - timedelta(days=30))
    nudge_all(actor=None)
    letter = Message.objects.get(kind="experiments.nudge_end")
    assert letter.to_address == world.coordinator.email
    assert world.group.name in letter.text


def copy_of(world: GroupWorld, source: Experiment) -> Experiment:
    return try_too(
        actor=world.members[0],
        source=source,
        enterprise=world.companies[0],
        group=world.group,
        card=Card(kind="sales", what="SALAINEN kopio"),
    )


def test_who_wrote_a_card_hears_that_it_is_copied_and_what_that_gave() -> None:
    ours = make_group()
    sister = make_group(network=ours.network)
    first = begin(ours)
    copy = copy_of(sister, first)
    assert run_jobs("experiments.tell") == ["experiments.tell"]
    letter = Message.objects.get(kind="experiments.copied")
    assert letter.to_address == ours.members[0].email
    assert "Others try it, too" in letter.text
    assert "SALAINEN" not in letter.text + letter.html + letter.subject
    assert sister.companies[0].name not in letter.text + letter.html
    start_experiment(actor=None, experiment=copy, version=1)
    copy = review_experiment(actor=None, experiment=copy, version=2, review=Review("keep", learned="Toimii"))
    run_jobs("experiments.tell")
    assert kinds() == ["experiments.copied"]
    copy = set_audience(actor=sister.members[0], experiment=copy, version=3, audience="network")
    review_experiment(actor=None, experiment=copy, version=4, review=Review("drop"))
    run_jobs("experiments.tell")
    assert kinds() == ["experiments.copied", "experiments.reviewed"]
    told = Message.objects.get(kind="experiments.reviewed")
    assert sister.companies[0].name in told.text
    assert "SALAINEN kopio" in Client().get(link_in(told)).content.decode()
    assert "List-Unsubscribe" in told.headers


def test_letters_about_experiments_can_be_turned_off() -> None:
    ours = make_group()
    running(ours, days=15)
    NotificationChoice.objects.create(person=ours.members[0], kind=MailKind.EXPERIMENT, wanted=False)
    assert nudge_all(actor=None) == 1
    copy_of(make_group(network=ours.network), Experiment.objects.get())
    run_jobs("experiments.tell")
    assert kinds() == []
    assert nudge_all(actor=None) == 0


def test_one_click_ends_letters_about_experiments() -> None:
    world = make_group()
    running(world, days=15)
    nudge_all(actor=None)
    letter = Message.objects.get()
    address = letter.headers["List-Unsubscribe"].strip("<>").partition("/me/")[2]
    assert Client().post(f"/me/{address}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NotificationChoice.objects.get(kind="experiment", person=world.members[0]).wanted is False


def test_a_follower_hears_of_half_time_and_end_in_the_gathered_letter() -> None:
    ours = make_group()
    made = running(ours, days=15, what="SALAINEN kortti", peers=[ours.companies[1].pk])
    assert Companion.objects.get().part == "follows"
    say_halfway(actor=ours.members[0], experiment=made, version=2, words="Hyvin menee")
    slot = now()
    send_digest(actor=None, person_id=ours.members[1].pk, slot=slot)
    letter = Message.objects.get(kind="home.digest")
    assert f"{ours.companies[0].name} told how an experiment goes" in letter.text
    assert "SALAINEN" not in letter.text
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get(link_in(letter)).content.decode()
    assert "Hyvin menee" in page
    assert "Say what came of it" not in page
    Companion.objects.all().delete()
    send_digest(actor=None, person_id=ours.members[2].pk, slot=slot)
    assert Message.objects.count() == 1


def test_a_card_is_followed_copied_begun_and_changed_by_link_alone() -> None:
    ours = make_group()
    made = begin(ours)
    from_coordinator = try_too(
        actor=ours.coordinator,
        source=made,
        enterprise=ours.companies[1],
        group=ours.group,
        card=Card(kind="export", what="Ruotsiin", money_cents=50_000, country="SE"),
    )
    letter = Message.objects.get(kind="experiments.written_down")
    assert letter.to_address == ours.members[1].email
    link, stranger = link_in(letter), Client(HTTP_ACCEPT_LANGUAGE="en")
    assert f"{link}money/" in stranger.get(link).content.decode()
    money = {"version": 1, "source": "own", "understood": "on"}
    assert stranger.post(f"{link}money/", money).status_code == 303
    assert stranger.post(f"{link}start/", {"version": 2}).status_code == 303
    typed = {**TYPED, "what": "Norjaan", "kind": "export", "version": 3}
    assert stranger.post(f"{link}edit/", typed).status_code == 303
    from_coordinator.refresh_from_db()
    assert (from_coordinator.state, from_coordinator.what) == ("running", "Norjaan")

    reading = card_path(made, ours.members[2])
    page = stranger.get(reading).content.decode()
    assert "Try it too" in page
    assert f"{reading}edit/" not in page
    assert stranger.get(f"{reading}edit/").status_code == 403
    assert stranger.post(f"{reading}start/", {"version": 1}).status_code == 403
    assert stranger.post(f"{reading}follow/", {"company": ours.companies[2].pk}).status_code == 303
    assert stranger.post(f"{reading}follow/", {"company": ours.companies[0].pk}).status_code == 404
    assert made.companions.get().enterprise == ours.companies[2]
    answer = stranger.post(f"{reading}copy/", {**TYPED, "what": "Minäkin soitan"})
    own = Experiment.objects.get(enterprise=ours.companies[2])
    assert (own.what, own.copied_from) == ("Minäkin soitan", made)
    assert "Minäkin soitan" in stranger.get(answer.headers["Location"]).content.decode()
    assert stranger.post(f"{reading}unfollow/", {"company": ours.companies[2].pk}).status_code == 303
    assert not made.companions.exists()


def test_who_goes_along_is_read_with_the_card_alone() -> None:
    ours, foreign = make_group(), make_group()
    sister = make_group(network=ours.network)
    made = begin(ours, peers=[ours.companies[1].pk])
    for person, reads in (
        (ours.members[0], True), (ours.members[2], True), (ours.coordinator, True), (sister.members[0], False),
        (foreign.members[0], False), (ours.national, False),
    ):  # fmt: skip
        with acting_as(person.pk):
            assert Companion.objects.filter(experiment=made).exists() is reads
    with acting_as(ours.members[2].pk):
        assert Companion.objects.filter(enterprise=ours.companies[1]).delete()[0] == 0
