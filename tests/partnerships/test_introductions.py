"""Suggested matches with reasons, and introductions by double consent: nobody learns who said no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.factories import GroupWorld, make_group

from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.kernel.links import make_token
from ydin.networks.models import ContactCard
from ydin.partnerships.documents.reasons import reasons_for
from ydin.partnerships.jobs import close, every_night
from ydin.partnerships.models import (
    Collaboration,
    ConsentAsk,
    Introduction,
    Listing,
    NotRelevant,
    Suggestion,
)
from ydin.partnerships.rules.sharing import Fit, most_of, shared_out
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
    assert "About 50 minutes away by car." in page
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


def test_not_relevant_is_gone_at_once_for_oneself_and_quietly_for_the_other(
    world: GroupWorld, as_person: SignIn, run_jobs: Run, mails: Mails, client: Client
) -> None:
    suggestion = Suggestion.objects.get()
    giver, needer = world.members[1], world.members[0]
    market, address = reverse("partnerships:market"), reverse("partnerships:suggestion", args=[suggestion.pk])
    before = as_person(needer).get(market).content.decode().partition("Suggested for you")[2][:500]
    as_person(giver).post(reverse("partnerships:dismiss", args=[suggestion.pk]))
    page = as_person(giver).get(market).content.decode()
    assert "Suggested for you" not in page
    assert "Called not relevant" in page
    assert "Take it back" in as_person(giver).get(address).content.decode()
    after = as_person(needer).get(market).content.decode().partition("Suggested for you")[2][:500]
    assert (before, "Yes, introduce us" in as_person(needer).get(address).content.decode()) == (after, True)
    with acting_as(needer.pk):
        assert not NotRelevant.objects.exists()
    log = as_person(needer).get(reverse("trust:group_log", args=[world.group.pk])).content.decode()
    assert "not relevant" not in log
    as_person(needer).post(reverse("partnerships:ask", args=[suggestion.pk]))
    run_jobs("partnerships.ask_other_side")
    assert mails() == []
    with time_machine.travel(now() + timedelta(days=14, minutes=1)):
        close(0)
    assert [m.kind for m in mails()] == ["partnerships.not_this_time"]


def test_not_relevant_stays_gone_until_it_is_taken_back(
    world: GroupWorld, client: Client, run_jobs: Run
) -> None:
    suggestion, needer = Suggestion.objects.get(), world.members[0]
    link = reverse("partnerships:suggestion_link", args=[make_token("suggestion", suggestion.pk, needer.pk)])
    client.post(f"{link}dismiss/")
    client.post(f"{link}dismiss/")
    assert NotRelevant.objects.count() == 1
    client.post(f"{link}restore/")
    assert "/ask/" in client.get(link).content.decode()
    client.post(f"{link}dismiss/")
    every_night(0)
    assert not Suggestion.objects.exists()
    assert client.get(link).status_code == 404
    said = NotRelevant.objects.get()
    client.force_login(world.members[1])
    assert client.post(reverse("partnerships:restore", args=[said.pk])).status_code == 404
    client.force_login(needer)
    assert client.post(reverse("partnerships:restore", args=[said.pk])).status_code == 303
    run_jobs("partnerships.refresh")
    assert Suggestion.objects.get().offer == suggestion.offer


def test_competitors_are_suggested_only_when_both_wish_it(world: GroupWorld) -> None:
    for company in world.companies[:2]:
        company.industry_code, company.municipality = "74.10", None
        company.save()
    every_night(0)
    assert not Suggestion.objects.exists()
    Listing.objects.filter(kind="need").update(welcomes_rivals=True)
    every_night(0)
    assert not Suggestion.objects.exists()
    Listing.objects.update(welcomes_rivals=True)
    every_night(0)
    assert Suggestion.objects.exists()


def test_reasons_name_only_what_one_may_know(world: GroupWorld, as_person: SignIn) -> None:
    mine, giver, third, fourth = world.companies
    for n, (one, told) in enumerate(((third, "group"), (fourth, "pair"), (giver, "pair"))):
        other = giver if one != giver else mine
        Collaboration.objects.create(
            network=world.network, kind="sales", one=one, other=other, told=told, state="confirmed",
            group=world.group if told == "group" else None, began_on=date(2026, 1, n + 1),
        )  # fmt: skip
    every_night(0)
    with translation.override("en"):
        assert "1 company of your group works with them." in reasons_for(
            Suggestion.objects.get(), mine.pk, "en"
        )
        assert not any("your group" in one for one in reasons_for(Suggestion.objects.get(), giver.pk, "en"))
    for language, words in (("fi", "Autolla noin 50 minuuttia."), ("sv", "Ungefär 50 minuter med bil.")):
        with translation.override(language):
            told_reasons = reasons_for(Suggestion.objects.get(), mine.pk, language)
        assert words in told_reasons
        assert giver.name in told_reasons[0]


def test_nobody_is_suggested_more_often_than_thrice_their_share() -> None:
    fits = [Fit(1.0 - n / 1000, n, 1, 100 + n, 1) for n in range(40)]
    fits += [Fit(0.3, n, 2 + n, 100 + n, 200 + n) for n in range(40)]
    chosen = shared_out(fits, top=5)
    often = Counter(company for one in chosen for company in (one.asker, one.giver))
    assert often[1] == max(often.values()) <= most_of(chosen)
    assert len({one.need for one in chosen}) == 40


def introduce(world: GroupWorld, client: Client, **sent: Any) -> Any:
    first = {"one": world.companies[0].pk, "other": world.companies[1].pk, "reason": "Both bake <bread>."}
    return client.post(reverse("partnerships:introduce"), {**first, **sent})


def test_somebody_else_brings_two_together(
    world: GroupWorld, as_person: SignIn, run_jobs: Run, mails: Mails, client: Client
) -> None:
    coordinator = as_person(world.coordinator)
    look = introduce(world, coordinator).content.decode()
    assert "What each of them sees" in look
    assert f"Would you like to meet {world.companies[0].name}?" in look
    assert not Introduction.objects.exists()
    assert introduce(world, coordinator, send="1").status_code == 303
    assert introduce(world, coordinator, send="1").status_code == 422
    run_jobs("partnerships.ask_other_side")
    made, asked = Introduction.objects.get(), mails()
    assert [(m.to_address, m.language) for m in asked] == [
        (world.members[0].email, "sv"), (world.members[1].email, "fi"),
    ]  # fmt: skip
    assert all("Both bake <bread>." in m.text and str(world.coordinator) in m.text for m in asked)
    page = client.get(consent_address(made, world.members[0])).content.decode()
    assert "Both bake &lt;bread&gt;." in page
    with acting_as(world.coordinator.pk):
        assert not ConsentAsk.objects.exists()
    client.post(consent_address(made, world.members[0], "yes/"))
    run_jobs("partnerships.settle")
    assert len(mails()) == 2
    client.post(consent_address(made, world.members[1], "yes/"))
    run_jobs("partnerships.settle")
    assert {(m.kind, m.to_address) for m in mails()[2:]} == {
        ("partnerships.introduced", world.members[0].email),
        ("partnerships.introduced", world.members[1].email),
        ("partnerships.they_met", world.coordinator.email),
    }
    new = as_person(world.members[0]).get(reverse("partnerships:together_new")).content.decode()
    assert str(world.coordinator) in new


def test_who_introduces_others_learns_nothing_of_a_no(
    world: GroupWorld, as_person: SignIn, run_jobs: Run, mails: Mails, client: Client
) -> None:
    member = as_person(world.members[2])
    assert introduce(world, member, send="1").status_code == 303
    run_jobs("partnerships.ask_other_side")
    made, market = Introduction.objects.get(), reverse("partnerships:market")
    member.get(market)
    quiet = member.get(market).content
    client.post(consent_address(made, world.members[0], "no/"))
    run_jobs("partnerships.settle")
    assert member.get(market).content.count(b"asked") == quiet.count(b"asked")
    log = member.get(reverse("trust:group_log", args=[world.group.pk])).content.decode()
    assert "answered whether to be introduced" not in log
    with time_machine.travel(now() + timedelta(days=14, minutes=1)):
        close(0)
    assert [(m.kind, m.to_address) for m in mails()[2:]] == [
        ("partnerships.not_this_time", world.members[2].email)
    ]


def test_only_companies_that_one_knows_are_brought_together(world: GroupWorld, as_person: SignIn) -> None:
    stranger, member = make_group(), as_person(world.members[0])
    assert introduce(world, member, send="1").status_code == 422
    assert introduce(world, as_person(stranger.coordinator), send="1").status_code == 422
    same = introduce(world, as_person(world.coordinator), other=world.companies[0].pk, send="1")
    assert same.status_code == 422
    assert not Introduction.objects.exists()


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
