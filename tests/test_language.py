"""The words of the network's people: one term, one word in each language, on every page and in every letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import ydin

LOCALE = Path(ydin.__file__).parent / "locale"

# English term: what the translation contains, as stems, because Finnish and Swedish inflect
TERMS = {
    "core group": {"fi": "ydinryhm", "sv": "kärngrupp"},
    "hosting turn": {"fi": "isännöintivuoro", "sv": "värdtur"},
    "memo": {"fi": "muistio", "sv": "promemori"},
    "waiting list": {"fi": "jonotuslist", "sv": "väntelist"},
    "attendance list": {"fi": "osallistujalist", "sv": "deltagarlist"},
    "visitor": {"fi": "vieraili|vieraspaik", "sv": "gäst"},
    "invitation": {"fi": "kutsu", "sv": "inbjud"},
    "public summary": {"fi": r"julki\w* yhteenve", "sv": r"offentlig\w* sammanfattning"},
    "confidentiality commitment": {"fi": "luottamuksellisuussitoumu", "sv": "sekretessförbindelse"},
    "Business ID": {"fi": "Y-tunnu", "sv": "FO-num"},
}


def test_a_term_has_one_word_in_each_language(subtests: pytest.Subtests) -> None:
    for language in ("fi", "sv"):
        with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
            messages = [m for m in read_po(file, locale=language) if m.id]
        for term, words in TERMS.items():
            asks = re.compile(rf"\b{term}(s|'s|s')?\b", re.IGNORECASE)
            kept = re.compile(words[language], re.IGNORECASE)
            with subtests.test(term=term, language=language):
                said = [(m.id, m.string) for m in messages if asks.search(_first(m.id))]
                assert said, "the term is nowhere: drop it here or use it there"
                assert [pair for pair in said if not all(map(kept.search, _all(pair[1])))] == []


def _all(texts: str | tuple[str, ...]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _first(texts: str | tuple[str, ...]) -> str:
    return _all(texts)[0]
