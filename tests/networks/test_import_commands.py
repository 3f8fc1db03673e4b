"""`ydin import companies|municipalities` with real files, and what the database knows already."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import (
    EnterpriseFactory,
    GroupFactory,
    NetworkFactory,
    PersonFactory,
    RegionFactory,
    business_id,
    make_group,
)

from ydin.audit.models import Entry
from ydin.groups.models import Seat
from ydin.networks.models import (
    ContactCard,
    Enterprise,
    ImportBatch,
    Municipality,
    Network,
    Region,
    Representative,
)
from ydin.outbox.models import Message
from ydin.people.models import Person

pytestmark = pytest.mark.django_db
Run = Callable[..., dict[str, Any]]


@pytest.fixture
def network() -> Network:
    network = NetworkFactory(slug="pohjoinen", languages=["fi"])
    sub_region = RegionFactory(network=network)
    for code, name, swedish in (("564", "Oulu", "Uleåborg"), ("977", "Ylivieska", "Ylivieska")):
        Municipality.objects.create(
            network=network, sub_region=sub_region, code=code, name_fi=name, name_sv=swedish
        )
    return network


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Import text or bytes as a file, and give what the command prints."""

    def call(content: str | bytes, *options: str, kind: str = "companies") -> dict[str, Any]:
        file = tmp_path / "table.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        out = io.StringIO()
        call_command(f"import_{kind}", str(file), "--network", "pohjoinen", *options, stdout=out)
        assert out.getvalue().count("\n") == 1
        shown: dict[str, Any] = json.loads(out.getvalue())
        return shown

    return call


def counts() -> list[int]:
    return [m.objects.count() for m in (Enterprise, Person, Representative, Seat, ContactCard, Entry)]


REGISTER = (
    "Jäsenyritykset 2026\n"
    "\n"
    "Yritys;Y-tunnus;Kunta;Yhteyshenkilö;Sähköposti;Puhelin;Henkilöstö\n"
    f"Puupaja Oy;{business_id(700)};Uleåborg;Aino Aho;aino@x.fi;040 1;3\n"
    ";;;Pekka Aho;pekka@x.fi;;\n"
    "Kahvila O'Hara ☕;;Ylivieskan kaupunki;Åsa;asa@x.fi;050;12\n"
    "Väärä Oy;1234567-9;;;;;\n"
)


def test_the_preview_is_json_and_writes_nothing(network: Network, run: Run) -> None:
    before = counts()
    shown = run(REGISTER)
    assert shown == {
        "companies": 2,
        "people": 3,
        "rows": [
            {"row": 4, "action": "create", "company": "Puupaja Oy", "people": 2, "reasons": []},
            {
                "row": 6,
                "action": "create",
                "company": "Kahvila O'Hara ☕",
                "people": 1,
                "reasons": ["12 people: not a micro-enterprise (fewer than ten)."],
            },
            {
                "row": 7,
                "action": "refuse",
                "company": "Väärä Oy",
                "people": 0,
                "reasons": ["“1234567-9” is not a business ID: its check digit or its length is wrong."],
            },
        ],
    }
    assert counts() == before


def test_apply_writes_all_of_it_and_the_second_time_nothing(network: Network, run: Run) -> None:
    group = GroupFactory(network=network, slug="ylivieska")
    first = run(REGISTER, "--group", "ylivieska", "--apply")
    assert [row["action"] for row in first["rows"]] == ["create", "create", "refuse"]
    company = Enterprise.objects.get(business_id=business_id(700))
    assert company.municipality is not None
    assert (company.municipality.name_fi, company.head_count, company.is_sample) == ("Oulu", 3, False)
    assert set(group.seats.values_list("enterprise__name", flat=True)) == {"Puupaja Oy", "Kahvila O'Hara ☕"}
    person = Person.objects.get(email="aino@x.fi")
    assert (person.name, person.language, person.time_zone) == ("Aino Aho", "fi", "Europe/Helsinki")
    assert not person.has_usable_password()
    card = ContactCard.objects.get(representative__person=person)
    assert (card.phone, card.email) == ("040 1", "aino@x.fi")
    assert (Message.objects.count(), ImportBatch.objects.count()) == (0, 0)
    assert Entry.objects.get(action="companies.imported").data == {
        "create": 2, "change": 0, "match": 0, "refuse": 1, "people": 3, "group": "ylivieska",
    }  # fmt: skip

    written = counts()
    second = run(REGISTER, "--group", "ylivieska")
    assert [row["action"] for row in second["rows"]] == ["match", "match", "refuse"]
    run(REGISTER, "--group", "ylivieska", "--apply")
    assert counts()[:-1] == written[:-1]
    assert not Enterprise.objects.filter(version__gt=1).exists()


def test_a_workbook_from_the_command_line(network: Network, run: Run) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Company", "Business ID", "First name", "Last name", "E-mail", "Phone"])
    book.active.append(["Paja", "FI" + business_id(3).replace("-", ""), "Aino", "Aho", "a@x.fi", 401234567])
    file = io.BytesIO()
    book.save(file)
    run(file.getvalue(), "--apply")
    assert Enterprise.objects.get().business_id == business_id(3)
    assert ContactCard.objects.get().phone == "0401234567"


