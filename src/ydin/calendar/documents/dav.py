"""A person's own calendar as a CalDAV collection (RFC 4791): properties, entries and their XML."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from xml.sax import saxutils

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ydin.calendar.documents.entries import Detail, Vevent, event_entries, meeting_entries
from ydin.calendar.models import Event
from ydin.meetings.documents.ical import vcalendar
from ydin.meetings.documents.ical_zones import vtimezone
from ydin.meetings.models import Meeting
from ydin.ui import tokens

DAV = "DAV:"
CALDAV = "urn:ietf:params:xml:ns:caldav"
SERVER = "http://calendarserver.org/ns/"
APPLE = "http://apple.com/ns/ical/"
CONTENT_TYPE = "text/calendar; charset=utf-8; component=VEVENT"
COLOUR = tokens.value("spruce")
MOST_OCTETS = 100_000

_PREFIXES = {DAV: "D", CALDAV: "C", SERVER: "S", APPLE: "A"}
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<{} xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
    ' xmlns:S="http://calendarserver.org/ns/" xmlns:A="http://apple.com/ns/ical/">'
)
_END = "END:VCALENDAR\r\n"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FOLD = re.compile(r"\r\n[ \t]")

Properties = Mapping[str, Callable[[], str]]
"""Inner XML by name ({namespace}local), made when it is asked for."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the collection: its name without `.ics`, its calendar, moments as `Vevent` has them."""

    uid: str
    start: str
    end: str
    text: str
    etag: str

    def value_of(self, name: str) -> str | None:
        """Return the text of an entry's property, or None where it has none."""
        event = _FOLD.sub("", self.text[self.text.index("BEGIN:VEVENT") :])
        found = re.search(rf"^{re.escape(name)}(?:;[^:\r\n]*)?:(.*)\r$", event, re.MULTILINE)
        return None if found is None else re.sub(r"\\([\\,;nN])", _unescaped, found[1])


def _unescaped(found: re.Match[str]) -> str:
    return "\n" if found[1] in "nN" else found[1]


def items(meetings: QuerySet[Meeting], events: QuerySet[Event]) -> Iterator[Item]:
    """Yield the entries of meetings and events that the person may see, with all that they may know."""
    for entry in chain(meeting_entries(meetings, Detail.FULL), event_entries(events, Detail.FULL)):
        yield _item(entry)


def _item(entry: Vevent) -> Item:
    year = int(entry.start[:4])
    zone = "" if entry.zone == "UTC" else vtimezone(entry.zone, year, year + 1)
    text = f"{vcalendar(()).removesuffix(_END)}{zone}{entry.text}{_END}"
    return Item(entry.uid, entry.start, entry.end, text, hashlib.sha256(text.encode()).hexdigest()[:24])


def escape(text: str) -> str:
    """Return text for XML 1.0, without the few characters that it cannot hold."""
    return saxutils.escape(_NOT_XML.sub("", text))


def element(name: str, inner: str = "") -> str:
    """Return an element by its name {namespace}local around XML that is escaped already."""
    space, _brace, local = name[1:].rpartition("}") if name.startswith("{") else ("", "", name)
    prefix = _PREFIXES.get(space)
    tag, declared = (
        (f"{prefix}:{local}", "") if prefix else (f"X:{local}", f" xmlns:X={saxutils.quoteattr(space)}")
    )
    if not space:
        tag, declared = local, ""
    return f"<{tag}{declared}>{inner}</{tag}>" if inner else f"<{tag}{declared}/>"


def href(address: str) -> str:
    """Return an address as DAV:href."""
    return f"<D:href>{escape(address)}</D:href>"


def answer_of(
    address: str,
    properties: Properties,
    names: Iterable[str] | None,
    *,
    bare: bool = False,
    brief: bool = False,
) -> str:
    """Return the DAV:response of one resource.

    Args:
        address: of the resource.
        properties: that it has.
        names: those asked for; None: all but the calendar's text.
        bare: names without values.
        brief: say nothing of those that it does not have (RFC 8144).

    """
    if names is None:
        names = [name for name in properties if name != f"{{{CALDAV}}}calendar-data"]
    known, unknown = [], []
    for name in names:
        if name in properties:
            known.append(element(name, "" if bare else properties[name]()))
        else:
            unknown.append(element(name))
    parts = [_propstat(known, "200 OK")] if known or not unknown or brief else []
    if unknown and not brief:
        parts.append(_propstat(unknown, "404 Not Found"))
    return f"<D:response>{href(address)}{''.join(parts)}</D:response>\n"


def _propstat(elements: list[str], status: str) -> str:
    return (
        f"<D:propstat><D:prop>{''.join(elements)}</D:prop><D:status>HTTP/1.1 {status}</D:status></D:propstat>"
    )


def refused_properties(address: str, names: Iterable[str]) -> str:
    """Return the DAV:response to somebody who wants to change properties."""
    why = "<D:error><D:cannot-modify-protected-property/></D:error>"
    return (
        f"<D:response>{href(address)}<D:propstat><D:prop>{''.join(element(n) for n in names)}</D:prop>"
        f"<D:status>HTTP/1.1 403 Forbidden</D:status>{why}</D:propstat></D:response>\n"
    )


