"""A small CalDAV program for tests: knows a password, speaks XML, reads multistatus."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from django.test import Client

from ydin.calendar.services import create_app_password
from ydin.people.models import Person

D, C, S = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}", "{http://calendarserver.org/ns/}"
_SPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"'


def basic(name: str, secret: str) -> str:
    """The value of an Authorization header."""
    return f"Basic {base64.b64encode(f'{name}:{secret}'.encode()).decode()}"


@dataclass
class Program:
    """A device of a person."""

    name: str
    secret: str
    home: str
    client: Client = field(default_factory=Client)

    @classmethod
    def of(cls, person: Person) -> Program:
        """Give the person's device a password."""
        _row, secret = create_app_password(actor=person, name="phone")
        return cls(person.email, secret, f"/dav/p/{person.pk}/")

    @property
    def calendar(self) -> str:
        """The path of the calendar."""
        return f"{self.home}evenings/"

    def send(self, method: str, path: str, body: str | bytes = "", **headers: str) -> Any:
        """Send a request as this device."""
        sent = {"Authorization": basic(self.name, self.secret), **headers}
        data = body.encode() if isinstance(body, str) else body
        return self.client.generic(method, path, data, content_type="application/xml", headers=sent)

    def propfind(self, path: str, *names: str, depth: str = "0", **headers: str) -> dict[str, dict[str, Any]]:
        """Ask for properties such as D:getetag; return them by address, None where there is none."""
        asked = "".join(f"<{n}/>" for n in names)
        answer = self.send(
            "PROPFIND",
            path,
            f"<D:propfind {_SPACES}><D:prop>{asked}</D:prop></D:propfind>",
            Depth=depth,
            **headers,
        )
        return self.read(answer)

    def report(self, kind: str, inner: str, names: str = "<D:getetag/><C:calendar-data/>") -> Any:
        """Send a REPORT on the calendar."""
        body = f"<{kind} {_SPACES}><D:prop>{names}</D:prop>{inner}</{kind}>"
        return self.send("REPORT", self.calendar, body, Depth="1")

    def sync(self, token: str) -> tuple[str, set[str], set[str]]:
        """Return the new token, UIDs that are new or changed, and those that are gone."""
        inner = f"<D:sync-token>{token}</D:sync-token><D:sync-level>1</D:sync-level>"
        answer = self.report("D:sync-collection", inner, "<D:getetag/>")
        found = self.read(answer)
        root = fromstring(answer.content)
        return (
            root.findtext(f"{D}sync-token"),
            {uid_of(h) for h, p in found.items() if p},
            {uid_of(h) for h, p in found.items() if not p},
        )

    @staticmethod
    def read(answer: Any) -> dict[str, dict[str, Any]]:
        """Return the properties of a multistatus by address; an empty dictionary where the resource is gone."""
        assert answer.status_code == 207, (answer.status_code, answer.content)
        found = {}
        for response in fromstring(answer.content).iter(f"{D}response"):
            properties: dict[str, Element | None] = {}
            for part in response.iter(f"{D}propstat"):
                there = "200" in (part.findtext(f"{D}status") or "")
                properties |= {e.tag: e if there else None for e in part.find(f"{D}prop")}
            found[response.findtext(f"{D}href")] = properties
        return found


def uid_of(href: str) -> str:
    """The UID in the address of an entry."""
    return href.rsplit("/", 1)[1].removesuffix(".ics")
