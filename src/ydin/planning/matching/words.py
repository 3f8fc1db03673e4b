"""Words of short Finnish, Swedish and English texts: brought to their root, compounds split, function words left out.

A word is looked up in the dictionaries of `simplemma` (`pakkausten` -> `pakkaus`), stemmed (Snowball), and the
endings that make a doer, a deed or a verb of the same root are taken off (`hitsaus`, `hitsaaja`, `hitsata`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import StreamDictionaryFactory
from snowballstemmer import stemmer

LANGUAGES = ("fi", "sv", "en")
SHORTEST_PART = 3
LONGEST_KEPT = 5
LONGEST_WORD = 60

_WORD = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"(.)\1")
_STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}
_VOWELS = "aeiouyåäö"
_ENDINGS = {
    "fi": {
        "minen": 4,
        "nta": 3,
        "ntä": 3,
        "nti": 3,
        "ja": 3,
        "jä": 3,
        "us": 5,
        "ys": 5,
        "la": 4,
        "lä": 4,
        "ta": 4,
        "tä": 4,
        "ri": 4,
    },
    "sv": {
        "ering": 4,
        "erare": 4,
        "ning": 3,
        "eri": 4,
        "are": 3,
        "era": 4,
        "ing": 4,
        "else": 4,
        "ande": 4,
        "ad": 4,
        "a": 3,
    },
    "en": {"ation": 4, "ery": 3, "ing": 3, "ment": 4, "ance": 4, "er": 3, "or": 4, "y": 4, "e": 3, "ed": 3},
}
_LINKS = {"fi": ("", "n", "s"), "sv": ("", "s"), "en": ("",)}

_FUNCTION_WORDS = {
    "fi": """
        ja tai sekä että joka jotka jonka jossa jolla kun jos niin myös on ovat ole olla oli olen olemme ei en emme
        me te he minä sinä hän se ne tämä nämä meidän teidän minun oma oman omaa omalla omien itse kaikki kaikkia
        mutta vain vielä jo nyt sitten kuin mitä mikä missä mistä mihin kuka kenen kenellä miten voi voisi voimme
        haluan haluamme haluaisin haluaisimme haluaa tarvitsen tarvitsemme tarvitaan tarvittaisiin tarvitsisi tarvitse
        etsin etsimme etsii etsitään haemme haen hakee hakusessa kaipaan kaipaamme kaipaa kaipaisin tarjoan tarjoamme
        tarjoaa tarjotaan teen teemme tekee tehdään tekisi hoitaisi hoitaa autan autamme auttaa apua apu pitäisi
        saada saamme saa saisi ehdi ehtii joku jotakin jokin jonkun ensi tänä vuosi vuoden vuonna viikko viikossa
        viikon kuukausi päivä päivää kerran noin alle yli lisäksi kanssa ilman ennen jälkeen aikana hyvä hyvää uusi
        uutta uuden pieni pienet pienille pienten suuri yritys yrityksen yritykset yrityksille yritykselle yritystä
        yritysten firma asia asiat alussa suoraan mukaan asti sopii löytyy käyttö palvelu palvelut palvelua palveluja
    """,
    "sv": """
        och eller samt att som en ett den det de dem vi ni han hon jag du man är var vara blir har hade ha kan kunde
        skall ska vill skulle behöver behövs behov söker sökes letar efter någon något några erbjuder gör göra görs
        hjälper hjälp hjälpa vem vad hur när där här på i av till från för med utan om under över mellan vid hos inte
        också bara redan nu sedan så men vår vårt våra er ert era min mitt mina egen eget egna sig alla allt mycket
        ny nytt nya gammal gammalt liten litet små stor stort stora bra god år året vecka veckan månad månaden dag
        dagen dagar gång gånger nästa snart gärna måste borde får få finns ger företag företaget företagen firma
        småföretag tjänst tjänster saker sak ligger kommer komma tar ta går
    """,
    "en": """
        a an the and or as well that which who whom whose is are was were be been being have has had do does did we
        you he she it they i me us our your their my his her its own this these those in on at to from for with
        without by of about into over under between up down out off before after during not no only also already now
        then so but if when where what how why can could should would will shall may might must need needs needed
        looking look find someone somebody anyone something want wants like help helps helping offer offers offering
        provide provides make makes making made get gets getting give gives new old small large big good great best
        year years week weeks month months day days time times next last soon each every all any some more most
        other another same company companies firm firms business businesses service services thing things one two
        three per us please here there
    """,
}


def tokens(text: str) -> list[str]:
    """Lower-case words and numbers of a text, compatibility forms folded (NFKC)."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def guess_language(text: str) -> str:
    """The language whose function words, and letters, the text has most of; English when nothing tells."""
    seen = set(tokens(text))
    scores = {code: len(seen & words) for code, words in _stop_words().items()}
    scores["fi"] += sum(word.endswith(("ssa", "ssä", "lla", "llä", "nen", "mme")) for word in seen)
    scores["sv"] += sum("å" in word for word in seen)
    return max(("en", "sv", "fi"), key=lambda code: scores[code])


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in _FUNCTION_WORDS.items()}


