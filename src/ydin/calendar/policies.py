"""Who sees and may do what with events, and how much of a meeting the calendar tells."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from ydin.calendar.models import AppPassword, Event, FeedAddress
from ydin.calendar.queries import networks_of
from ydin.calendar.rules import EventState
from ydin.groups.models import CoreGroup
from ydin.groups.policies import can_manage, can_read_inside
from ydin.groups.queries import groups_coordinated_by, groups_overseen_by, groups_read_by
from ydin.kernel.sql import among
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.policies import visible_meetings
from ydin.meetings.rules.states import Audience, MeetingState
from ydin.networks.models import Network
from ydin.networks.queries import networks_coordinated_by
from ydin.people.models import Person
from ydin.people.policies import Reader, as_person

_PUBLIC_EVENT = Q(audience=Audience.PUBLIC) & ~Q(state=EventState.DRAFT)


def visible_events(reader: Reader) -> QuerySet[Event]:
    """Return the events that the reader may see.

    Strangers: announced (or then cancelled) public ones. Whoever holds a seat or role in a network: the
    network's own ones too. Coordinators: all that they may change.
    """
    person = as_person(reader)
    if person is None:
        return Event.objects.filter(_PUBLIC_EVENT)
    announced = ~Q(state=EventState.DRAFT)
    return Event.objects.filter(
        _PUBLIC_EVENT | (announced & among("network", networks_of(person))) | _manageable(person)
    )


def manageable_events(reader: Reader) -> QuerySet[Event]:
    """Return the events that the reader may change: of coordinated networks and coordinated groups."""
    person = as_person(reader)
    return Event.objects.none() if person is None else Event.objects.filter(_manageable(person))


def _manageable(person: Person) -> Q:
    return among("network", networks_coordinated_by(person)) | among("group", groups_coordinated_by(person))


def can_edit_event(person: Person | None, event: Event) -> bool:
    """Tell whether the person may change, announce and cancel the event."""
    return manageable_events(person).filter(pk=event.pk).exists()


def event_groups(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups for which the person may arrange events."""
    return groups_overseen_by(person).select_related("network").order_by("name", "pk")


def event_networks(person: Person) -> QuerySet[Network]:
    """Return the networks for which the person may arrange events that belong to no group."""
    return networks_coordinated_by(person).order_by("name", "pk")


def can_arrange_events(person: Person | None) -> bool:
    """Tell whether the person coordinates anything, so may prepare an event."""
    return person is not None and groups_overseen_by(person).exists()


def public_page_meetings(reader: Reader) -> QuerySet[Meeting]:
    """Return the meetings whose page in the calendar the reader opens: those that they see, drafts left out."""
    return visible_meetings(reader).exclude(state=MeetingState.DRAFT)


def can_see_address(person: Person | None, meeting: Meeting) -> bool:
    """Tell whether the person may know street address and video link.

    Somebody's workshop is somebody's home as well: strangers get the municipality, and the address with the
    invitation once they have asked to visit.
    """
    if person is None:
        return False
    return (
        can_read_inside(person, meeting.group)
        or can_manage(person, meeting.group)
        or Rsvp.objects.filter(meeting=meeting, person=person).exists()
    )


def own_meetings(person: Person) -> QuerySet[Meeting]:
    """Return the meetings that belong in the person's own calendar: of their groups, and invitations.

    A part of `visible_meetings(person)`; the groups are looked up first, which makes it ten times cheaper.
    """
    groups = list(groups_read_by(person).values_list("pk", flat=True))
    invited = Rsvp.objects.filter(meeting=OuterRef("pk"), person=person)
    return Meeting.objects.filter(Q(group__in=groups) | Exists(invited)).exclude(state=MeetingState.DRAFT)


def own_events(person: Person) -> QuerySet[Event]:
    """Return the announced events of the person's networks, a part of `visible_events(person)`."""
    networks = list(networks_of(person).values_list("pk", flat=True))
    return Event.objects.filter(network__in=networks).exclude(state=EventState.DRAFT)


def own_calendar(person: int, since: datetime) -> tuple[QuerySet[Meeting], QuerySet[Event]]:
    """Return the meetings and events of a person's own calendar that begin at or after a moment."""
    reader = Person.objects.get(pk=person)
    return (
        own_meetings(reader).filter(starts_at__gte=since),
        own_events(reader).filter(starts_at__gte=since),
    )


def own_feed_addresses(reader: Reader) -> QuerySet[FeedAddress]:
    """Return the reader's living calendar addresses, newest first."""
    person = as_person(reader)
    if person is None:
        return FeedAddress.objects.none()
    return FeedAddress.objects.filter(person=person, revoked_at__isnull=True).order_by("-created_at", "-pk")


def own_app_passwords(reader: Reader) -> QuerySet[AppPassword]:
    """Return the reader's living app passwords, newest first."""
    person = as_person(reader)
    if person is None:
        return AppPassword.objects.none()
    return AppPassword.objects.filter(person=person, revoked_at__isnull=True).order_by("-created_at", "-pk")
