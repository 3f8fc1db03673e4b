"""Tables as coordinators keep them, without a database."""

from __future__ import annotations

import csv
import io
import re
import time
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.factories import business_id

from ydin.networks.rules import cells
from ydin.networks.rules.company_rows import CompanyEntry, read_companies
from ydin.networks.rules.headings import understand_company_heading
from ydin.networks.rules.tables import MOST_BYTES, Fault, NotATable, Table, read_table


def table_of(content: str | bytes, encoding: str = "utf-8") -> Table:
    data = content.encode(encoding) if isinstance(content, str) else content
    return read_table(data, understand_company_heading)


def read(content: str | bytes, encoding: str = "utf-8") -> list[CompanyEntry]:
    return read_companies(table_of(content, encoding))


def workbook(*rows: list[Any], sheets_before: int = 0) -> bytes:
    book = openpyxl.Workbook()
    for n in range(sheets_before):
        book.create_sheet(f"Ohje {n}", 0).append(["Täytä toinen välilehti"])
    sheet = book.worksheets[-1]
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def codes(entry: CompanyEntry) -> list[str]:
    return [why.code.value for why in entry.reasons]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_encodings_and_delimiters(encoding: str, delimiter: str, newline: str) -> None:
    rows = [
        ["Jäsenrekisteri 2026"],
        [],
        ["Yritys", "Kunta", "Sähköposti"],
        ["Väinön Työ", "Äänekoski", "v@x.fi"],
    ]
    text = newline.join(delimiter.join(row) for row in rows)
    (entry,) = read(text, encoding)
    assert (entry.row, entry.name, entry.municipality) == (4, "Väinön Työ", "Äänekoski")
    assert list(entry.people) == ["v@x.fi"]


@pytest.mark.parametrize(
    "heading",
    [
        "Yritys;Y-tunnus;Kunta;Yhteyshenkilö;Sähköposti;Puhelin",
        "Yrityksen nimi;Y-TUNNUS;Paikkakunta;Nimi;S-posti;Puh.",
        "Företag;FO-nummer;Kommun;Kontaktperson;E-post;Telefon",
        "Bolag;FO-nr;Ort;Namn;E-postadress;Tfn",
        "Company;Business ID;Municipality;Contact;E-mail;Phone",
        "Company name *;Business identity code;City;Name;Email address;Mobile",
        "Nimi;Y-tunnus;Kotikunta;Yrittäjä;Email;GSM",
    ],
)
def test_headings_in_three_languages(heading: str) -> None:
    table = table_of(f"{heading}\nPaja;{business_id(3)};Oulu;Aino Aho;a@x.fi;040 1\n")
    (entry,) = read_companies(table)
    assert table.unknown == ()
    assert (entry.name, entry.business_id, entry.municipality) == ("Paja", business_id(3), "Oulu")
    (person,) = entry.people.values()
    assert (person.name, person.email, person.phone) == ("Aino Aho", "a@x.fi", "040 1")


def test_any_order_and_unknown_columns_are_listed() -> None:
    table = table_of(
        "Nro,Puhelin,Muistiinpano,Sukunimi,Etunimi,Sähköposti,Yritys\n1,040 1,moi,Aho,Aino,a@x.fi,Paja\n"
    )
    assert table.unknown == ("Nro", "Muistiinpano")
    (person,) = read_companies(table)[0].people.values()
    assert (person.name, person.phone) == ("Aino Aho", "040 1")


def test_rows_of_one_company_in_all_ways() -> None:
    entries = read(
        "Yritys;Kunta;Yhteyshenkilö;Sähköposti;Yhteyshenkilö 2;Sähköposti 2;Puhelin 2\n"
        "Paja;Oulu;Aino;aino@x.fi;Pekka;pekka@x.fi;050 2\n"
        ";;Jussi;jussi@x.fi;;;\n"
        "\n"
        "Tupa;;Eka\tNimi;eka@x.fi;;;\n"
        "paja ;;Viides;viides@x.fi;;;\n"
        "Paja;Kemi;Toinen paja;kemi@x.fi;;;\n"
    )
    assert [(e.row, e.name, len(e.people)) for e in entries] == [
        (2, "Paja", 4),
        (5, "Tupa", 1),
        (7, "Paja", 1),
    ]
    assert entries[0].people["pekka@x.fi"].phone == "050 2"
    assert entries[1].people["eka@x.fi"].name == "Eka Nimi"


