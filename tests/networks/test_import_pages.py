"""Bringing in companies and municipalities through the browser."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories import EnterpriseFactory, GroupWorld, PersonFactory, business_id, make_group

from ydin.audit.models import Entry
from ydin.groups.models import Seat
from ydin.kernel.acting import acting_as
from ydin.networks.models import ContactCard, Enterprise, ImportBatch, Municipality, Representative
from ydin.outbox.models import Message
from ydin.people.models import Person

SignIn = Callable[[Person | None], Client]
UPLOAD = "/import/companies/"
TWO = (
    "Yritys;Y-tunnus;Yhteyshenkilö;Sähköposti;Puhelin\n"
    f"Paja Oy;{business_id(500)};Aino Aho;aino@aho.example;040 1\n"
    "Tupa Ky;;Ville Viita;ville@viita.example;\n"
)


@pytest.fixture
def world() -> GroupWorld:
    return make_group(slug="ylivieska")


def send(client: Client, where: str, content: bytes | str, name: str = "a.csv", page: str = UPLOAD) -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post(page, {"where": where, "file": SimpleUploadedFile(name, data)})


def group_value(world: GroupWorld) -> str:
    return f"{world.network.slug}/{world.group.slug}"


def confirm(client: Client, preview_url: str) -> Any:
    page = client.get(preview_url)
    return client.post(f"{preview_url}apply/", {"digest": page.context["digest"]})


@pytest.mark.django_db
def test_a_group_coordinator_looks_confirms_and_has_seats_and_cards(
    world: GroupWorld, as_person: SignIn
) -> None:
    client = as_person(world.coordinator)
    sent = send(client, group_value(world), TWO)
    assert sent.status_code == 303
    shown = client.get(sent.url)
    text = shown.content.decode()
    assert "Paja Oy" in text
    assert "Tupa Ky" in text
    assert not Enterprise.objects.filter(name="Paja Oy").exists()
    assert not Person.objects.filter(email="aino@aho.example").exists()

    done = confirm(client, sent.url)
    assert (done.status_code, done.url) == (303, f"{sent.url}done/")
    assert "Companies brought in" in client.get(done.url).content.decode()
    company = Enterprise.objects.get(name="Paja Oy")
    assert (company.is_sample, company.business_id) == (False, business_id(500))
    assert Seat.objects.get(enterprise=company).state == "member"
    with acting_as(world.coordinator.pk):
        card = ContactCard.objects.get(representative__enterprise=company)
        assert (card.phone, card.email) == ("040 1", "aino@aho.example")
    assert Message.objects.count() == 0
    assert Entry.objects.filter(action="companies.imported").count() == 1
    assert Entry.objects.filter(action="enterprise.created").count() == 2
    assert bytes(ImportBatch.objects.get().content) == b""


@pytest.mark.django_db
def test_the_same_file_again_has_nothing_to_write(world: GroupWorld, as_person: SignIn) -> None:
    client = as_person(world.coordinator)
    confirm(client, send(client, group_value(world), TWO).url)
    before = list(Enterprise.objects.order_by("pk").values())
    again = client.get(send(client, group_value(world), TWO).url)
    assert "There is nothing to write" in again.content.decode()
    assert [row.action for row in again.context["shown"].rows] == ["match", "match"]
    assert list(Enterprise.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_the_network_coordinator_brings_in_companies_without_a_group(
    world: GroupWorld, as_person: SignIn
) -> None:
    client = as_person(world.national)
    confirm(client, send(client, world.network.slug, TWO).url)
    company = Enterprise.objects.get(name="Paja Oy")
    assert not Seat.objects.filter(enterprise=company).exists()
    assert ContactCard.objects.filter(representative__enterprise=company).count() == 1


@pytest.mark.django_db
def test_who_may_not_is_refused(world: GroupWorld, as_person: SignIn) -> None:
    other = make_group()
    assert as_person(None).get(UPLOAD).status_code == 302
    assert as_person(world.members[0]).get(UPLOAD).status_code == 403
    assert send(as_person(world.members[0]), group_value(world), TWO).status_code == 403
    client = as_person(world.coordinator)
    for where in (group_value(other), world.network.slug, ""):
        refused = send(client, where, TWO)
        assert refused.status_code == 422
        assert "where" in refused.context["form"].errors
    assert (
        send(as_person(world.coordinator), world.network.slug, "", page="/import/municipalities/").status_code
        == 403
    )
    assert ImportBatch.objects.count() == 0


@pytest.mark.django_db
def test_anothers_upload_is_not_there(world: GroupWorld, as_person: SignIn) -> None:
    url = send(as_person(world.coordinator), group_value(world), TWO).url
    national = as_person(world.national)
    assert national.get(url).status_code == 404
    assert national.post(f"{url}apply/", {"digest": "x"}).status_code == 404
    assert national.post(f"{url}cancel/").status_code == 404
    assert as_person(None).get(url).status_code == 302
    with acting_as(world.national.pk):
        assert ImportBatch.objects.count() == 0


@pytest.mark.django_db
def test_a_coordinator_who_lost_the_group_cannot_confirm(world: GroupWorld, as_person: SignIn) -> None:
    client = as_person(world.coordinator)
    url = send(client, group_value(world), TWO).url
    world.group.coordinators.update(ends_on=timezone.now().date() - timedelta(days=1))
    assert client.post(f"{url}apply/", {"digest": "x"}).status_code == 404
    assert not Enterprise.objects.filter(name="Paja Oy").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "The file is empty"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "not a table"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj", "not a table"),
        ("a.xlsx", b"PK\x03\x04 not really", "not a table"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old or locked Excel"),
        ("a.csv", b"apples;pears\n1;2\n", "heads a column"),
        ("a.csv", b"Yritys;Kunta\n" + b"x" * (10 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_what_is_no_table_is_told_at_the_field_and_the_choice_is_kept(
    world: GroupWorld, as_person: SignIn, name: str, content: bytes, words: str
) -> None:
    page = send(as_person(world.coordinator), group_value(world), content, name)
    assert page.status_code == 422
    assert "file" in page.context["form"].errors
    assert words in page.content.decode()
    assert page.context["form"]["where"].value() == group_value(world)
    assert ImportBatch.objects.count() == 0


@pytest.mark.django_db
def test_too_many_rows_and_no_file(world: GroupWorld, as_person: SignIn) -> None:
    client = as_person(world.coordinator)
    many = "Yritys;Kunta\n" + "".join(f"Paja {n};\n" for n in range(20_001))
    assert "20000 rows" in send(client, group_value(world), many).content.decode()
    nothing = client.post(UPLOAD, {"where": group_value(world)})
    assert nothing.status_code == 422
    assert "Choose a file." in nothing.content.decode()


@pytest.mark.django_db
def test_what_changed_in_between_is_shown_again(world: GroupWorld, as_person: SignIn) -> None:
    client = as_person(world.coordinator)
    url = send(client, group_value(world), TWO).url
    digest = client.get(url).context["digest"]
    EnterpriseFactory(network=world.network, name="Paja Oy", business_id=business_id(500))
    moved = client.post(f"{url}apply/", {"digest": digest})
    assert moved.status_code == 409
    assert "Something has changed since you looked" in moved.content.decode()
    assert moved.context["shown"].rows[0].action == "change"
    assert not Person.objects.filter(email="aino@aho.example").exists()
    assert confirm(client, url).status_code == 303
    assert Person.objects.filter(email="aino@aho.example").exists()


@pytest.mark.django_db
def test_confirming_twice_writes_once_and_cancelling_forgets(world: GroupWorld, as_person: SignIn) -> None:
    client = as_person(world.coordinator)
    url = send(client, group_value(world), TWO).url
    digest = client.get(url).context["digest"]
    for _ in range(2):
        assert client.post(f"{url}apply/", {"digest": digest}).status_code == 303
    assert Enterprise.objects.filter(name="Paja Oy").count() == 1
    other = send(client, group_value(world), TWO).url
    assert client.post(f"{other}cancel/").status_code == 303
    assert client.get(other).status_code == 404
    assert client.get(f"{url}apply/").status_code == 405


@pytest.mark.django_db
def test_old_uploads_of_the_person_are_forgotten(world: GroupWorld, as_person: SignIn) -> None:
    client = as_person(world.coordinator)
    send(client, group_value(world), TWO)
    ImportBatch.objects.update(created_at=timezone.now() - timedelta(days=2))
    send(client, group_value(world), TWO)
    assert ImportBatch.objects.count() == 1


@pytest.mark.django_db
def test_a_group_coordinator_reaches_no_company_of_another_group(
    world: GroupWorld, as_person: SignIn
) -> None:
    other = make_group(network=world.network)
    theirs = other.companies[0]
    content = (
        f"Yritys;Y-tunnus;Osoite;Sähköposti\n{theirs.name};{theirs.business_id};Muutettu 1;me@evil.example\n"
    )
    client = as_person(world.coordinator)
    url = send(client, group_value(world), content).url
    text = client.get(url).content.decode()
    assert "me@evil.example is left out" in text
    assert "what is known of it stays as it is" in text
    confirm(client, url)
    theirs.refresh_from_db()
    assert theirs.address == "Tehtaantie 4"
    assert not Representative.objects.filter(person__email="me@evil.example").exists()
    assert Seat.objects.filter(group=world.group, enterprise=theirs).exists()


@pytest.mark.django_db
def test_a_card_that_was_hidden_until_the_seat_is_kept(world: GroupWorld, as_person: SignIn) -> None:
    company = EnterpriseFactory(network=world.network)
    person = PersonFactory(email="tuttu@example.org")
    acts = Representative.objects.create(person=person, enterprise=company, starts_on="2020-01-01")
    ContactCard.objects.create(representative=acts, phone="050 OLD")
    row = f"{company.name};{company.business_id};tuttu@example.org;040 NEW"
    content = f"Yritys;Y-tunnus;Sähköposti;Puhelin\n{row}\n"
    client = as_person(world.coordinator)
    assert confirm(client, send(client, group_value(world), content).url).status_code == 303
    assert ContactCard.objects.get(representative=acts).phone == "050 OLD"


@pytest.mark.django_db
def test_a_preview_page_costs_the_same_for_1_and_for_30_rows(
    world: GroupWorld, as_person: SignIn, django_assert_num_queries: Any
) -> None:
    client = as_person(world.coordinator)
    counts = []
    for rows in (1, 30):
        table = "Yritys;Sähköposti\n" + "".join(f"Paja {n};a{n}@example.org\n" for n in range(rows))
        url = send(client, group_value(world), table).url
        with django_assert_num_queries(12, exact=False) as captured:
            client.get(url)
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_filter_and_pages(world: GroupWorld, as_person: SignIn) -> None:
    client = as_person(world.coordinator)
    table = "Yritys;Y-tunnus\n" + "".join(f"Paja {n};\n" for n in range(60)) + "Väärä;1234567-9\n"
    url = send(client, group_value(world), table).url
    assert len(client.get(url).context["page"].object_list) == 50
    assert [r.company for r in client.get(f"{url}?action=refuse").context["page"]] == ["Väärä"]
    assert len(client.get(f"{url}?action=create&page=2").context["page"].object_list) == 10
    assert client.get(f"{url}?action=nonsense&page=99").status_code == 200


@pytest.mark.django_db
def test_a_workbook_and_names_that_look_like_code(world: GroupWorld, as_person: SignIn) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Jäsenet 2026"])
    sheet.append([])
    sheet.append(["Företag", "E-post", "Kontaktperson"])
    sheet.append(["<script>alert(1)</script>", "o'hara@example.org", "Åsa O'Hara 🪵"])
    sheet["A5"].value, sheet["A5"].data_type = "=1+1", "s"
    file = io.BytesIO()
    book.save(file)
    client = as_person(world.coordinator)
    url = send(client, group_value(world), file.getvalue(), "a.xlsx").url
    text = client.get(url).content.decode()
    assert "<script>alert" not in text
    assert "=1+1" in text
    confirm(client, url)
    assert Person.objects.get(email="o'hara@example.org").name == "Åsa O'Hara 🪵"
    assert Enterprise.objects.filter(name="=1+1").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_template_is_a_table_that_is_understood(
    world: GroupWorld, as_person: SignIn, language: str
) -> None:
    client = as_person(world.coordinator)
    client.cookies["ydin_language"] = language
    got = client.get("/import/companies/template.csv")
    assert got["Content-Type"].startswith("text/csv")
    filled = got.content + b"Paja;;;;;;;;;Aino;;aino@example.org;\r\n"
    shown = client.get(send(client, group_value(world), filled).url).context["shown"]
    assert (shown.unknown, shown.companies, shown.people) == ((), 1, 1)


PLACES = (
    "kunta_code,municipality_name_fi,municipality_name_sv,seutukunta_code,seutukunta_name_fi,"
    "maakunta_code,maakunta_name_fi,nuts3_2024_code\n"
    "009,Alavieska,Alavieska,177,Ylivieska,17,Pohjois-Pohjanmaa,FI1D9\n"
    "977,Ylivieska,Ylivieska,177,Ylivieska,17,Pohjois-Pohjanmaa,FI1D9\n"
    ",Nimetön,,177,Ylivieska,17,Pohjois-Pohjanmaa,FI1D9\n"
)


@pytest.mark.django_db
def test_municipalities_for_the_network_coordinator(world: GroupWorld, as_person: SignIn) -> None:
    page = "/import/municipalities/"
    client = as_person(world.national)
    assert client.get(page).status_code == 200
    url = send(client, world.network.slug, PLACES, page=page).url
    shown = client.get(url)
    assert shown.context["shown"]["created"] == 4
    assert shown.context["shown"]["refused"][0]["row"] == 4
    assert Municipality.objects.count() == 0
    done = client.post(f"{url}apply/")
    assert "Municipalities brought in" in client.get(done.url).content.decode()
    place = Municipality.objects.get(code="009")
    region = place.sub_region.parent
    assert region is not None
    assert (region.nuts_code, region.nuts_version, region.code) == ("FI1D9", "2024", "17")
    again = client.get(send(client, world.network.slug, PLACES, page=page).url)
    assert (again.context["shown"]["created"], again.context["shown"]["matched"]) == (0, 4)
    assert send(client, world.network.slug, "a;b\n1;2\n", page=page).status_code == 422


@pytest.mark.django_db
def test_a_heading_without_rows(world: GroupWorld, as_person: SignIn) -> None:
    client = as_person(world.coordinator)
    page = client.get(send(client, group_value(world), "Yritys;Kunta\n").url).content.decode()
    assert "no rows under it" in page
    assert "There is nothing to write" in page