def test_changes_are_told_field_by_field_and_names_are_kept(network: Network, run: Run) -> None:
    company = EnterpriseFactory(network=network, name="Paja", address="Vanha 1", head_count=None)
    person = PersonFactory(email="Aino@X.fi", name="Aino Aho")
    nameless = PersonFactory(email="nimeton@x.fi", name="")
    Representative.objects.create(person=person, enterprise=company, starts_on="2020-01-01")
    (row,) = run(
        "Yritys;Y-tunnus;Osoite;Henkilöstö;Yhteyshenkilö;Sähköposti;Puhelin\n"
        f"Paja Oy;{company.business_id};Uusi 2;4;Aino Rantala;aino@x.fi;040\n"
        ";;;;Nimetön Nuotio;nimeton@x.fi;\n",
        "--apply",
    )["rows"]
    assert (row["action"], row["people"]) == ("change", 2)
    assert row["reasons"] == [
        "aino@x.fi keeps the name that is known; the file says “Aino Rantala”.",
        "Changes phone (aino@x.fi): nothing → 040",
        "Changes name (nimeton@x.fi): nothing → Nimetön Nuotio",
        "New person: nimeton@x.fi",
        "Changes address: Vanha 1 → Uusi 2",
        "Changes number of people: nothing → 4",
    ]
    for changed in (company, person, nameless):
        changed.refresh_from_db()
    assert (company.name, company.address, company.head_count, company.version) == ("Paja", "Uusi 2", 4, 2)
    assert (person.name, nameless.name) == ("Aino Aho", "Nimetön Nuotio")
    assert ContactCard.objects.get(representative__person=person).phone == "040"


def test_matching_without_a_business_id(network: Network, run: Run) -> None:
    oulu, ylivieska = Municipality.objects.order_by("code")
    EnterpriseFactory(network=network, name="Kahvila Malmi", business_id=None, municipality=oulu)
    EnterpriseFactory(network=network, name="Kahvila Malmi", business_id=None, municipality=ylivieska)
    EnterpriseFactory(network=network, name="Tupa", business_id=None)
    EnterpriseFactory(name="Muualla", business_id=None)
    shown = run(
        "Yritys;Kunta;Y-tunnus\n"
        "KAHVILA  MALMI;564 Oulu;\n"
        "Kahvila Malmi;;\n"
        f"tupa;Oulu;{business_id(8)}\n"
        "Muualla;Kemi;\n"
    )["rows"]
    assert [r["action"] for r in shown] == ["match", "change", "create"]
    assert shown[1]["reasons"] == [
        "Changes municipality: nothing → Oulu",
        f"Changes business ID: nothing → {business_id(8)}",
    ]
    assert shown[2]["reasons"] == ["The municipality “Kemi” is not known in the network and left out."]
    (alone,) = run("Yritys\nKahvila Malmi\n")["rows"]
    assert alone["action"] == "refuse"
    assert "several companies of this name" in alone["reasons"][0]


def test_an_id_that_belongs_to_another_and_two_rows_that_are_one(network: Network, run: Run) -> None:
    known = EnterpriseFactory(network=network, name="Puupaja Honka")
    shown = run(
        "Yritys;Kunta;Y-tunnus\n"
        f"Aivan Muu Oy;;{known.business_id}\n"
        f"Puupaja Honka;;{business_id(900)}\n"
        "Uusi;Oulu;\n"
        "Uusi;Uleåborgs stad;\n"
    )["rows"]
    assert [(r["row"], r["action"]) for r in shown] == [
        (2, "refuse"),
        (3, "create"),
        (4, "create"),
        (5, "refuse"),
    ]
    assert shown[0]["reasons"] == [
        f"The business ID {known.business_id} belongs to Puupaja Honka in the network."
    ]
    assert shown[1]["reasons"] == [f"Another company of this name has the business ID {known.business_id}."]
    assert shown[3]["reasons"] == ["This is the same company as on row 4."]


def test_the_same_company_in_another_network_is_another(network: Network, run: Run) -> None:
    EnterpriseFactory(name="Paja", business_id=business_id(5))
    assert run(f"Yritys;Y-tunnus\nPaja;{business_id(5)}\n", "--apply")["rows"][0]["action"] == "create"
    assert Enterprise.objects.filter(business_id=business_id(5)).count() == 2


def test_one_person_for_two_companies_is_one_person(network: Network, run: Run) -> None:
    shown = run("Yritys;Yhteyshenkilö;Sähköposti\nPaja;Aino;a@x.fi\nTupa;;A@x.fi\n", "--apply")
    assert (shown["companies"], shown["people"]) == (2, 1)
    assert Representative.objects.filter(person__email="a@x.fi").count() == 2
    assert (
        run("Yritys;Yhteyshenkilö;Sähköposti\nPaja;Aino;a@x.fi\nTupa;;A@x.fi\n")["rows"][1]["action"]
        == "match"
    )