@pytest.mark.parametrize(
    ("names", "emails", "expected"),
    [
        ("Aino; Pekka", "a@x.fi; p@x.fi", {"a@x.fi": "Aino", "p@x.fi": "Pekka"}),
        ("Aino\nPekka", "a@x.fi\np@x.fi", {"a@x.fi": "Aino", "p@x.fi": "Pekka"}),
        ("Aino, Pekka", "a@x.fi, p@x.fi", {"a@x.fi": "Aino", "p@x.fi": "Pekka"}),
        ("Aino ja Pekka", "a@x.fi p@x.fi", {"a@x.fi": "Aino", "p@x.fi": "Pekka"}),
        ("", "Aino A <a@x.fi>, Pekka P <p@x.fi>", {"a@x.fi": "Aino A", "p@x.fi": "Pekka P"}),
        ("Rantala, Aino", "a@x.fi", {"a@x.fi": "Rantala, Aino"}),
        ("Aino", "A@X.fi; p@x.fi", {"a@x.fi": "Aino", "p@x.fi": ""}),
        ("Aino", "mailto:a @ x.fi", {"a@x.fi": "Aino"}),
    ],
)
def test_several_people_in_one_cell(names: str, emails: str, expected: dict[str, str]) -> None:
    (entry,) = read(f'Yritys;Yhteyshenkilö;Sähköposti\nPaja;"{names}";"{emails}"\n')
    assert {p.email: p.name for p in entry.people.values()} == expected


def test_people_without_an_address_are_left_out_with_a_reason() -> None:
    (entry,) = read(
        "Yritys;Yhteyshenkilö;Sähköposti;Puhelin\n"
        'Paja;"Aino; Ville";a@x.fi;\n;Kolmas;;\n;;;050 5\n;Neljäs;n@@x;\n'
    )
    assert list(entry.people) == ["a@x.fi"]
    assert codes(entry) == [
        "person_without_email",
        "person_without_email",
        "phone_without_email",
        "bad_email",
    ]


@pytest.mark.parametrize("written", ["{0}", "FI{1}", "fi {0}", "{1}", " {0} ", "{2}–{3}"])
def test_ways_to_write_a_business_id(written: str) -> None:
    number = business_id(9)
    text = written.format(number, number.replace("-", ""), number[:7], number[8:])
    assert cells.parse_business_id(text) == number


def test_a_lost_leading_zero_and_a_wrong_digit() -> None:
    assert cells.parse_business_id("201256-6") == "0201256-6"
    (entry,) = read(workbook(["Yritys", "Y-tunnus"], ["Vanha", 2012566]))
    assert entry.business_id == "0201256-6"
    for wrong in ("1234567-9", "12345", "abc", "1234567-10", "١٢٣٤٥٦٧-١"):
        with pytest.raises(ValueError, match=re.escape(wrong)):
            cells.parse_business_id(wrong)
    for nothing in ("", "-", "puuttuu", "–"):
        assert cells.parse_business_id(nothing) == ""


def test_one_id_twice() -> None:
    number = business_id(4)
    entries = read(f"Yritys;Y-tunnus\nPaja Oy;{number}\nPAJA;{number}\nToinen;{number}\nPaja Oy;\n")
    assert [(e.row, e.refused) for e in entries] == [(2, False), (4, True)]
    assert codes(entries[0]) == ["row_repeats", "row_repeats"]
    assert entries[1].reasons[0].values == {"id": number, "company": "Paja Oy", "row": 2}


def test_large_companies_are_flagged_and_odd_numbers_told() -> None:
    entries = read(
        "Yritys;Henkilöstö;Tilat\nA;10;20\nB;9,5;\nC;5–9;\nD;paljon;\nE;99999999999;99999\nF;2;0\n"
    )
    assert ["not_micro" in codes(e) for e in entries] == [True, True, False, False, False, False]
    assert [e.fields.get("head_count") for e in entries] == [10, 10, 5, None, None, 2]
    assert codes(entries[3]) == ["not_understood"]
    assert codes(entries[4]) == ["not_understood", "not_understood"]


def test_long_texts_refuse_the_row_by_the_column() -> None:
    entries = read(
        f"Yritys;Osoite;Puhelin\n{'ä' * 500};;\n{'ä' * 501};;\nPaja;{'k' * 301};\n;;{'1' * 41}\nTupa;;\n"
    )
    assert [(e.row, e.refused) for e in entries] == [(2, False), (3, True), (4, True), (5, True), (6, False)]
    assert [e.reasons[0].values["column"] for e in entries if e.refused] == ["Yritys", "Osoite", "Puhelin"]


def test_parts_that_fit_and_a_whole_that_does_not() -> None:
    entries = read(
        "Yritys;Osoite;Postitoimipaikka;Kotisivu;Yhteyshenkilö;Sähköposti;Puhelin\n"
        f"A;{'k' * 295};Ylivieska;;;;\n"
        f"B;;;{'k' * 193}.fi;;;\n"
        f'C;;;;"{"k" * 300}, {"m" * 300}";c@x.fi;\n'
        f"D;;;;;{'k' * 501} <d@x.fi>;\n"
        "E;;;;;e@x.fi;+358 40 123 4567 / +358 50 123 4567 / +358 8 123 4567\n"
    )
    assert [e.refused for e in entries] == [True, True, True, True, False]
    assert entries[4].people["e@x.fi"].phone == "+358 40 123 4567"
    assert codes(entries[4]) == ["not_understood"]


def test_a_workbook_formatted_to_its_end_has_an_end() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"], book.active["A2"] = "Yritys", "Paja"
    book.active["A1048576"] = "Kaukana"
    file = io.BytesIO()
    book.save(file)
    started = time.process_time()
    assert [e.name for e in read(file.getvalue())] == ["Paja"]
    assert time.process_time() - started < 2


