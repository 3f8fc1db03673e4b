"""What is somebody else's and what never was are the same to a stranger: the words, the headers and the work.

Strangers here: nobody, and the coordinator of another network, who may do everything in their own. Each address
with an id is asked with the ids of our network and with ids that nothing has, by looking and by sending what its
form would take. A clock would measure this machine; what takes time is counted instead: the statements, and how
long the answer is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.factories import make_group, make_meeting
from tests.permissions.world import World
from tests.security import places as spots
from tests.security.places import ask, fields, names_read, plausible, routes

from ydin.experiments.models import Experiment
from ydin.groups.models import Application
from ydin.home.models import Feedback
from ydin.kernel.clock import now
from ydin.meetings.models import Promise
from ydin.partnerships.models import Listing
from ydin.privacy.models import Correction
from ydin.stories.models import Story

STRANGERS = (("nobody", ("get",)), ("its national", ("get", "post")))
ID = re.compile(r"<(?:int|uuid):\w+>|<pk>|<slug:key>|\[0-9")
OWN_RIGHT = re.compile(
    r"token|<(?:\w+:)?code>|^\^?(tried/|manage/stories/texts/|accounts/|demo/|ui/|outbox/|calendar/<year>|stories/<int)"
)
"""Addresses that carry their right in themselves, that everybody reads, or that exist in a demo only."""
ABSENT, ABSENT_UUID = 987_654_321, UUID("3c0f5f0e-8f5b-4d0e-9c5e-0c1b8f1e2a3d")
OPENED, ONLY_SENT_TO = 200, 405
REFUSED = {302, 401, 403, 404}
"""To the page of signing in, a calendar program's password, no right to any such thing, not there."""
VERB = re.compile(r"^\s*(\w+)|\b(?:from|into|update|join)\s+\"?(\w+)", re.IGNORECASE)
WRITES = re.compile(r"^\s*(insert into|update|delete from) \"?(\w+)", re.IGNORECASE)
COUNTED = {"kernel_throttle", "kernel_cache", "access_session"}
ALIKE = (
    "Content-Type",
    "Cache-Control",
    "Location",
    "Vary",
    "Content-Language",
    "Content-Disposition",
    "ETag",
    "Last-Modified",
)


def absent(value: object) -> object:
    """Return an id of the same kind that nothing has."""
    if isinstance(value, UUID):
        return ABSENT_UUID
    if isinstance(value, int):
        return ABSENT
    return f"{value[0]}{ABSENT}" if isinstance(value, str) and re.fullmatch(r"[a-z]\d+", value) else value


def pairs(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str, str]]:
    """Yield each route with an id, its address with ours, and the same with ids that nothing has."""
    real = spots._values
    for route in sorted(set(routes())):
        if not ID.search(route) or OWN_RIGHT.search(route):
            continue
        there = spots.filled(route, world)
        with monkeypatch.context() as patched:
            patched.setattr(spots, "_values", lambda r, w: {k: absent(v) for k, v in real(r, w).items()})
            gone = spots.filled(route, world)
        if gone != there:
            yield route, there, gone


def plain(text: str, address: str) -> str:
    """Return a page without what differs at each request: the token of its forms, its own address, a feed's clock."""
    text = text.replace(address, "HERE").replace(address.replace("/", "%2F"), "HERE")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|<updated>[^<]*</updated>', "", text)


def told(client: Client, method: str, address: str, data: str) -> tuple[dict[str, Any], set[str]]:
    """Ask once; return all that a stranger could learn from the answer, and the tables that were written to."""
    work: list[str] = []
    wrote: set[str] = set()

    def note(execute: Any, sql: str, *more: Any) -> Any:
        work.append(" ".join(verb or table for verb, table in VERB.findall(sql)))
        if found := WRITES.match(sql):
            wrote.add(found[2])
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        status, text, answer = ask(client, method, address, data if method == "post" else None)
    page = plain(text, address)
    headers = {
        k: "there is one" if k in {"ETag", "Last-Modified"} else answer.headers[k].replace(address, "HERE")
        for k in ALIKE
        if k in answer.headers
    }
    return {
        "status": status,
        "length": len(page),
        "page": page,
        "headers": headers,
        "work": work,
    }, wrote - COUNTED


def differing(one: Any, other: Any) -> str:
    """Return two things from where they differ."""
    if not isinstance(one, str | list):
        return f"{one!r:.200} is not {other!r:.200}"
    same = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f"from {same}: {one[same:][:150]!r:.400} is not {other[same:][:150]!r:.400}"


