"""The front, the list of groups and a group's page, for strangers and for those inside."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import (
    EnterpriseFactory,
    GroupFactory,
    NetworkFactory,
    RegionFactory,
    make_group,
    make_meeting,
    make_season,
    make_turn,
)

from ydin.groups.models import Seat
from ydin.meetings.models import Memo, Promise
from ydin.meetings.rules.states import Audience, MeetingState
from ydin.networks.models import Municipality
from ydin.networks.rules import RegionLevel

pytestmark = pytest.mark.django_db
PUBLIC = {"audience": Audience.PUBLIC}


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        text_of(client, url)
    return len(
        [
            q
            for q in asked
            if q["sql"].upper().startswith(("SELECT", "(SELECT", "WITH", "UPDATE", "INSERT"))
            and "set_config" not in q["sql"]
        ]
    )


def url_of(world) -> str:
    return f"/groups/{world.network.slug}/{world.group.slug}/"


def test_an_empty_installation_has_a_front(as_person) -> None:
    page = text_of(as_person(None), "/")
    assert "An evening a month among entrepreneurs" in page and "No open evening just now" in page
    assert "No group found" in text_of(as_person(None), "/groups/")


def test_the_front_shows_open_evenings_and_a_year_and_nothing_hidden(as_person) -> None:
    world = make_group()
    make_meeting(world, theme="Avoin ilta", **PUBLIC)
    secret = EnterpriseFactory(network=world.network, name="Salainen Isäntä")
    make_meeting(world, theme="Oma ilta", host=secret, days=45)
    for client in (as_person(None), as_person(world.members[0])):
        page = text_of(client, "/")
        assert "Avoin ilta" in page and world.network.name in page and 'class="ring"' in page
        assert "Oma ilta" not in page and "Salainen" not in page


def test_several_networks_have_one_front(as_person) -> None:
    make_group()
    other = make_group()
    page = text_of(as_person(None), "/")
    assert "Growth networks of small companies" in page and other.network.name not in page
    assert "2 groups" in page


def test_front_and_lists_ask_as_often_at_30_rows_as_at_one(as_person) -> None:
    world = make_group(region=None)
    make_meeting(world, **PUBLIC)
    client = as_person(None)
    urls = ("/", "/groups/", "/groups/?q=yli")
    first = [queries_of(client, url) for url in urls]
    for number in range(29):
        group = GroupFactory(network=world.network, organisation=world.group.organisation)
        Seat.objects.create(group=group, enterprise=world.companies[0], starts_on="2020-01-01")
        make_meeting(world, days=number + 1, **PUBLIC)
    assert [queries_of(client, url) for url in urls] == first
    assert max(first) <= 14


def test_groups_are_found_by_name_region_and_municipality(as_person) -> None:
    network = NetworkFactory()
    region = RegionFactory(
        network=network, level=RegionLevel.REGION, name_fi="Lappi", name_sv="Lappland", code="19"
    )
    sub = RegionFactory(network=network, parent=region, name_fi="Kemi-Tornion seutukunta", code="192")
    Municipality.objects.create(network=network, sub_region=sub, code="241", name_fi="Keminmaa")
    make_group(network=network, region=sub, name="Meri-Lapin ydinryhmä")
    make_group(network=network, name="Kuopion ydinryhmä")
    client = as_person(None)
    for query in ("q=keminmaa", "q=meri-lapin", "q=kemi-tornio", "region=lappi", "q=KEMIN&region=lappi"):
        page = text_of(client, f"/groups/?{query}")
        assert "Meri-Lapin" in page and "Kuopion ydinryhmä" not in page, query
    for query in ("q=%25", "q='", "q=%00", "q=" + "x" * 500, "page=999", "page=x"):
        text_of(client, f"/groups/?{query}")
    assert "No group found" in text_of(client, "/groups/?q=olematon")
    assert "Lappland" in Client(HTTP_ACCEPT_LANGUAGE="sv").get("/groups/").content.decode()


def test_a_stranger_reads_the_public_part_of_a_group_only(as_person) -> None:
    world = make_group(about="Tule <b>mukaan</b>")
    meeting = make_meeting(world, days=-20, theme="Mennyt aihe", state=MeetingState.HELD)
    Memo.objects.create(meeting=meeting, group=world.group, discussed="salaista")
    Promise.objects.create(
        meeting=meeting, group=world.group, enterprise=world.companies[0], what="Soitan pankkiin"
    )
    make_meeting(world, theme="Avoin ilta", days=30, **PUBLIC)
    other = make_group()
    for person in (None, other.members[0], other.coordinator, other.national):
        page = text_of(as_person(person), url_of(world))
        assert (
            "Tule &lt;b&gt;mukaan" in page
            and "Avoin ilta" in page
            and (person or "Kaisa Koordinaattori" not in page)
        )
        assert "3 companies" in page
        for hidden in ("Mennyt aihe", "salaista", "pankkiin", world.companies[1].name, "Memos"):
            assert hidden not in page
    assert as_person(None).get(f"/groups/{world.network.slug}/ei-ole/").status_code == 404
    assert as_person(None).get(f"/groups/{other.network.slug}/{world.group.slug}/").status_code == 404


def test_those_inside_find_companies_memos_and_promises(as_person) -> None:
    world = make_group()
    meeting = make_meeting(world, days=-20, theme="Mennyt aihe", state=MeetingState.HELD)
    Memo.objects.create(meeting=meeting, group=world.group, discussed="salaista")
    Promise.objects.create(
        meeting=meeting, group=world.group, enterprise=world.companies[0], what="Soitan pankkiin"
    )
    make_meeting(world, theme="Seuraava aihe")
    for person in (world.members[0], world.coordinator):
        page = text_of(as_person(person), url_of(world))
        for shown in ("Mennyt aihe", "Soitan pankkiin", "Seuraava aihe", world.companies[2].name):
            assert shown in page
    page = text_of(as_person(world.national), url_of(world))
    assert world.companies[2].name in page
    assert "pankkiin" not in page and "Mennyt aihe" not in page and "Memos" not in page


def test_a_group_page_asks_as_often_with_30_of_each(as_person) -> None:
    world = make_group(members=1)
    season = make_season(world)

    def grow(count: int) -> None:
        for number in range(count):
            meeting = make_meeting(world, days=-number - 5, state=MeetingState.HELD, invited=False)
            Memo.objects.create(meeting=meeting, group=world.group)
            Promise.objects.create(
                meeting=meeting, group=world.group, enterprise=world.companies[0], what="x"
            )
            company = EnterpriseFactory(network=world.network)
            Seat.objects.create(group=world.group, enterprise=company, starts_on="2020-01-01")

    make_turn(season, world.companies[0], season.months[0], state="accepted")
    grow(1)
    clients = [as_person(p) for p in (None, world.members[0], world.coordinator)]
    for client in clients:
        client.get(url_of(world))  # what is kept for half a minute is asked before counting
    first = [queries_of(c, url_of(world)) for c in clients]
    grow(29)
    assert [queries_of(c, url_of(world)) for c in clients] == first
    assert max(first) <= 21  # two of them say who reads it, two whether the ground rules were promised


def test_the_menu_follows_the_reader(as_person) -> None:
    world = make_group()
    assert "/mine/" not in text_of(as_person(None), "/about/")
    member = text_of(as_person(world.members[0]), "/about/")
    assert 'href="/mine/"' in member and "/mine/groups/" not in member
    assert 'href="/mine/groups/"' in text_of(as_person(world.coordinator), "/about/")
    national = text_of(as_person(world.national), "/about/")
    assert 'href="/mine/network/"' in national and "/mine/groups/" not in national


@pytest.mark.parametrize("path", ["/about/", "/accessibility/", "/privacy/", "/", "/groups/", "/calendar/"])
def test_pages_are_whole_in_three_languages(path: str) -> None:
    network = NetworkFactory(contact_email="verkosto@example.org")
    pages = {}
    for language in ("fi", "sv", "en"):
        answer = Client(HTTP_ACCEPT_LANGUAGE=language).get(path)
        pages[language] = answer.content.decode()
        assert (
            answer.headers["Content-Language"] == language and f'<html lang="{language}"' in pages[language]
        )
        if path in {"/about/", "/accessibility/", "/privacy/"}:
            assert f"mailto:{network.contact_email}" in pages[language]
    assert len(set(pages.values())) == 3


def test_the_year_of_a_group_shows_no_host_to_strangers(as_person) -> None:
    world = make_group()
    season = make_season(world)
    make_turn(season, world.companies[1], season.months[0], state="accepted")
    make_meeting(world, theme="Oma", days=2, host=world.companies[2])
    page = text_of(as_person(None), url_of(world))
    assert world.companies[1].name not in page and world.companies[2].name not in page
    page = text_of(as_person(world.coordinator), url_of(world))
    assert world.companies[2].name in page


def test_next_open_evening_is_the_first_that_is_still_to_come(as_person) -> None:
    world = make_group()
    make_meeting(world, theme="Mennyt avoin", days=-3, **PUBLIC)
    make_meeting(world, theme="Peruttu avoin", days=3, state=MeetingState.CANCELLED, **PUBLIC)
    meeting = make_meeting(world, theme="Tuleva avoin", days=9, **PUBLIC)
    page = text_of(as_person(None), url_of(world))
    assert "Tuleva avoin" in page and "Mennyt avoin" not in page and "Peruttu avoin" not in page
    assert meeting.ends_at - meeting.starts_at == timedelta(hours=2, minutes=30)
