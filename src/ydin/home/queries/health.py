"""Every group of a network in one table: counts only, nothing of what is said or answered."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ydin.groups.models import CoreGroup
from ydin.home.queries.public import with_basics
from ydin.kernel.clock import now
from ydin.meetings.models import Attendance, HostingTurn, Meeting, Season
from ydin.meetings.rules.states import MeetingState, SeasonState, TurnState
from ydin.networks.queries import networks_coordinated_by
from ydin.people.models import Person


def groups_health(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups of the networks that the person coordinates, with what their health shows.

    Adds `members`, `next_start`, `last_start`, `last_present` (companies at the last held evening),
    `season_months`, `agreed` and `asked` (months of the running season with a host, or asked for one).
    """
    held = Meeting.objects.filter(group=OuterRef("pk"), state=MeetingState.HELD).order_by("-starts_at", "-pk")
    coming = (
        Meeting.objects.filter(group=OuterRef("pk"), state=MeetingState.ANNOUNCED, starts_at__gte=now())
        .order_by("starts_at", "pk")
        .values("starts_at")[:1]
    )
    season = (
        Season.objects.filter(group=OuterRef("pk"))
        .exclude(state=SeasonState.CLOSED)
        .order_by("-created_at", "-pk")
    )
    return (
        with_basics(CoreGroup.objects.filter(network__in=networks_coordinated_by(person)))
        .annotate(
            next_start=Subquery(coming),
            last_id=Subquery(held.values("pk")[:1]),
            last_start=Subquery(held.values("starts_at")[:1]),
            season_id=Subquery(season.values("pk")[:1]),
            season_months=Subquery(season.values("months__len")[:1]),
        )
        .annotate(
            last_present=_companies_last_time(),
            agreed=_turns(TurnState.ACCEPTED),
            asked=_turns(TurnState.ASKED),
        )
        .select_related("network", "region")
        .order_by("network__name", "name", "pk")
    )


def _companies_last_time() -> Coalesce:
    count = (
        Attendance.objects.filter(meeting=OuterRef("last_id"), enterprise__isnull=False, as_visitor=False)
        .order_by()
        .values("meeting")
        .annotate(n=Count("enterprise", distinct=True))
        .values("n")
    )
    return Coalesce(Subquery(count, output_field=IntegerField()), 0)


def _turns(state: TurnState) -> Coalesce:
    count = (
        HostingTurn.objects.filter(season=OuterRef("season_id"), state=state)
        .order_by()
        .values("season")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(count, output_field=IntegerField()), 0)
