"""Personal links of letters: what was altered, is somebody else's or too old leads nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.permissions.world import World, build_world

from ydin.kernel.clock import now
from ydin.kernel.links import LIFETIMES, make_token
from ydin.partnerships.models import Collaboration, Introduction, Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def links_of(world: World) -> dict[str, tuple[str, int]]:
    """Return purpose and id by the beginning of the address."""
    return {
        "a": ("answer", world.meeting.pk),
        "e": ("experiment", world.experiment.pk),
        "y": ("story", world.story.consents.get().pk),
        "o": ("listing", world.ours.companies[1].listings.get().pk),
        "o/g": ("market", world.ours.group.pk),
        "o/s": ("suggestion", Suggestion.objects.get().pk),
        "i": ("introduction", Introduction.objects.get().pk),
        "k": ("collaboration", Collaboration.objects.get().pk),
    }


def test_only_the_link_as_it_was_sent_opens(world: World) -> None:
    client, member, stranger = Client(), world.ours.members[1], world.roles["other network"]
    assert stranger is not None
    for place, (purpose, pk) in links_of(world).items():
        good = make_token(purpose, pk, member.pk)
        assert client.get(f"/{place}/{good}/").status_code == 200, place
        bad = {
            "altered": good[:-1] + ("A" if good[-1] != "A" else "B"),
            "of another purpose": make_token("unsubscribe", pk, member.pk),
            "of a thing that is not there": make_token(purpose, 999_999, member.pk),
            "of nobody": make_token(purpose, pk, 999_999),
            "of somebody whom it does not concern": make_token(purpose, pk, stranger.pk),
        }
        for what, token in bad.items():
            page = client.get(f"/{place}/{token}/")
            assert page.status_code == 404, f"/{place}/: {what}"
            assert "people/bad_link.html" in [template.name for template in page.templates]


def test_a_link_runs_out_unless_its_own_row_ends_it(world: World) -> None:
    for place, (purpose, pk) in links_of(world).items():
        lifetime = LIFETIMES[purpose]
        if lifetime is None:
            continue
        token = make_token(purpose, pk, world.ours.members[1].pk)
        with time_machine.travel(now() + lifetime + timedelta(days=2), tick=False):
            assert Client().get(f"/{place}/{token}/").status_code == 404, place