def test_what_is_hidden_is_as_what_never_was(
    world: World, readers: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = urlencode({"version": 1, "name": "Kuura", "state": "member", "answer": "coming"})
    for role, _methods in STRANGERS:
        told(readers[role], "get", "/about/", "")  # what is kept for half a minute is asked before
    faults, compared = [], 0
    for route, there, gone in pairs(world, monkeypatch):
        for role, methods in STRANGERS:
            for method in methods:
                first, wrote = told(readers[role], method, there, data)
                if first["status"] == ONLY_SENT_TO:
                    continue
                second, _nothing = told(readers[role], method, gone, data)
                if first != second:  # what is kept for half a minute may have run out between the two
                    first, wrote = told(readers[role], method, there, data)
                    second, _nothing = told(readers[role], method, gone, data)
                compared += 1
                where = f"{role} {method} /{route}"
                faults += [
                    f"{where}: {what} {differing(first[what], second[what])}"
                    for what in first
                    if first[what] != second[what]
                ]
                faults += [f"{where}: writes {table}" for table in sorted(wrote)]
                if first["status"] not in REFUSED:
                    faults.append(f"{where}: {first['status']}")
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults[:60])
    assert compared > 250, f"the walk is too short to prove anything: {compared}"


def test_own_place_with_an_id_of_another_network_does_not_exist(
    world: World, readers: dict[str, Client]
) -> None:
    """A coordinator inside their own group or meeting, with seats, people and turns of the other network."""
    theirs = world.ours
    own = make_group(members=2)
    for person, role in ((own.coordinator, "coordinator"), (own.national, "national")):
        client = Client(HTTP_ACCEPT_LANGUAGE="en", raise_request_exception=False)
        client.force_login(person)
        meeting = make_meeting(own)
        addresses = [
            reverse("groups:seat_change", args=[own.group.pk, theirs.seats[1].pk]),
            reverse("groups:seat_undo", args=[own.group.pk, theirs.seats[1].pk]),
            reverse("groups:coordinator_end", args=[own.group.pk, theirs.group.coordinators.get().pk]),
            reverse("groups:accept", args=[own.group.pk, world.application.pk]),
            reverse("groups:decline", args=[own.group.pk, world.application.pk]),
            f"/meetings/{meeting.pk}/evening/rows/p{theirs.members[1].pk}/here/",
            f"/meetings/{meeting.pk}/answers/{theirs.members[1].pk}/",
            f"/networks/{own.network.slug}/organisations/{theirs.group.organisation.pk}/",
            f"/networks/{own.network.slug}/coordinators/{theirs.network.role_assignments.get(person=theirs.national).pk}/end/",
        ]
        known = fields()
        data = {n: plausible(n, known.get(n), "Kuura") for n in sorted({*known, *names_read()})} | {
            "state": "member"
        }
        for address in addresses:
            status, text, _answer = ask(client, "post", address, data)
            assert status in {404, 403, 422}, f"{role} {address}: {status}"
            for name in (theirs.companies[1].name, theirs.members[1].name):
                assert not re.search(rf"{re.escape(name)}(?!\d)", text), f"{address}: {name}"


def one_more_of_everything(world: World) -> None:
    """Add to our group what neither strangers nor another group of the network may know of.

    No evening: how many a group has held, its public page tells everybody.
    """
    ours = world.ours
    Promise.objects.create(meeting=world.held, group=ours.group, enterprise=ours.companies[1], what="MORE")
    make_meeting(ours, days=40, state="draft", theme="MORE")
    whose = {"network": ours.network, "enterprise": ours.companies[1], "group": ours.group}
    for audience in ("own", "group"):
        Experiment.objects.create(**whose, kind="sales", what="MORE", weeks=4, audience=audience)
    soon = now().date() + timedelta(days=30)
    Listing.objects.create(**whose, kind="offer", language="en", text="MORE", valid_until=soon)
    Story.objects.create(network=ours.network, titles={"en": "MORE"}, texts={"en": "MORE"}, state="asked")
    Application.objects.create(group=ours.group, name="MORE", email="m@example.org", language="en")
    Feedback.objects.create(network=ours.network, message="MORE", language="en", due_on=soon)
    Correction.objects.create(network=ours.network, person=ours.members[1], message="MORE")


def test_one_more_hidden_thing_changes_no_list_and_no_count(world: World, readers: dict[str, Client]) -> None:
    """Lists, feeds, searches, sitemaps and the numbers on them, as nobody and from another group of the network."""
    asked = sorted(
        {
            address
            for route, address in spots.places(world).items()
            if not re.search("int:|uuid:|token|code", route)
        }
    )
    asked = [one for one in asked if not one.startswith(("/ui/", "/demo/", "/outbox/", "/accounts/", "/me/"))]
    asked += [f"{one}?q=more" for one in ("/groups/", "/calendar/")]
    before: dict[tuple[str, str], dict[str, Any]] = {}
    for turn in range(3):  # the first time, what is kept for half a minute is asked
        for role in ("nobody", "other group"):
            for address in asked if turn == 0 else [a for r, a in list(before) if r == role]:
                answer, _wrote = told(readers[role], "get", address, "")
                if turn < 2 and answer["status"] == OPENED:
                    before[role, address] = answer
                elif turn == 2:
                    was = before[role, address]
                    changed = [what for what in was if was[what] != answer[what]]
                    assert not changed, f"{role} at {address}: {changed}"
        if turn == 1:
            one_more_of_everything(world)
    assert len(before) > 50, sorted(before)