def gone(address: str) -> str:
    """Return the DAV:response of a resource that is not, or no longer, there."""
    return f"<D:response>{href(address)}<D:status>HTTP/1.1 404 Not Found</D:status></D:response>\n"


def multistatus(responses: Iterable[str], token: str = "") -> bytes:
    """Return the whole answer, with a sync token if there is one."""
    last = f"<D:sync-token>{escape(token)}</D:sync-token>" if token else ""
    return f"{_HEAD.format('D:multistatus')}\n{''.join(responses)}{last}</D:multistatus>\n".encode()


def error(condition: str, inner: str = "") -> bytes:
    """Return the body that names the precondition that failed (RFC 4918, 16)."""
    return f"{_HEAD.format('D:error')}{element(condition, inner)}</D:error>\n".encode()


@dataclass(frozen=True)
class Place:
    """Where things are: paths of the root, of the person's home and of their calendar; their e-mail address."""

    root: str
    home: str
    calendar: str
    email: str
    name: str


def _common(place: Place) -> dict[str, Callable[[], str]]:
    me = href(place.home)
    return {
        f"{{{DAV}}}current-user-principal": lambda: me,
        f"{{{DAV}}}principal-collection-set": lambda: href(place.root),
        f"{{{DAV}}}current-user-privilege-set": lambda: (
            "<D:privilege><D:read/></D:privilege>"
            "<D:privilege><D:read-current-user-privilege-set/></D:privilege>"
        ),
        f"{{{DAV}}}owner": lambda: me,
    }


def root_properties(place: Place) -> Properties:
    """Return what stands at the root: the way to the principal."""
    return {
        f"{{{DAV}}}resourcetype": lambda: "<D:collection/>",
        f"{{{DAV}}}displayname": lambda: "Ydin",
        **_common(place),
        f"{{{CALDAV}}}calendar-home-set": lambda: href(place.home),
    }


def home_properties(place: Place) -> Properties:
    """Return the person as a principal, which is the home of their calendar too."""
    return {
        f"{{{DAV}}}resourcetype": lambda: "<D:collection/><D:principal/>",
        f"{{{DAV}}}displayname": lambda: escape(place.name),
        **_common(place),
        f"{{{DAV}}}principal-URL": lambda: href(place.home),
        f"{{{CALDAV}}}calendar-home-set": lambda: href(place.home),
        f"{{{CALDAV}}}calendar-user-address-set": lambda: href(f"mailto:{place.email}"),
        f"{{{DAV}}}supported-report-set": lambda: "",
    }


def calendar_properties(place: Place, token: str, zone: str, year: int) -> Properties:
    """Return the calendar: read only, entries only, its state as ctag and sync token."""
    reports = (f"{{{CALDAV}}}calendar-query", f"{{{CALDAV}}}calendar-multiget", f"{{{DAV}}}sync-collection")
    return {
        f"{{{DAV}}}resourcetype": lambda: "<D:collection/><C:calendar/>",
        f"{{{DAV}}}displayname": lambda: escape(_("My core-group evenings")),
        **_common(place),
        f"{{{DAV}}}supported-report-set": lambda: "".join(
            f"<D:supported-report><D:report>{element(r)}</D:report></D:supported-report>" for r in reports
        ),
        f"{{{DAV}}}sync-token": lambda: escape(token),
        f"{{{SERVER}}}getctag": lambda: escape(token),
        f"{{{CALDAV}}}supported-calendar-component-set": lambda: '<C:comp name="VEVENT"/>',
        f"{{{CALDAV}}}supported-calendar-data": lambda: (
            '<C:calendar-data content-type="text/calendar" version="2.0"/>'
        ),
        f"{{{CALDAV}}}max-resource-size": lambda: str(MOST_OCTETS),
        f"{{{CALDAV}}}calendar-description": lambda: escape(
            _("Your groups' evenings and your network's events. You answer on the site or in the invitation.")
        ),
        f"{{{CALDAV}}}calendar-timezone": lambda: escape(_zone(zone, year)),
        f"{{{APPLE}}}calendar-color": lambda: COLOUR,
    }


def _zone(zone: str, year: int) -> str:
    text = "" if zone == "UTC" else vtimezone(zone, year, year + 1)
    return f"{vcalendar(()).removesuffix(_END)}{text}{_END}"


def item_properties(item: Item, place: Place) -> Properties:
    """Return an entry's properties, its text among them."""
    return {
        f"{{{DAV}}}getetag": lambda: f'"{item.etag}"',
        f"{{{DAV}}}getcontenttype": lambda: CONTENT_TYPE,
        f"{{{DAV}}}getcontentlength": lambda: str(len(item.text.encode())),
        f"{{{DAV}}}resourcetype": lambda: "",
        **_common(place),
        f"{{{CALDAV}}}calendar-data": lambda: escape(item.text).replace("\r", "&#13;"),
    }


def told(entries: Iterable[Item]) -> dict[str, str]:
    """Return the entity tags by UID, as a device is told them."""
    return {item.uid: item.etag for item in entries}
