"""What a short answer by mail means. Anything that is not plain is nobody's answer: a person reads it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from ydin.meetings.rules.states import Answer

MOST_WORDS = 12
MOST_LINES = 400
LONGEST_ANSWER = 200

_YES = """
kyllä | joo | juu | kyllä tulen | joo tulen | kyllä tulemme | tulen | tulemme | tullaan | tulen paikalle
| tulen mukaan | olen tulossa | tulossa | olemme tulossa | tulossa ollaan | osallistun | osallistumme
| kyllä osallistun | pääsen | pääsemme | pääsen paikalle | pääsen tulemaan | kyllä pääsen | olen mukana
| mukana | mukana ollaan | olemme mukana | minä tulen | mä tulen | toki tulen | totta kai tulen
| tietenkin tulen | ilmoittaudun | ilmoittaudun mukaan | ja | japp | jajamän | jag kommer
| ja jag kommer | vi kommer | ja vi kommer | kommer | kommer gärna | jag deltar | vi deltar | deltar
| jag är med | ja jag är med | vi är med | är med | jag kan komma | ja jag kan komma | kan komma
| jag kan | ja jag kan | självklart kommer jag | absolut jag kommer | yes | yep | yeah | yes i am coming
| yes i will come | yes im coming | i am coming | im coming | we are coming | coming | i will come
| ill come | we will come | i will be there | ill be there | we will be there | will be there
| yes i will be there | yes ill be there | i can come | i can make it | yes i can come
| yes i can make it | i will attend | ill attend | attending | i am attending | im attending | i accept
| accepted | count me in | im in | of course im coming
"""
_NO = """
ei | en tule | emme tule | en pääse | emme pääse | en pääse tulemaan | en pääse paikalle
| en pääse mukaan | en osallistu | emme osallistu | ei onnistu | ei pääse | ei päästä | en ole tulossa
| ei tulla | ei en pääse | ei en tule | en voi tulla | en voi osallistua | en kykene tulemaan
| olen estynyt | estynyt | joudun perumaan | perun | en pääsekään | en tulekaan | joudun jäämään pois
| jään pois | nej | jag kommer inte | vi kommer inte | kommer inte | nej jag kommer inte | jag kan inte
| kan inte | nej jag kan inte | nej kan inte | jag kan inte komma | vi kan inte komma | kan inte komma
| kan jag inte komma | kan vi inte komma | jag kan inte delta | kan inte delta | kan jag inte delta
| nej jag kan inte komma | jag deltar inte | deltar inte | jag har förhinder | har förhinder | förhinder
| jag har fått förhinder | inte | hinner inte | jag hinner inte | no | nope | i cant | i cannot
| we cant | cant | i cant come | i cannot come | cant come | cannot come | no i cant | no i cannot
| i cant make it | i cannot make it | cant make it | cannot make it | i wont be able to make it
| i wont be able to come | i will not be able to come | i will not be able to make it
| i am not able to come | im not able to come | i am unable to come | im unable to come
| i am unable to attend | unable to attend | i cant attend | i cannot attend | i wont attend
| i will not attend | not attending | i am not coming | im not coming | not coming | we are not coming
| i wont come | i will not come | i decline | declined | no i am not coming | no im not coming
| no i cant come | no i cant make it | no i cannot come | no i cannot make it | not this time
"""
_MAYBE = """
ehkä | ehkä tulen | ehkäpä | tulen ehkä | saatan tulla | saatan päästä | ehkä pääsen | pääsen ehkä
| mahdollisesti | kenties | en tiedä vielä | en vielä tiedä | en ole vielä varma | en ole varma
| epävarmaa | vielä epävarmaa | kanske | kanske kommer | kommer kanske | jag kommer kanske
| kanske kommer jag | jag kanske kommer | vet inte än | jag vet inte än | vet inte ännu
| jag vet inte ännu | osäkert | jag är osäker | möjligen | eventuellt | maybe | perhaps | possibly
| i might come | i may come | might come | not sure | im not sure | i am not sure | not sure yet
| im not sure yet | i am not sure yet | i dont know yet | dont know yet | tentative | undecided
"""


def _phrases(text: str) -> set[str]:
    return {" ".join(phrase.split()) for phrase in text.split("|")}


PHRASES: dict[str, Answer] = (
    dict.fromkeys(_phrases(_YES), Answer.COMING)
    | dict.fromkeys(_phrases(_NO), Answer.NOT_COMING)
    | dict.fromkeys(_phrases(_MAYBE), Answer.MAYBE)
)
"""What a whole answer says, in plain letters and without politeness."""

_REGRETS = (
    r"valitettavasti|ikävä kyllä|harmi|pahoittelut|pahoittelen|anteeksi|tyvärr|ledsen"
    r"|sorry|unfortunately|apologies|alas"
)
_JOYS = r"mielelläni|mieluusti|ilomielin|gärna|gladly|with pleasure|happily|definitely|certainly"
_POLITE = (
    r"kiitos kutsusta|kiitokset kutsusta|kiitos kysymästä|kiitoksia|kiitos|kiitti|nähdään siellä|nähdään|näkemisiin"
    r"|tack för inbjudan|tack för inbjudningen|tack så mycket|tack|vi ses där|vi ses|ses"
    r"|thanks for the invitation|thank you for the invitation|thanks for inviting me|many thanks|thank you|thanks"
    r"|see you there|see you then|see you"
)
_REGRET_WORDS = re.compile(rf"\b(?:{_REGRETS})\b")
_JOY_WORDS = re.compile(rf"\b(?:{_JOYS})\b")
_POLITE_WORDS = re.compile(rf"\b(?:{_POLITE})\b")
_NOT_LETTERS = re.compile(r"[^\w\s]+")
_GREETING = re.compile(
    r"(hei|moi|moikka|terve|tere|hyvää (päivää|huomenta|iltaa)|hej|hejsan|god (morgon|dag|kväll)|hi|hello|dear|good "
    r"(morning|afternoon|evening))( [^\W\d_]+(-[^\W\d_]+)?){0,3}",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(ystävällisin terveisin|ystävällisesti|terveisin|terveiset|terv|yst ?terv|t|yt|parhain terveisin|mvh"
    r"|med vänliga? hälsning(ar)?|vänliga? hälsning(ar)?|vänligen|hälsning(ar)?|bästa hälsningar"
    r"|(best|kind|warm) (regards|wishes)|regards|best|cheers|br|sincerely|yours sincerely|all the best)",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"(lähetetty|sent (from|with|via)|skickat (från|med)|hanki outlook|hämta outlook|get outlook|sänt från"
    r"|lähetin tämän)\b.*",
    re.IGNORECASE,
)
_AFTERTHOUGHT = re.compile(r"(p\.? ?s\b|nb\b|huom)|.*\?", re.IGNORECASE)
_KIND_SYMBOLS = "👍🙂😊😀😃😄☺❤♥✅✔🎉🌲☕🙏"
_QUOTE_HEADS = re.compile(
    r"-{2,} ?(original message|alkuperäinen viesti|ursprungligt meddelande|forwarded message).*|_{8,}"
    r"|\*?(from|lähettäjä|från|mistä|sent|lähetetty|skickat|date|päivämäärä|päiväys|datum|pvm|subject|aihe|ämne"
    r"|to|vastaanottaja|till):\*? .*"
    r"|(on|den|le|am|il) .{4,200}(wrote|skrev|kirjoitti):?"
    r"|.{4,200}[\d>)] ?(wrote|skrev|kirjoitti|kirjoitti seuraavaa):"
    r"|(den|on) .{4,80} (skrev|wrote) .{2,160}:"
    r"|.{4,160}<\S{3,100}@\S{3,100}>.{0,40}(wrote|skrev|kirjoitti|:)",
    re.IGNORECASE,
)
_QUOTE_BEGINS = re.compile(
    r"(on|den|ma|ti|ke|to|pe|la|su|mån|tis|ons|tors|fre|lör|sön) .{6,200}", re.IGNORECASE
)
_QUOTE_ENDS = re.compile(r".{0,200}(wrote|skrev|kirjoitti):", re.IGNORECASE)


def new_lines(text: str) -> list[str]:
    """Return the lines that stand before the first quoted one, stripped; empty ones are left out."""
    lines = [line.strip()[:300] for line in text.split("\n", MOST_LINES)[:MOST_LINES]]
    lines = [line for line in lines if line]
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        wrapped = _QUOTE_BEGINS.fullmatch(line) and _QUOTE_ENDS.fullmatch(following)
        if line.startswith((">", "|")) or wrapped or _QUOTE_HEADS.fullmatch(line):
            return lines[:index]
    return lines


def classify(text: str, names: Collection[str] = ()) -> Answer | None:
    """Return the answer that a reply gives, or None when a person must read it.

    The whole of what is new in the reply must be a greeting, an answer and a signature. One word more, a
    question, a number or a condition, and it is left to a person.

    Args:
        text: of the mail, with what it quotes.
        names: of the person and their company, which may stand below the answer.

    """
    lines = new_lines(text)
    while lines and _GREETING.fullmatch(lines[0].rstrip(" ,.!:;")) and _plain(lines[0]) not in PHRASES:
        lines = lines[1:]
    known = {word for name in names for word in _plain(name).split()}
    end = next((i for i, line in enumerate(lines) if i and _ends(line, known)), len(lines))
    if any(_AFTERTHOUGHT.match(line) or _meaning(_plain(line)) for line in lines[end:]):
        return None
    whole = " . ".join(lines[:end])
    if len(whole) > LONGEST_ANSWER or any(_is_odd(character) for character in whole):
        return None
    return _meaning(_plain(whole))


def _is_odd(character: str) -> bool:
    """Tell whether the sign asks, counts or shows a feeling that might turn the words around."""
    is_symbol = unicodedata.category(character) in {"So", "Sc", "Sm"}
    return character in "?¿" or character.isnumeric() or (is_symbol and character not in _KIND_SYMBOLS)


def _ends(line: str, known: Collection[str]) -> bool:
    """Tell whether a signature begins here. `known`: words of the names that may stand in it."""
    if line in {"--", "—", "-"} or _DEVICE.fullmatch(line):
        return True
    words = _plain(line).split()
    for count in range(min(len(words), 3), 0, -1):
        if _SIGN_OFF.fullmatch(" ".join(words[:count])):
            words = words[count:]
            return all(word in known for word in words)
    return 0 < len(words) <= MOST_WORDS and all(word in known for word in words)


def _meaning(plain: str) -> Answer | None:
    """Return the answer of plain words; regret and joy may only go with what suits them."""
    regret, joy = _REGRET_WORDS.search(plain), _JOY_WORDS.search(plain)
    rest = _REGRET_WORDS.sub(" ", _JOY_WORDS.sub(" ", _POLITE_WORDS.sub(" ", plain)))
    words = rest.split()
    if not 1 <= len(words) <= MOST_WORDS:
        return None
    answer = PHRASES.get(" ".join(words))
    if answer is None or (regret and answer is Answer.COMING) or (joy and answer is not Answer.COMING):
        return None
    return answer


def _plain(text: str) -> str:
    """Return the words in small letters, without signs; an apostrophe joins ("can't" is "cant")."""
    low = unicodedata.normalize("NFC", text).casefold()
    low = re.sub(r"['’`´]", "", low)
    return " ".join(_NOT_LETTERS.sub(" ", low).replace("_", " ").split())
