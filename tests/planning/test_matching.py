"""Matches: across languages, on the command line, between companies; and the taxonomy they stand on."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from stdnum.eu import nace

from ydin.planning import cli
from ydin.planning.errors import InputError
from ydin.planning.matching import Company, Index, Item, Market, Text, learnt, load, rank, ranking, vectors
from ydin.planning.matching.io import LONGEST_TEXT
from ydin.planning.matching.nearest import strongest
from ydin.planning.matching.taxonomy import ancestors, concepts
from ydin.planning.matching.words import LANGUAGES, Lexicon, guess_language, stem

OFFERS = [
    Item("packs", Text("fi", "Suunnittelemme tuotepakkauksia ja etikettejä"), "kide"),
    Item("books", Text("sv", "Bokföring och löner för små företag"), "siffra"),
    Item("trips", Text("en", "Guided wilderness walks and husky safaris"), "polku"),
]


def test_a_need_finds_its_offer_in_another_language() -> None:
    needs = [
        Item("n1", Text("sv", "Vi söker någon som formger förpackningar")),
        Item("n2", Text("en", "Who could do our accounts and payroll?")),
        Item("n3", Text("fi", "Ryhmällemme opastettu koiravaljakkoretki")),
    ]
    found = rank(OFFERS, needs)
    assert {need: offers[0] for need, offers in found.items()} == {
        "n1": "packs",
        "n2": "books",
        "n3": "trips",
    }


def test_blocks_side_by_side_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = [Item(f"n{n}", offer.text) for n, offer in enumerate([*OFFERS, *OFFERS])]
    whole = rank(OFFERS, needs)
    for module in (ranking, vectors):
        monkeypatch.setattr(module, "BLOCK", 1)
    assert rank(OFFERS, needs, threads=2) == whole


@pytest.mark.parametrize("most", [1, 3, 500])
def test_pruning_keeps_the_strongest_of_each_row(most: int) -> None:
    draw = np.random.default_rng(7)
    dense = draw.integers(0, 9, (40, 60)) * (draw.random((40, 60)) < np.linspace(0, 1, 40)[:, None])
    kept = strongest(sp.csr_array(dense.astype(float)), most).toarray()
    for row, left in zip(dense, kept, strict=True):
        assert sorted(left[left > 0]) == sorted(sorted(row[row > 0])[-most:])
        assert (left[left > 0] == row[left > 0]).all()


def test_nothing_in_common_is_left_out() -> None:
    assert rank(OFFERS, [Item("n", Text("en", "qqqq zzzz"))]) == {"n": []}
    assert rank([], [Item("n", Text("en", "a logo"))]) == {"n": []}


@pytest.mark.parametrize(
    "words", ["kirjanpito kirjanpidon kirjanpitäjä", "hitsaus hitsaaja hitsattu", "siivous siivooja"]
)
def test_a_trade_its_doer_and_its_cases_have_one_root(words: str) -> None:
    assert len({stem(word, "fi") for word in words.split()}) == 1


def test_the_language_is_guessed_when_it_is_missing() -> None:
    assert guess_language("Etsimme graafikkoa, joka tekisi meille logon") == "fi"
    assert guess_language("Vi söker en grafiker som gör en logga") == "sv"
    assert guess_language("We need a logo for the shop") == "en"


def test_the_command_writes_offers_best_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    instance = {
        "offers": [
            {"id": item.id, "language": item.text.language, "text": item.text.text} for item in OFFERS
        ],
        "needs": [{"id": "n", "text": "Kuka hoitaisi kirjanpidon?"}],
    }
    (tmp_path / "in.json").write_text(json.dumps(instance))
    assert cli.main(["matches", str(tmp_path / "in.json"), "--out", str(tmp_path / "run.json")]) == 0
    assert json.loads((tmp_path / "run.json").read_text())["n"][0] == "books"
    assert "3 offers, 1 needs" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"needs": []}, "offers: is missing"),
        ({"offers": [], "needs": [{"id": "a", "text": 7}]}, "needs[0].text: not a text"),
        (
            {"offers": [{"id": "a", "text": "x"}, {"id": "a", "text": "y"}], "needs": []},
            "offers[1].id: a is there twice",
        ),
        ({"offers": [], "needs": [{"text": "x"}]}, "needs[0].id: is missing"),
        ({"offers": [], "needs": [{"id": "a", "language": 7, "text": "x"}]}, "needs[0].language: not a text"),
        (
            {"offers": [{"id": "a", "text": "x" * 1_000_000}], "needs": []},
            "offers[0].text: 1000000 characters, at most 10000",
        ),
        (
            {"offers": [{"id": "a\nb", "text": "x"}] * 2, "needs": []},
            "offers[1].id: a b is there twice",
        ),
        ([], "not an object"),
    ],
)
def test_bad_input_is_one_line_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: object, said: str
) -> None:
    (tmp_path / "in.json").write_text(json.dumps(broken))
    assert cli.main(["matches", str(tmp_path / "in.json"), "--out", str(tmp_path / "run.json")]) == 2
    assert capsys.readouterr().err == f"{said}\n"
    assert not (tmp_path / "run.json").exists()


ODD = {
    "offers": [
        {"id": "empty", "text": ""},
        {"id": "smiles", "language": "xx", "text": "🎉🎨"},
        {"id": "no word", "text": "kakku" * 1_900},
        {"id": "logo", "language": "FI-fi", "text": "\ud800 Teemme logoja 🎨"},
    ],
    "needs": [{"id": "logo", "text": "Tarvitsemme logon"}, {"id": "blank", "text": " \n "}],
}


@pytest.mark.parametrize(
    ("odd", "answer"),
    [
        (ODD, {"logo": ["logo"], "blank": []}),
        ({"offers": [{"id": "a", "text": ""}], "needs": [{"id": "n", "text": ""}]}, {"n": []}),
        ({"offers": [], "needs": []}, {}),
    ],
)
def test_odd_texts_are_read(tmp_path: Path, odd: dict[str, object], answer: dict[str, list[str]]) -> None:
    (tmp_path / "in.json").write_text(json.dumps(odd))
    assert cli.main(["matches", str(tmp_path / "in.json"), "--out", str(tmp_path / "run.json")]) == 0
    assert json.loads((tmp_path / "run.json").read_text()) == answer


def test_the_published_schema_says_what_is_refused() -> None:
    schema = json.loads(
        Path(__file__).parents[2].joinpath("docs", "schemas", "offers-and-needs.json").read_text()
    )
    item = schema["$defs"]["item"]
    assert item["properties"]["text"]["maxLength"] == LONGEST_TEXT
    whole = {"id": "a", "language": "fi", "text": "x"}
    load({"offers": [whole], "needs": []})
    load({"offers": [{key: whole[key] for key in item["required"]}], "needs": []})
    for key in item["required"]:
        with pytest.raises(InputError, match=key):
            load({"offers": [{k: v for k, v in whole.items() if k != key}], "needs": []})
    for key in schema["required"]:
        with pytest.raises(InputError, match=key):
            load({k: [] for k in schema["required"] if k != key})


def company(name: str, **given: object) -> Company:
    return Company(name, **{"languages": frozenset({"fi"}), **given})  # type: ignore[arg-type]


def test_near_companies_that_share_language_and_friends_come_first() -> None:
    text = Text("fi", "Teemme logoja")
    need = Item("n", Text("fi", "Tarvitsemme logon"), "asker")
    companies = [
        company("asker", place=(65.0, 25.5), known=frozenset({"friend"})),
        company("near", place=(65.1, 25.5), known=frozenset({"friend"})),
        company("far", place=(60.2, 24.9)),
        company("foreign", place=(65.1, 25.5), languages=frozenset({"en"})),
        company("friend"),
    ]
    offers = [Item(f"of-{name}", text, name) for name in ("far", "foreign", "near", "asker")]
    found = Index(Market(companies, offers, [need])).of_need("n")
    assert [s.offer for s in found] == ["of-near", "of-far", "of-foreign"]
    assert found[0].shared == 1
    assert found[0].km == pytest.approx(11.1, abs=0.1)
    assert "logo-design" in found[0].concepts


def test_competitors_are_suggested_only_when_both_welcome_it() -> None:
    same = {"industry": "7412", "municipality": "564"}
    offers = [Item("o", Text("fi", "Teemme logoja"), "giver")]
    needs = [Item("n", Text("fi", "Tarvitsemme logon"), "asker")]

    def found(*, welcome: bool) -> int:
        companies = [
            company("asker", **same, welcomes_competitors=True),
            company("giver", **same, welcomes_competitors=welcome),
        ]
        return len(Index(Market(companies, offers, needs)).of_need("n"))

    assert (found(welcome=False), found(welcome=True)) == (0, 1)


def test_what_was_not_relevant_is_gone_and_what_is_like_it_sinks() -> None:
    companies = [company(name) for name in ("asker", "a", "b", "c")]
    offers = [
        Item("wedding", Text("en", "Photographer for weddings and portraits"), "a"),
        Item("portraits", Text("en", "Portraits and wedding photos"), "b"),
        Item("products", Text("en", "Photographs of products"), "c"),
    ]
    needs = [Item("n", Text("en", "A photographer"), "asker")]
    before = Index(Market(companies, offers, needs)).of_need("n")
    after = Index(Market(companies, offers, needs, {"n": frozenset({"wedding"})})).of_need("n")
    assert {s.offer for s in before} == {"wedding", "portraits", "products"}
    assert after[0].offer == "products"
    assert "wedding" not in {s.offer for s in after}


def test_nobody_is_suggested_more_than_thrice_their_share() -> None:
    companies = [company(f"c{n}") for n in range(60)]
    offers = [
        Item(f"o{n}", Text("en", "Bookkeeping" if n else "Bookkeeping and payroll"), f"c{n}")
        for n in range(20)
    ]
    needs = [Item(f"n{n}", Text("en", "Bookkeeping and payroll, please"), f"c{n}") for n in range(20, 60)]
    found = Index(Market(companies, offers, needs)).everything(top=2)
    counts = Counter(s.offer for s in found)
    assert counts["o0"] == max(counts.values()) == 12
    assert len(found) == 80
    alone = Index(Market(companies, offers, needs)).of_need("n20", shown={"o0": 12, "o1": 1})
    assert "o0" not in {s.offer for s in alone}


def test_two_who_need_each_other_are_told_so() -> None:
    companies = [company("a"), company("b")]
    offers = [Item("oa", Text("en", "Bookkeeping"), "a"), Item("ob", Text("en", "A new website"), "b")]
    needs = [Item("na", Text("en", "New website"), "a"), Item("nb", Text("en", "Bookkeeping"), "b")]
    index = Index(Market(companies, offers, needs))
    assert index.of_need("na")[0].mutual
    assert [s.mutual for s in index.everything()] == [True, True]


def test_what_was_learnt_is_kept_and_true() -> None:
    known = learnt.kept()
    assert known is not None, "run: python -m ydin.planning.matching.learnt"
    for code, lexicon in known.items():
        afresh = Lexicon(code, lexicon.atoms)
        some = sorted(lexicon.split)[::100]
        assert {word: lexicon.split[word] for word in some} == {word: afresh.of_word(word) for word in some}


def test_what_was_learnt_from_another_taxonomy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learnt, "version", lambda _package: "another")
    assert learnt.kept() is None


def test_the_taxonomy_is_whole() -> None:
    known = concepts()
    assert len(known) >= 400
    for concept in known.values():
        assert all(concept.terms[code] and all(concept.terms[code]) for code in LANGUAGES), concept.id
        assert nace.get_label(concept.nace), concept.id
        assert list(ancestors(concept.id)) == [*dict.fromkeys(ancestors(concept.id))]
        assert all(len(set(concept.terms[code])) == len(concept.terms[code]) for code in LANGUAGES), (
            concept.id
        )
