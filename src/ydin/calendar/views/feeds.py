"""Feeds for calendar programs: validated before they are built, so that an unchanged one costs nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_safe

from ydin.calendar.documents.feed import personal_feed, public_feed
from ydin.calendar.forms import read_filters
from ydin.calendar.policies import own_events, own_meetings, visible_events
from ydin.calendar.queries import Stamp, living_feed_addresses, personal_stamp, source_called
from ydin.calendar.rules import FEED_DAYS_BACK
from ydin.calendar.services import note_feed_use
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now, today
from ydin.kernel.links import BadLink, read_token
from ydin.meetings.policies import visible_meetings

PUBLIC = "public, max-age=300"
PRIVATE = "private, max-age=300"
SHAPE = "1"
"""Raise it when the text of feeds changes though no row does."""


@require_safe
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a network's public events and meetings, of one `region` or `group` if asked."""
    found = source_called(slug)
    if found is None:
        raise Http404
    network, stamp = found
    asked = request.GET.copy()
    asked["network"] = network.slug
    key = f"{network.slug}?{slugify(asked.get('region', ''))}&{slugify(asked.get('group', ''))}"

    def build() -> str:
        choice = read_filters(asked).choice
        meetings = visible_meetings(None).filter(starts_at__gte=_since(), group__network=network.id)
        events = visible_events(None).filter(starts_at__gte=_since(), network=network.id)
        if choice.regions is not None:
            meetings = meetings.filter(group__region__in=choice.regions)
            events = events.filter(
                Q(region__in=choice.regions) | Q(region=None, group__region__in=choice.regions)
            )
        if choice.group is not None:
            meetings, events = meetings.filter(group=choice.group), events.filter(group=choice.group)
        return public_feed(network.name, meetings, events)

    # one text for everybody, whatever their browser's language
    with override(network.language):
        return _answer(request, key, stamp, PUBLIC, build)


@transaction.non_atomic_requests
@require_safe
def personal(request: HttpRequest, token: str) -> HttpResponse:
    """Give a person's own meetings and their networks' events to whoever holds the address.

    An unchanged feed costs one statement: programs ask every few minutes, changes are rare.
    """
    try:
        (number,) = read_token("feed", token, 1)
    except BadLink:
        return _gone()
    found = personal_stamp(number)
    if found is None:
        return _gone()
    reader, stamp = found
    if reader.used_on != today(reader.time_zone):
        with transaction.atomic():
            note_feed_use(actor=None, address_id=number, day=today(reader.time_zone))

    def build() -> str:
        with transaction.atomic(), acting_as(reader.person):
            person = get_object_or_404(living_feed_addresses(), pk=number).person
            since, name = _since(), gettext("My core-group evenings")
            meetings = own_meetings(person).filter(starts_at__gte=since)
            return personal_feed(name, meetings, own_events(person).filter(starts_at__gte=since))

    with override(reader.language):
        return _answer(request, f"p{number}", stamp, PRIVATE, build)


def _since() -> datetime:
    """Return the midnight (UTC) from which on feeds tell."""
    return now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=FEED_DAYS_BACK)


def _gone() -> HttpResponse:
    text = gettext("This calendar address is no longer in use. You can make a new one on your page.")
    return HttpResponse(f"{text}\n", status=404, content_type="text/plain; charset=utf-8")


def _answer(
    request: HttpRequest, key: str, stamp: Stamp, keep: str, build: Callable[[], str]
) -> HttpResponse:
    """Answer with validators; `build` runs only when the reader's copy is out of date."""
    since = _since()
    parts = (SHAPE, key, since.date(), get_language(), stamp.total, stamp.highest, stamp.more)
    digest = hashlib.sha256("|".join(str(p) for p in parts).encode()).hexdigest()[:32]
    etag = quote_etag(digest)
    changed = max(stamp.at or since, since + timedelta(days=FEED_DAYS_BACK)).astimezone(UTC)
    last_modified = int(changed.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=last_modified)
    if response is None:
        response = HttpResponse(build(), content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = 'inline; filename="ydin.ics"'
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(last_modified)
    response.headers["Cache-Control"] = keep
    return response
