"""What a personal link stands for. The signature is checked before; here, whether it still holds."""

from __future__ import annotations

from ydin.groups.models import Seat
from ydin.groups.rules import READING_STATES
from ydin.meetings.models import HostingTurn, Season, Swap
from ydin.meetings.rules.states import LIVE_TURNS
from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of
from ydin.people.models import Person


def season_of_link(season_id: int) -> Season | None:
    """Return the season with group and network."""
    return Season.objects.filter(pk=season_id).select_related("group__network").first()


def turn_of_link(turn_id: int, person: Person) -> HostingTurn | None:
    """Return the turn, if the person still acts for its company and the company still holds its seat."""
    turn = (
        HostingTurn.objects.filter(pk=turn_id, enterprise__in=enterprises_of(person))
        .select_related("season__group__network", "enterprise__municipality", "meeting")
        .first()
    )
    return turn if turn is not None and holds_seat(turn.enterprise, turn.season) else None


def holds_seat(enterprise: Enterprise, season: Season) -> bool:
    """Tell whether the company still holds its seat in the season's group."""
    seats = Seat.objects.filter(group=season.group_id, enterprise=enterprise, state__in=READING_STATES)
    return seats.exists()


def swap_of_link(swap_id: int, person: Person) -> Swap | None:
    """Return the question, if the person still acts for the company that was asked."""
    return (
        Swap.objects.filter(pk=swap_id, other__enterprise__in=enterprises_of(person))
        .select_related(
            "turn__enterprise", "turn__season__group__network", "other__enterprise", "other__season__group"
        )
        .first()
    )


def living_turn_of(turn: HostingTurn) -> HostingTurn | None:
    """Return the company's present turn of the season, when the given one is over."""
    return (
        HostingTurn.objects.filter(season=turn.season, enterprise=turn.enterprise)
        .filter(state__in=LIVE_TURNS)
        .exclude(pk=turn.pk)
        .first()
    )
