"""Consents, who answers for the data, what the night removes, corrections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import PersonFactory, make_group, make_meeting
from tests.pages_text import words_of_page

from ydin.audit.models import Entry
from ydin.groups.models import Application
from ydin.groups.rules import ApplicationState
from ydin.home.models import Feedback
from ydin.kernel.clock import now
from ydin.meetings.models import Rsvp
from ydin.meetings.rules.states import Answer, MeetingState
from ydin.outbox.models import Message
from ydin.outbox.rules import MessageState
from ydin.people.models import Person
from ydin.privacy.jobs import hourly, nightly
from ydin.privacy.models import Consent, Correction, Notice
from ydin.privacy.services.corrections import pass_on_corrections

SignIn = Callable[[Person | None], Client]


@pytest.mark.django_db
def test_two_consents_to_research_are_given_and_taken_back_each_for_itself(as_person: SignIn) -> None:
    world = make_group()
    person = world.members[0]
    client, slug = as_person(person), world.network.slug
    for kind in ("participation", "data", "data"):
        assert client.post(reverse("privacy:consent_give", args=[slug, kind])).status_code == 303
    assert Consent.objects.count() == 2
    data = Consent.objects.get(kind="data")
    assert (data.text_version, data.language, data.channel, data.person) == (1, "en", "site", person)
    page = words_of_page(client.get(reverse("privacy:consents")))
    assert "You agreed on" in page

    foreign = as_person(world.members[1]).post(reverse("privacy:consent_withdraw", args=[data.pk]))
    assert foreign.status_code == 404
    assert client.post(reverse("privacy:consent_withdraw", args=[data.pk])).status_code == 303
    data.refresh_from_db()
    assert (data.effect, data.withdrawn_at is not None) == ("not_used_from_now", True)
    assert Consent.objects.get(kind="participation").withdrawn_at is None
    assert "What was published before stays" in words_of_page(client.get(reverse("privacy:consents")))
    client.post(reverse("privacy:consent_give", args=[slug, "data"]))
    assert Consent.objects.filter(kind="data").count() == 2
    assert list(Entry.objects.filter(action="consent.withdrawn").values_list("actor_id", flat=True)) == [
        person.pk
    ]


@pytest.mark.django_db
def test_nobody_agrees_for_a_network_they_are_not_in_or_to_nothing(as_person: SignIn) -> None:
    world, other = make_group(), make_group()
    client = as_person(world.members[0])
    assert client.post(reverse("privacy:consent_give", args=[other.network.slug, "data"])).status_code == 404
    assert client.post(reverse("privacy:consent_give", args=[world.network.slug, "soul"])).status_code == 404
    assert not Consent.objects.exists()


@pytest.mark.django_db
def test_a_network_says_who_answers_for_its_data_in_its_languages(as_person: SignIn) -> None:
    world = make_group()
    address = reverse("privacy:notice", args=[world.network.slug])
    client = as_person(world.national)
    words = {
        "version": 0,
        "text_fi": "Yliopisto ja kehitysyhtiö",
        "text_en": "The university",
        "contact": "a@b.example",
    }
    assert client.post(address, words).status_code == 303
    assert client.post(address, {**words, "text_en": "Late"}).status_code == 409
    assert client.post(address, {**words, "version": 1, "contact": "no"}).status_code == 422
    assert Notice.objects.get().about_texts == {"en": "The university"}
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")
    page = words_of_page(stranger.get(reverse("home:privacy"), follow=True))
    assert "a@b.example" in page
    assert "The university" in page or "Yliopisto" in page
    public = reverse("privacy:public", args=[world.network.slug])
    html = stranger.get(reverse("home:privacy"), follow=True).content.decode()
    assert public.strip("/") in html
    notice = words_of_page(stranger.get(public, follow=True))
    for words in ("The university", "a@b.example", "Legal basis", "article 6.1", "Data Protection Ombudsman"):
        assert words in notice
    assert stranger.get(reverse("privacy:public", args=["nowhere"])).status_code == 404
    assert as_person(world.members[0]).get(address).status_code == 403
    assert as_person(make_group().national).get(address).status_code == 404


@pytest.mark.django_db
def test_the_night_removes_what_was_shown_the_evening_before_and_nothing_else(as_person: SignIn) -> None:
    world = make_group()
    long_ago = now() - timedelta(days=800)
    applied = {"group": world.group, "language": "fi", "company": "Firma", "message": "SECRET"}
    old = Application.objects.create(
        **applied, name="Vanha", email="v@example.org", state=ApplicationState.DECLINED, answered_at=long_ago
    )
    new = Application.objects.create(**applied, name="Uusi", email="u@example.org")
    meeting = make_meeting(world, days=-800, state=MeetingState.HELD)
    Rsvp.objects.filter(meeting=meeting).update(answer=Answer.COMING)
    Rsvp.objects.filter(meeting=meeting, person=world.members[0]).update(comment="SECRET")
    Feedback.objects.create(
        network=world.network,
        message="x",
        email="f@example.org",
        language="fi",
        due_on=long_ago.date(),
        answered_at=long_ago,
    )
    letter = Message.objects.create(
        to_address="a@example.org", language="fi", kind="x", subject="s", text="t", group_id=world.group.pk,
        state=MessageState.SENT,
    )  # fmt: skip
    Message.objects.filter(pk=letter.pk).update(created_at=long_ago)

    address = reverse("privacy:tonight", args=[world.network.slug])
    page = words_of_page(as_person(world.national).get(address))
    assert "SECRET" not in page
    assert "Vanha" not in page
    for line in (
        "Requests to visit Kept: Names and addresses a year after the answer 1",
        "Answers to invitations Kept: The answer as long as the group, the words two years after the evening 1",
        "Feedback on the site Kept: The address a year after the answer, the words longer 1",
        "Letters Kept: A year 1",
    ):
        assert line in page
    empty = words_of_page(
        as_person(make_group().national).get(reverse("privacy:tonight", args=[make_group().network.slug])),
        404,
    )
    assert "Vanha" not in empty
    assert as_person(world.coordinator).get(address).status_code == 403

    nightly(0)
    nightly(0)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.name, old.message, old.state) == ("", "", ApplicationState.DECLINED)
    assert (new.name, new.message) == ("Uusi", "SECRET")
    assert Rsvp.objects.filter(meeting=meeting, answer=Answer.COMING).count() == 3
    assert not Rsvp.objects.exclude(comment="").exists()
    assert Feedback.objects.get().email == ""
    assert not Message.objects.filter(pk=letter.pk).exists()
    assert "Nothing is removed tonight" in words_of_page(as_person(world.national).get(address))


@pytest.mark.django_db
def test_the_register_is_a_page_for_network_coordinators(as_person: SignIn) -> None:
    world = make_group()
    address = reverse("privacy:register", args=[world.network.slug])
    page = words_of_page(as_person(world.national).get(address))
    assert "Memos" in page
    assert "article 6.1" in page
    assert as_person(world.members[0]).get(address).status_code == 403


@pytest.mark.django_db
def test_a_correction_is_asked_for_and_answered_by_letter(as_person: SignIn) -> None:
    world = make_group()
    person = world.members[0]
    client, lead, national = as_person(person), as_person(world.coordinator), as_person(world.national)
    page = words_of_page(client.get(reverse("privacy:correction")))
    assert str(world.coordinator) in page and "The coordinators of the whole network" in page
    asked = {"to": f"group-{world.group.pk}", "message": "I was there, <b>but</b> not on the list"}
    assert client.post(reverse("privacy:correction"), {**asked, "message": ""}).status_code == 422
    assert (
        client.post(
            reverse("privacy:correction"), {**asked, "to": f"group-{make_group().group.pk}"}
        ).status_code
        == 422
    )
    assert client.post(reverse("privacy:correction"), asked).status_code == 303
    letter = Message.objects.get(kind="privacy.correction_asked")
    assert letter.person == world.coordinator
    assert "&lt;b&gt;" in letter.html
    correction = Correction.objects.get()
    address = reverse("privacy:answer", args=[correction.pk])
    assert address in letter.text
    assert person.name in words_of_page(lead.get(reverse("privacy:review")))
    for other in (national, client, as_person(world.members[1]), as_person(make_group().coordinator)):
        assert other.get(address).status_code == 404
    assert pass_on_corrections(actor=None) == 0
    day = words_of_page(lead.get(reverse("home:own-groups")))
    assert "1 thing about somebody's personal data waits for you" in day
    assert "1 waits" not in words_of_page(national.get(reverse("home:network")))
    assert lead.post(address, {"answer": ""}).status_code == 422
    assert lead.post(address, {"answer": "Put right."}).status_code == 303
    assert lead.post(address, {"answer": "Again."}).status_code == 404
    assert Message.objects.get(kind="privacy.correction_answered").person == person
    assert "Put right." in words_of_page(client.get(reverse("privacy:data")))


@pytest.mark.django_db
def test_what_waits_a_week_goes_to_the_network_too_and_some_goes_there_at_once(as_person: SignIn) -> None:
    world = make_group()
    client, national = as_person(world.members[0]), as_person(world.national)
    for to in (f"group-{world.group.pk}", f"network-{world.network.pk}"):
        client.post(reverse("privacy:correction"), {"to": to, "message": f"about {to}"})
    late = Correction.objects.get(group=world.group)
    address = reverse("privacy:answer", args=[late.pk])
    page = words_of_page(national.get(reverse("privacy:review")))
    assert "about network" in page and "about group" not in page
    page = words_of_page(as_person(world.coordinator).get(reverse("privacy:review")))
    assert "about group" in page and "about network" not in page
    Correction.objects.filter(pk=late.pk).update(asked_at=now() - timedelta(days=8))
    hourly(0)
    hourly(0)
    waited = Message.objects.get(kind="privacy.correction_asked", text__contains="waited a week")
    assert waited.person == world.national
    assert "has waited for a week" in words_of_page(national.get(reverse("privacy:review")))
    assert national.post(address, {"answer": "Put right."}).status_code == 303
    assert "correction.passed_on" in set(Entry.objects.values_list("action", flat=True))


@pytest.mark.django_db
def test_a_stranger_to_every_network_has_nothing_to_ask_or_agree_to(as_person: SignIn) -> None:
    client = as_person(PersonFactory())
    assert "You are in no network" in words_of_page(client.get(reverse("privacy:correction")))
    assert "You are in no network" in words_of_page(client.get(reverse("privacy:consents")))
    assert client.get(reverse("privacy:review")).status_code == 200
