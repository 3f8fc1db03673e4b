"""Finding a group: by name in any language, by nearness, on a map that is our own drawing."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings
from tests.factories import NetworkFactory, RegionFactory, make_group, make_meeting

from ydin.home.rules import fold, read_point
from ydin.meetings.rules.states import Audience
from ydin.networks.models import Municipality
from ydin.networks.rules import RegionLevel
from ydin.ui.maps import LOW, Place, distance_km, draw

KOKKOLA, ROVANIEMI = (63.84, 23.13), (66.5, 25.72)


def text_of(path: str, language: str = "en") -> str:
    answer = Client(HTTP_ACCEPT_LANGUAGE=language).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def order_of(text: str) -> list[str]:
    return re.findall(r'<h2 class="small-title"><a href="[^"]*">([^<]*)', text)


def two_groups() -> None:
    network = NetworkFactory()
    coast = RegionFactory(network=network, level=RegionLevel.REGION, name_fi="Keski-Pohjanmaa", code="16")
    kokkola = RegionFactory(network=network, parent=coast, name_fi="Kokkola", name_sv="Karleby", code="162")
    inland = RegionFactory(network=network, parent=coast, name_fi="Kaustinen", code="161")
    Municipality.objects.create(
        network=network, sub_region=kokkola, code="272", name_fi="Kokkola", name_sv="Karleby"
    )
    Municipality.objects.create(
        network=network, sub_region=inland, code="924", name_fi="Veteli", name_sv="Vetil"
    )
    north, east = KOKKOLA
    make_group(network=network, region=kokkola, name="Rannikon ryhmä", latitude=north, longitude=east)
    make_group(network=network, name="Ähtärin ryhmä", latitude=ROVANIEMI[0], longitude=ROVANIEMI[1])
    make_group(network=network, name="Verkkoryhmä", kind="online", latitude=65.0, longitude=25.0)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["kokkola", "Karleby", "KARLEBY", "karle", "Rannikön"])
def test_a_place_is_found_by_its_names_and_without_dots(asked: str) -> None:
    two_groups()
    assert order_of(text_of(f"/groups/?q={asked}")) == ["Rannikon ryhmä"]
    assert order_of(text_of("/groups/?q=ahtari")) == ["Ähtärin ryhmä"]


@pytest.mark.django_db
def test_a_town_without_a_group_leads_to_those_of_its_region() -> None:
    two_groups()
    text = text_of("/groups/?q=vetil")
    assert order_of(text) == ["Rannikon ryhmä"] and "No group right in vetil" in text
    assert "No group found" in text_of("/groups/?q=olematon")


@pytest.mark.django_db
def test_the_nearest_come_first_with_their_distance_and_nothing_is_kept() -> None:
    two_groups()
    text = text_of("/groups/?lat=66.4&lon=25.8")
    assert order_of(text) == ["Ähtärin ryhmä", "Rannikon ryhmä", "Verkkoryhmä"]
    assert re.findall(r"about (\d+) km", text) == ["12", "311"]
    for bad in ("lat=x&lon=1", "lat=nan&lon=1", "lat=91&lon=0", "lat=1e400&lon=0", "lat=64"):
        assert len(order_of(text_of(f"/groups/?{bad}"))) == 3


@pytest.mark.django_db
def test_the_map_says_what_the_list_says_and_asks_nobody() -> None:
    two_groups()
    text = text_of("/groups/")
    marks = re.findall(r'class="map-dot [^"]*" href="([^"]*)" aria-label="(\d)\. ([^"]*)"', text)
    assert [name for _url, _mark, name in marks] == ["Rannikon ryhmä", "Ähtärin ryhmä"]
    assert "1 group is in the list only" in text
    assert not re.search(r'(src|href)="(https?:)?//(?!testserver)[^"]*\.(js|css|png|svg)', text)
    assert "leaflet" not in text and text.count("<script") == 1


@pytest.mark.django_db
@override_settings(MAP_TILES="https://kartta.example/{z}/{x}/{y}.png", MAP_ATTRIBUTION="© Kartta")
def test_with_a_tile_server_that_host_alone_may_send_pictures() -> None:
    two_groups()
    answer = Client().get("/groups/")
    policy = answer.headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://kartta.example;" in policy
    assert "script-src 'self'; style-src 'self';" in policy
    text = answer.content.decode()
    assert "leaflet.js" in text and "leaflet.css" in text and 'id="map-tiles"' in text
    assert "kartta.example" not in Client().get("/about/").headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_calendars_map_counts_evenings_at_the_groups_own_point() -> None:
    world = make_group(name="Rannikon ryhmä", latitude=KOKKOLA[0], longitude=KOKKOLA[1], slug="ranta")
    for days in (3, 4):
        make_meeting(world, days=days, latitude=63.1, longitude=22.2, audience=Audience.PUBLIC)
    make_meeting(world, days=5)
    text = text_of("/calendar/?view=map")
    assert "Rannikon ryhmä: 2 evenings" in text and 'href="/calendar/?group=ranta"' in text
    assert "63.1" not in text
    month = text_of("/calendar/?view=month")
    assert 'class="month-grid"' in month


def test_points_are_rounded_and_folding_is_one_for_one() -> None:
    assert read_point("64.0712", "24.5598") == (64.1, 24.6)
    assert read_point("", "") is None
    assert fold("Åbo ÄHTÄRI") == "abo ahtari"


@pytest.mark.parametrize("country", ["FI", "NO", "EE", "FR", "US", "XX"])
def test_any_country_is_drawn_or_left_out(country: str) -> None:
    drawn = draw([], [country])
    assert bool(drawn.land) == (country != "XX") and len(drawn.land) < 40_000


def test_circles_keep_apart_and_inside() -> None:
    places = [Place(64.07, 24.55, f"Ryhmä {n}", "#", str(n)) for n in range(12)]
    drawn = draw(places, ["FI"], height=LOW)
    at = [(float(d.x), float(d.y)) for d in drawn.dots]
    gaps = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for i, a in enumerate(at) for b in at[:i]]
    assert min(gaps) >= 24
    assert all(10 < x < drawn.width - 10 and 10 < y < LOW - 10 for x, y in at)
    assert abs(distance_km(KOKKOLA, ROVANIEMI) - 321) < 5
    assert len(draw(places * 10, ["FI"]).dots) == 120
