"""What every change of a season needs: the right, the lock, the version, the way back."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from ydin.groups.models import CoreGroup
from ydin.groups.policies import can_coordinate
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed
from ydin.meetings.models import HostingTurn, PlanRevision, Season, Swap
from ydin.meetings.queries.planning import groups_in_the_way, living_turns
from ydin.meetings.rules.states import SwapState
from ydin.people.models import Person


def require_coordinator(actor: Person | None, group: CoreGroup) -> None:
    """Raise NotAllowed unless the actor coordinates the group. None is the system (jobs, the demo)."""
    if actor is not None and not can_coordinate(actor, group):
        raise NotAllowed(_("Only the group's coordinator changes the season."))


def changed_meanwhile() -> Conflict:
    """Return the error that tells the later of two people that the earlier one was quicker."""
    return Conflict(_("Somebody changed the season meanwhile. Look at how it stands now and try again."))


def hold_season(season_id: int, version: int | None = None) -> Season:
    """Lock the season and the groups whose evenings stand in its way, and return it fresh.

    Groups are locked in the order of their ids, so that two coordinators never wait for each other, and a
    coordinator of two groups who plans both at once is never put in two places. Raises Conflict when
    `version` is given and not the present one.
    """
    group = CoreGroup.objects.get(seasons=season_id)
    ids = {group.pk, *groups_in_the_way(group).values_list("pk", flat=True)}
    locked = CoreGroup.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    list(locked.values_list("pk", flat=True))
    season = Season.objects.select_related("group__network", "group__organisation").get(pk=season_id)
    if version is not None and season.version != version:
        raise changed_meanwhile()
    return season


def bump(season: Season, **changes: Any) -> None:
    """Raise the season's version, with other fields if given."""
    Season.objects.filter(pk=season.pk).update(version=F("version") + 1, **changes)
    season.refresh_from_db(fields=["version", *changes])


def snapshot(turns: list[HostingTurn]) -> list[dict[str, Any]]:
    """Return the living turns as JSON values."""
    return [
        {
            "id": turn.pk,
            "month": turn.month.isoformat(),
            "enterprise": turn.enterprise_id,
            "evening": turn.evening.isoformat(),
            "state": turn.state,
            "locked": turn.locked,
            "reasons": turn.reasons,
            "regret": turn.regret,
        }
        for turn in turns
    ]


def keep_revision(*, actor: Person | None, season: Season, what: str) -> PlanRevision:
    """Write down how the living turns stand before a change, so that it can be undone."""
    last = PlanRevision.objects.filter(season=season).order_by("-number").first()
    return PlanRevision.objects.create(
        season=season,
        number=1 + (last.number if last else 0),
        what=what,
        turns=snapshot(living_turns(season)),
        made_by=actor,
    )


def set_turn(turn: HostingTurn, **changes: Any) -> None:
    """Change a turn that is still as it was read, and raise its version. Raises Conflict when it is not."""
    same = HostingTurn.objects.filter(pk=turn.pk, version=turn.version)
    if not same.update(version=F("version") + 1, **changes):
        raise changed_meanwhile()
    for name, value in changes.items():
        setattr(turn, name, value)
    turn.version += 1


def withdraw_swaps(*turns: HostingTurn) -> None:
    """Let the open questions about these turns lapse."""
    open_ones = Swap.objects.filter(state=SwapState.ASKED)
    asked = open_ones.filter(turn__in=turns) | open_ones.filter(other__in=turns)
    asked.update(state=SwapState.WITHDRAWN, answered_at=now())
