"""What a CalDAV program asks for: bodies of PROPFIND and REPORT (RFC 4918, 4791, 6578), read and bounded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.http import HttpRequest

from ydin.calendar.documents.dav import CALDAV, DAV

MOST_OCTETS = 512 * 1024
MOST_ELEMENTS = 10_000
_MOMENT = re.compile(r"\d{8}T\d{6}Z")
_COLLATIONS = {"", "default", "i;ascii-casemap", "i;octet", "i;unicode-casemap"}


class BadRequest(Exception):  # noqa: N818
    """The body cannot be answered: an HTTP status and the precondition's element, if there is one."""

    def __init__(self, status: int, condition: str = "") -> None:
        """Keep both."""
        super().__init__(status)
        self.status, self.condition = status, condition


@dataclass(frozen=True)
class Asked:
    """Properties by name; None: all of them. `names_only`: which there are, without values."""

    names: tuple[str, ...] | None = None
    names_only: bool = False


@dataclass(frozen=True)
class Match:
    """A condition on a property of an entry: there or not (`text` None), or its text holds `text` (or does not)."""

    name: str
    text: str | None = None
    there: bool = True


@dataclass(frozen=True)
class Filter:
    """Which entries are wanted: begun before `end`, ended after `start` (as 20270204T153000Z), and all matches."""

    start: str = ""
    end: str = ""
    matches: tuple[Match, ...] = ()
    nothing: bool = False


@dataclass(frozen=True)
class Query:
    """A calendar-query."""

    asked: Asked
    filter: Filter


@dataclass(frozen=True)
class Multiget:
    """A calendar-multiget."""

    asked: Asked
    hrefs: tuple[str, ...]


@dataclass(frozen=True)
class Sync:
    """A sync-collection; an empty token asks for everything."""

    asked: Asked
    token: str
    limit: int | None


def read_propfind(request: HttpRequest) -> Asked:
    """Return what a PROPFIND asks for; no body asks for all.

    Raises:
        BadRequest: too large, no XML or something else.

    """
    root = _root(request)
    if root is None:
        return Asked()
    if root.tag != f"{{{DAV}}}propfind":
        raise BadRequest(400)
    return _asked(root)


def read_report(request: HttpRequest) -> Query | Multiget | Sync:
    """Return what a REPORT asks for.

    Raises:
        BadRequest: as `read_propfind`, or a report or filter that we do not have.

    """
    root = _root(request)
    if root is None:
        raise BadRequest(400)
    if root.tag == f"{{{CALDAV}}}calendar-query":
        return Query(_asked(root), _filter(root))
    if root.tag == f"{{{CALDAV}}}calendar-multiget":
        return Multiget(_asked(root), tuple((e.text or "").strip() for e in root.iter(f"{{{DAV}}}href")))
    if root.tag == f"{{{DAV}}}sync-collection":
        return _sync(root)
    raise BadRequest(403, f"{{{DAV}}}supported-report")


def _root(request: HttpRequest) -> Element | None:
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError as error:
        raise BadRequest(400) from error
    if length > MOST_OCTETS:
        raise BadRequest(413)
    body = request.body
    if not body.strip():
        return None
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BadRequest(400) from error
    if sum(1 for _element in root.iter()) > MOST_ELEMENTS:
        raise BadRequest(413)
    return root


def _asked(root: Element) -> Asked:
    if root.find(f"{{{DAV}}}propname") is not None:
        return Asked(names_only=True)
    wanted = root.find(f"{{{DAV}}}prop")
    if wanted is None:
        return Asked()
    return Asked(tuple(dict.fromkeys(element.tag for element in wanted)))


def _sync(root: Element) -> Sync:
    limit = root.findtext(f"{{{DAV}}}limit/{{{DAV}}}nresults")
    if limit is not None and not (limit.strip().isdecimal() and len(limit) < 10):  # noqa: PLR2004 - figures
        raise BadRequest(400)
    return Sync(
        _asked(root), (root.findtext(f"{{{DAV}}}sync-token") or "").strip(), int(limit) if limit else None
    )


def _filter(root: Element) -> Filter:
    outer = root.find(f"{{{CALDAV}}}filter/{{{CALDAV}}}comp-filter")
    if outer is None or outer.get("name") != "VCALENDAR":
        raise BadRequest(403, f"{{{CALDAV}}}valid-filter")
    if outer.find(f"{{{CALDAV}}}is-not-defined") is not None:
        return Filter(nothing=True)
    if outer.find(f"{{{CALDAV}}}prop-filter") is not None:
        raise BadRequest(403, f"{{{CALDAV}}}supported-filter")
    found = Filter()
    for inner in outer.findall(f"{{{CALDAV}}}comp-filter"):
        absent = inner.find(f"{{{CALDAV}}}is-not-defined") is not None
        if inner.get("name") == "VEVENT":
            found = Filter(nothing=True) if absent else _of_events(inner)
        elif inner.get("name") != "VTIMEZONE" and not absent:
            return Filter(nothing=True)
    return found


def _of_events(element: Element) -> Filter:
    start = end = ""
    span = element.find(f"{{{CALDAV}}}time-range")
    if span is not None:
        start, end = span.get("start", ""), span.get("end", "")
        if not (start or end) or any(value and not _MOMENT.fullmatch(value) for value in (start, end)):
            raise BadRequest(403, f"{{{CALDAV}}}valid-filter")
    alarms = [e for e in element.findall(f"{{{CALDAV}}}comp-filter") if _must_be(e)]
    matches = tuple(_match(e) for e in element.findall(f"{{{CALDAV}}}prop-filter"))
    return Filter(start, end, matches, nothing=bool(alarms))


def _must_be(element: Element) -> bool:
    return element.find(f"{{{CALDAV}}}is-not-defined") is None


def _match(element: Element) -> Match:
    name, children = element.get("name", "").upper(), [child.tag for child in element]
    text = element.find(f"{{{CALDAV}}}text-match")
    known = {f"{{{CALDAV}}}text-match", f"{{{CALDAV}}}is-not-defined"}
    if not re.fullmatch(r"[A-Z0-9-]{1,60}", name) or not known.issuperset(children):
        raise BadRequest(403, f"{{{CALDAV}}}supported-filter")
    if text is None:
        return Match(name, there=not children)
    if text.get("collation", "") not in _COLLATIONS:
        raise BadRequest(403, f"{{{CALDAV}}}supported-collation")
    return Match(name, text.text or "", there=text.get("negate-condition") != "yes")


def names_to_change(request: HttpRequest) -> list[str]:
    """Return the properties that a PROPPATCH would set or remove.

    Raises:
        BadRequest: as `read_propfind`.

    """
    root = _root(request)
    if root is None or root.tag != f"{{{DAV}}}propertyupdate":
        raise BadRequest(400)
    return list(dict.fromkeys(e.tag for prop in root.iter(f"{{{DAV}}}prop") for e in prop))


def uids_of(hrefs: Iterable[str], folder: str) -> dict[str, str]:
    """Return the UIDs of entries in `folder` (a path that ends with a slash) by the addresses asked for."""
    found = {}
    for href in hrefs:
        path = unquote(href.partition("://")[2].partition("/")[2] if "://" in href else href)
        name = f"/{path.removeprefix('/')}"
        if name.startswith(folder) and name.endswith(".ics"):
            found[href] = name.removeprefix(folder).removesuffix(".ics")
    return found
