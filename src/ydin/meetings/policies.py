"""Who sees and may do what with seasons and meetings."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from ydin.groups.models import CoreGroup
from ydin.groups.policies import can_coordinate, takes_part
from ydin.groups.queries import (
    groups_coordinated_by,
    groups_overseen_by,
    groups_read_by,
    groups_readable_by,
)
from ydin.kernel.clock import now
from ydin.kernel.sql import among
from ydin.meetings.models import (
    Attendance,
    HostingTurn,
    HostingWish,
    Meeting,
    Memo,
    PlanRevision,
    Promise,
    Rsvp,
    Season,
    Summary,
)
from ydin.meetings.queries.answers import people_of_host
from ydin.meetings.rules.evening import CHECK_IN_BEFORE, HOST_CORRECTS
from ydin.meetings.rules.states import LIVE_TURNS, Audience, MeetingState, TurnState
from ydin.networks.queries import enterprises_of
from ydin.people.models import Person
from ydin.people.policies import Reader, as_person


def visible_meetings(reader: Reader) -> QuerySet[Meeting]:
    """Return the meetings of which the reader may know theme, time and place.

    Strangers: public ones. Members: those of their groups, drafts only when they host them; everybody
    signed in with a seat or role in a network: its network-wide ones. Coordinators of the group or of the
    network: all of it. Whoever is invited: that meeting.
    """
    public = Q(audience=Audience.PUBLIC) & ~Q(state=MeetingState.DRAFT)
    person = as_person(reader)
    if person is None:
        return Meeting.objects.filter(public)
    announced = ~Q(state=MeetingState.DRAFT)
    mine, overseen = groups_read_by(person), groups_overseen_by(person)
    ours = CoreGroup.objects.filter(Q(pk__in=mine) | Q(pk__in=overseen))
    near = CoreGroup.objects.filter(network__in=ours.values("network"))
    return Meeting.objects.filter(
        public
        | (announced & among("group", groups_readable_by(person)))
        | (announced & Q(audience=Audience.NETWORK) & among("group", near))
        | (announced & among("pk", Rsvp.objects.filter(person=person), "meeting"))
        | (among("host", enterprises_of(person)) & among("group", mine))
        | among("group", overseen)
    )


def visible_seasons(reader: Reader) -> QuerySet[Season]:
    """Return the seasons whose board the reader opens: those of coordinated groups."""
    person = as_person(reader)
    return (
        Season.objects.none()
        if person is None
        else Season.objects.filter(group__in=groups_overseen_by(person))
    )


def board_seasons(reader: Reader) -> QuerySet[Season]:
    """Return the visible seasons with group and network.

    `is_mine`: the reader coordinates the group; `can_undo`: a change can be undone.
    """
    person = as_person(reader)
    if person is None:
        return Season.objects.none()
    mine = Exists(groups_coordinated_by(person).filter(pk=OuterRef("group")))
    revision = Exists(PlanRevision.objects.filter(season=OuterRef("pk"), undone_at__isnull=True))
    seasons = visible_seasons(person).select_related("group__network")
    return seasons.annotate(is_mine=mine, can_undo=revision)


def visible_turns(reader: Reader) -> QuerySet[HostingTurn]:
    """Return the turns that the reader may see: their companies' own once asked, and all of coordinated groups."""
    person = as_person(reader)
    if person is None:
        return HostingTurn.objects.none()
    asked = [s for s in TurnState if s is not TurnState.PROPOSED]
    return HostingTurn.objects.filter(
        Q(season__group__in=groups_overseen_by(person))
        | Q(enterprise__in=enterprises_of(person), season__group__in=groups_read_by(person), state__in=asked)
    )


def visible_wishes(reader: Reader) -> QuerySet[HostingWish]:
    """Return the hosting wishes of groups that the reader reads (row security says the same)."""
    person = as_person(reader)
    return (
        HostingWish.objects.none()
        if person is None
        else HostingWish.objects.filter(group__in=groups_readable_by(person))
    )


def visible_rsvps(reader: Reader) -> QuerySet[Rsvp]:
    """Return the answers that the reader may see: those of their groups, and their own."""
    person = as_person(reader)
    if person is None:
        return Rsvp.objects.none()
    return Rsvp.objects.filter(Q(group__in=groups_readable_by(person)) | Q(person=person))


def visible_attendances(reader: Reader) -> QuerySet[Attendance]:
    """Return the attendance that the reader may see: of their groups, of overseen groups, and their own."""
    person = as_person(reader)
    if person is None:
        return Attendance.objects.none()
    return Attendance.objects.filter(
        Q(group__in=groups_readable_by(person)) | Q(group__in=groups_overseen_by(person)) | Q(person=person)
    )


