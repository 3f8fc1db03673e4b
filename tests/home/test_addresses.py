"""An address for each language, what search engines and shared links are told, and no cookie for visitors."""

from __future__ import annotations

import json
import re
import struct
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.calendar.makers import make_event
from tests.factories import make_group, make_meeting

from ydin.meetings.rules.states import Audience, MeetingState
from ydin.ui.share import picture

pytestmark = pytest.mark.django_db
PUBLIC = {"audience": Audience.PUBLIC}
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def page(path: str, language: str = "en") -> str:
    answer = Client(HTTP_ACCEPT_LANGUAGE=language).get(path)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def data_of(text: str) -> Any:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    return json.loads(found[1]) if found else None


def test_the_address_decides_the_language_and_goes_on_in_the_links() -> None:
    world = make_group()
    make_meeting(world, theme="Avoin ilta", **PUBLIC)
    text = page("/sv/groups/", "fi")
    assert '<html lang="sv"' in text and "Hitta en grupp" in text
    links = re.findall(r'<a [^>]*href="(/[^"]*)"', text)
    plain = [link for link in links if not re.match(r"/(fi|sv|en)/", link)]
    assert links and plain == []
    assert f'href="/sv/groups/{world.network.slug}/{world.group.slug}/"' in text
    assert re.search(r'href="/sv/calendar/meetings/\d+/"', page("/sv/calendar/", "fi"))
    assert 'href="/fi/groups/"' in text and 'href="/en/groups/"' in text  # the language chooser
    assert Client().get("/sv").headers["Location"] == "/sv/"
    assert Client().get("/de/groups/").status_code == 404


def test_a_signed_in_reader_keeps_their_own_language_and_plain_links(as_person) -> None:
    world = make_group()
    text = as_person(world.members[0]).get("/sv/groups/").content.decode()
    assert '<html lang="en"' in text
    assert f'href="/groups/{world.network.slug}/{world.group.slug}/"' in text


def test_a_form_in_a_language_leads_on_in_it_and_its_letters_carry_plain_links(mails) -> None:
    world = make_group()
    where = f"/sv/apply/{world.network.slug}/{world.group.slug}/"
    sent = {"name": "Liisa Kaura", "email": "liisa@example.org", "company": "", "message": "", "website": ""}
    answer = Client(HTTP_ACCEPT_LANGUAGE="fi").post(where, sent)
    assert answer.status_code == 303 and answer.headers["Location"] == f"{where}thanks/"
    assert "Tack" in page(f"{where}thanks/", "fi")
    told, thanked = mails()
    assert thanked.language == "sv"
    assert "/sv/" not in told.text + thanked.text


def test_canonical_and_alternate_addresses_and_open_graph() -> None:
    world = make_group(about="Kerran kuussa <kahvit>", language="fi")
    path = f"/groups/{world.network.slug}/{world.group.slug}/"
    for asked in (path, f"/en{path}?utm=1"):
        text, base = page(asked), settings.BASE_URL
        assert f'<link rel="canonical" href="{base}/en{path}">' in text
        for code in ("fi", "sv", "en"):
            assert f'<link rel="alternate" hreflang="{code}" href="{base}/{code}{path}">' in text
        assert f'<link rel="alternate" hreflang="x-default" href="{base}{path}">' in text
        assert f'<meta property="og:title" content="{world.group.name}">' in text
        assert '<meta property="og:description" content="Kerran kuussa' in text and "<kahvit>" not in text
        assert f'<meta property="og:image" content="{base}/ui/share-en.png">' in text


def test_the_picture_beside_a_link_is_drawn_once_in_each_language() -> None:
    client = Client()
    pictures = [client.get(f"/ui/share-{code}.png") for code in ("fi", "sv", "en")]
    assert len({answer.content for answer in pictures}) == 3
    for answer in pictures:
        assert struct.unpack(">8x4x4sII", answer.content[:24]) == (b"IHDR", 1200, 630)
        assert answer.headers["Cache-Control"] == "public, max-age=86400"
        assert not answer.cookies
    assert picture("fi") is picture("fi")
    assert client.get("/ui/share-de.png").status_code == 404


