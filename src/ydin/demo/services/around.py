"""What lies around the groups: those who ask to visit, open events, a member's calendar address."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.db import transaction

from ydin.calendar.models import Event
from ydin.calendar.rules import EventDetails
from ydin.calendar.services import (
    announce_event,
    cancel_event,
    create_event,
    create_feed_address,
)
from ydin.demo.rules import words
from ydin.demo.rules.network import address_of
from ydin.demo.rules.parts import MEMBER, SHOWCASE
from ydin.demo.services.network import Built
from ydin.groups.services.applications import apply_to_visit
from ydin.kernel.clock import at
from ydin.meetings.rules.states import Audience

EVERY = timedelta(days=13)
BACK = timedelta(days=20)


@transaction.atomic
def build_applications(*, actor: None, built: Built) -> None:
    """Let people ask to visit: all three the showcase group, one each some others."""
    for index, one in enumerate(built.groups.values()):
        asked = words.APPLICANTS if one.area.slug == SHOWCASE else words.APPLICANTS[index % 3 :][:1]
        if one.area.slug != SHOWCASE and index % 4:
            continue
        for name, company, message in asked:
            apply_to_visit(
                actor=actor,
                group=one.group,
                name=name,
                email=address_of(name, company or "tuleva yritys"),
                company=company,
                message=message,
                language="fi",
            )


@transaction.atomic
def build_events(*, actor: None, built: Built) -> None:
    """Put events into the calendar: over and coming, for the network, cancelled, being prepared."""
    assert actor is None
    first = built.diary.today - BACK
    for index, (title, text, place, address, municipality, link) in enumerate(words.EVENTS):
        details = _details(built, first + index * EVERY, title, text)
        told = {
            **vars(details),
            "place": place,
            "address": address,
            "municipality": municipality,
            "link": link,
        }
        _announce(built, EventDetails(**told), is_over=index * EVERY < BACK)
    soon = built.diary.today + timedelta(days=17)
    forum = EventDetails(**{**vars(_details(built, soon, *words.FORUM)), "audience": Audience.NETWORK})
    _announce(built, forum)
    fair = _announce(built, _details(built, soon + EVERY, *words.FAIR))
    cancel_event(actor=built.national, event=fair, version=fair.version)
    planned = _details(built, soon + 5 * EVERY, *words.PLANNED_EVENT)
    create_event(actor=built.national, network=built.network, group=None, details=planned)


def _details(built: Built, day: date, title: str, text: str) -> EventDetails:
    while day.weekday() > 4:  # noqa: PLR2004 - Saturday, Sunday
        day += timedelta(days=1)
    zone = built.network.time_zone
    return EventDetails(
        title=title,
        description=text,
        audience=Audience.PUBLIC,
        language="fi",
        starts_at=at(day, time(13), zone),
        ends_at=at(day, time(16), zone),
    )


def _announce(built: Built, details: EventDetails, *, is_over: bool = False) -> Event:
    """Announce an event. One that is over was announced when it lay ahead."""
    later = timedelta(days=365) if is_over else timedelta()
    ahead = EventDetails(
        **{**vars(details), "starts_at": details.starts_at + later, "ends_at": details.ends_at + later}
    )
    event = create_event(actor=built.national, network=built.network, group=None, details=ahead)
    event = announce_event(actor=built.national, event=event, version=event.version)
    if is_over:
        Event.objects.filter(pk=event.pk).update(starts_at=details.starts_at, ends_at=details.ends_at)
    return event


@transaction.atomic
def give_calendar_address(*, actor: None, built: Built) -> None:
    """Give the showcase group's member a calendar address for a phone."""
    assert actor is None
    one = built.groups[SHOWCASE]
    create_feed_address(actor=one.people[one.members[MEMBER].pk][0], name="Puhelin")
