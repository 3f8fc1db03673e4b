"""Feeds for calendar programs: validated before they are built, so that an unchanged one costs nothing."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_safe

from ydin.calendar.documents.entries import Detail
from ydin.calendar.documents.feed import feed_pieces
from ydin.calendar.documents.packed import Packed
from ydin.calendar.forms import read_filters
from ydin.calendar.policies import own_events, own_meetings, visible_events
from ydin.calendar.queries import Stamp, living_feed_addresses, personal_stamp, source_called
from ydin.calendar.rules import FEED_DAYS_BACK, EventState
from ydin.calendar.services import note_feed_use
from ydin.calendar.views.feed_answer import Validators, answer
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now, today
from ydin.kernel.links import BadLink, read_token
from ydin.meetings.policies import visible_meetings

PUBLIC = "public, max-age=300"
PRIVATE = "private, max-age=300"
SHAPE = "2"
"""Raise it when the text of feeds changes though no row does."""

_CANCELLED = Q(state=EventState.CANCELLED)


@transaction.non_atomic_requests
@require_safe
def public(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give a network's public events and meetings, of one `region` or `group` if asked.

    `cancelled=no` leaves out what is cancelled instead of marking it. An unchanged feed costs one statement.
    """
    found = source_called(slug)
    if found is None:
        raise Http404
    network, stamp = found
    asked = request.GET.copy()
    asked["network"] = network.slug
    kept = asked.get("cancelled") != "no"
    chosen = [slugify(asked.get(name, "")[:120]) for name in ("region", "group")]

    def build() -> list[Packed]:
        with transaction.atomic(), acting_as(None):
            meetings = visible_meetings(None).filter(starts_at__gte=_since(), group__network=network.id)
            events = visible_events(None).filter(starts_at__gte=_since(), network=network.id)
            if not kept:
                meetings, events = meetings.exclude(_CANCELLED), events.exclude(_CANCELLED)
            wanted = _chosen(asked)
            meetings, events = meetings.filter(wanted[0]), events.filter(wanted[1])
            return feed_pieces(network.name, meetings, events, Detail.PUBLIC)

    # one text for everybody, whatever their browser's language
    with override(network.language):
        return answer(request, _validators(stamp, network.slug, *chosen, kept), PUBLIC, build)


def _chosen(asked: QueryDict) -> tuple[Q, Q]:
    """Return what the filters of the address leave of meetings and of events."""
    choice = read_filters(asked).choice
    meetings, events = Q(), Q()
    if choice.regions is not None:
        meetings &= Q(group__region__in=choice.regions)
        events &= Q(region__in=choice.regions) | Q(region=None, group__region__in=choice.regions)
    if choice.group is not None:
        meetings, events = meetings & Q(group=choice.group), events & Q(group=choice.group)
    return meetings, events


@transaction.non_atomic_requests
@require_safe
def personal(request: HttpRequest, token: str) -> HttpResponseBase:
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

    def build() -> list[Packed]:
        with transaction.atomic(), acting_as(reader.person):
            person = get_object_or_404(living_feed_addresses(), pk=number).person
            meetings = own_meetings(person).filter(starts_at__gte=_since())
            events = own_events(person).filter(starts_at__gte=_since())
            if not reader.cancelled:
                meetings, events = meetings.exclude(_CANCELLED), events.exclude(_CANCELLED)
            detail = Detail.FULL if reader.details else Detail.BARE
            return feed_pieces(gettext("My core-group evenings"), meetings, events, detail)

    with override(reader.language):
        shown = _validators(stamp, f"p{number}", reader.details, reader.cancelled)
        return answer(request, shown, PRIVATE, build)


def _since() -> datetime:
    """Return the midnight (UTC) from which on feeds tell."""
    return now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=FEED_DAYS_BACK)


def _gone() -> HttpResponse:
    text = gettext("This calendar address is no longer in use. You can make a new one on your page.")
    return HttpResponse(f"{text}\n", status=404, content_type="text/plain; charset=utf-8")


def _validators(stamp: Stamp, *what: object) -> Validators:
    """Return entity tag and time of change of a feed: of what it shows, in which state, in which language."""
    since = _since()
    parts = (SHAPE, *what, since.date(), get_language(), stamp.total, stamp.highest, stamp.more)
    digest = hashlib.sha256("|".join(str(p) for p in parts).encode()).hexdigest()[:32]
    changed = max(stamp.at or since, since + timedelta(days=FEED_DAYS_BACK)).astimezone(UTC)
    return Validators(digest, int(changed.timestamp()))
