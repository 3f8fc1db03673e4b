"""Offers and needs: which hold, whose they are, and who is asked about them."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce
from procrastinate.contrib.django.models import ProcrastinateJob

from ydin.groups.models import CoreGroup, Seat
from ydin.groups.queries import groups_overseen_by, groups_read_by, groups_readable_by, member_seats
from ydin.groups.rules import READING_STATES
from ydin.meetings.models import Attendance, Meeting
from ydin.networks.models import Enterprise, Network, Representative
from ydin.networks.queries import current_representatives, enterprises_of, utc_today
from ydin.partnerships.models import KIND_LABELS, SHOWN_LABELS, Listing
from ydin.partnerships.rules import ASKED_BEFORE, ListingState
from ydin.people.models import Person

KIND_CHOICES = [(key.value, label) for key, label in KIND_LABELS.items()]
SHOWN_CHOICES = [(key.value, label) for key, label in SHOWN_LABELS.items()]
"""(value, label in the reader's language) for forms."""


def partner_networks(person: Person) -> QuerySet[Network]:
    """Return the networks in which the person holds a seat or coordinates, `ydin_partner_networks()`."""
    groups = CoreGroup.objects.filter(Q(pk__in=groups_read_by(person)) | Q(pk__in=groups_overseen_by(person)))
    return Network.objects.filter(pk__in=groups.values("network"))


def partner_groups(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups whose offers and needs the person reads, and whose they look after, by name."""
    return (
        CoreGroup.objects.filter(Q(pk__in=groups_readable_by(person)) | Q(pk__in=groups_overseen_by(person)))
        .select_related("network")
        .order_by("name", "pk")
    )


def that_hold(listings: QuerySet[Listing]) -> QuerySet[Listing]:
    """Return those of the listings that are open, not lapsed, and whose company sits in their group."""
    seat = Seat.objects.filter(
        group=OuterRef("group_id"), enterprise=OuterRef("enterprise_id"), state__in=READING_STATES
    )
    return listings.filter(Exists(seat), state=ListingState.OPEN, valid_until__gte=utc_today())


def listed(listings: QuerySet[Listing], *, kind: str = "", words: str = "") -> QuerySet[Listing]:
    """Return listings of a kind in which each of the words comes, newest first, with what a page shows.

    A word is looked for in the text, the company's name, and the concepts' names in every language.
    """
    found = listings.annotate(in_terms=Cast("terms", TextField()))
    if kind:
        found = found.filter(kind=kind)
    for word in words.split():
        found = found.filter(
            Q(text__icontains=word) | Q(in_terms__icontains=word) | Q(enterprise__name__icontains=word)
        )
    return found.select_related("enterprise__municipality", "group__network").order_by(
        Coalesce("renewed_at", "created_at").desc(), "-pk"
    )


def own_listings(person: Person) -> QuerySet[Listing]:
    """Return what the person's companies offer and need, also what no longer holds, newest first."""
    return (
        Listing.objects.filter(enterprise__in=enterprises_of(person))
        .select_related("enterprise", "group__network")
        .order_by("state", "-valid_until", "-pk")
    )


def companies_in(person: Person, group: CoreGroup) -> list[Enterprise]:
    """Return the person's companies that hold a seat in the group."""
    return list(
        enterprises_of(person)
        .filter(seats__group=group, seats__state__in=READING_STATES)
        .order_by("name", "pk")
        .distinct()
    )


def sits_in(group: CoreGroup, enterprise_id: int) -> bool:
    """Tell whether the company holds a seat in the group."""
    return Seat.objects.filter(group=group, enterprise_id=enterprise_id, state__in=READING_STATES).exists()


def same_open(group: CoreGroup, enterprise_id: int, kind: str, text: str) -> Listing | None:
    """Return the company's open listing of the same words, if there is one."""
    return Listing.objects.filter(
        group=group, enterprise_id=enterprise_id, kind=kind, text__iexact=text, state=ListingState.OPEN
    ).first()


def round_companies(meeting: Meeting) -> list[Enterprise]:
    """Return the companies of the group that were there, by name; all members while nobody is ticked."""
    seats = member_seats(meeting.group)
    there = Attendance.objects.filter(meeting=meeting, enterprise__isnull=False).values("enterprise_id")
    present = [seat.enterprise for seat in seats.filter(enterprise__in=there)]
    return present or [seat.enterprise for seat in seats]


def lapsing(day: date) -> QuerySet[Listing]:
    """Return what holds and lapses within the days in which its writer is asked, oldest first."""
    return (
        that_hold(Listing.objects.filter(valid_until__lte=day + ASKED_BEFORE))
        .select_related("enterprise", "group__network", "author")
        .order_by("pk")
    )


def people_of(enterprise_id: int) -> list[Person]:
    """Return who acts for the company today, by name."""
    acts: QuerySet[Representative] = current_representatives().filter(
        enterprise_id=enterprise_id, person__is_active=True
    )
    return [one.person for one in acts]


def writer_or_people(listing: Listing) -> list[Person]:
    """Return the listing's author while they act for the company, else everybody who does."""
    people = people_of(listing.enterprise_id)
    return [one for one in people if one.pk == listing.author_id] or people


def unread(network_id: int) -> QuerySet[Listing]:
    """Return the network's listings whose concepts have not been found yet."""
    return Listing.objects.filter(network=network_id, read_at__isnull=True).order_by("pk")


def is_queued(lock: str) -> bool:
    """Tell whether a job with this lock waits already."""
    return ProcrastinateJob.objects.filter(queueing_lock=lock, status="todo").exists()
