"""Offers and needs: written in one field, read by group or network, found, renewed from a letter, keyed in at the round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import make_group, make_meeting

from ydin.kernel.clock import now
from ydin.kernel.links import make_token
from ydin.meetings.models import Attendance
from ydin.partnerships.jobs import ask
from ydin.partnerships.models import Listing
from ydin.partnerships.services.listings import add_listing, change_listing

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]


def say(
    world: Any, number: int = 0, kind: str = "offer", text: str = "We design packages", **more: Any
) -> Listing:
    listing = add_listing(
        actor=world.members[number],
        group=world.group,
        enterprise=world.companies[number],
        kind=kind,
        text=text,
    )
    for name, value in more.items():
        setattr(listing, name, value)
    listing.save()
    return listing


def test_a_need_is_written_in_one_field_and_read_by_the_group(as_person: SignIn) -> None:
    world, other = make_group(), make_group()
    client = as_person(world.members[0])
    answer = client.post(
        reverse("partnerships:add", args=[world.group.pk]),
        {"text": " Somebody who paints\n fences ", "kind": "need", "enterprise": world.companies[0].pk},
        follow=True,
    )
    listing = Listing.objects.get()
    assert (listing.text, listing.kind, listing.audience) == ("Somebody who paints fences", "need", "group")
    assert "Seen by the group" in answer.content.decode()
    page = reverse("partnerships:of_group", args=[world.group.pk])
    assert "paints fences" in as_person(world.members[1]).get(page).content.decode()
    assert as_person(other.members[0]).get(page).status_code == 404
    assert "paints fences" not in as_person(world.national).get(page).content.decode()
    assert (
        client.post(
            reverse("partnerships:add", args=[world.group.pk]), {"text": "", "kind": "need"}
        ).status_code
        == 422
    )


def test_only_the_author_shows_it_to_the_network(as_person: SignIn) -> None:
    world = make_group()
    sister = make_group(network=world.network)
    listing = say(world)
    page = reverse("partnerships:of_network", args=[world.network.slug])
    assert "We design" not in as_person(sister.members[0]).get(page).content.decode()
    address = reverse("partnerships:listing", args=[listing.pk])
    sent = {"text": "We design packages", "audience": "network", "valid_until": "2026-12-31", "version": 1}
    assert as_person(world.members[1]).post(address, sent).status_code == 403
    assert as_person(sister.members[0]).post(address, sent).status_code == 404
    day = listing.valid_until.isoformat()
    assert as_person(world.members[0]).post(address, {**sent, "valid_until": day}).status_code == 303
    assert "We design" in as_person(sister.members[0]).get(page).content.decode()
    assert as_person(world.members[0]).post(address, {**sent, "valid_until": day}).status_code == 409


def test_words_are_found_in_every_language_and_kinds_apart(
    as_person: SignIn, run_jobs: Callable[..., list[str]]
) -> None:
    world = make_group()
    say(world, text="Suunnittelemme tuotepakkauksia", language="fi", read_at=None)
    say(world, 1, "need", "Kirjanpitäjä", language="fi", read_at=None)
    run_jobs("partnerships.refresh")
    client, page = as_person(world.members[2]), reverse("partnerships:of_group", args=[world.group.pk])
    text = client.get(page, {"q": "packaging"}).content.decode()
    assert "tuotepakkauksia" in text
    assert "Kirjanpitäjä" not in text
    assert "tuotepakkauksia" not in client.get(page, {"kind": "need"}).content.decode()
    assert "Nothing found" in client.get(page, {"q": "zzz"}).content.decode()


def test_it_lapses_unless_renewed_from_the_letter(
    as_person: SignIn, mails: Callable[[], list[Any]], client: Client
) -> None:
    world = make_group()
    listing = say(world)
    with time_machine.travel(now() + timedelta(days=85)):
        ask(0)
        ask(0)
        letters = mails()
        assert [letter.to_address for letter in letters] == [world.members[0].email]
        address = reverse(
            "partnerships:listing_link", args=[make_token("listing", listing.pk, world.members[0].pk)]
        )
        assert address in letters[0].text
        assert "Does this still hold?" in client.get(address).content.decode()
        before = listing.valid_until
        assert client.post(f"{address}renew/").status_code == 303
        listing.refresh_from_db()
        assert listing.valid_until == before + timedelta(days=85)
        client.post(f"{address}close/")
        page = reverse("partnerships:of_group", args=[world.group.pk])
        assert "We design" not in as_person(world.members[1]).get(page).content.decode()
    assert client.get(reverse("partnerships:listing_link", args=["x"])).status_code == 404
    stranger = make_token("listing", listing.pk, world.members[1].pk)
    assert client.get(reverse("partnerships:listing_link", args=[stranger])).status_code == 404


def test_the_round_is_keyed_in_as_it_is_spoken(as_person: SignIn) -> None:
    world = make_group(members=4)
    meeting = make_meeting(world, days=0)
    for n in (0, 1):
        Attendance.objects.create(
            meeting=meeting,
            group=world.group,
            person=world.members[n],
            enterprise=world.companies[n],
            recorded="code",
        )
    address = reverse("partnerships:round", args=[meeting.pk])
    client = as_person(world.coordinator)
    text = client.get(address).content.decode()
    assert world.companies[1].name in text
    assert world.companies[3].name not in text
    sent = {f"offer-{world.companies[1].pk}": "Hitsausta", f"need-{world.companies[0].pk}": "Sivut verkkoon"}
    assert client.post(address, sent).status_code == 303
    client.post(address, sent)
    assert {(one.text, one.kind, one.author, one.language) for one in Listing.objects.all()} == {
        ("Hitsausta", "offer", None, "fi"),
        ("Sivut verkkoon", "need", None, "fi"),
    }
    assert as_person(world.members[2]).get(address).status_code == 403
    listing = Listing.objects.get(kind="offer")
    changed = change_listing(
        actor=world.members[1],
        listing=listing,
        version=listing.version,
        text=listing.text,
        audience="network",
        valid_until=listing.valid_until,
    )
    assert changed.audience == "network"


def test_a_long_list_pages_and_asks_the_database_as_often_as_a_short_one(as_person: SignIn) -> None:
    world = make_group()
    client, page = as_person(world.members[1]), reverse("partnerships:of_group", args=[world.group.pk])
    say(world)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            client.get(page)
        counts.append(len(caught))
        for n in range(32):
            say(world, text=f"We make things of kind {n}")
    assert counts[0] == counts[1]
    assert "Page 1 of 2" in client.get(page).content.decode()
