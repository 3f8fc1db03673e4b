"""The coordinator's page of answers, and the letter of an evening that does not take place."""

from __future__ import annotations

from typing import Any

import pytest
from icalendar import Calendar
from tests.factories import make_group, make_meeting

from ydin.meetings.services.announce import cancel_meeting
from ydin.outbox.models import Message

pytestmark = pytest.mark.django_db


def test_as_many_queries_for_thirty_answers_as_for_one(
    as_person: Any, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 30):
        world = make_group(members=count)
        meeting = make_meeting(world)
        browser = as_person(world.coordinator)
        with django_assert_max_num_queries(15):
            browser.get(f"/meetings/{meeting.pk}/answers/")


def test_the_letter_of_a_cancelled_evening_clears_the_calendar_and_leads_to_the_evening() -> None:
    world = make_group(members=3)
    meeting = make_meeting(world)
    cancel_meeting(actor=world.coordinator, meeting=meeting, note="Flunssa")
    letter = Message.objects.filter(kind="meetings.cancelled").order_by("created_at")[0]
    event = Calendar.from_ical(letter.calendar).walk("VEVENT")[0]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", meeting.sequence + 1)
    assert event.walk("VALARM") == []
    assert letter.reply_to == world.coordinator.email
    assert "http://testserver/a/" in letter.text
