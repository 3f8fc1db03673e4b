"""The register knows every table that leads to a person."""

from __future__ import annotations

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import CharField, EmailField, JSONField, TextField

from ydin.networks.models import Enterprise, Representative
from ydin.people.models import Person
from ydin.privacy.queries.tables_groups import EXCUSED, TABLES
from ydin.privacy.rules import Fate, name_stems, passages, seal, wanted, without

BY_LABEL = {table.label: table for table in TABLES}


def test_every_table_that_leads_to_a_person_is_in_the_register_or_excused() -> None:
    missing = []
    for model in apps.get_models():
        targets = {f.related_model for f in model._meta.concrete_fields if f.is_relation}
        leads = targets & {Person, Representative, Enterprise}
        if leads and model._meta.label_lower not in {*BY_LABEL, *EXCUSED}:
            missing.append(
                f"{model._meta.label_lower}: declare it in privacy/queries/tables_groups.py or excuse it"
            )
    assert missing == []
    assert all(EXCUSED.values())


@pytest.mark.parametrize("label", sorted(BY_LABEL))
def test_a_declaration_fits_its_table(label: str) -> None:
    table = BY_LABEL[label]
    fields = {f.name: f for f in table.model._meta.concrete_fields}
    named = {*table.emptied, *table.texts, *table.copies, *table.secrets, *table.addresses}
    assert named <= set(fields)
    assert not (table.fate == Fate.EMPTIED and not table.emptied)
    for paths in (table.whose, table.beside):
        for path in paths:
            assert str(table.rows().filter(**{path: 1}).query)
    if table.texts:
        assert table.network
        assert all(isinstance(fields[c], CharField | TextField | JSONField) for c in table.texts)
    person_columns = {f.name for f in fields.values() if f.related_model is Person}
    told = {path.partition("__")[0] for path in (*table.whose, *table.beside)}
    if person_columns and not told and not table.addresses:
        pytest.fail(f"{label} leads to a person by {person_columns}, which the declaration does not use")
    if any(isinstance(f, EmailField) for f in fields.values()) and label != "people.person":
        emails = {n for n, f in fields.items() if isinstance(f, EmailField)}
        assert emails <= named | {"email"}


@pytest.mark.django_db
def test_the_register_is_printed_in_each_language() -> None:
    out = StringIO()
    call_command("register", "--language", "fi", stdout=out)
    assert "(meetings.memo)" in out.getvalue()
    assert out.getvalue().count("## ") == len(TABLES)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Virtanen", "Virtasen"),
        ("Virtanen", "Virtaselle"),
        ("Lehtimäki", "Lehtimäen"),
        ("Mikko", "Mikolta"),
        ("Lahti", "Lahden"),
        ("Satu", "Sadun"),
        ("Hannes", "Hanneksen"),
        ("Aino", "Ainon"),
        ("Pekka", "Pekkaa"),
        ("Äijälä", "ÄIJÄLÄN"),
    ],
)
def test_finnish_forms_of_a_name_are_found(name: str, form: str) -> None:
    assert any(form.lower().startswith(stem) for stem in name_stems(name))
    assert wanted(name, [], []).near.search(f"Soitin {form} eilen")


def test_words_that_only_contain_a_name_are_left_alone() -> None:
    words = wanted("Aino Ranta", ["aino@example.org"], ["+358 40 123 4567"])
    assert not words.near.search("Ainoastaanhan rannikolla kuukausittainkin")
    assert words.far.search("puhelin 040-123 4567")
    assert words.far.search("Rannan Ainolle")
    assert not words.far.search("Aino tuli")


def test_a_passage_is_a_sentence_and_goes_alone() -> None:
    text = "Tuli 3.5 asiakasta. Aino neuvoi: kysy hintaa!\nToinen rivi, a@b.fi vastaa."
    found = passages(text)
    assert found == ["Tuli 3.5 asiakasta.", "Aino neuvoi: kysy hintaa!", "Toinen rivi, a@b.fi vastaa."]
    assert without(text, seal(found[1])) == "Tuli 3.5 asiakasta. […]\nToinen rivi, a@b.fi vastaa."
    assert without({"a": [text]}, seal(found[2]))["a"][0].endswith("\n[…]")
