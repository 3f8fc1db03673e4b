"""The voice that /ui/parts/voice/ writes down, held: messages blame nobody, name no codes, shout at nobody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import ydin

LOCALE = Path(ydin.__file__).parent / "locale"
BLAMING = re.compile(
    r"\b(invalid|illegal|forbidden|unauthori[sz]ed|access denied|not allowed|bad request|oops|whoops|successfully"
    r"|no data|n/a|an error (has )?occurred|something went wrong|click here|abort(ed)?|fatal)\b",
    re.IGNORECASE,
)
COLD = {
    "fi": re.compile(
        r"\b(virheellinen|virheelliset|onnistuneesti|ei tietoja|pääsy estetty|klikkaa|hups)\b", re.IGNORECASE
    ),
    "sv": re.compile(
        r"\b(ogiltig\w*|felaktig\w*|inga data|åtkomst nekad|klicka här|hoppsan)\b", re.IGNORECASE
    ),
}
THANKS = re.compile(
    r"\b(thank you|thanks|welcome|well done|good|great|kiitos|tervetuloa|hienoa|hyvä|tack|välkommen|välkomna|bra|fint|ha en trevlig|hyvää iltaa)"
    r"\b[^.!?]*!",
    re.IGNORECASE,
)
QUOTES = re.compile(r"[“”\"][^“”\"]*[“”\"]")
"""What the catalogue quotes as how not to say it."""


def _messages(language: str) -> list[tuple[str, str]]:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        rows = [(m.id, m.string) for m in read_po(file, locale=language) if m.id]
    plain = []
    for ids, texts in rows:
        first = ids if isinstance(ids, str) else ids[0]
        plain += [(first, text) for text in ((texts,) if isinstance(texts, str) else texts)]
    return plain


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_nobody_is_blamed(language: str) -> None:
    faults = [
        (said, text)
        for said, text in _messages(language)
        if BLAMING.search(QUOTES.sub("", said)) or COLD[language].search(QUOTES.sub("", text))
    ]
    assert faults == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_an_exclamation_mark_follows_thanks_and_welcomes_only(language: str) -> None:
    faults = []
    for pair in _messages(language):
        for text in pair:
            bare = THANKS.sub("", re.sub(r"%\(\w+\)s|\{\w+\}", "", text))
            if "!" in bare:
                faults.append(text)
    assert faults == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_nothing_is_written_in_capitals(language: str) -> None:
    loud = re.compile(r"\b[A-ZÅÄÖ]{4,}(?: [A-ZÅÄÖ]{4,})+\b")

    assert [text for pair in _messages(language) for text in pair if loud.search(text)] == []
