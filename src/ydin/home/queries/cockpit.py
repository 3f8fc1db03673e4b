"""What a coordinator's day is made of: a fixed number of queries, however many groups there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from ydin.groups.models import Application, CoreGroup, GroupCoordinator, Seat
from ydin.groups.policies import visible_letter_states
from ydin.groups.queries import groups_coordinated_by
from ydin.groups.rules import OPEN_APPLICATIONS, SeatState
from ydin.kernel.clock import now
from ydin.meetings.models import Attendance, HostingTurn, Meeting, Memo, Rsvp, Season
from ydin.meetings.rules.states import LIVE_TURNS, Answer, MeetingState, SeasonState, TurnState
from ydin.networks.queries import during, utc_today
from ydin.outbox.rules import MessageState
from ydin.people.models import Person
from ydin.privacy.policies import corrections_to_answer, open_passages

BACK, AHEAD = timedelta(days=45), timedelta(days=75)
LAST_MEETINGS = 3
LETTERS_BACK = timedelta(days=14)


def coordinated(person: Person) -> list[CoreGroup]:
    """Return the groups that the person coordinates, by name."""
    return list(groups_coordinated_by(person).select_related("network").order_by("name", "pk"))


def coordinators_around(groups: Sequence[int]) -> list[Person]:
    """Return everybody who coordinates one of the groups today, by name."""
    spells = GroupCoordinator.objects.filter(during(utc_today()), group__in=groups)
    return list(Person.objects.filter(pk__in=spells.values("person")).order_by("name", "pk"))


def turns_to_mind(groups: Sequence[int]) -> list[HostingTurn]:
    """Return turns from today on that wait for an answer, or fell through with nobody in their place."""
    living = HostingTurn.objects.filter(
        season=OuterRef("season"), month=OuterRef("month"), state__in=LIVE_TURNS
    )
    lost = (TurnState.CANCELLED, TurnState.DECLINED)
    turns = (
        HostingTurn.objects.filter(
            season__group__in=groups, evening__gte=utc_today(), state__in=(TurnState.ASKED, *lost)
        )
        .exclude(season__state=SeasonState.CLOSED)
        .annotate(is_replaced=Exists(living))
        .select_related("enterprise", "season")
        .order_by("evening", "pk")
    )
    return [t for t in turns if t.state == TurnState.ASKED or not t.is_replaced]


def meetings_near(groups: Sequence[int]) -> list[Meeting]:
    """Return the evenings of the last weeks and the next ones.

    Each with `unanswered` (people who were invited and have not answered), `has_attendance` and `has_memo`.
    """
    silent = (
        Rsvp.objects.filter(meeting=OuterRef("pk"), answer=Answer.NONE, invited_at__isnull=False)
        .order_by()
        .values("meeting")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return list(
        Meeting.objects.filter(group__in=groups, starts_at__gte=now() - BACK, starts_at__lt=now() + AHEAD)
        .exclude(state=MeetingState.CANCELLED)
        .annotate(
            unanswered=Coalesce(Subquery(silent, output_field=IntegerField()), 0),
            has_attendance=Exists(Attendance.objects.filter(meeting=OuterRef("pk"))),
            has_memo=Exists(Memo.objects.filter(meeting=OuterRef("pk"))),
        )
        .select_related("host")
        .order_by("starts_at", "pk")
    )


def waiting_reviews(person: Person, groups: Sequence[int]) -> dict[int, int]:
    """Return how many sentences about somebody erased and corrections wait for the coordinator, by group."""
    found: Counter[int] = Counter()
    for rows in (open_passages(person), corrections_to_answer(person)):
        by_group = rows.filter(group__in=groups).order_by().values_list("group").annotate(n=Count("pk"))
        found.update(dict(by_group))
    return found


def open_applications(groups: Sequence[int]) -> dict[int, int]:
    """Return how many people wait for an answer to their application, by group."""
    rows = Application.objects.filter(group__in=groups, state__in=OPEN_APPLICATIONS)
    return dict(rows.order_by().values_list("group").annotate(n=Count("pk")))


def member_seats_of(groups: Sequence[int]) -> dict[int, list[Seat]]:
    """Return the seats of member companies, by group."""
    found: dict[int, list[Seat]] = defaultdict(list)
    seats = Seat.objects.filter(group__in=groups, state=SeatState.MEMBER).select_related("enterprise")
    for seat in seats.order_by("enterprise__name", "pk"):
        found[seat.group_id].append(seat)
    return found


def seasons_of(groups: Sequence[int]) -> dict[int, Season]:
    """Return each group's newest season that is not over."""
    seasons = Season.objects.filter(group__in=groups).exclude(state=SeasonState.CLOSED)
    return {s.group_id: s for s in seasons.order_by("created_at", "pk")}


def drifting(seats: dict[int, list[Seat]]) -> dict[int, list[Seat]]:
    """Return the seats whose company was absent from each of the group's last three recorded evenings."""
    last = _last_recorded(list(seats))
    present: dict[int, set[int | None]] = defaultdict(set)
    rows = Attendance.objects.filter(meeting__in=[m.pk for evenings in last.values() for m in evenings])
    for group, enterprise in rows.values_list("group", "enterprise"):
        present[group].add(enterprise)
    found = {}
    for group, evenings in last.items():
        if len(evenings) < LAST_MEETINGS:
            continue
        first = min(m.starts_at for m in evenings).date()
        away = [s for s in seats[group] if s.starts_on <= first and s.enterprise_id not in present[group]]
        if away:
            found[group] = away
    return found


def _last_recorded(groups: Sequence[int]) -> dict[int, list[Meeting]]:
    newest = Window(RowNumber(), partition_by=F("group"), order_by=[F("starts_at").desc(), F("pk").desc()])
    meetings = (
        Meeting.objects.filter(
            Exists(Attendance.objects.filter(meeting=OuterRef("pk"))),
            group__in=groups,
            state=MeetingState.HELD,
        )
        .annotate(place_in_row=newest)
        .filter(place_in_row__lte=LAST_MEETINGS)
        .order_by("group", "pk")
    )
    found: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        found[meeting.group_id].append(meeting)
    return found


def lost_letters(person: Person) -> dict[int, int]:
    """Return how many letters of the last two weeks did not arrive, by the coordinator's group."""
    failed = visible_letter_states(person).filter(
        state=MessageState.FAILED, created_at__gt=now() - LETTERS_BACK
    )
    counted = failed.order_by().values("group_id").annotate(n=Count("id"))
    return dict(counted.values_list("group_id", "n"))
