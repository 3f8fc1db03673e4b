"""What is not urgent and new to a person: only what they may read at this moment, by the lists of each part."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ydin.calendar.models import Event
from ydin.calendar.policies import own_events
from ydin.calendar.rules import EventState
from ydin.experiments.models import Experiment
from ydin.experiments.policies import visible_experiments
from ydin.experiments.queries import news_followed
from ydin.groups.models import Seat
from ydin.groups.queries import groups_read_by
from ydin.groups.rules import SeatState
from ydin.home.queries.inside import own_promises
from ydin.institutes.models import Assignment, Facility
from ydin.institutes.policies import visible_assignments, visible_facilities
from ydin.institutes.queries import listed_assignments, listed_facilities, newly_shown
from ydin.meetings.models import Promise, Summary
from ydin.meetings.policies import visible_meetings
from ydin.meetings.rules.states import MeetingState
from ydin.networks.queries import enterprises_of
from ydin.people.models import Person

DUE_WITHIN = timedelta(days=14)
MOST = 8
"""So many of a kind are named; the site has the rest."""
MOST_OF_INSTITUTES = 4


def promises_told(person: Person, day: date, since: datetime, until: datetime) -> list[Promise]:
    """Return open promises of the person and their companies: due within two weeks, late, or written down lately."""
    return [
        one
        for one in own_promises(person)
        if (one.due is not None and one.due <= day + DUE_WITHIN) or since < one.created_at <= until
    ][:MOST]


def experiments_followed(person: Person, since: datetime, until: datetime) -> list[Experiment]:
    """Return what tells something new of experiments that a company of the person goes along with."""
    return news_followed(visible_experiments(person), person, since, until)[:MOST]


def companies_joined(person: Person, since: datetime, until: datetime) -> list[Seat]:
    """Return companies that became members of the person's groups, their own left out."""
    return list(
        Seat.objects.filter(
            group__in=groups_read_by(person),
            state=SeatState.MEMBER,
            starts_on__gt=since.date(),
            starts_on__lte=until.date(),
        )
        .exclude(enterprise__in=enterprises_of(person))
        .select_related("enterprise", "group__network")
        .order_by("group__name", "enterprise__name", "pk")[:MOST]
    )


def summaries_published(person: Person, since: datetime, until: datetime) -> list[Summary]:
    """Return public texts about evenings in the person's networks, the newest first."""
    networks = groups_read_by(person).values("network")
    held = visible_meetings(person).filter(group__network__in=networks, state=MeetingState.HELD)
    return list(
        Summary.objects.filter(meeting__in=held, published_at__gt=since, published_at__lte=until)
        .select_related("meeting__group__network")
        .order_by("-published_at", "pk")[:MOST]
    )


def events_announced(person: Person, since: datetime, until: datetime) -> list[Event]:
    """Return coming events of the person's networks that were announced since then, the next one first."""
    fresh = own_events(person).filter(announced_at__gt=since, announced_at__lte=until)
    coming = fresh.filter(state=EventState.ANNOUNCED, starts_at__gt=until)
    return list(coming.order_by("starts_at", "pk")[:MOST])


def assignments_shown(person: Person, since: datetime, until: datetime) -> list[Assignment]:
    """Return what students make that a company of the person may ask for, new since then, by deadline."""
    rows = listed_assignments(visible_assignments(person))
    return list(newly_shown(rows, person, since, until)[:MOST_OF_INSTITUTES])


def facilities_shown(person: Person, since: datetime, until: datetime) -> list[Facility]:
    """Return what a company of the person may try, new since then, by name."""
    rows = listed_facilities(visible_facilities(person))
    return list(newly_shown(rows, person, since, until)[:MOST_OF_INSTITUTES])
