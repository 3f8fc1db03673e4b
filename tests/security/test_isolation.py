"""Two networks: nobody of the one, coordinators least of all, opens or changes anything by an id of the other."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse
from tests.factories import make_group, make_meeting
from tests.permissions.world import World
from tests.security.places import ask, fields, names_read, places, plausible

from ydin.audit.models import Entry
from ydin.outbox.models import Message

ID = re.compile(r"<(?:int|uuid):|<pk>|<slug:(slug|network|key)>")
OPEN_TO_ALL = re.compile(
    r"^\^?(groups/|apply/|feeds/|fi/|sv/|en/|accounts/|demo/|ui/|outbox/|calendar/$|c/|language/|static/|tried/)"
)
"""Public pages (crawled by test_crawl), what is signed in with, and what exists in a demo only."""
STRANGERS = ("its national", "other network")


def inside(route: str) -> bool:
    return bool(ID.search(route)) and not OPEN_TO_ALL.match(route) and "token" not in route


def test_ids_of_another_network_do_not_exist(world: World, readers: dict[str, Client]) -> None:
    known = fields()
    data = {n: plausible(n, known.get(n), "Kuura") for n in sorted({*known, *names_read()})}
    faults, asked = [], 0
    for route, address in places(world).items():
        if not inside(route):
            continue
        for role in STRANGERS:
            for method, sent in (("get", {}), ("post", data)):
                written = (Entry.objects.count(), Message.objects.count())
                status, _text, _answer = ask(readers[role], method, address, sent)
                asked += 1
                if status not in {404, 405} and status != ask(readers["no role"], method, address, sent)[0]:
                    faults.append(f"{role} {method} /{route}: {status}")
                if (Entry.objects.count(), Message.objects.count()) != written:
                    faults.append(f"{role} {method} /{route}: something was written")
    assert not faults, "\n".join(faults)
    assert asked > 200, "the walk is too short to prove anything"


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
            assert theirs.companies[1].name not in text and theirs.members[1].name not in text, address