def test_a_visitor_keeps_being_a_visitor(network: Network, run: Run) -> None:
    world = make_group(network=network, slug="g", members=1)
    Seat.objects.update(state="visitor")
    company = world.companies[0]
    shown = run(f"Yritys;Y-tunnus\n{company.name};{company.business_id}\n", "--group", "g", "--apply")
    assert shown["rows"][0]["action"] == "match"
    assert Seat.objects.get().state == "visitor"


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        (b"%PDF-1.4", [], "This file is not a table"),
        (b"", [], "The file is empty"),
        (b"a;b\n1;2\n", [], "heads a column with the companies"),
        (b"Yritys\nPaja\n", ["--group", "nowhere"], "has no group 'nowhere'"),
        (b"Yritys\nPaja\n", ["--network", "nowhere"], "there is no network 'nowhere'"),
    ],
)
def test_what_cannot_be_is_one_line_and_status_2(
    network: Network, run: Run, content: bytes, options: list[str], words: str
) -> None:
    with pytest.raises(CommandError) as caught:
        run(content, *options)
    assert caught.value.returncode == 2
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


PLACES = (
    "kunta_code,municipality_name_fi,municipality_name_sv,seutukunta_code,seutukunta_name_fi,"
    "maakunta_code,maakunta_name_fi,maakunta_name_en,nuts3_2024_code,other\n"
    "005,Alajärvi,Alajärvi,146,Järviseutu,14,Etelä-Pohjanmaa,South Ostrobothnia,FI199,x\n"
    "009,Alavieska,Alavieska,177,Ylivieska,17,Pohjois-Pohjanmaa,North Ostrobothnia,FI1D9,x\n"
    "977,Ylivieska,Ylivieska,177,Ylivieska,17,Pohjois-Pohjanmaa,North Ostrobothnia,FI1D9,x\n"
)


def test_municipalities_come_in_once_and_their_changes_after(run: Run) -> None:
    NetworkFactory(slug="pohjoinen")
    expected = {"regions": 2, "sub_regions": 2, "municipalities": 3, "changed": 0, "refused": []}
    assert run(PLACES, kind="municipalities") == {**expected, "created": 7, "matched": 0}
    assert Region.objects.count() == 0
    run(PLACES, "--apply", kind="municipalities")
    assert run(PLACES, "--apply", kind="municipalities") == {**expected, "created": 0, "matched": 7}
    place = Municipality.objects.get(code="005")
    assert (place.sub_region.code, place.sub_region.parent) == ("146", Region.objects.get(code="14"))
    moved = PLACES.replace(
        "009,Alavieska,Alavieska,177,Ylivieska,17,Pohjois-Pohjanmaa,North Ostrobothnia,FI1D9",
        "9,Alavieska,Alavieska,146,Järviseutu,14,Etelä-Pohjanmaa,South Ostrobothnia,FI199",
    )
    assert run(moved, "--apply", kind="municipalities") == {
        **expected,
        "created": 0,
        "matched": 6,
        "changed": 1,
    }
    assert Municipality.objects.get(code="009").sub_region.code == "146"


def test_municipality_rows_that_contradict_are_left_out(run: Run) -> None:
    NetworkFactory(slug="pohjoinen")
    contradicts = "978,X,X,177,Toinen nimi,17,Pohjois-Pohjanmaa,North Ostrobothnia,FI1D9,\n"
    table = f"{PLACES}{contradicts},Y,,177,Ylivieska,17,Z,,,\n"
    refused = run(table, kind="municipalities")["refused"]
    assert [(r["row"], r["municipality"], r["reasons"]) for r in refused] == [
        (5, "X", ["The code 177 stands for something else on row 3."]),
        (6, "Y", ["A code is missing: kunta_code."]),
    ]
    with pytest.raises(CommandError, match="kunta_code"):
        run(REGISTER, kind="municipalities")


def _large(rows: int) -> str:
    lines = [
        f"Paja {n};{'' if n % 3 else business_id(n * 11)};Oulu;Aino {n};a{n}@x.fi;040 {n}"
        for n in range(rows)
    ]
    return "Yritys;Y-tunnus;Kunta;Yhteyshenkilö;Sähköposti;Puhelin\n" + "\n".join(lines)


def test_five_thousand_rows_take_seconds_and_as_many_queries_as_ten(network: Network, run: Run) -> None:
    GroupFactory(network=network, slug="g")
    written = []
    for rows in (10, 300):
        with CaptureQueriesContext(connection) as captured:
            run(_large(rows), "--group", "g", "--apply")
        written.append(len(captured))
    assert written[1] <= written[0] + 4  # the second finds people of the first
    shown = []
    for rows in (10, 5_000):
        started = time.process_time()
        with CaptureQueriesContext(connection) as captured:
            run(_large(rows), "--group", "g")
        shown.append(len(captured))
    assert time.process_time() - started < 5
    assert shown[0] == shown[1] <= 10
