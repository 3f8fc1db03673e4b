"""Consents that were signed on paper: keyed in, told by letter, taken back by a link or by word."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from tests.factories import GroupWorld, make_group
from tests.pages_text import words_of_page

from ydin.audit.models import Entry
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed
from ydin.outbox.models import Message
from ydin.people.models import Person
from ydin.privacy.models import Consent
from ydin.privacy.rules import ConsentKind
from ydin.privacy.services.consents import record_paper_consent, record_withdrawal

SignIn = Callable[[Person | None], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> GroupWorld:
    return make_group()


def _paper(whose: Person, **more: Any) -> dict[str, Any]:
    day = (now() - timedelta(days=3)).date().isoformat()
    kinds = ["participation", "data"]
    return {"person": whose.pk, "kinds": kinds, "signed_on": day, "language": "fi", "version": 1, **more}


def test_a_coordinator_keys_in_a_paper_and_the_person_takes_it_back_by_link(
    as_person: SignIn, world: GroupWorld
) -> None:
    lead, person, slug = as_person(world.coordinator), world.members[0], world.network.slug
    page, add = (
        reverse("privacy:network_consents", args=[slug]),
        reverse("privacy:consent_paper", args=[slug]),
    )
    assert "Nothing is written down yet" in words_of_page(lead.get(page))
    for wrong in ({"kinds": []}, {"person": ""}, {"version": 2}, {"signed_on": "2999-01-01"}):
        assert lead.post(add, _paper(person, **wrong)).status_code == 422, wrong
    assert not Consent.objects.exists()
    assert lead.post(add, _paper(person)).status_code == 303
    assert "Nothing changes" in words_of_page(lead.post(add, _paper(person), follow=True))
    data = Consent.objects.get(kind="data")
    day = now().date() - timedelta(days=3)
    assert (data.channel, data.language, data.text_version, data.recorded_by) == (
        "paper",
        "fi",
        1,
        world.coordinator,
    )
    assert (data.person, data.network, data.given_at.date()) == (person, world.network, day)
    entry = Entry.objects.filter(action="consent.recorded").latest("at")
    assert (entry.actor, entry.of_person) == (world.coordinator, person)

    letters = Message.objects.filter(kind="privacy.consent_recorded", person=person)
    assert letters.count() == 2
    letter = next(one for one in letters if "not memos" in one.text or "ei muistioita" in one.text)
    assert str(world.coordinator) in letter.text
    link = re.search(r"/me/consents/withdraw/[^/\s]+/", letter.text)
    assert link is not None
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")
    stranger.get(link[0])
    assert Consent.objects.filter(withdrawn_at=None).count() == 2, "looking changes nothing"
    assert stranger.post(link[0]).status_code == 200
    data.refresh_from_db()
    assert (data.effect, data.withdrawn_at is not None) == ("not_used_from_now", True)
    assert Consent.objects.filter(withdrawn_at=None).get().kind == "participation"
    assert stranger.get(link[0].replace("/withdraw/", "/withdraw/1")).status_code == 404
    own = words_of_page(as_person(person).get(reverse("privacy:consents")))
    assert "on paper" in own and f"Keyed in by {world.coordinator}" in own


def test_a_withdrawal_by_word_is_keyed_in_and_confirmed(as_person: SignIn, world: GroupWorld) -> None:
    slug, person = world.network.slug, world.members[0]
    lead, national = as_person(world.coordinator), as_person(world.national)
    lead.post(reverse("privacy:consent_paper", args=[slug]), _paper(person, kinds=["contact"]))
    consent = Consent.objects.get()
    end = reverse("privacy:consent_end", args=[slug, consent.pk])
    second = make_group(network=world.network)
    for other, status in ((second.coordinator, 404), (world.members[1], 403), (make_group().national, 404)):
        assert as_person(other).post(end).status_code == status
    assert str(person) in words_of_page(national.get(reverse("privacy:network_consents", args=[slug])))
    assert [national.post(end).status_code for _try in range(2)] == [303, 303]
    consent.refresh_from_db()
    assert consent.effect == "no_letters"
    assert Message.objects.get(kind="privacy.consent_withdrawn").person == person


def test_who_may_key_in_for_whom(as_person: SignIn, world: GroupWorld) -> None:
    slug, other = world.network.slug, make_group(network=world.network)
    page, add = (
        reverse("privacy:network_consents", args=[slug]),
        reverse("privacy:consent_paper", args=[slug]),
    )
    assert as_person(world.coordinator).post(add, _paper(other.members[0])).status_code == 422
    assert as_person(world.members[0]).post(add, _paper(world.members[1])).status_code == 403
    assert as_person(world.members[0]).get(page).status_code == 403
    assert as_person(make_group().coordinator).get(page).status_code == 404
    assert as_person(None).get(page).status_code == 302
    assert not Consent.objects.exists()
    facts = {"network": world.network, "signed_on": now().date(), "language": "fi", "version": 1}
    with pytest.raises(NotAllowed):
        record_paper_consent(
            actor=world.coordinator, person=other.members[0], kinds=[ConsentKind.DATA], **facts
        )
    assert as_person(world.national).post(add, _paper(other.members[0])).status_code == 303
    consent = Consent.objects.first()
    assert consent is not None
    with pytest.raises(NotAllowed):
        record_withdrawal(actor=world.coordinator, consent=consent)


def test_row_security_says_the_same(world: GroupWorld) -> None:
    other = make_group(network=world.network)
    facts = {"network": world.network, "kind": "data", "text_version": 1, "language": "fi"}

    def try_to(actor: Person, person: Person, **more: Any) -> bool:
        try:
            with transaction.atomic(), acting_as(actor.pk):
                Consent.objects.create(person=person, **facts, **more)
        except ProgrammingError:
            return False
        return True

    paper = {"channel": "paper", "recorded_by": world.coordinator}
    assert not try_to(world.coordinator, other.members[0], **paper)
    assert not try_to(world.coordinator, world.members[0], channel="site")
    assert not try_to(world.members[1], world.members[0], channel="paper", recorded_by=world.members[1])
    assert try_to(world.coordinator, world.members[0], **paper)
    for reader, sees in (
        (world.members[0], 1),
        (world.coordinator, 1),
        (world.national, 1),
        (other.coordinator, 0),
    ):
        with acting_as(reader.pk):
            assert Consent.objects.count() == sees
            assert Consent.objects.all().delete()[0] == 0


def test_the_paper_is_printed_in_the_language_that_was_chosen(as_person: SignIn, world: GroupWorld) -> None:
    lead = as_person(world.coordinator)
    page = lead.get(reverse("privacy:consent_text", args=[world.network.slug, "sv"])).content.decode()
    assert 'lang="sv"' in page and "Underskrift" in page
    assert lead.get(reverse("privacy:consent_text", args=[world.network.slug, "xx"])).status_code == 404
