"""Words of data rights, and finding a person in what people wrote. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

GRACE = timedelta(days=7)
"""Between asking to be erased and it being done; an undo is a link away."""
EXPORT_LIFE = timedelta(days=1)
PATIENCE = timedelta(days=7)
"""So long a correction waits for the group's coordinator before the network's see it too."""
FRESH = timedelta(minutes=15)
"""So lately one must have signed in to open one's export."""
REMOVED = "[…]"
"""What stands where a passage was removed."""


class Basis(StrEnum):
    """Legal bases of the GDPR, article 6, as far as they are used."""

    AGREEMENT = "agreement"
    PUBLIC_TASK = "public_task"
    CONSENT = "consent"
    DUTY = "duty"
    INTEREST = "interest"


class Fate(StrEnum):
    """What erasure or the end of its time does with a row."""

    DELETED = "deleted"
    EMPTIED = "emptied"
    KEPT = "kept"


class ExportState(StrEnum):
    """An export on its way."""

    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"


class ErasureState(StrEnum):
    """A request to be erased."""

    ASKED = "asked"
    UNDONE = "undone"
    DONE = "done"


class Decision(StrEnum):
    """What becomes of a passage that names somebody who was erased."""

    OPEN = "open"
    KEPT = "kept"
    REMOVED = "removed"
    GONE = "gone"


class ConsentKind(StrEnum):
    """What one may agree to. Research has two: taking part (ethics) and the use of data (law)."""

    PARTICIPATION = "participation"
    DATA = "data"
    CONTACT = "contact"


class Channel(StrEnum):
    """How a consent was given."""

    SITE = "site"
    PAPER = "paper"


TEXT_VERSION = 1
"""Version of the texts that one agrees to (`documents/consents.py`); a changed text gets the next number."""


_SMALL_WORDS = {"von", "van", "der", "oyj", "tmi", "and", "och"}
_SHORTEST = 3
_WEAKER = (
    ("nk", "ng"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm"), ("kk", "k"), ("pp", "p"), ("tt", "t"),
    ("t", "d"), ("p", "v"), ("k", ""),
)  # fmt: skip
_VOWELS = "aeiouyåäö"
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$)|[.!?]+(?=\S)[^.!?\n]*)*[.!?]*")
_PHONE_DIGITS = 7


def name_stems(part: str) -> list[str]:
    """Return beginnings of a name's forms in lower case, the name itself first.

    Finnish inflects names: Virtanen, Virtasen; Lehtimäki, Lehtimäen; Mikko, Mikon; Lahti, Lahden; Hannes,
    Hanneksen. Rather too many than too few: a human decides about each.
    """
    low = part.lower()
    stems = [low]
    if low.endswith("nen"):
        stems.append(f"{low[:-3]}s")
    elif low.endswith("s"):
        stems.append(f"{low[:-1]}ks")
    elif low[-1:] in _VOWELS:
        body, vowel = low[:-1], low[-1]
        bodies = [body, *[body.removesuffix(a) + b for a, b in _WEAKER if body.endswith(a)]]
        ends = {vowel, "e"} if vowel == "i" else {vowel}
        stems += [f"{b}{e}" for b in bodies for e in sorted(ends)]
    return list(dict.fromkeys(stems))


def name_parts(name: str) -> list[str]:
    """Return the parts of a name that are long enough to be looked for."""
    parts = [p for p in re.split(r"[\s,]+", name.strip()) if p]
    return [p for p in parts if len(p) >= _SHORTEST and p.lower() not in _SMALL_WORDS]


@dataclass(frozen=True)
class Wanted:
    """Whom to look for: the regular expressions, and texts of which one is in every row that could match."""

    near: re.Pattern[str]
    far: re.Pattern[str]
    hints: tuple[str, ...]


