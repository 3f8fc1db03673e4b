"""Suggested matches with reasons, and introductions by double consent: nobody learns who said no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.factories import GroupWorld, make_group

from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.kernel.links import make_token
from ydin.networks.models import ContactCard
from ydin.partnerships.jobs import close, every_night
from ydin.partnerships.models import ConsentAsk, Introduction, Suggestion
from ydin.partnerships.services.listings import add_listing

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
Run = Callable[..., list[str]]
Mails = Callable[[], list[Any]]


@pytest.fixture
def world(run_jobs: Run) -> GroupWorld:
    """A need and an offer that fit, in two languages, 40 km apart, and an offer that does not."""
    world = make_group(members=4)
    for n, (kind, language, text) in enumerate(
        [
            ("need", "sv", "Vi söker någon som formger förpackningar"),
            ("offer", "fi", "Suunnittelemme tuotepakkauksia ja etikettejä"),
            ("offer", "fi", "Kirjanpito ja palkanlaskenta"),
        ]
    ):
        person, company = world.members[n], world.companies[n]
        person.language = language
        person.save()
        company.latitude, company.longitude = 64.0 + 0.36 * n, 24.5
        company.save()
        add_listing(actor=person, group=world.group, enterprise=company, kind=kind, text=text)
    run_jobs("partnerships.refresh")
    return world


def consent_address(introduction: Introduction, person: Any, act: str = "") -> str:
    return (
        reverse("partnerships:consent", args=[make_token("introduction", introduction.pk, person.pk)]) + act
    )


def test_a_match_is_told_with_its_reasons_to_the_two_companies_alone(
    world: GroupWorld, as_person: SignIn, mails: Mails
) -> None:
    suggestion = Suggestion.objects.get()
    assert (suggestion.need_company, suggestion.offer_company) == (world.companies[0], world.companies[1])
    assert suggestion.km == pytest.approx(40, abs=1)
    page = as_person(world.members[0]).get(reverse("partnerships:market")).content.decode()
    assert f"{world.companies[1].name} offers it." in page
    assert "About 40 kilometres" in page
    assert "Languages in common: Finnish" in page
    assert (
        f"{world.companies[0].name} needs:"
        in as_person(world.members[1]).get(reverse("partnerships:market")).content.decode()
    )
    address = reverse("partnerships:suggestion", args=[suggestion.pk])
    for stranger in (world.members[2], world.coordinator, world.national):
        assert as_person(stranger).get(address).status_code == 404
        with acting_as(stranger.pk):
            assert not Suggestion.objects.exists()
    every_night(0)
    every_night(0)
    told = [letter for letter in mails() if letter.kind == "partnerships.suggested"]
    assert {letter.to_address for letter in told} == {world.members[0].email, world.members[1].email}
    assert len(told) == 2


def test_not_relevant_is_gone_for_both_and_stays_gone(
    world: GroupWorld, as_person: SignIn, run_jobs: Run
) -> None:
    suggestion = Suggestion.objects.get()
    as_person(world.members[1]).post(reverse("partnerships:dismiss", args=[suggestion.pk]))
    every_night(0)
    suggestion.refresh_from_db()
    assert suggestion.state == "dismissed"
    page = as_person(world.members[0]).get(reverse("partnerships:market")).content.decode()
    assert "Suggested for you" not in page
    assert Suggestion.objects.count() == 1
    assert run_jobs() == []


def test_contacts_are_shared_only_when_both_say_yes(
    world: GroupWorld, run_jobs: Run, mails: Mails, client: Client
) -> None:
    asker, other, suggestion = world.members[0], world.members[1], Suggestion.objects.get()
    ContactCard.objects.create(representative=other.representations.get(), phone="040 555 7777")
    link = reverse("partnerships:suggestion_link", args=[make_token("suggestion", suggestion.pk, asker.pk)])
    assert client.get(link).status_code == 200
    assert client.post(f"{link}ask/").status_code == 303
    run_jobs("partnerships.ask_other_side")
    asked = mails()
    assert [(m.to_address, m.language) for m in asked] == [(other.email, "fi")]
    assert "040 555 7777" not in asked[0].text + asked[0].html
    introduction = Introduction.objects.get()
    assert consent_address(introduction, other) in asked[0].text
    assert client.get(consent_address(introduction, other)).status_code == 200
    assert ConsentAsk.objects.get(person=other).answer == "none"
    client.post(consent_address(introduction, other, "yes/"))
    run_jobs("partnerships.settle")
    letters = {m.to_address: m for m in mails() if m.kind == "partnerships.introduced"}
    assert set(letters) == {asker.email, other.email}
    assert "040 555 7777" in letters[asker.email].text
    assert asker.email in letters[other.email].text
    introduction.refresh_from_db()
    assert introduction.state == "met"
    assert client.post(consent_address(introduction, other, "no/")).status_code == 422


@pytest.mark.parametrize("answer", ["no/", ""])
def test_a_no_and_silence_are_told_in_the_same_words_on_the_same_day(
    world: GroupWorld, as_person: SignIn, run_jobs: Run, mails: Mails, client: Client, answer: str
) -> None:
    asker, other, suggestion = world.members[0], world.members[1], Suggestion.objects.get()
    as_person(asker).post(reverse("partnerships:ask", args=[suggestion.pk]))
    run_jobs("partnerships.ask_other_side")
    introduction = Introduction.objects.get()
    if answer:
        client.post(consent_address(introduction, other, answer))
        run_jobs("partnerships.settle")
    with acting_as(asker.pk):
        assert not ConsentAsk.objects.filter(person=other).exists()
    close(0)
    page = as_person(asker).get(reverse("partnerships:market")).content.decode()
    assert "not this time" not in page
    assert len(mails()) == 1
    with time_machine.travel(now() + timedelta(days=14, minutes=1)):
        close(0)
        close(0)
    last = mails()[1:]
    assert [(m.kind, m.to_address) for m in last] == [("partnerships.not_this_time", asker.email)]
    assert "Not this time" in last[0].html
    assert " no " not in last[0].text.lower().replace("no time", "")


def test_who_was_not_asked_has_no_link(
    world: GroupWorld, client: Client, run_jobs: Run, as_person: SignIn
) -> None:
    suggestion = Suggestion.objects.get()
    as_person(world.members[0]).post(reverse("partnerships:ask", args=[suggestion.pk]))
    run_jobs("partnerships.ask_other_side")
    introduction = Introduction.objects.get()
    assert client.get(consent_address(introduction, world.members[2])).status_code == 404
    assert client.post(consent_address(introduction, world.members[2], "yes/")).status_code == 404
    again = as_person(world.members[1]).post(reverse("partnerships:ask", args=[suggestion.pk]))
    assert again.status_code == 422


def test_a_group_s_own_words_are_not_suggested_to_other_groups(run_jobs: Run) -> None:
    ours = make_group()
    theirs = make_group(network=ours.network)
    need = add_listing(
        actor=ours.members[0], group=ours.group, enterprise=ours.companies[0], kind="need", text="A web site"
    )
    offer = add_listing(
        actor=theirs.members[0],
        group=theirs.group,
        enterprise=theirs.companies[0],
        kind="offer",
        text="We build web sites",
    )
    run_jobs("partnerships.refresh")
    assert not Suggestion.objects.exists()
    type(need).objects.filter(pk__in=[need.pk, offer.pk]).update(audience="network")
    every_night(0)
    assert Suggestion.objects.get().offer == offer
