"""Nothing that is sent leads away from this site."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from tests.access.test_second_step import sign_in_by_code
from tests.factories import PersonFactory
from tests.permissions.world import World
from tests.security.hostile import PLACES
from tests.security.places import ask, places

NAMES = ("next", "back", "to", "url", "return", "redirect", "return_to", "continue")


def leads_away(location: str) -> bool:
    parts = urlsplit(location.strip().replace("\\", "/"))
    return bool(parts.scheme not in {"", "http", "https"} or parts.netloc not in {"", "testserver"})


def test_no_address_leads_away(world: World, readers: dict[str, Client]) -> None:
    faults = []
    for number, (route, address) in enumerate(places(world).items()):
        data = dict.fromkeys(NAMES, PLACES[number % len(PLACES)])
        for role, method in (("nobody", "get"), ("host", "get"), ("host", "post"), ("coordinator", "post")):
            _status, text, answer = ask(readers[role], method, address, data)
            location = answer.headers.get("Location", "")
            if leads_away(location):
                faults.append(f"{role} {method} /{route}: {location}")
            if re.search(r"(?:href|action)=\"(?:\\|//|https?:|javascript:|data:|ftp:)[^\"]*evil", text):
                faults.append(f"{role} {method} /{route}: a link away stands in the page")
    assert not faults, "\n".join(faults)


@pytest.mark.django_db
@pytest.mark.parametrize("place", PLACES)
def test_changing_the_language_stays_here(place: str) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    chosen = client.post(reverse("set-language"), {"language": "sv", "next": place})
    assert not leads_away(chosen.headers["Location"])


@pytest.mark.django_db
@pytest.mark.parametrize("place", PLACES[:8])
def test_after_signing_in_one_is_still_here(place: str) -> None:
    person, client = PersonFactory(), Client()
    client.post(reverse("account_request_login_code"), {"email": person.email, "next": place})
    location = sign_in_by_code(client, person)
    assert not leads_away(location)