def test_pages_that_are_not_for_everybody_have_no_public_address(as_person) -> None:
    world = make_group()
    for path in ("/mine/", f"/manage/groups/{world.group.pk}/seats/"):
        text = as_person(world.coordinator).get(path).content.decode()
        assert 'rel="canonical"' not in text and "og:title" not in text


def test_an_open_evening_tells_search_engines_what_strangers_see(as_person) -> None:
    world = make_group()
    meeting = make_meeting(world, theme="Hinta </script><b>", **PUBLIC)
    data = data_of(page(f"/fi/calendar/meetings/{meeting.pk}/"))
    assert data["@type"] == "Event" and data["name"] == "Hinta </script><b>"
    assert data["url"] == f"{settings.BASE_URL}/fi/calendar/meetings/{meeting.pk}/"
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["location"]["address"] == {
        "@type": "PostalAddress", "addressLocality": "Ylivieska", "addressCountry": "FI"
    }  # fmt: skip
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d", data["startDate"])
    assert data["organizer"]["name"] == world.group.name
    meeting.state = MeetingState.CANCELLED
    meeting.save()
    assert data_of(page(f"/calendar/meetings/{meeting.pk}/"))["eventStatus"].endswith("EventCancelled")
    event = make_event(world.network, title="Messut", address="Torikatu 1", municipality="Oulu")
    data = data_of(page(f"/events/{event.pk}/"))
    assert data["location"]["address"]["streetAddress"] == "Torikatu 1"
    own = make_meeting(world, theme="Oma ilta", days=30)
    text = as_person(world.members[0]).get(f"/calendar/meetings/{own.pk}/").content.decode()
    assert data_of(text) is None and 'og:title" content="Oma' not in text


def test_the_sitemap_lists_what_is_public_in_each_language_and_nothing_else() -> None:
    world = make_group()
    shown = make_meeting(world, **PUBLIC)
    hidden = [
        make_meeting(world, days=20),
        make_meeting(world, days=21, state=MeetingState.DRAFT, **PUBLIC),
        make_meeting(world, days=22, audience=Audience.NETWORK),
        make_meeting(world, days=-22, **PUBLIC),
    ]
    event = make_event(world.network)
    private = make_event(world.network, audience=Audience.NETWORK)
    answer = Client().get("/sitemap.xml")
    addresses = {e.text for e in ET.fromstring(answer.content).iter(LOC)}
    base = settings.BASE_URL
    for code in ("fi", "sv", "en"):
        for path in (
            "/",
            "/groups/",
            "/calendar/",
            f"/calendar/meetings/{shown.pk}/",
            f"/events/{event.pk}/",
        ):
            assert f"{base}/{code}{path}" in addresses
    for meeting in hidden:
        assert not [a for a in addresses if a and f"/meetings/{meeting.pk}/" in a]
    assert not [a for a in addresses if a and f"/events/{private.pk}/" in a]
    visitor = Client()
    for address in addresses:
        assert visitor.get(str(address).removeprefix(base)).status_code == 200, address


def test_robots_are_told_the_way() -> None:
    text = Client().get("/robots.txt").content.decode()
    assert "Disallow: /mine/" in text and f"Sitemap: {settings.BASE_URL}/sitemap.xml" in text


def test_no_public_page_sets_a_cookie_or_touches_a_session() -> None:
    world = make_group()
    meeting = make_meeting(world, **PUBLIC)
    group = f"{world.network.slug}/{world.group.slug}"
    paths = [
        "/", "/groups/", "/groups/?lat=64.1&lon=24.5", f"/groups/{group}/", "/calendar/", "/calendar/?view=map",
        f"/calendar/meetings/{meeting.pk}/", f"/apply/{group}/", f"/apply/{group}/thanks/", "/about/",
        "/accessibility/", "/accessibility/thanks/", "/privacy/", "/sitemap.xml", "/robots.txt",
    ]  # fmt: skip
    for path in paths:
        for prefix in ("", "/sv"):
            answer = Client().get(f"{prefix}{path}")
            assert answer.status_code == 200 and not answer.cookies, path
