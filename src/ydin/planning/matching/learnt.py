"""The lexicons, and what they learnt from the taxonomy, which takes seconds and is therefore kept in `learnt.csv`.

    python -m ydin.planning.matching.learnt

writes it anew, after a change of the taxonomy, of `words.py` or of a dictionary. Until then it is not used.
"""

from __future__ import annotations

import csv
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from ydin.planning.matching.taxonomy import concepts, tables
from ydin.planning.matching.words import LANGUAGES, Lexicon, tokens

KEPT = files("ydin.planning.matching").joinpath("learnt.csv")


@cache
def lexicons() -> dict[str, Lexicon]:
    """The atoms of every language, and the parts of every word of the taxonomy."""
    return kept() or learn()


def learn() -> dict[str, Lexicon]:
    """Learn from the taxonomy."""
    made = {}
    for code in LANGUAGES:
        lexicon = made[code] = Lexicon(code)
        words = {
            word for concept in concepts().values() for term in concept.terms[code] for word in tokens(term)
        }
        lexicon.learn(words)
        for word in sorted(words):
            lexicon.of_word(word)
    return made


def kept() -> dict[str, Lexicon] | None:
    """What was learnt before, None when something that it came from has changed."""
    lines = KEPT.read_text(encoding="utf-8").splitlines() if KEPT.is_file() else []
    if not lines or lines[0] != digest():
        return None
    made = {code: Lexicon(code) for code in LANGUAGES}
    for code, word, parts in csv.reader(lines[1:]):
        if word:
            made[code].split[word] = tuple(parts.split())
        else:
            made[code].atoms.update(parts.split())
    return made


def digest() -> str:
    """What the learnt depends on, in short."""
    found = sha256()
    for source in (*tables(), files("ydin.planning.matching").joinpath("words.py")):
        found.update(source.read_bytes())
    for package in ("simplemma", "snowballstemmer"):
        found.update(version(package).encode())
    return found.hexdigest()


def keep(target: Path) -> None:
    """Learn, and write it down."""
    with target.open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"{digest()}\n")
        rows = csv.writer(stream, lineterminator="\n")
        for code, lexicon in learn().items():
            rows.writerow((code, "", " ".join(sorted(lexicon.atoms))))
            rows.writerows((code, word, " ".join(parts)) for word, parts in lexicon.split.items())


if __name__ == "__main__":
    keep(Path(str(KEPT)))
