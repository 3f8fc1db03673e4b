"""What stands in one cell of a table, made clean and understood. No cell is ever calculated."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable

from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus

from ydin.people.rules import Language

_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_SPREADSHEET_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#PUUTTUU!"}
_DASHES = "‐‑‒–—―−"  # all that a keyboard or a word processor makes of a minus
_NOTHING = {
    "-", "--", "?", "ei", "ei ole", "ei tiedossa", "puuttuu", "saknas", "nej", "none", "n/a", "na", "x",
}  # fmt: skip
_LANGUAGES = {
    Language.FINNISH: {"fi", "fin", "suomi", "finska", "finnish"},
    Language.SWEDISH: {"sv", "swe", "se", "ruotsi", "svenska", "swedish"},
    Language.ENGLISH: {"en", "eng", "gb", "englanti", "engelska", "english"},
}
_LOCAL_PART = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}(?<!-)\Z")
_ANGLED = re.compile(r"([^<>;,\n]*)<\s*([^<>\s]+@[^<>\s]+)\s*>")
_WEB = re.compile(r"https?://[^\s/?#@:]+\.[^\s/?#@:]{2,}(?::\d{1,5})?(?:[/?#]\S*)?\Z", re.IGNORECASE)
_INDUSTRY = re.compile(r"(?:[A-Va-v]\s*)?(\d{2}(?:\.?\d{1,3})?)(?:\b|\Z)\s*[-–:,]?\s*(.*)\Z", re.DOTALL)
LONGEST_EMAIL, LONGEST_LOCAL_PART = 254, 64
BUSINESS_ID_DIGITS = 8


def clean(value: str) -> str:
    """Return the cell's text as people read it: no control characters, no spaces at its ends, NFC.

    Line breaks inside a cell stay, since they part several people in one cell.
    """
    if value.isascii() and value.isprintable():
        text = value.strip()
    else:
        text = unicodedata.normalize("NFC", value.replace("_x000D_", "\n").replace("\r", "\n"))
        text = "".join(_kept(c) for c in text)
        lines = (" ".join(line.split()) for line in text.split("\n"))
        text = "\n".join(line for line in lines if line)
    return "" if text in _SPREADSHEET_ERRORS else text


def _kept(char: str) -> str:
    if char == "\n":
        return char
    if char in _BIDI or unicodedata.category(char) == "Cs":
        return ""
    return " " if unicodedata.category(char) in {"Cc", "Zs", "Zl", "Zp"} else char


def one_line(text: str) -> str:
    """Return the text with its line breaks as spaces."""
    return text.replace("\n", " ")


def is_nothing(text: str) -> bool:
    """Tell whether somebody wrote in words that there is nothing to write."""
    return not text or text.casefold() in _NOTHING or not text.strip(_DASHES + "- ")


def name_key(name: str) -> str:
    """Return what two ways to write one name have in common: letters and digits, whatever their case."""
    parts = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).casefold().replace("t:mi", "tmi"))
    return " ".join(parts) or name.casefold()


_FORMS = {
    "oy",
    "oyj",
    "ab",
    "tmi",
    "ky",
    "ay",
    "osk",
    "ry",
    "kb",
    "ltd",
    "firma",
    "toiminimi",
    "avoin",
    "yhtiö",
}


def bare_name_key(name: str) -> str:
    """Return `name_key` without the company form, for companies that a business ID already tells apart."""
    key = name_key(name)
    return " ".join(p for p in key.split() if p not in _FORMS) or key


def parse_business_id(text: str) -> str:
    """Return a Finnish business ID as NNNNNNN-N, or nothing for an empty cell.

    Taken as well: the VAT form with FI before it, without the dash, and without the leading zero that a
    spreadsheet drops.

    Raises:
        ValueError: it is no business ID; the check digit does not agree.

    """
    if is_nothing(text):
        return ""
    compact = re.sub(rf"[\s.{_DASHES}-]", "", text.upper()).removeprefix("FI").removeprefix(":")
    if not compact.isascii() or not compact.isdecimal() or len(compact) < BUSINESS_ID_DIGITS - 1:
        raise ValueError(text)
    compact = compact.zfill(BUSINESS_ID_DIGITS)
    try:
        return f"{ytunnus.validate(compact)[:-1]}-{compact[-1]}"
    except ValidationError as error:
        raise ValueError(text) from error


def parse_email(text: str) -> str:
    """Return the address in lower case, its domain as mail servers write it.

    Raises:
        ValueError: it is no e-mail address.

    """
    local, at, domain = text.strip().strip("<>").lower().removeprefix("mailto:").rpartition("@")
    if not (at and local and domain) or len(local) > LONGEST_LOCAL_PART or not _LOCAL_PART.match(local):
        raise ValueError(text)
    try:
        ascii_domain = domain if domain.isascii() else domain.encode("idna").decode()
    except UnicodeError as error:
        raise ValueError(text) from error
    address = f"{local}@{ascii_domain}"
    if not _DOMAIN.match(ascii_domain) or len(address) > LONGEST_EMAIL:
        raise ValueError(text)
    return address


def split_emails(text: str) -> list[tuple[str, str]]:
    """Return (name, address) of each address in a cell; the name is empty unless it is `Name <address>`."""
    if is_nothing(text):
        return []
    found = [(one_line(n).strip(' "'), a) for n, a in _ANGLED.findall(text)]
    rest = re.sub(r"\s*@\s*", "@", _ANGLED.sub(" ", text))
    return found + [("", part) for part in re.split(r"[;,\s/|]+", rest) if part and not is_nothing(part)]


def split_names(text: str, count: int) -> list[str]:
    """Return the names of a cell that stand for `count` people; one name when it cannot be parted so.

    Lines and semicolons part names even when there are more of them than people.
    """
    whole = [one_line(text)] if text else []
    for separator in (r"\n", r";"):
        parts = [p.strip() for p in re.split(separator, text) if p.strip()]
        if len(parts) > 1 and len(parts) >= count:
            return parts
    if count == 1:
        return whole
    for separator in (r"/|\|", r",", r"\s+(?:ja|och|and|&)\s+"):
        parts = [p.strip() for p in re.split(separator, text) if p.strip()]
        if len(parts) == count:
            return parts
    return whole


def split_lines(text: str, count: int) -> list[str]:
    """Return the parts of a cell, one for each of `count` people; all as one when it cannot be parted so."""
    for separator in (r"\n", r";", r",", r"/|\|"):
        parts = [p.strip() for p in re.split(separator, text) if p.strip()]
        if len(parts) == count:
            return parts
    return [one_line(text)] if text else []


def parse_phone(text: str) -> str:
    """Return the number as written, with the zero or plus that a spreadsheet drops from digits alone."""
    if re.fullmatch(r"[45]\d{6,9}", text):
        return f"0{text}"
    return f"+{text}" if re.fullmatch(r"358\d{6,10}", text) else text


def parse_count(text: str, most: int) -> int | None:
    """Return the whole number of a cell such as "3", "n. 4", "2,5" or "5–9" (the lower end); None for none.

    Raises:
        ValueError: no number from 0 to `most` stands there.

    """
    if is_nothing(text):
        return None
    numbers = re.findall(r"\d+(?:[.,]\d+)?", text.replace("\u00a0", "").replace(" ", ""))
    if not numbers or re.match(rf"\s*[<{_DASHES}-]", text):
        raise ValueError(text)
    value = math.ceil(float(numbers[0].replace(",", ".")))
    if value > most:
        raise ValueError(text)
    return value


def parse_languages(text: str) -> list[str]:
    """Return the languages of a cell in its order.

    Raises:
        ValueError: a word of it is no language that the product speaks.

    """
    found: list[str] = []
    for word in re.findall(r"[^\W\d_]+", text.casefold()):
        language = next((tag for tag, names in _LANGUAGES.items() if word in names), None)
        if language is None and word not in {"ja", "och", "and"}:
            raise ValueError(text)
        if language is not None and language.value not in found:
            found.append(language.value)
    return found


def parse_website(text: str) -> str:
    """Return the address with its scheme.

    Raises:
        ValueError: it is no address of a web page.

    """
    if is_nothing(text):
        return ""
    address = text if re.match(r"https?://", text, re.IGNORECASE) else f"https://{text}"
    if not _WEB.match(address):
        raise ValueError(text)
    return address


def parse_industry(text: str) -> tuple[str, str]:
    """Return (code, words) of an industry cell such as "47.91", "C 25.62 – Metallin työstö" or "Kahvila"."""
    found = _INDUSTRY.match(one_line(text))
    return (found[1], found[2].strip()) if found else ("", one_line(text))


def distinct(values: Iterable[str]) -> list[str]:
    """Return each value once, in the order of its first place."""
    return list(dict.fromkeys(values))
