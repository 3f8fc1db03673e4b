"""From a promise to a story: experiment, review, copied by another group, told to everybody with consent."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.e2e.walking import Reader, Walks
from tests.factories import GroupWorld, make_group, make_meeting
from tests.servers import LiveSite

from ydin.experiments.models import Experiment, PublicText
from ydin.meetings.models import Promise
from ydin.outbox.models import Message
from ydin.stories.models import Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Reader]


def test_from_a_promise_to_a_story(site: LiveSite, walks: Walks, desk: Desk, phone: Desk) -> None:
    with site.database():
        ours = make_group(members=3)
        sister = make_group(members=2, network=ours.network)
        meeting = make_meeting(ours, days=-1)
        Promise.objects.create(
            meeting=meeting, group=ours.group, enterprise=ours.companies[0], what="Soitan kolmelle <vanhalle>"
        )
    author = phone(ours.members[0]).open(f"/meetings/{meeting.pk}/").follow("Make it an experiment")
    author.reads("It began as a promise", ours.companies[0].name)
    author.fill(measure="Uusia tilauksia", goal="3", weeks="2").press("Save the card").reads("planned")
    author.press("Start today").reads("being tried").follow("Say what came of it")
    author.fill(result="4", learned="Aamulla vastataan").tick("We keep it").press("Save", exact=True)
    author.reads("4 · We keep it", "133 % of the way to the goal")
    author.tick("The whole network").press("Save", exact=True).press("Yes, show it to them")
    author.reads("Seen by everybody in")
    with site.database():
        first = Experiment.objects.get()
    _copy_as_group(desk(sister.coordinator), sister, ours.companies[0].name)
    author.open(f"/experiments/{first.pk}/").reads("Soitan kolmelle <vanhalle>", sister.group.name)
    author.open(f"/experiments/{first.pk}/").follow("Write a text for everybody")
    author.fill(title="Puhelin toimii", text="Soitimme. Neljä tilasi.").press("Tell everybody")
    author.press("Yes, show it to them")
    editor = desk(ours.coordinator).open("/manage/stories/").press("Draft a story")
    with site.database():
        story = Story.objects.get()
    editor.open(f"/manage/stories/{story.pk}/").look().press("Ask the companies").reads("no answer yet")
    with site.database():
        letter = Message.objects.get(kind="stories.consent_asked")
    link = re.search(r"https?://\S+/y/\S+", letter.text)
    assert link is not None
    phone().open(link[0]).reads("May we name you?", "Neljä tilasi").press("Yes, this may be told").reads(
        "You said yes."
    )
    editor.open(f"/manage/stories/{story.pk}/").press("Publish the story").press(
        "Yes, show it to them"
    ).reads("published")
    stranger = desk().open("/").reads("Puhelin toimii").follow("Puhelin toimii")
    stranger.reads("Soitimme. Neljä tilasi.").does_not_read("Aamulla vastataan").look()
    with site.database():
        assert PublicText.objects.get().lineage == [first.pk]


def _copy_as_group(other: Reader, sister: GroupWorld, source: str) -> None:
    """Let the coordinator of another group copy the card as a group, with its companies, and say what it gave."""
    other.open("/experiments/").look().follow("Soitan kolmelle").follow("Try it too")
    other.page.get_by_label("Which company, in which group").select_option(
        label=f"{sister.group.name}: the group tries it together"
    )
    other.unfold("More: what it costs").tick(*(company.name for company in sister.companies))
    other.fill(what="Koko ryhmä soittaa").look().press("Save the card")
    other.reads("the group together", "Takes part:", "Who tried it too", source).look()
    other.tick("The whole network").press("Save", exact=True).press("Yes, show it to them")
    other.press("Start today").follow("Say what came of it")
    other.fill(result="7").tick("We keep it").press("Save", exact=True).reads("7")