def wanted(name: str, addresses: Iterable[str], phones: Iterable[str]) -> Wanted:
    """Return what to look for.

    Args:
        name: full name.
        addresses: e-mail addresses.
        phones: numbers in any spelling; their last seven digits count, whatever stands between.

    `near` takes any part of the name, for texts of the person's own groups; `far` only the full name, an address
    or a number.

    """
    parts = name_parts(name)
    forms = [_form(part) for part in parts]
    sure = [re.escape(a) for a in addresses if a]
    sure += [_phone(p) for p in phones if len(_digits(p)) >= _PHONE_DIGITS]
    full = [rf"(?<!\w){a}[\s,-]+(?:\w+[\s,-]+)?{b}(?!\w)" for a in forms for b in forms if a != b]
    if len(forms) == 1:
        full = [rf"(?<!\w){forms[0]}(?!\w)"]
    hints = [_shared_start(name_stems(part)) for part in parts]
    hints += [a for a in addresses if a] + [
        _digits(p)[-2:] for p in phones if len(_digits(p)) >= _PHONE_DIGITS
    ]
    near = sure + [rf"(?<!\w){form}(?!\w)" for form in forms]
    return Wanted(_any(near), _any(sure + full), tuple(dict.fromkeys(h for h in hints if h)))


def _shared_start(words: list[str]) -> str:
    first, last = min(words), max(words)
    return next((first[:i] for i in range(len(first)) if not last.startswith(first[: i + 1])), first)


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)


def _form(part: str) -> str:
    own, *others = name_stems(part)
    forms = [re.escape(own) + r"\w{0,8}", *[re.escape(other) + r"\w{1,8}" for other in others]]
    return f"(?:{'|'.join(forms)})"


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _phone(text: str) -> str:
    return r"[\s()./-]*".join(_digits(text)[-_PHONE_DIGITS:])


_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_NUMBER = re.compile(r"\d[\d\s()./-]{5,}\d")
_NAME_WORD = re.compile(r"[^\W\d_]{3,}")


def marks(text: str, key: bytes) -> set[str]:
    """Return keyed digests of what in a text could name somebody: addresses, numbers, words.

    Two texts that share one name the same person, as far as the first named nobody else. Without the key the
    digests tell nothing.
    """
    low, found = text.lower(), set()
    for pattern in (_ADDRESS, _NUMBER):
        found |= {m[0] for m in pattern.finditer(low)}
        low = pattern.sub(" ", low)
    found = {_digits(one)[-_PHONE_DIGITS:] if "@" not in one else one.rstrip(".") for one in found}
    found |= {m[0] for m in _NAME_WORD.finditer(low)}
    return {hashlib.blake2b(one.encode(), key=key, digest_size=12).hexdigest() for one in found if one}


def passages(text: str) -> list[str]:
    """Return the sentences of a text, in order, without the space around them."""
    parts = text.split(REMOVED)
    return [found for part in parts for m in _SENTENCE.finditer(part) if (found := m[0].strip())]


def seal(passage: str) -> str:
    """Return by what a passage is found again, without keeping it twice."""
    return hashlib.sha256(passage.encode()).hexdigest()


def strings(value: Any) -> list[str]:
    """Return every text in a value of a column: itself, or those inside of lists and mappings."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for one in inner for text in strings(one)]


def replaced(value: Any, change: Callable[[str], str]) -> Any:
    """Return the value with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: replaced(one, change) for key, one in value.items()}
    return [replaced(one, change) for one in value] if isinstance(value, list | tuple) else value


def without(value: Any, digest: str) -> Any:
    """Return the value without the passage of this seal."""

    def cut(text: str) -> str:
        return REMOVED.join(_SENTENCE.sub(put, part) for part in text.split(REMOVED))

    def put(match: re.Match[str]) -> str:
        found = match[0]
        lead = found[: len(found) - len(found.lstrip())]
        return f"{lead}{REMOVED}" if seal(found.strip()) == digest else found

    return replaced(value, cut)
