"""Ideas: who may do what, who reads, what is alike, and what the lists ask of the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import make_group, make_meeting
from tests.ideas.making import make_expert, make_idea

from ydin.groups.rules import SeatState
from ydin.ideas.models import Idea, Support, Talk
from ydin.ideas.rules.talks import Offer
from ydin.ideas.services.ideas import support_idea
from ydin.ideas.services.steps import take_up
from ydin.ideas.services.talks import offer_talk, write_talk
from ydin.kernel.errors import NotAllowed, Refused
from ydin.kernel.links import make_token
from ydin.people.models import NotificationChoice, Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person | None], Client]
Mails = Callable[[], list[Any]]
TEMPLATES = Path(__file__).parents[2] / "src/ydin/ideas/templates/ideas"


def do(client: Client, name: str, idea: Idea, **data: Any) -> int:
    return client.post(reverse(f"ideas:{name}", args=[idea.pk]), data).status_code


def test_strangers_find_nothing_and_readers_do_only_what_is_theirs(as_person: SignIn) -> None:
    ours = make_group()
    sister, foreign = make_group(network=ours.network), make_group()
    idea = make_idea(ours)
    for person in (sister.members[0], foreign.members[0], ours.national, make_expert(ours)):
        stranger = as_person(person)
        assert stranger.get(reverse("ideas:idea", args=[idea.pk])).status_code == 404
        assert do(stranger, "support", idea) == 404
        assert do(stranger, "take_up", idea) == 404
    reader = as_person(ours.members[1])
    for step in ("take_up", "release", "answer", "park", "reopen", "close"):
        assert do(reader, step, idea, version=1, text="x", reason="x") == 403, step
    assert reader.get(reverse("ideas:edit", args=[idea.pk])).status_code == 403
    assert do(reader, "audience", idea, version=1, audience="network", seen_as="network") == 403
    own = as_person(ours.members[0])
    assert do(own, "support", idea) == 403
    assert reader.get(reverse("ideas:support", args=[idea.pk])).status_code == 405
    assert as_person(None).get(reverse("ideas:idea", args=[idea.pk])).status_code == 302
    outsider = as_person(make_expert(ours, "student"))
    assert outsider.get(reverse("ideas:new")).status_code == 403
    Idea.objects.update(audience="network")
    assert do(outsider, "take_up", idea) == 403
    unsigned = as_person(make_expert(ours, "researcher", signed=False))
    assert unsigned.get(reverse("ideas:idea", args=[idea.pk])).status_code == 404
    idea.refresh_from_db()
    assert (idea.state, idea.version, Support.objects.count()) == ("open", 1, 0)


def test_one_support_a_company_taken_back_and_only_where_one_has_a_seat(as_person: SignIn) -> None:
    world = make_group()
    idea = make_idea(world)
    reader = as_person(world.members[1])
    for _twice in range(2):
        assert do(reader, "support", idea) == 303
    assert Support.objects.get().enterprise == world.companies[1]
    listed = reader.get(reverse("ideas:list")).content.decode()
    assert "You want this too" in listed
    assert "2 companies want this" in listed
    answer = reader.post(reverse("ideas:unsupport", args=[idea.pk]), {"from": "list"})
    assert answer.headers["Location"] == reverse("ideas:list")
    assert not Support.objects.exists()
    world.seats[2].state = SeatState.VISITOR
    world.seats[2].save()
    with pytest.raises(NotAllowed):
        support_idea(actor=world.members[2], idea=idea)
    Idea.objects.update(state="closed")
    with pytest.raises(Refused):
        support_idea(actor=world.members[1], idea=idea)


def test_a_support_by_link_acts_on_post_only_and_for_the_one_it_was_sent_to(as_person: SignIn) -> None:
    world = make_group()
    idea = make_idea(world)
    link = reverse("ideas:idea_link", args=[make_token("idea", idea.pk, world.members[1].pk)])
    nobody = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "We want this too" in nobody.get(link).content.decode()
    assert not Support.objects.exists()
    assert nobody.get(f"{link}support/").status_code == 405
    assert nobody.post(f"{link}support/").status_code == 303
    assert Support.objects.get().person == world.members[1]
    assert nobody.get(link.replace("/by/", "/by/x")).status_code == 404
    world.companies[1].representatives.update(ends_on=world.seats[0].starts_on)
    assert nobody.get(link).status_code == 404


def test_what_looks_like_it_is_shown_before_it_is_kept(as_person: SignIn) -> None:
    world = make_group()
    known = make_idea(world, "Miten nostan hintaa vanhoille asiakkaille?")
    make_idea(world, "Laserleikkuri kokeiltavaksi")
    typed = {"text": "Hintojen nostaminen vanhoille asiakkaille", "kind": "theme", "audience": "group"}
    writer = as_person(world.members[1])
    world.members[1].language = "fi"
    world.members[1].save()
    piece = writer.post(reverse("ideas:like_this"), {"text": typed["text"]}).content.decode()
    assert known.text in piece
    assert "Laserleikkuri" not in piece
    page = writer.post(reverse("ideas:new"), typed).content.decode()
    assert reverse("ideas:support", args=[known.pk]) in page
    assert Idea.objects.count() == 2
    assert writer.post(reverse("ideas:new"), {**typed, "is_new": "yes"}).status_code == 303
    assert Idea.objects.count() == 3
    stranger = as_person(make_group().members[0])
    assert known.text not in stranger.post(reverse("ideas:like_this"), {"text": known.text}).content.decode()


def test_bad_input_comes_back_and_a_conflict_shows_both(as_person: SignIn) -> None:
    world = make_group()
    writer = as_person(world.members[0])
    empty = writer.post(
        reverse("ideas:new"), {"text": " ", "kind": "theme", "why": "Siksi", "audience": "group"}
    )
    assert (empty.status_code, "Siksi" in empty.content.decode()) == (422, True)
    idea = make_idea(world)
    edit = reverse("ideas:edit", args=[idea.pk])
    first = {"text": "Ensimmäinen", "kind": "theme", "version": "1"}
    assert writer.post(edit, first).status_code == 303
    late = writer.post(edit, {**first, "text": "Toinen"})
    assert late.status_code == 409
    assert {"Ensimmäinen", "Toinen"} <= set(re.findall(r"Ensimmäinen|Toinen", late.content.decode()))


def test_only_the_author_widens_and_nobody_narrows_while_it_is_worked_on(as_person: SignIn) -> None:
    world = make_group()
    idea = make_idea(world)
    author = as_person(world.members[0])
    asked = author.post(reverse("ideas:audience", args=[idea.pk]), {"version": 1, "audience": "network"})
    assert "Who will read it?" in asked.content.decode()
    assert do(author, "audience", idea, version=1, audience="network", seen_as="network") == 303
    idea.refresh_from_db()
    assert idea.audience == "network"
    expert = make_expert(world)
    take_up(actor=expert, idea=idea)
    do(author, "audience", idea, version=3, audience="group", seen_as="group")
    idea.refresh_from_db()
    assert (idea.audience, idea.state) == ("network", "taken")


def test_coordinator_parks_with_a_reason_and_author_closes_and_opens_again(as_person: SignIn) -> None:
    world = make_group()
    idea = make_idea(world)
    coordinator, author = as_person(world.coordinator), as_person(world.members[0])
    assert do(coordinator, "park", idea, version=1, reason=" ") == 422
    assert do(coordinator, "park", idea, version=7, reason="Keväällä") == 409
    assert do(coordinator, "park", idea, version=1, reason="Keväällä") == 303
    assert "Keväällä" in author.get(reverse("ideas:idea", args=[idea.pk])).content.decode()
    assert do(author, "reopen", idea) == 303
    assert do(author, "close", idea) == 303
    assert idea.text not in author.get(reverse("ideas:list")).content.decode()
    assert do(author, "close", idea) == 403
    assert do(author, "reopen", idea) == 303
    idea.refresh_from_db()
    assert (idea.state, idea.version) == ("open", 5)


def test_whoever_turned_news_off_gets_no_letter(as_person: SignIn, mails: Mails) -> None:
    world = make_group()
    idea = make_idea(world)
    support_idea(actor=world.members[1], idea=idea)
    NotificationChoice.objects.create(person=world.members[1], kind="news", wanted=False)
    assert do(as_person(world.coordinator), "answer", idea, version=1, text="Näin") == 303
    assert [one.to_address for one in mails() if one.kind == "ideas.answered"] == [world.members[0].email]


def test_experts_see_counts_but_no_names_of_what_is_told_inside_groups(as_person: SignIn) -> None:
    world = make_group(members=4)
    secret = make_idea(world, "Salainen toive", topic="price")
    for member in world.members[1:3]:
        support_idea(actor=member, idea=secret)
    make_idea(world, "Vain yksi toivoo", topic="law")
    address = reverse("ideas:wanted", args=[world.network.slug])
    expert = as_person(make_expert(world))
    page = expert.get(address).content.decode()
    assert re.search(r'<td class="number"[^>]*>3</td>', page)
    assert "contracts and law" not in page
    for hidden in ("Salainen toive", *(company.name for company in world.companies)):
        assert hidden not in page
    assert as_person(world.members[0]).get(address).status_code == 403
    assert as_person(make_group().members[0]).get(address).status_code == 404
    assert as_person(world.coordinator).get(address).status_code == 200


def test_lists_ask_the_database_as_often_for_thirty(as_person: SignIn) -> None:
    world = make_group()
    expert = make_expert(world)
    meeting = make_meeting(world)
    evening = reverse("ideas:evening", args=[make_token("evening", meeting.pk, world.members[0].pk)])
    pages = {
        reverse("ideas:list"): world.members[1],
        reverse("ideas:wanted", args=[world.network.slug]): expert,
        reverse("ideas:offered", args=[world.network.slug]): world.members[1],
        reverse("ideas:talks"): expert,
        evening: world.members[0],
        reverse("home:group", args=[world.network.slug, world.group.slug]): world.members[1],
        reverse("home:mine"): world.members[0],
    }
    counts = []
    for wanted in (1, 19):
        for number in range(wanted):
            idea = make_idea(world, f"Toive {wanted} {number}", audience="network")
            support_idea(actor=world.members[2], idea=idea)
            offer = Offer(f"Puhe {wanted} {number}", "Hyötyä", languages=["fi"])
            offer_talk(actor=expert, talk=write_talk(actor=expert, network=world.network, offer=offer))
        asked = {}
        for address, person in pages.items():
            client = as_person(person)
            client.get(address)
            with CaptureQueriesContext(connection) as found:
                assert client.get(address).status_code == 200
            asked[address] = len(found)
        counts.append(asked)
    assert {address: n for address, n in counts[1].items() if n > counts[0][address]} == {}
    assert Talk.objects.count() == 20
    second = as_person(world.members[1]).get(reverse("ideas:list"), {"page": 2, "q": "Toive"})
    assert second.status_code == 200


def test_every_page_of_ideas_says_who_reads_it() -> None:
    pieces = {
        "_rows.html",
        "evening.html",
        "ask.html",
        "idea.html",
        "offered.html",
        "talks.html",
        "wanted.html",
    }
    silent = [name for name in pieces if "{% audience " not in (TEMPLATES / name).read_text()]
    assert silent == []