@cache
def _stemmer(language: str) -> object:
    return stemmer(_STEMMERS[language])


@cache
def _lemmatizer() -> Lemmatizer:
    """The dictionaries take 30 MB and some seconds to load, when first asked for."""
    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_dictionaries()))


@cache
def _dictionaries() -> StreamDictionaryFactory:
    return StreamDictionaryFactory()


@cache
def stem(word: str, language: str) -> str:
    """The root of one lower-case word."""
    lemma = _lemmatizer().lemmatize(word, lang=language).lower()
    root = _without_ending(lemma, language)
    if root == lemma:
        root = _stemmer(language).stemWord(lemma)  # type: ignore[attr-defined]
    return _plain(root)


def _without_ending(lemma: str, language: str) -> str:
    """A lemma without the ending that makes a verb, a doer or a deed of its root."""
    for ending, shortest in _ENDINGS[language].items():
        if lemma.endswith(ending) and len(lemma) - len(ending) >= shortest:
            return lemma[: -len(ending)]
    return lemma


def _plain(root: str) -> str:
    """No vowels at the end, no doubled letters in a longer word: `suunnitel` and `suunnittel` are one root."""
    bare = root.rstrip(_VOWELS)
    if len(bare) <= SHORTEST_PART:
        return root[: len(bare) + 1]
    return _DOUBLED.sub(r"\1", bare) if len(bare) > LONGEST_KEPT else bare


@cache
def _is_word(text: str, language: str) -> bool:
    """Whether a dictionary has it."""
    return text in _dictionaries().get_dictionary(language)


@dataclass
class Lexicon:
    """Atoms of one language: the stems that longer words are made of; and the words that were split already."""

    language: str
    atoms: set[str] = field(default_factory=set)
    split: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def learn(self, words: Iterable[str]) -> None:
        """Take words as atoms, shortest first; a word that known atoms make up adds none."""
        for word in sorted(set(words), key=lambda w: (len(w), w)):
            if len(word) < SHORTEST_PART or word in _stop_words()[self.language]:
                continue
            if len(self._parts(word)) == 1:
                self.atoms.add(stem(word, self.language))
        self.split.clear()

    def of_text(self, text: str) -> list[str]:
        """Atoms of a text in order, function words left out."""
        found: list[str] = []
        for word in tokens(text):
            found += self.of_word(word)
        return found

    def of_word(self, word: str) -> tuple[str, ...]:
        """Atoms of a word; its stem when it is none and not made up of them; nothing for a function word.

        Nothing either for what is too long to be a word.
        """
        if len(word) > LONGEST_WORD:
            return ()
        known = self.split.get(word)
        if known is None:
            known = self.split[word] = () if word in _stop_words()[self.language] else self._parts(word)
        return known

    def _parts(self, word: str) -> tuple[str, ...]:
        """The split whose parts are longest at the end of the word (the head), else the stem alone."""
        whole = stem(word, self.language)
        if len(word) < 2 * SHORTEST_PART:
            return (whole,)
        cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        for known in (self._is_atom, self._is_known):
            for cut in cuts:
                if not known(word[cut:]):
                    continue
                modifier = self._modifier(word[:cut], known)
                if modifier:
                    return (*modifier, stem(word[cut:], self.language))
        return (whole,)

    def _is_atom(self, text: str) -> bool:
        return stem(text, self.language) in self.atoms

    def _is_known(self, text: str) -> bool:
        """A word of the dictionary that is long enough to be no accident, or an atom."""
        return self._is_atom(text) or (len(text) > LONGEST_KEPT and _is_word(text, self.language))

    def _modifier(self, text: str, known: Callable[[str], bool]) -> tuple[str, ...]:
        """Atoms of the first part of a compound, its linking letter taken off."""
        for link in _LINKS[self.language]:
            if not text.endswith(link) or len(text) - len(link) < SHORTEST_PART:
                continue
            bare = text[: len(text) - len(link)]
            if known(bare):
                return self._parts(bare)
        return ()