def visible_memos(reader: Reader) -> QuerySet[Memo]:
    """Return the memos of groups in which the reader holds a seat or which they coordinate."""
    person = as_person(reader)
    return (
        Memo.objects.none() if person is None else Memo.objects.filter(group__in=groups_readable_by(person))
    )


def visible_promises(reader: Reader) -> QuerySet[Promise]:
    """Return the promises made in groups in which the reader holds a seat or which they coordinate."""
    person = as_person(reader)
    return (
        Promise.objects.none()
        if person is None
        else Promise.objects.filter(group__in=groups_readable_by(person))
    )


def is_host(person: Person | None, meeting: Meeting) -> bool:
    """Tell whether the person acts for the company that hosts the meeting."""
    return (
        person is not None
        and meeting.host_id is not None
        and enterprises_of(person).filter(pk=meeting.host_id).exists()
    )


def can_prepare(person: Person | None, meeting: Meeting) -> bool:
    """Tell whether the person may decide theme, evening and practicalities: the host, or the coordinator."""
    return is_host(person, meeting) or can_coordinate(person, meeting.group)


def may_widen(person: Person | None, meeting: Meeting) -> bool:
    """Tell whether the person may show the evening to more people: its host (None: the system).

    The coordinator may where there is no host, or nobody acts for it any more.
    """
    if person is None or is_host(person, meeting):
        return True
    return can_coordinate(person, meeting.group) and not people_of_host(meeting)


def may_publish(person: Person | None, meeting: Meeting, summary: Summary) -> bool:
    """Tell whether the person may show a text to everybody: who began it, or nobody of those who prepare did."""
    author = summary.written_by
    if person is None or author is None or author.pk == person.pk or summary.published_at is not None:
        return True
    return not can_prepare(author, meeting)


def can_answer_turn(person: Person | None, turn: HostingTurn) -> bool:
    """Tell whether the person may accept, decline, swap or cancel the turn for its company."""
    return (
        person is not None
        and turn.state in LIVE_TURNS
        and enterprises_of(person).filter(pk=turn.enterprise_id).exists()
    )


@dataclass(frozen=True)
class Place:
    """What somebody is to a meeting that they see. A stranger to the group is nothing of it."""

    reads: bool = False
    oversees: bool = False
    coordinates: bool = False
    hosts: bool = False
    invited: bool = False

    @property
    def prepares(self) -> bool:
        """Tell whether they decide about the evening, tick the list and write the memo."""
        return self.hosts or self.coordinates

    @property
    def is_inside(self) -> bool:
        """Tell whether they may know the street address and how many come."""
        return self.reads or self.oversees or self.invited


def find_meeting(reader: Reader, pk: int) -> tuple[Meeting, Place] | None:
    """Return a visible meeting with what the reader is to it, with one query; None when they don't see it.

    Memo and public text come with it, the memo as far as row security shows it (`queries.evening.memo_of`).
    """
    together = ("group__network", "host", "memo__written_by", "summary")
    rows = visible_meetings(reader).select_related(*together).filter(pk=pk)
    person = as_person(reader)
    if person is None:
        found = rows.first()
        return (found, Place()) if found else None
    of_group = {"pk": OuterRef("group_id")}
    facts = {
        "reads": Exists(groups_readable_by(person).filter(**of_group)),
        "oversees": Exists(groups_overseen_by(person).filter(**of_group)),
        "coordinates": Exists(groups_coordinated_by(person).filter(**of_group)),
        "hosts": Exists(enterprises_of(person).filter(pk=OuterRef("host_id"))),
        "invited": Exists(Rsvp.objects.filter(meeting=OuterRef("pk"), person=person)),
    }
    meeting = rows.annotate(**{f"is_{name}": value for name, value in facts.items()}).first()
    if meeting is None:
        return None
    return meeting, Place(**{name: bool(getattr(meeting, f"is_{name}")) for name in facts})


def hosts_now(person: Person, group: CoreGroup) -> bool:
    """Tell whether the person acts for the company that hosts the group on the evening that is going on."""
    moment = now()
    return Meeting.objects.filter(
        group=group,
        host__in=enterprises_of(person),
        state__in=[MeetingState.ANNOUNCED, MeetingState.HELD],
        starts_at__lte=moment + CHECK_IN_BEFORE,
        ends_at__gte=moment - HOST_CORRECTS,
    ).exists()


def can_make_promise(person: Person | None, group: CoreGroup, enterprise_id: int) -> bool:
    """Tell whether the person may write down a promise of the company: its own, the host, the coordinator."""
    if person is None:
        return False
    own = enterprises_of(person).filter(pk=enterprise_id, seats__group=group).exists()
    if own and takes_part(person, group):
        return True
    return can_coordinate(person, group) or hosts_now(person, group)


def can_close_promise(person: Person | None, promise: Promise) -> bool:
    """Tell whether the person may say what became of a promise."""
    return can_make_promise(person, promise.group, promise.enterprise_id)
