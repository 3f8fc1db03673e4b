"""Offers and needs: written in one field, read by group or network, found, renewed from a letter, keyed in at the round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests.factories import make_group, make_meeting

from ydin.home.documents.digest import digest_of
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.kernel.links import make_token
from ydin.meetings.models import Attendance
from ydin.partnerships.jobs import after_round, ask
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
    author, sent = as_person(world.members[0]), {**sent, "valid_until": day}
    assert "Who will read it?" in author.post(address, sent).content.decode()
    again = author.post(address, {**sent, "unsure": "yes"})
    assert (again.status_code, "We design" in again.content.decode()) == (200, True)
    listing.refresh_from_db()
    assert listing.audience == "group"
    assert as_person(world.coordinator).post(address, {**sent, "seen_as": "network"}).status_code in {
        403,
        404,
    }
    assert author.post(address, {**sent, "seen_as": "network"}).status_code == 303
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
    for n in (1, 0):
        Attendance.objects.create(
            meeting=meeting,
            group=world.group,
            person=world.members[n],
            enterprise=world.companies[n],
            recorded="code",
        )
    address = reverse("partnerships:round", args=[meeting.pk])
    client = as_person(world.coordinator)
    text = client.get(address).content.decode().partition("<table")[2]
    assert text.index(world.companies[1].name) < text.index(world.companies[0].name)
    assert text.index("not ticked as being here") < text.index(world.companies[3].name)
    sent = {f"offer-{world.companies[1].pk}": "Hitsausta", f"need-{world.companies[0].pk}": "Sivut verkkoon"}
    answer = client.post(address, sent)
    assert answer.url == f"{address}?next={world.companies[2].pk}"
    assert "autofocus" in client.get(answer.url).content.decode()
    row = client.post(
        address, {f"offer-{world.companies[1].pk}": "hitsausta"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert f'id="known-{world.companies[1].pk}"' in row
    assert ("Hitsausta" in row, "Sivut verkkoon" in row, row.count("<input")) == (True, False, 1)
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


def test_a_first_listing_is_made_from_the_letter_after_the_evening(
    as_person: SignIn, mails: Callable[[], list[Any]], client: Client
) -> None:
    world = make_group(members=4)
    meeting = make_meeting(world, days=0)
    for person in (world.members[0], world.members[1]):
        Attendance.objects.create(meeting=meeting, group=world.group, person=person, recorded="code")
    say(world, 1, text="Hitsausta verstaalla")
    with time_machine.travel(meeting.ends_at + timedelta(hours=10)):
        Listing.objects.update(created_at=meeting.starts_at + timedelta(hours=1))
        after_round(0)
        after_round(0)
        letters = {letter.to_address: letter for letter in mails()}
        assert set(letters) == {world.members[0].email, world.members[1].email}
        assert "Hitsausta verstaalla" in letters[world.members[1].email].text
        desk = reverse("partnerships:desk", args=[make_token("market", world.group.pk, world.members[0].pk)])
        assert desk in letters[world.members[0].email].text
        assert "Hitsausta verstaalla" in client.get(desk).content.decode()
        sent = {"text": "Somebody who paints", "kind": "need", "enterprise": world.companies[0].pk}
        assert client.post(f"{desk}add/", {**sent, "text": ""}).status_code == 422
        assert client.post(f"{desk}add/", sent).status_code == 303
        assert "Somebody who paints" in client.get(desk).content.decode()
        listing = Listing.objects.get(kind="need")
        link = reverse(
            "partnerships:listing_link_change",
            args=[make_token("listing", listing.pk, world.members[0].pk)],
        )
        assert link in client.get(desk).content.decode()
        changed = {
            "text": "Somebody who paints fences",
            "audience": "network",
            "valid_until": listing.valid_until.isoformat(),
            "welcomes_rivals": "on",
            "version": listing.version,
        }
        assert "Who will read it?" in client.post(link, changed).content.decode()
        changed["seen_as"] = "network"
        assert client.post(link, {**changed, "text": ""}).status_code == 422
        assert client.post(link, changed).status_code == 303
        assert client.post(link, changed).status_code == 409
        listing.refresh_from_db()
        assert (listing.text, listing.audience, listing.welcomes_rivals) == (
            "Somebody who paints fences", "network", True,
        )  # fmt: skip
        together = {
            "one": world.companies[0].pk, "other": world.companies[1].pk, "kind": "sales",
            "began_on": meeting.starts_at.date().isoformat(), "told": "pair", "band": "unknown",
        }  # fmt: skip
        assert client.get(f"{desk}together/").status_code == 200
        assert client.post(f"{desk}together/", together).status_code == 303
        assert client.get(f"{desk}introduce/").status_code == 200
    stranger = make_token("market", world.group.pk, make_group().members[0].pk)
    assert client.get(reverse("partnerships:desk", args=[stranger])).status_code == 404


def test_the_gathered_letter_leads_to_the_desk_without_telling_what_was_said(as_person: SignIn) -> None:
    world = make_group()
    say(world, 1, text="Secret welding")
    with acting_as(world.members[0].pk), translation.override("en"):
        moment = now() + timedelta(minutes=1)
        sections = digest_of(
            world.members[0],
            moment - timedelta(days=2),
            moment,
            with_news=True,
            with_experiments=False,
        )
    item = next(one for one in sections if one.title == "Offers and needs").items[0]
    assert item.words == "1 new from others"
    assert "/o/g/" in item.url
    assert "Secret" not in str(sections)


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


def test_one_s_own_page_and_the_desk_page_and_cost_the_same_queries(
    as_person: SignIn, client: Client
) -> None:
    world = make_group()
    member, desk = world.members[0], make_token("market", world.group.pk, world.members[0].pk)
    pages = {
        reverse("partnerships:market"): as_person(member),
        reverse("partnerships:desk", args=[desk]): client,
    }
    asked: dict[str, list[list[str]]] = {page: [] for page in pages}
    for several in (2, 30):
        for n in range(several):
            say(world, text=f"We make things of kind {several}-{n}")
            say(world, 1, text=f"They make things of kind {several}-{n}")
        for page, reader in pages.items():
            with CaptureQueriesContext(connection) as caught:
                reader.get(page)
            reads = [one["sql"][:80] for one in caught.captured_queries]
            asked[page].append([sql for sql in reads if "partnerships_" in sql or "groups_" in sql])
    for page, reader in pages.items():
        assert len(asked[page][0]) == len(asked[page][1]), Counter(asked[page][1]) - Counter(asked[page][0])
        assert "Page 1 of " in reader.get(page).content.decode()
        assert (
            "things of kind 2-0<" in reader.get(page, {"page": 4 if reader is client else 2}).content.decode()
        )
