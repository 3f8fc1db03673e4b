"""A network's own texts in several languages, and the coordinator's name on the public page."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import make_group

from ydin.groups.models import GroupCoordinator
from ydin.networks.rules.texts import best_text
from ydin.networks.services.setup_changes import update_network

CODES = st.sampled_from(["fi", "sv", "en", "se"])


def text_of(path: str, language: str) -> str:
    return Client(HTTP_ACCEPT_LANGUAGE=language).get(path).content.decode()


def save(client: Client, path: str, **fields: object) -> Client:
    answer = client.post(path, fields)
    assert answer.status_code == 303, answer.content.decode()[:2000]
    return client


@given(st.dictionaries(CODES, st.text(max_size=3)), CODES, st.lists(CODES))
def test_a_text_is_found_whenever_there_is_one(texts: dict[str, str], wanted: str, order: list[str]) -> None:
    found = best_text(texts, wanted, order)
    written = {code for code, text in texts.items() if text.strip()}
    assert bool(found) == bool(written)
    if wanted in written:
        assert (found.language, found.only_in) == (wanted, "")
    elif written:
        assert found.only_in == found.language in written
        assert found.language == next((code for code in order if code in written), found.language)


@pytest.mark.django_db
def test_a_groups_text_side_by_side_and_the_fallback_is_named(as_person) -> None:
    world = make_group(language="fi")
    edit, public = (
        f"/manage/groups/{world.group.pk}/public/",
        f"/groups/{world.network.slug}/{world.group.slug}/",
    )
    client = as_person(world.coordinator)
    page = client.get(edit).content.decode()
    for code in ("fi", "sv", "en"):
        assert f'name="text_{code}"' in page and f'lang="{code}"' in page
    save(
        client,
        edit,
        version=1,
        text_fi="Kahvit",
        text_sv="",
        text_en="Coffee",
        latitude="64,07",
        longitude="24.55",
    )
    assert "Coffee" in text_of(public, "en") and "only in" not in text_of(public, "en")
    swedish = text_of(public, "sv")
    assert 'lang="fi"' in swedish and "Kahvit" in swedish and "bara på finska" in swedish
    world.group.refresh_from_db()
    assert (world.group.about, world.group.about_texts, world.group.latitude) == (
        "Kahvit",
        {"en": "Coffee"},
        64.07,
    )
    stale = client.post(edit, {"version": 1, "text_fi": "Tee", "latitude": "", "longitude": ""})
    assert stale.status_code == 409 and "Kahvit" in stale.content.decode() and "Tee" in stale.content.decode()
    half = client.post(edit, {"version": 2, "latitude": "64.07"})
    assert half.status_code == 422 and "A point needs both numbers." in half.content.decode()
    assert as_person(world.members[0]).get(edit).status_code == 403
    assert as_person(make_group().coordinator).get(edit).status_code == 404


@pytest.mark.django_db
def test_a_networks_text_and_a_change_of_its_language(as_person) -> None:
    world = make_group()
    edit = f"/networks/{world.network.slug}/texts/"
    client = as_person(world.national)
    save(client, edit, version=1, text_fi="Verkosto", text_sv="Nätverk", text_en="")
    assert "Nätverk" in text_of("/", "sv") and "Nätverk" in text_of("/about/", "sv")
    assert "This text is only in Finnish." in text_of("/about/", "en")
    world.network.refresh_from_db()
    update_network(actor=world.national, network=world.network, version=2, default_language="sv")
    world.network.refresh_from_db()
    assert (world.network.about, world.network.about_texts) == ("Nätverk", {"fi": "Verkosto"})
    stale = client.post(edit, {"version": 1, "text_sv": "Annat"})
    assert stale.status_code == 409
    assert as_person(world.coordinator).get(edit).status_code == 403
    assert as_person(make_group().national).get(edit).status_code == 404


@pytest.mark.django_db
def test_a_coordinator_is_named_when_they_say_so_and_only_then(as_person) -> None:
    world = make_group()
    public = f"/groups/{world.network.slug}/{world.group.slug}/"
    spell = GroupCoordinator.objects.get(group=world.group)
    base = f"/manage/groups/{world.group.pk}/coordinators/"
    assert "Kaisa Koordinaattori" not in text_of(public, "en")
    assert "Kaisa Koordinaattori" in as_person(world.members[0]).get(public).content.decode()
    assert as_person(world.national).post(f"{base}{spell.pk}/name/").status_code == 403
    client = as_person(world.coordinator)
    assert "Show my name there" in client.get(base).content.decode()
    save(client, f"{base}{spell.pk}/name/", seen_as="everybody")
    assert "Kaisa Koordinaattori" in text_of(public, "en")
    save(client, f"{base}{spell.pk}/no-name/", seen_as="group")
    assert "Kaisa Koordinaattori" not in text_of(public, "en")
