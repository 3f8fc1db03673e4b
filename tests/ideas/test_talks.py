"""A speaker's own talk, from a draft to the list and off it again."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import make_group
from tests.ideas.making import make_expert

from ydin.ideas.rules.talks import Offer
from ydin.ideas.services.talks import write_talk

pytestmark = pytest.mark.django_db


def test_offering_a_draft_says_first_who_reads_it_and_is_the_speakers_alone(as_person) -> None:
    world, other = make_group(), make_group()
    expert, stranger = make_expert(world), make_expert(other)
    offer = Offer("Hinta", "Oma hinta", languages=["fi"])
    talk = write_talk(actor=expert, network=world.network, offer=offer)
    put, off = (reverse(f"ideas:{name}", args=[talk.pk]) for name in ("offer_talk", "withdraw_talk"))

    for person in (stranger, world.members[0], world.coordinator):
        assert as_person(person).post(put, {"seen_as": "offered"}).status_code == 404
    assert Client().post(put, {"seen_as": "offered"}).status_code == 302
    speaker = as_person(expert)
    assert speaker.get(put).status_code == 405
    asked = speaker.post(put)
    assert (asked.status_code, "Who will read it?" in asked.content.decode()) == (200, True)
    talk.refresh_from_db()
    assert talk.state == "draft"

    assert speaker.post(put, {"seen_as": "offered"}).status_code == 303
    talk.refresh_from_db()
    assert talk.state == "offered"
    assert as_person(stranger).post(off).status_code == 404
    assert speaker.post(off).status_code == 303
    talk.refresh_from_db()
    assert talk.state == "withdrawn"
