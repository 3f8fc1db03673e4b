"""From an idea to its answer, from a wished theme to the evening, from an offered talk to its speaker: over HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from tests.factories import make_group, make_meeting
from tests.ideas.making import make_expert, make_idea

from ydin.home.documents.digest import digest_of
from ydin.ideas.jobs import hourly
from ydin.ideas.models import Idea, Support, Talk, TalkAsk
from ydin.ideas.rules.talks import Offer
from ydin.ideas.services.asks import answer_ask, ask_for_talk, settle_ask
from ydin.ideas.services.steps import plan_for
from ydin.ideas.services.talks import offer_talk, withdraw_talk, write_talk
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed, Refused
from ydin.meetings.models import Rsvp
from ydin.meetings.rules.states import MeetingState
from ydin.people.models import Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person | None], Client]
Mails = Callable[[], list[Any]]
Run = Callable[..., list[str]]


def test_idea_supported_taken_up_answered_and_told_to_those_who_asked(
    as_person: SignIn, mails: Mails
) -> None:
    ours = make_group()
    sister = make_group(network=ours.network)
    expert = make_expert(ours)
    author = as_person(ours.members[0])
    typed = {
        "text": "Miten hinnoittelen keikan?",
        "kind": "question",
        "audience": "network",
        "topic": "price",
    }
    question = author.post(reverse("ideas:new"), typed)
    assert not Idea.objects.exists()
    assert "experts, researchers and institutes who have signed" in question.content.decode()
    kept = author.post(reverse("ideas:new"), {**typed, "seen_as": "network"})
    idea = Idea.objects.get()
    assert kept.headers["Location"] == reverse("ideas:idea", args=[idea.pk])
    assert (idea.author, idea.enterprise, idea.audience) == (ours.members[0], ours.companies[0], "network")

    for person in (ours.members[1], sister.members[0]):
        assert as_person(person).post(reverse("ideas:support", args=[idea.pk])).status_code == 303
    page = as_person(ours.members[2]).get(reverse("ideas:idea", args=[idea.pk])).content.decode()
    assert "3 companies want this" in page
    assert sister.companies[0].name in page

    helper = as_person(expert)
    assert helper.post(reverse("ideas:take_up", args=[idea.pk])).status_code == 303
    assert (
        "Laura Kivelä has taken this up" in author.get(reverse("ideas:idea", args=[idea.pk])).content.decode()
    )
    empty = helper.post(reverse("ideas:answer", args=[idea.pk]), {"version": "2", "text": " "})
    assert empty.status_code == 422
    sister.members[0].language = "sv"
    sister.members[0].save()
    answer = {"version": "2", "text": "Laske tunnit ensin.", "link": "https://example.org/hinta"}
    assert helper.post(reverse("ideas:answer", args=[idea.pk]), answer).status_code == 303
    idea.refresh_from_db()
    assert (idea.state, idea.answered_by, idea.version) == ("answered", expert, 3)
    letters = {one.to_address: one for one in mails() if one.kind == "ideas.answered"}
    assert set(letters) == {p.email for p in (ours.members[0], ours.members[1], sister.members[0])}
    assert letters[sister.members[0].email].language == "sv"
    assert all("Laske tunnit ensin." in one.text for one in letters.values())
    again = {"version": "3", "text": "Laske tunnit ensin, sitten kate."}
    assert helper.post(reverse("ideas:answer", args=[idea.pk]), again).status_code == 303
    assert len([one for one in mails() if one.kind == "ideas.answered"]) == 3
    assert (
        "Laske tunnit ensin, sitten kate."
        in author.get(reverse("ideas:idea", args=[idea.pk])).content.decode()
    )
    assert "Miten hinnoittelen keikan?" in author.get(reverse("home:mine")).content.decode()
    link = re.search(r"/ideas/by/[^/\s]+/", letters[sister.members[0].email].text)
    assert link is not None
    assert "sitten kate" in Client().get(link[0]).content.decode()


def test_a_wished_theme_is_taken_by_the_host_alone_and_given_back(as_person: SignIn) -> None:
    world = make_group()
    meeting = make_meeting(
        world, invited=False, state=MeetingState.DRAFT, theme="Oma ajatus", announced_at=None
    )
    writer = as_person(world.members[1])
    writer.post(
        reverse("ideas:new"), {"text": "Yhteismyynti messuilla", "kind": "theme", "audience": "group"}
    )
    idea = Idea.objects.get()
    as_person(world.members[2]).post(reverse("ideas:support", args=[idea.pk]))
    page = (
        as_person(world.members[0])
        .get(reverse("meetings:prepare", args=[meeting.pk, "theme"]))
        .content.decode()
    )
    assert "Yhteismyynti messuilla" in page
    assert "2 companies want this" in page
    address = re.search(r"/talks/for/[^/\s\"]+/", page)
    assert address is not None
    coordinator = as_person(world.coordinator).get(reverse("meetings:prepare", args=[meeting.pk, "theme"]))
    theirs = re.search(r"/talks/for/[^/\s\"]+/", coordinator.content.decode())
    assert theirs is not None
    assert "Take it as the theme" not in Client().get(theirs[0]).content.decode()
    assert Client().post(f"{theirs[0]}theme/", {"chosen": idea.pk}).status_code == 403
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert stranger.get(f"{address[0]}theme/").status_code == 405
    assert stranger.post(f"{address[0]}theme/", {"chosen": idea.pk}).status_code == 303
    meeting.refresh_from_db()
    idea.refresh_from_db()
    assert (meeting.theme, idea.state, idea.meeting) == ("Yhteismyynti messuilla", "planned", meeting)
    assert stranger.post(f"{address[0]}theme/off/", {"chosen": idea.pk}).status_code == 303
    meeting.refresh_from_db()
    idea.refresh_from_db()
    assert (meeting.theme, idea.state, idea.meeting) == ("Oma ajatus", "open", None)


def test_a_talk_is_offered_asked_for_and_the_speaker_stands_in_the_invitation(
    as_person: SignIn, mails: Mails, run_jobs: Run
) -> None:
    world = make_group()
    expert = make_expert(world)
    meeting = make_meeting(world)
    speaker = as_person(expert)
    typed = {
        "title": "Hinta",
        "gives": "Oma hinta laskettuna",
        "languages": ["fi"],
        "most": "1",
        "offer": "1",
    }
    missing = speaker.post(reverse("ideas:new_talk", args=[world.network.slug]), {**typed, "gives": ""})
    assert (missing.status_code, Talk.objects.count()) == (422, 0)
    speaker.post(reverse("ideas:new_talk", args=[world.network.slug]), typed)
    talk = Talk.objects.get()
    assert talk.state == "offered"
    page = (
        as_person(world.members[0])
        .get(reverse("meetings:prepare", args=[meeting.pk, "theme"]))
        .content.decode()
    )
    assert "1 speaker could come" in page
    found = re.search(r"/talks/for/[^/\s\"]+/", page)
    assert found is not None
    host = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "Oma hinta laskettuna" in host.get(found[0]).content.decode()
    assert host.post(f"{found[0]}ask/", {"chosen": talk.pk, "note": "Puoli tuntia"}).status_code == 303
    assert host.post(f"{found[0]}ask/", {"chosen": talk.pk}).status_code == 422
    letter = next(one for one in mails() if one.kind == "ideas.talk_asked")
    assert (letter.to_address, "Puoli tuntia" in letter.text) == (expert.email, True)
    link = re.search(r"/talks/by/[^/\s]+/", letter.text)
    assert link is not None
    nobody = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "Would you come and speak?" in nobody.get(link[0]).content.decode()
    assert TalkAsk.objects.get().state == "asked"
    assert nobody.post(f"{link[0]}answer/", {"answer": "perhaps"}).status_code == 422
    late = {"answer": "other_time", "words": "Maaliskuussa"}
    assert nobody.post(f"{link[0]}answer/", late).status_code == 303
    assert any("Maaliskuussa" in one.text for one in mails() if one.kind == "ideas.talk_answered")
    assert nobody.post(f"{link[0]}answer/", {"answer": "yes"}).status_code == 303
    run_jobs("ideas.settle_ask")
    meeting.refresh_from_db()
    talk.refresh_from_db()
    assert meeting.expert == "Laura Kivelä"
    assert talk.full_until is not None
    assert Rsvp.objects.get(person=expert).standing == "admitted"
    invitation = next(one for one in mails() if one.kind == "meetings.announced")
    assert invitation.to_address == expert.email
    ask = TalkAsk.objects.get()
    assert host.post(f"{found[0]}call-off/", {"chosen": ask.pk}).status_code == 303
    run_jobs("ideas.settle_ask")
    meeting.refresh_from_db()
    talk.refresh_from_db()
    assert meeting.expert == ""
    assert talk.full_until is None
    assert Rsvp.objects.get(person=expert).answer == "not_coming"
    assert any(one.kind == "ideas.talk_called_off" for one in mails())
    assert Support.objects.count() == 0


def test_a_speaker_who_promised_is_invited_once_it_is_announced_and_a_lost_theme_is_open_again() -> None:
    world = make_group()
    expert = make_expert(world)
    meeting = make_meeting(world, invited=False, state=MeetingState.DRAFT, announced_at=None)
    offer = Offer("Hinta", "Oma hinta", languages=["fi"])
    talk = offer_talk(actor=expert, talk=write_talk(actor=expert, network=world.network, offer=offer))
    ask = ask_for_talk(actor=world.coordinator, talk=talk, meeting=meeting)
    with pytest.raises(NotAllowed):
        ask_for_talk(actor=world.members[1], talk=talk, meeting=meeting)
    with pytest.raises(NotAllowed):
        answer_ask(actor=world.coordinator, ask=ask, answer="yes")
    answer_ask(actor=expert, ask=ask, answer="yes")
    settle_ask(actor=None, ask_id=ask.pk)
    meeting.refresh_from_db()
    assert (meeting.expert, Rsvp.objects.filter(person=expert).count()) == ("Laura Kivelä", 0)
    idea = plan_for(actor=world.members[0], idea=make_idea(world, place=1, kind="theme"), meeting=meeting)
    meeting.state = MeetingState.ANNOUNCED
    meeting.save()
    hourly(0)
    hourly(0)
    assert Rsvp.objects.get(person=expert).answer == "coming"
    idea.refresh_from_db()
    assert idea.state == "planned"
    meeting.state = MeetingState.CANCELLED
    meeting.save()
    hourly(0)
    idea.refresh_from_db()
    assert (idea.state, idea.meeting) == ("open", None)
    withdraw_talk(actor=expert, talk=talk)
    with pytest.raises(Refused):
        ask_for_talk(actor=world.coordinator, talk=talk, meeting=make_meeting(world, days=40))


def test_the_gathered_letter_tells_of_wishes_without_the_words_of_a_group() -> None:
    world = make_group()
    make_idea(world, "Salainen toive")
    make_idea(world, "Verkoston toive", audience="network", kind="question")
    reader, since = world.members[1], now() - timedelta(days=1)
    with acting_as(reader.pk), override("en"):
        found = digest_of(reader, since, now(), with_news=True, with_experiments=False)
    told = [item for section in found if section.title.startswith("Wished for") for item in section.items]
    company = world.companies[0].name
    assert [(item.words, item.detail) for item in told] == [
        (f"{company} asks a question", "Verkoston toive"),
        (f"{company} wishes for a theme", world.group.name),
    ]
    assert "/ideas/by/" in told[0].url
