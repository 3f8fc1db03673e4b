"""Stories: drafted from a public text or a collaboration, agreed to by each company named, published, taken down."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import GroupWorld, make_group

from ydin.experiments.models import Experiment, PublicText
from ydin.experiments.rules.card import Card, Told
from ydin.experiments.services.cards import begin_experiment
from ydin.experiments.services.course import start_experiment
from ydin.experiments.services.sharing import publish_text
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.outbox.models import Message
from ydin.partnerships.models import Collaboration
from ydin.partnerships.services.together import Details, confirm_collaboration, record_collaboration
from ydin.people.models import Person
from ydin.stories.models import Consent, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person | None], Client]
PUBLISH = {"version": 1, "seen_as": "everybody"}
"""The button, after the page that says who reads it then."""


def public_text(world: GroupWorld) -> PublicText:
    card = Card(kind="sales", what="SALAINEN kortti")
    made = begin_experiment(
        actor=world.members[0], enterprise=world.companies[0], group=world.group, card=card
    )
    start_experiment(actor=None, experiment=made, version=1)
    told = Told("Kolme puhelua, kaksi tilausta", "Soitimme <vanhoille> asiakkaille.", "fi")
    return publish_text(actor=None, experiment=Experiment.objects.get(pk=made.pk), version=2, told=told)


def drafted(world: GroupWorld, coordinator: Client) -> Story:
    text = public_text(world)
    assert coordinator.post(f"/manage/stories/texts/{text.pk}/draft/").status_code == 303
    return Story.objects.get()


def link_of(letter: Message) -> str:
    found = re.search(r"/y/[^/\s]+/", letter.text)
    assert found is not None
    return found[0]


def typed(story: Story, names: str) -> dict[str, str]:
    return {
        "version": str(story.version), "companies": names, "title_fi": "Kolme puhelua", "text_fi": "Soitimme.",
        "title_sv": "Tre samtal", "text_sv": "Vi ringde.", "title_en": "", "text_en": "",
    }  # fmt: skip


def test_every_company_named_says_yes_before_a_story_is_published(as_person: SignIn) -> None:
    world = make_group()
    coordinator = as_person(world.coordinator)
    assert "There is none yet." in coordinator.get("/manage/stories/").content.decode()
    story = drafted(world, coordinator)
    edit = f"/manage/stories/{story.pk}/"
    names = f"{world.companies[0].name}\n{world.companies[1].name}"
    wrong = coordinator.post(edit, typed(story, f"{names}\nTuntematon Oy"))
    assert (wrong.status_code, "Tuntematon Oy" in wrong.content.decode()) == (422, True)
    assert coordinator.post(edit, typed(story, names)).status_code == 303
    assert coordinator.post(edit, typed(story, names)).status_code == 409
    coordinator.post(f"{edit}publish/", {"version": 2})
    story.refresh_from_db()
    assert story.state == "draft"
    coordinator.post(f"{edit}ask/", {"version": 2})
    letters = {one.to_address: one for one in Message.objects.filter(kind="stories.consent_asked")}
    assert set(letters) == {world.members[0].email, world.members[1].email}
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")
    for member in world.members[:2]:
        link = link_of(letters[member.email])
        page = stranger.get(link).content.decode()
        assert "Soitimme." in page
        assert "Vi ringde." in page
        assert stranger.post(f"{link}answer/", {"version": 2, "answer": "yes"}).status_code == 303
    assert (
        Message.objects.filter(kind="stories.consent_answered", to_address=world.coordinator.email).count()
        == 2
    )
    assert stranger.get(f"/stories/{story.pk}/").status_code == 404
    asked = coordinator.post(f"{edit}publish/", {"version": 2}).content.decode()
    assert "Everybody, signed in or not" in asked
    assert world.companies[0].name in asked
    story.refresh_from_db()
    assert story.state == "asked"
    assert coordinator.post(f"{edit}publish/", PUBLISH | {"version": 2}).status_code == 303
    assert "Tre samtal" in stranger.get(f"/sv/stories/{story.pk}/").content.decode()
    assert "SALAINEN" not in stranger.get(f"/stories/{story.pk}/").content.decode()
    assert stranger.post(f"{link_of(letters[world.members[1].email])}answer/", {"version": 2, "answer": "no"})
    assert stranger.get(f"/stories/{story.pk}/").status_code == 404
    story.refresh_from_db()
    assert story.state == "down"


def test_a_published_story_stands_on_the_front_in_the_feed_and_for_programs(as_person: SignIn) -> None:
    world = make_group()
    story = drafted(world, as_person(world.coordinator))
    Consent.objects.update(state="yes", asked_at=now())
    as_person(world.coordinator).post(f"/manage/stories/{story.pk}/publish/", PUBLISH)
    stranger = as_person(None)
    assert "Kolme puhelua, kaksi tilausta" in stranger.get("/").content.decode()
    assert "Kolme puhelua, kaksi tilausta" in stranger.get("/stories/").content.decode()
    page = stranger.get(f"/fi/stories/{story.pk}/").content.decode()
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert data is not None
    article = json.loads(data[1])
    assert (article["@type"], article["inLanguage"]) == ("Article", "fi")
    assert article["articleBody"] == "Soitimme <vanhoille> asiakkaille."
    feed = stranger.get("/stories/feed.atom")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    atom = "{http://www.w3.org/2005/Atom}"
    entry = ET.fromstring(feed.content).find(f"{atom}entry")
    assert entry is not None
    assert entry.findtext(f"{atom}title") == "Kolme puhelua, kaksi tilausta"
    assert entry.findtext(f"{atom}summary") == "<p>Soitimme &lt;vanhoille&gt; asiakkaille.</p>"
    sitemap = stranger.get("/sitemap.xml").content.decode()
    assert f"/stories/{story.pk}/" in sitemap
    assert (
        "Take your consent back" in as_person(world.members[0]).get(f"/stories/{story.pk}/").content.decode()
    )
    down = f"/manage/stories/{story.pk}/down/"
    assert "Who will read it?" in as_person(world.coordinator).post(down, {"version": 1}).content.decode()
    as_person(world.coordinator).post(down, {"version": 1, "seen_as": "coordinators"})
    assert f"/stories/{story.pk}/" not in stranger.get("/sitemap.xml").content.decode()


def test_an_answer_to_an_older_text_does_not_count(as_person: SignIn) -> None:
    world = make_group()
    coordinator = as_person(world.coordinator)
    story = drafted(world, coordinator)
    coordinator.post(f"/manage/stories/{story.pk}/ask/", {"version": 1})
    link = link_of(Message.objects.get(kind="stories.consent_asked"))
    Story.objects.update(version=2)
    assert Client().post(f"{link}answer/", {"version": 1, "answer": "yes"}).status_code == 409
    assert Consent.objects.get().state == "waiting"
    assert Client().get("/y/1-2.wrong/").status_code == 404


def test_drafts_are_read_by_coordinators_and_by_those_asked_alone(as_person: SignIn) -> None:
    world, foreign = make_group(), make_group()
    sister = make_group(network=world.network)
    story = drafted(world, as_person(world.coordinator))
    people = {
        "member": world.members[0], "other": world.members[1], "coordinator": world.coordinator,
        "its colleague": sister.coordinator, "national": world.national, "foreign": foreign.coordinator,
    }  # fmt: skip

    def readers() -> set[str]:
        found = set()
        for name, person in people.items():
            with acting_as(person.pk):
                if Story.objects.filter(pk=story.pk).exists():
                    found.add(name)
        return found

    editors = {"coordinator", "its colleague", "national"}
    assert readers() == editors
    as_person(world.coordinator).post(f"/manage/stories/{story.pk}/ask/", {"version": 1})
    assert readers() == {*editors, "member"}
    assert as_person(world.members[0]).get("/manage/stories/").status_code == 403
    assert as_person(foreign.coordinator).get(f"/manage/stories/{story.pk}/").status_code == 404
    text = PublicText.objects.get()
    assert as_person(foreign.coordinator).post(f"/manage/stories/texts/{text.pk}/draft/").status_code == 403


def confirmed_pair(world: GroupWorld, told: str = "network") -> Collaboration:
    details = Details("marketing", now().date() - timedelta(days=200), told, "to_20000")
    made = record_collaboration(
        actor=world.members[0], one=world.companies[0], other=world.companies[1], details=details
    )
    confirm_collaboration(actor=world.members[1], collaboration=made)
    return made


def test_a_story_of_a_collaboration_needs_the_yes_of_both_and_never_tells_its_value(
    as_person: SignIn,
) -> None:
    world, foreign = make_group(), make_group()
    made, hidden = confirmed_pair(world), confirmed_pair(make_group(network=world.network), "pair")
    coordinator = as_person(world.coordinator)
    desk = coordinator.get("/manage/stories/").content.decode()
    assert f"{world.companies[0].name} + {world.companies[1].name}" in desk
    assert hidden.one.name not in coordinator.get("/manage/stories/sources/?from=together").content.decode()
    assert coordinator.post(f"/manage/stories/together/{hidden.pk}/draft/").status_code == 404
    assert (
        as_person(foreign.coordinator).post(f"/manage/stories/together/{made.pk}/draft/").status_code == 404
    )
    assert as_person(world.members[0]).post(f"/manage/stories/together/{made.pk}/draft/").status_code == 403
    assert coordinator.post(f"/manage/stories/together/{made.pk}/draft/").status_code == 303
    story = Story.objects.get()
    assert set(story.texts) == set(world.network.languages)
    everything = " ".join([*story.texts.values(), *story.titles.values()])
    assert "€" not in everything
    named = set(story.consents.values_list("enterprise", flat=True))
    assert named == {world.companies[0].pk, world.companies[1].pk}
    assert coordinator.post(f"/manage/stories/together/{made.pk}/draft/").status_code == 422
    edit = f"/manage/stories/{story.pk}/"
    coordinator.post(f"{edit}ask/", {"version": 1})
    letters = {one.to_address: link_of(one) for one in Message.objects.filter(kind="stories.consent_asked")}
    first, second = (letters[person.email] for person in world.members[:2])
    Client().post(f"{first}answer/", {"version": 1, "answer": "yes"})
    coordinator.post(f"{edit}publish/", PUBLISH)
    assert Client().get(f"/stories/{story.pk}/").status_code == 404
    Client().post(f"{second}answer/", {"version": 1, "answer": "yes"})
    coordinator.post(f"{edit}publish/", PUBLISH)
    assert Client().get(f"/stories/{story.pk}/").status_code == 200


def test_a_changed_text_is_taken_down_and_the_old_link_asks_again(as_person: SignIn) -> None:
    world = make_group()
    coordinator = as_person(world.coordinator)
    story = drafted(world, coordinator)
    edit, name = f"/manage/stories/{story.pk}/", world.companies[0].name
    same = {"version": "1", "companies": name, "title_fi": story.titles["fi"], "text_fi": story.texts["fi"]}
    coordinator.post(f"{edit}ask/", {"version": 1})
    link = link_of(Message.objects.get(kind="stories.consent_asked"))
    Client().post(f"{link}answer/", {"version": 1, "answer": "yes"})
    coordinator.post(f"{edit}publish/", PUBLISH)
    blank = {"title_sv": "", "text_sv": "", "title_en": "", "text_en": ""}
    coordinator.post(edit, {**same, **blank})
    assert Client().get(f"/stories/{story.pk}/").status_code == 200
    coordinator.post(edit, typed(Story.objects.get(), name))
    assert Client().get(f"/stories/{story.pk}/").status_code == 404
    assert Story.objects.get().titles["fi"] not in Client().get("/stories/feed.atom").content.decode()
    assert Client().get(link).status_code == 404
    coordinator.post(f"{edit}ask/", {"version": 2})
    assert "You have answered before" in Message.objects.latest("created_at").text
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get(link).content.decode()
    assert "Vi ringde." in page
    assert Consent.objects.get().state == "waiting"


def test_lists_of_stories_ask_as_often_for_many_as_for_one(as_person: SignIn) -> None:
    world = make_group()
    coordinator, stranger = as_person(world.coordinator), as_person(None)
    counts: dict[str, list[int]] = {"/stories/": [], "/manage/stories/": [], "/stories/feed.atom": []}
    for many in (1, 9):
        Story.objects.bulk_create(
            Story(
                network=world.network,
                titles={"fi": "A"},
                texts={"fi": "B"},
                state="published",
                published_at=now(),
            )
            for _ in range(many)
        )
        for address, found in counts.items():
            reader = coordinator if address.startswith("/manage/") else stranger
            with CaptureQueriesContext(connection) as asked:
                assert reader.get(address).status_code == 200
            found.append(len(asked))
    assert all(first == then for first, then in counts.values()), counts
