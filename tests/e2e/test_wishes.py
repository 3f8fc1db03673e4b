"""From a wish to its answer, and from an offered talk to its speaker, as people walk it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.e2e.walking import Reader, Walks
from tests.factories import make_group, make_meeting
from tests.ideas.making import make_expert
from tests.servers import LiveSite

from ydin.meetings.models import Meeting
from ydin.outbox.models import Message

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Reader]


def test_from_a_wish_to_an_answer_and_a_speaker(
    site: LiveSite, walks: Walks, desk: Desk, phone: Desk
) -> None:
    with site.database():
        ours = make_group(members=3)
        expert = make_expert(ours)
        make_meeting(ours)
    author = phone(ours.members[0]).open("/ideas/").follow("Write an idea")
    author.fill(text="Miten <nostan> hintaa?").tick("a question to look into", "The whole network").press(
        "Save"
    )
    author.press("Yes, show it to them").reads("Miten <nostan> hintaa?", "1 company wants this")
    other = phone(ours.members[1]).open("/ideas/").press("We want this too").reads("2 companies want this")
    other.press("You want this too").reads("1 company wants this").press("We want this too")
    double = desk(ours.members[2]).open("/ideas/new/")
    double.page.locator("#id_text").press_sequentially("Miten nostan hintaa", delay=10)
    double.page.get_by_role("heading", name="One idea looks like this").wait_for()
    double.look().press("We want this too").reads("3 companies want this")
    helper = desk(expert).open("/mine/").look().follow("What is wanted where").look()
    helper.follow("Miten <nostan> hintaa?").press("I take this up").fill(text="Vähän ja usein.").look()
    helper.press("Send the answer").reads("Vähän ja usein.", "answered").look()
    author.open("/mine/").reads("What you wished for", "answered")
    helper.open("/talks/").look().follow("Offer a talk").look().fill(title="Hinta", gives="Oma hinta").tick(
        "Suomi"
    )
    helper.press("Offer it").reads("offered").look()
    with site.database():
        meeting = Meeting.objects.get(group=ours.group)
    host = desk(ours.members[0]).open(f"/meetings/{meeting.pk}/prepare/theme/").follow("1 speaker could come")
    host.unfold("Ask for this evening").fill(note="Puoli tuntia riittää").press("Send the question")
    host.reads("waits for an answer").look()
    with site.database():
        letter = Message.objects.get(kind="ideas.talk_asked")
    found = re.search(r"/talks/by/[^/\s]+/", letter.text)
    assert found is not None
    speaker = (
        phone().open(found[0]).reads("Puoli tuntia riittää").press("Yes, I come").reads("You come and speak")
    )
    assert speaker.status == 200
    walks.look_at_every_page()
