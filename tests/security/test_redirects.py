"""Nothing that is sent leads away from this site."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from tests.access.test_second_step import sign_in_by_code
from tests.factories import PersonFactory
from tests.security.hostile import PLACES

NAMES = ("next", "back", "to", "url", "return", "redirect", "return_to", "continue")


def leads_away(location: str) -> bool:
    parts = urlsplit(location.strip().replace("\\", "/"))
    return bool(parts.scheme not in {"", "http", "https"} or parts.netloc not in {"", "testserver"})


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
