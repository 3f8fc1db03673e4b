"""The pages around the evenings: front, lists, own pages, settings, and how the site refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.e2e.walking import Reader, Walks, look_at
from tests.factories import GroupWorld, RegionFactory, make_group, make_meeting, make_season
from tests.servers import LiveSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Desk = Callable[..., Reader]


@pytest.fixture
def world(site: LiveSite) -> GroupWorld:
    with site.database():
        built = make_group(members=3)
        RegionFactory(network=built.network)
        make_meeting(built, check_in_code=f"ILTA{built.group.pk:02d}")
        make_season(built)
    return built


def walk(reader: Reader, *paths: str) -> None:
    for path in paths:
        reader.open(path)
        assert reader.status == 200, f"{path}: {reader.status}"


def test_what_a_stranger_sees(walks: Walks, world: GroupWorld, phone: Desk) -> None:
    group = f"{world.network.slug}/{world.group.slug}/"
    pages = ("/", "/groups/", "/about/", "/accessibility/", "/privacy/", "/calendar/", "/c/")
    walk(phone(), *pages, f"/groups/{group}", f"/apply/{group}", "/accounts/login/code/")
    walks.look_at_every_page()


def test_how_the_site_refuses(world: GroupWorld, desk: Desk) -> None:
    stranger = desk()
    refused = ("/a/1-2.forged/", "/h/1-2.forged/", "/w/1-2.forged/", "/c/NOCODE/", "/no/such/page/")
    for path in (*refused, f"/manage/groups/{world.group.pk}/"):
        stranger.open(path).look()
        assert stranger.status in {200, 404}, path  # 200: asked to sign in
    member = desk(world.members[0]).open(f"/manage/groups/{world.group.pk}/").look()
    assert member.status in {403, 404}


def test_own_pages_and_settings(walks: Walks, world: GroupWorld, desk: Desk) -> None:
    company = f"/networks/companies/{world.companies[0].pk}/"
    walk(desk(world.members[0]), "/mine/", "/me/", company, f"{company}edit/")
    group = f"/manage/groups/{world.group.pk}/"
    parts = ("", "seats/", "seats/add/", "settings/", "ground-rules/", "coordinators/", "applications/")
    kaisa = desk(world.coordinator)
    walk(kaisa, "/mine/", "/mine/groups/", "/seasons/", f"/meetings/past/new/?group={world.group.pk}")
    walk(kaisa, *[group + part for part in parts])
    network = f"/networks/{world.network.slug}/"
    parts = ("", "settings/", "regions/", "regions/new/", "organisations/", "coordinators/", "groups/new/")
    walk(desk(world.national), "/mine/network/", "/import/companies/", "/import/municipalities/")
    walk(walks.readers[-1], *[network + part for part in parts])
    walks.look_at_every_page()


def test_the_look_at_pages_is_no_formality(walks: Walks, desk: Desk) -> None:
    reader = desk().open("/about/")
    reader.page.evaluate("""() => {
        const main = document.querySelector('main > div');
        main.innerHTML = '<h1>Faults</h1><p>faint</p><button></button>';
        const faint = main.querySelector('p');
        faint.style.color = 'rgb(120, 120, 120)';
        faint.style.background = 'rgb(100, 100, 100)';
        faint.style.minWidth = '500px';
    }""")
    found = "\n".join(look_at(reader.page))
    assert "button-name" in found
    assert "[light 1280] color-contrast" in found
    assert "[dark 360] color-contrast" in found
    assert "scrolls sideways" in found
    assert not walks.complaints
    reader.page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.head.append(script);
    }""")
    reader.open("/about/")
    assert any("Content Security Policy" in text for text in walks.complaints)
    walks.complaints.clear()
