"""What stands in a person's own calendar now, and what has changed since a device last asked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language, gettext

from ydin.calendar.documents.dav import CONTENT_TYPE, Item, items, told
from ydin.calendar.documents.entries import Detail
from ydin.calendar.documents.feed import feed_pieces
from ydin.calendar.documents.packed import Packed
from ydin.calendar.policies import own_calendar
from ydin.calendar.queries import Login, Stamp, calendar_stamp, told_under
from ydin.calendar.rules import dav_since
from ydin.calendar.services import remember_told
from ydin.calendar.views.dav_request import Filter, Match
from ydin.calendar.views.feed_answer import Validators, answer
from ydin.kernel.clock import now

SHAPE = "1"
"""Raise it when the text of entries changes though no row does."""

_TOKEN = "urn:ydin:calendar:"  # noqa: S105 - tells a state, opens nothing
KEEP = "private, no-cache"


@dataclass(frozen=True)
class Calendar:
    """A person's calendar since a moment, in the state of `digest`."""

    who: Login
    since: datetime
    stamp: Stamp
    digest: str

    @property
    def token(self) -> str:
        """The state as a sync token (a URI, RFC 6578, 4.1) and as ctag."""
        return f"{_TOKEN}{self.digest}"

    def items(self, uids: set[str] | None = None) -> list[Item]:
        """Return the entries by start, all or those of some UIDs."""
        meetings, events = own_calendar(self.who.person, self.since)
        if uids is not None:
            known = [uuid for uid in uids if (uuid := _uuid(uid)) is not None]
            meetings, events = meetings.filter(uid__in=known), events.filter(uid__in=known)
        return list(items(meetings, events))


def _uuid(text: str) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


def open_calendar(who: Login) -> Calendar:
    """Return the person's calendar and its state, without reading an entry."""
    since, stamp = dav_since(now()), calendar_stamp(who.person)
    parts = (SHAPE, who.person, get_language(), since.date(), stamp.total, stamp.highest, stamp.more)
    digest = hashlib.sha256("|".join(str(p) for p in parts).encode()).hexdigest()[:32]
    return Calendar(who, since, stamp, digest)


def changes_since(opened: Calendar, token: str) -> tuple[list[Item], list[str]] | None:
    """Return entries that are new or changed since the token, and the UIDs of those that are gone.

    None: the token is not known (any more); the program then asks for everything.
    """
    if token == opened.token:
        return [], []
    before = told_under(opened.who.password, token.removeprefix(_TOKEN)[:64]) if token else {}
    if before is None:
        return None
    found = opened.items()
    state = told(found)
    remember_told(
        actor=None,
        password_id=opened.who.password,
        person_id=opened.who.person,
        token=opened.digest,
        items=state,
    )
    changed = [item for item in found if before.get(item.uid) != item.etag]
    return changed, [uid for uid in before if uid not in state]


def fits(item: Item, wanted: Filter) -> bool:
    """Tell whether an entry is one of those that a filter asks for."""
    if wanted.nothing or (wanted.end and item.start >= wanted.end):
        return False
    if wanted.start and item.end <= wanted.start:
        return False
    return all(_matches(item, match) for match in wanted.matches)


def _matches(item: Item, match: Match) -> bool:
    value = item.value_of(match.name)
    if match.text is None or value is None:
        return match.text is None and (value is not None) == match.there
    return (match.text.lower() in value.lower()) == match.there


def whole(request: HttpRequest, opened: Calendar) -> HttpResponseBase:
    """Answer a GET of the whole calendar as one text."""

    def build() -> list[Packed]:
        meetings, events = own_calendar(opened.who.person, opened.since)
        return feed_pieces(gettext("My core-group evenings"), meetings, events, Detail.FULL)

    changed = opened.stamp.at or opened.since
    return answer(request, Validators(opened.digest, int(changed.timestamp())), KEEP, build)


def one(request: HttpRequest, item: Item) -> HttpResponseBase:
    """Answer a GET of one entry."""
    etag = quote_etag(item.etag)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(item.text, content_type=CONTENT_TYPE)
    response.headers["ETag"] = etag
    return response