def test_a_row_that_names_no_company() -> None:
    entries = read(
        f"Yritys;Y-tunnus;Sähköposti\n;;a@x.fi\nPaja;{business_id(1)};\n;{business_id(2)};b@x.fi\n"
    )
    assert [(e.row, e.refused, codes(e)) for e in entries] == [
        (2, True, ["no_company"]),
        (3, False, []),
        (4, True, ["no_company"]),
    ]


def test_other_fields() -> None:
    (entry,) = read(
        "Yritys;Osoite;Postinumero;Postitoimipaikka;Toimiala;Kieli;Kotisivu\n"
        "Paja;Tehtaantie 4;4100;OULU;C 25.62 – Metallin työstö;ruotsi, suomi;paja.fi\n"
    )
    assert entry.municipality == "OULU"
    assert entry.fields == {
        "address": "Tehtaantie 4, 04100 OULU",
        "industry_code": "25.62",
        "description": "Metallin työstö",
        "languages": ["sv", "fi"],
        "website": "https://paja.fi",
    }


def test_workbooks_with_sheets_dates_formulas_and_blanks() -> None:
    content = workbook(
        [],
        ["Rekisteri"],
        [None, None, "Yritys", "Henkilöstö", "Sähköposti", "Puhelin"],
        [None],
        [None, None, "=CONCAT(1;2)", 3.0, "a@x.fi", 401234567],
        [None, None, "Paja", "#N/A", "b@x.fi", "040"],
        sheets_before=2,
    )
    never_calculated, entry = read(content)
    assert (never_calculated.row, codes(never_calculated)) == (5, ["no_company"])
    assert (entry.row, entry.name, list(entry.people)) == (6, "Paja", ["b@x.fi"])


def test_cells_with_control_characters_are_cleaned() -> None:
    (entry,) = read("Yritys;Sähköposti\nPa\x00ja\x07 \u202e“Oy”\u00a0;a@x.fi\x00\n")
    assert entry.name == "Paja “Oy”"
    assert list(entry.people) == ["a@x.fi"]
    assert cells.clean("\ud800x") == "x"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"\xef\xbb\xbf \r\n", Fault.EMPTY),
        (b"%PDF-1.4 ...", Fault.NOT_A_TABLE),
        (bytes(range(256)) * 40, Fault.NOT_A_TABLE),
        (b"PK\x03\x04" + b"\x00" * 80, Fault.NOT_A_TABLE),
        (b"Nimi;Sahkoposti\nAino;a@x.fi\n", Fault.NO_HEADING),
        (b"just a letter\nto somebody\n", Fault.NO_HEADING),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", Fault.OLD_EXCEL),
        (b"x" * (MOST_BYTES + 1), Fault.TOO_LARGE),
    ],
)
def test_no_table(content: bytes, fault: Fault) -> None:
    with pytest.raises(NotATable) as caught:
        table_of(content)
    assert caught.value.fault == fault


def test_ten_megabytes_are_read_in_seconds() -> None:
    line = f"Paja %05d;;{'Tehtaantie ' * 45};a%05d@x.fi\n"
    text = "Yritys;Y-tunnus;Muuta;Sähköposti\n" + "".join(line % (n, n) for n in range(19_000))
    assert 9_000_000 < len(text) < MOST_BYTES
    started = time.process_time()
    assert len(read(text)) == 19_000
    assert time.process_time() - started < 10


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
TABLES = st.lists(
    st.tuples(WORDS.filter(lambda t: cells.clean(t) != ""), WORDS, st.integers(0, 9)), min_size=1, max_size=8
)


@given(TABLES, st.sampled_from([";", ",", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@example([('"', ";", 1)], ";", "utf-8")
@example([("=1+1", "@x", 1)], ",", "utf-16")
@settings(max_examples=150, deadline=None)
def test_any_text_comes_through_as_text(
    rows: list[tuple[str, str, int]], delimiter: str, encoding: str
) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(["Yritys", "Kuvaus", "Henkilöstö"])
    writer.writerows(rows)
    table = table_of(file.getvalue(), encoding)
    assert [row.at(0) for row in table.rows] == [cells.clean(name) for name, _, _ in rows]
    entries = read_companies(table)
    assert {e.name for e in entries} <= {cells.clean(name) for name, _, _ in rows}


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_no_bytes_make_the_reader_fail_in_another_way(content: bytes) -> None:
    for start in (b"", b"Yritys;Kunta;S-posti;Y-tunnus;Puhelin\n", b"PK\x03\x04"):
        try:
            read(start + content)
        except NotATable:
            continue


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_a_clean_cell_stays_as_it_is_and_a_parsed_address_too(text: str) -> None:
    once = cells.clean(text)
    assert cells.clean(once) == once
    assert "\x00" not in once
    once.encode()
    try:
        address = cells.parse_email(text)
    except ValueError:
        return
    assert cells.parse_email(address) == address
