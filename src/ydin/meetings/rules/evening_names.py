"""Does a text name somebody? In Finnish and Swedish, where names take endings. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

SHORTEST = 3
"""A shorter word is no sign that somebody is named."""
LONGEST_ENDING = 5
"""Letters that may follow a name standing alone: "Aino" is found in "Ainolla", "Mäki" not in "Mäkihyppy"."""
LEGAL_FORMS = frozenset({"oy", "oyj", "ab", "abp", "ky", "kb", "ay", "tmi", "t:mi", "osk", "oü", "ltd", "as"})
WEAK = (
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("nk", "ng"),
    ("nt", "nn"),
    ("mp", "mm"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("t", "d"),
    ("p", "v"),
    ("k", ""),
)
"""Consonant gradation before an ending: Honka, Hongan; Pekka, Pekan; Lahti, Lahden."""
VOWELS = "aeiouyåäö"


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a text may name. `company` is whose agreement covers it (None: nobody's can)."""

    company: int | None
    name: str
    is_person: bool


def named_in(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return those whom the text names, in the given order.

    Companies by their whole name, with or without the legal form; people by their whole name either way
    round, and by first or family name alone where it is written with a capital letter.
    """
    plain = " ".join(text.split())
    folded = plain.casefold()
    return [one for one in candidates if _is_named(plain, folded, one)]


def _is_named(plain: str, folded: str, one: Candidate) -> bool:
    words = [w for w in one.name.split() if w]
    if not one.is_person:
        bare = [w for w in words if w.casefold().strip(".,") not in LEGAL_FORMS]
        return any(_has_words(plain, folded, some) for some in (words, bare))
    if _has_words(plain, folded, words) or _has_words(plain, folded, words[::-1]):
        return True
    return any(_has_alone(plain, word) for word in words)


def _has_words(plain: str, folded: str, words: list[str]) -> bool:
    if not words:
        return False
    if len(words) == 1:
        return _has_alone(plain, words[0])
    start = " ".join(words[:-1]).casefold()
    return any(
        re.search(rf"(?<!\w){re.escape(f'{start} {last}')}", folded) for last in _stems(words[-1].casefold())
    )


def _has_alone(plain: str, word: str) -> bool:
    if len(word) < SHORTEST:
        return False
    wanted = word[:1].upper() + word[1:]
    return any(
        re.search(rf"(?<!\w){re.escape(stem)}(:?\w{{0,{LONGEST_ENDING}}})(?!\w)", plain)
        for stem in (*_stems(wanted), word.upper())
    )


def _stems(word: str) -> list[str]:
    """Return the word and, when it ends in a vowel, its form in the weak grade."""
    stems = [word]
    if len(word) > SHORTEST and word[-1].lower() in VOWELS:
        head, vowel = word[:-1], word[-1]
        weak = next((head[: -len(s)] + w for s, w in WEAK if head.lower().endswith(s)), None)
        if weak is not None:
            stems.append(weak + vowel)
            stems += [f"{weak}e"] if vowel == "i" else []
    return stems
