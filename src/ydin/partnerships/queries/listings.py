"""Offers and needs: which hold, whose they are, and who is asked about them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce
from procrastinate.contrib.django.models import ProcrastinateJob

from ydin.groups.models import CoreGroup, Seat
from ydin.groups.queries import groups_overseen_by, groups_read_by, groups_readable_by, member_seats
from ydin.groups.rules import READING_STATES
from ydin.meetings.models import Attendance, Meeting
from ydin.meetings.rules.states import MeetingState
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


def wait_for_turn(group: CoreGroup, enterprise_id: int) -> None:
    """Wait until nobody else writes for the company in this group, so that the same words twice are seen as such."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"listing:{group.pk}:{enterprise_id}"]
        )


def same_open(group: CoreGroup, enterprise_id: int, kind: str, text: str) -> Listing | None:
    """Return the company's open listing of the same words, if there is one."""
    return Listing.objects.filter(
        group=group, enterprise_id=enterprise_id, kind=kind, text__iexact=text, state=ListingState.OPEN
    ).first()


def round_companies(meeting: Meeting) -> tuple[list[Enterprise], list[Enterprise]]:
    """Return the companies that are there in the order in which they were ticked, and the group's others by name."""
    seats = {seat.enterprise_id: seat.enterprise for seat in member_seats(meeting.group)}
    ticked = (
        Attendance.objects.filter(meeting=meeting, enterprise__isnull=False)
        .order_by("pk")
        .values_list("enterprise_id", flat=True)
    )
    there = [seats[pk] for pk in dict.fromkeys(ticked) if pk in seats]
    return there, [one for one in seats.values() if one not in there]


def evenings_over(since: datetime, until: datetime) -> QuerySet[Meeting]:
    """Return the evenings that ended in that time and were not called off, of which somebody was ticked."""
    there = Attendance.objects.filter(meeting=OuterRef("pk"), person__isnull=False)
    return (
        Meeting.objects.filter(Exists(there), ends_at__gt=since, ends_at__lte=until)
        .exclude(state__in=[MeetingState.CANCELLED, MeetingState.DRAFT])
        .select_related("group__network")
        .order_by("pk")
    )


def who_were_there(meeting: Meeting) -> list[tuple[Person, list[int]]]:
    """Return who was at an evening, each with those companies of theirs that have a seat in the group."""
    rows = Attendance.objects.filter(meeting=meeting, person__is_active=True).select_related("person")
    seats = Seat.objects.filter(group=meeting.group_id, state__in=READING_STATES).values("enterprise")
    acts = current_representatives().filter(enterprise__in=seats)
    found: dict[int, list[int]] = {}
    for person_id, company in acts.values_list("person_id", "enterprise_id"):
        if company is not None:
            found.setdefault(person_id, []).append(company)
    people = {row.person_id: row.person for row in rows.order_by("pk") if row.person is not None}
    return [(person, found[pk]) for pk, person in people.items() if pk is not None and pk in found]


def written_since(group_id: int, companies: list[int], since: datetime) -> list[Listing]:
    """Return what these companies have on the group's list since then, oldest first."""
    rows = Listing.objects.filter(group=group_id, enterprise__in=companies, state=ListingState.OPEN)
    return list(rows.filter(created_at__gte=since).select_related("enterprise").order_by("pk"))


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


def colleagues_of(person: Person) -> list[str]:
    """Return the names of those who act for the person's companies today, with the person's own."""
    acts = current_representatives().filter(enterprise__in=enterprises_of(person))
    return list(dict.fromkeys(str(one.person) for one in acts))


def writer_or_people(listing: Listing) -> list[Person]:
    """Return the listing's author while they act for the company, else everybody who does."""
    people = people_of(listing.enterprise_id)
    return [one for one in people if one.pk == listing.author_id] or people


def new_in_groups(person: Person, since: datetime, until: datetime) -> list[tuple[CoreGroup, int]]:
    """Return the person's groups in which others wrote offers or needs in that time, with how many."""
    groups = {
        one.pk: one for one in CoreGroup.objects.filter(pk__in=groups_read_by(person)).order_by("name", "pk")
    }
    rows = that_hold(Listing.objects.filter(group__in=list(groups))).filter(
        created_at__gt=since, created_at__lte=until
    )
    counts = dict(
        rows.exclude(enterprise__in=enterprises_of(person))
        .values_list("group_id")
        .annotate(number=Count("pk"))
        .order_by("group_id")
    )
    return [(one, counts[pk]) for pk, one in groups.items() if pk in counts]


def unread(network_id: int) -> QuerySet[Listing]:
    """Return the network's listings whose concepts have not been found yet."""
    return Listing.objects.filter(network=network_id, read_at__isnull=True).order_by("pk")


def is_queued(lock: str) -> bool:
    """Tell whether a job with this lock waits already."""
    return ProcrastinateJob.objects.filter(queueing_lock=lock, status="todo").exists()
