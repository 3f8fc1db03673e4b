"""A company's own page: who opens it, who changes it, and who acts for the company."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.factories import PersonFactory, business_id, make_group

from ydin.kernel.clock import now
from ydin.networks.models import ContactCard, Enterprise, Representative

pytestmark = pytest.mark.django_db


def _url(company: Enterprise, name: str = "company", *more: int) -> str:
    return reverse(f"groups:{name}", args=[company.pk, *more])


def _facts(company: Enterprise, **more: Any) -> dict[str, Any]:
    return {
        "version": company.version,
        "name": company.name,
        "business_id": company.business_id,
        "languages": ["fi", "en"],
        "premises_capacity": "30",
        "description": "Portaita.",
        **more,
    }


def test_who_opens_it(as_person: Any) -> None:
    ours, other = make_group(), make_group()
    neighbour = make_group(network=ours.network)
    company = ours.companies[0]
    for person in (ours.members[0], ours.members[1], ours.coordinator, ours.national):
        assert company.name in as_person(person).get(_url(company)).content.decode()
    for person in (
        other.members[0],
        other.national,
        neighbour.coordinator,
        neighbour.members[0],
        PersonFactory(),
    ):
        assert as_person(person).get(_url(company)).status_code == 404
    assert as_person(None).get(_url(company)).status_code == 302


def test_contact_details_stay_with_coordinators_until_shared(as_person: Any) -> None:
    world = make_group()
    company, person = world.companies[0], world.members[0]
    acts = Representative.objects.get(person=person)
    ContactCard.objects.create(representative=acts, phone="040 999")
    seen = {
        reader: as_person(reader).get(_url(company)).content.decode()
        for reader in (world.members[1], world.coordinator, person)
    }
    assert "040 999" not in seen[world.members[1]]
    assert person.email not in seen[world.members[1]]
    assert "040 999" in seen[world.coordinator]
    assert "040 999" in seen[person]
    answer = as_person(person).post(
        _url(company, "card_change", acts.pk), {"phone": "040 998", "shared": "on", "seen_as": "group"}
    )
    assert answer.status_code == 303
    text = as_person(world.members[1]).get(_url(company)).content.decode()
    assert "040 998" in text
    assert person.email in text


def test_its_own_people_change_the_facts(as_person: Any) -> None:
    world = make_group()
    company = world.companies[0]
    client = as_person(world.members[0])
    assert client.post(_url(company, "company_edit"), _facts(company)).status_code == 303
    company.refresh_from_db()
    assert (company.premises_capacity, company.languages, company.version) == (30, ["fi", "en"], 2)
    late = client.post(_url(company, "company_edit"), _facts(company, version=1, description="Ikkunoita."))
    assert late.status_code == 409
    assert "Portaita." in late.content.decode()
    taken = _facts(company, business_id=world.companies[1].business_id)
    answer = client.post(_url(company, "company_edit"), taken)
    assert answer.status_code == 422
    assert "Another company of the network has this business ID." in answer.content.decode()
    free = _facts(company, business_id=business_id(970).replace("-", ""))
    assert client.post(_url(company, "company_edit"), free).status_code == 303
    company.refresh_from_db()
    assert company.business_id == business_id(970)


def test_fellow_members_read_but_do_not_change(as_person: Any) -> None:
    world = make_group()
    company = world.companies[0]
    acts = Representative.objects.get(enterprise=company)
    client = as_person(world.members[1])
    assert client.get(_url(company, "company_edit")).status_code == 403
    assert client.post(_url(company, "company_edit"), _facts(company)).status_code == 403
    assert (
        client.post(_url(company, "colleague_add"), {"name": "X", "email": "x@example.org"}).status_code
        == 403
    )
    assert client.post(_url(company, "card_change", acts.pk), {"phone": "1"}).status_code == 403
    assert (
        client.post(_url(company, "representative_end", acts.pk), {"last_day": "2026-01-01"}).status_code
        == 403
    )
    acts.refresh_from_db()
    assert acts.ends_on is None


def test_a_colleague_comes_and_goes(as_person: Any, mails: Any) -> None:
    world = make_group()
    company = world.companies[0]
    client = as_person(world.members[0])
    answer = client.post(
        _url(company, "colleague_add"), {"name": "Toni", "email": "toni@example.org", "phone": "044 1"}
    )
    assert answer.status_code == 303
    acts = Representative.objects.get(enterprise=company, person__email="toni@example.org")
    assert mails()[-1].to_address == "toni@example.org"
    assert client.post(_url(company, "colleague_add"), {"name": "", "email": "x"}).status_code == 422
    past = (now() - timedelta(days=3)).date().isoformat()
    assert client.post(_url(company, "representative_end", acts.pk), {"last_day": past}).status_code == 303
    assert not Representative.objects.filter(pk=acts.pk).exists()
    mine = Representative.objects.get(enterprise=company, person=world.members[0])
    early = client.post(_url(company, "representative_end", mine.pk), {"last_day": "2019-12-31"})
    assert early.status_code == 422
    assert "The last day cannot be before the first day." in early.content.decode()
    client.post(_url(company, "representative_end", mine.pk), {"last_day": past})
    assert as_person(world.members[0]).get(_url(company)).status_code == 404
