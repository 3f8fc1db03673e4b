"""Letters about wishes, hosting turns and swaps, and the personal addresses in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from ydin.groups.models import CoreGroup
from ydin.groups.queries import coordinators_of
from ydin.kernel.clock import at
from ydin.kernel.links import make_token
from ydin.meetings.models import HostingTurn, Season, Swap
from ydin.networks.models import Enterprise
from ydin.outbox.emails import Letter, absolute, compose
from ydin.people.models import Person


def wish_path(season_id: int, person_id: int) -> str:
    """Return the path of a person's page for the wishes of a season."""
    return reverse("meetings:wish", args=[make_token("wish", season_id, person_id)])


def host_path(turn_id: int, person_id: int) -> str:
    """Return the path of a person's page for a hosting turn of their company."""
    return reverse("meetings:host", args=[make_token("host", turn_id, person_id)])


def host_step_path(turn_id: int, person_id: int, step: str = "theme") -> str:
    """Return the path of a step of the host's preparation (theme, evening, details)."""
    return reverse("meetings:host_prepare", args=[make_token("host", turn_id, person_id), step])


def swap_path(swap_id: int, person_id: int) -> str:
    """Return the path of the page on which a person answers a swap."""
    return reverse("meetings:swap", args=[make_token("swap", swap_id, person_id)])


def planned_start(turn: HostingTurn) -> datetime:
    """Return when the evening of a turn begins by the group's usual clock."""
    group = turn.season.group
    return at(turn.evening, group.evening_start, group.time_zone)


def _reply_to(group: CoreGroup) -> str:
    return next((person.email for person in coordinators_of(group)), "")


def _turn_context(turn: HostingTurn) -> dict[str, Any]:
    return {
        "group": turn.season.group,
        "company": turn.enterprise.name,
        "month": turn.month,
        "evening": turn.evening,
        "starts": planned_start(turn),
        "zone": turn.season.group.time_zone,
    }


def wish_asked(season: Season, person: Person, company: Enterprise, reply_to: str) -> Letter:
    """Ask a representative, once a season, whether and when the company could host."""
    return _wish(
        "wish_asked", season, person, company, reply_to=reply_to, once=f"wish:{season.pk}:{person.pk}"
    )


def wish_reminder(season: Season, person: Person, company: Enterprise, reply_to: str, day: date) -> Letter:
    """Remind a representative whose company has not answered; at most once a day."""
    return _wish(
        "wish_reminder",
        season,
        person,
        company,
        reply_to=reply_to,
        once=f"wish-again:{season.pk}:{person.pk}:{day}",
    )


def _wish(
    name: str, season: Season, person: Person, company: Enterprise, *, reply_to: str, once: str
) -> Letter:
    months = sorted(season.months)
    return compose(
        template=f"meetings/email/{name}",
        person=person,
        reply_to=reply_to,
        once=once,
        context={
            "group": season.group,
            "company": company.name,
            "first": months[0],
            "last": months[-1],
            "until": season.wishes_until,
            "link": absolute(wish_path(season.pk, person.pk)),
        },
    )


def turn_asked(turn: HostingTurn, person: Person) -> Letter:
    """Ask a host whether it takes the month."""
    return compose(
        template="meetings/email/turn_asked",
        person=person,
        reply_to=_reply_to(turn.season.group),
        once=f"turn-asked:{turn.pk}:{person.pk}:{turn.version}",
        context={**_turn_context(turn), "link": absolute(host_path(turn.pk, person.pk))},
    )


def turn_accepted(turn: HostingTurn, person: Person) -> Letter:
    """Thank the host and give the address of the three steps."""
    return compose(
        template="meetings/email/turn_accepted",
        person=person,
        reply_to=_reply_to(turn.season.group),
        context={
            **_turn_context(turn),
            "link": absolute(host_step_path(turn.pk, person.pk)),
            "page": absolute(host_path(turn.pk, person.pk)),
        },
    )


def turn_moved(turn: HostingTurn, person: Person) -> Letter:
    """Tell a host that the coordinator gave its month another evening."""
    return compose(
        template="meetings/email/turn_moved",
        person=person,
        reply_to=_reply_to(turn.season.group),
        context={**_turn_context(turn), "link": absolute(host_path(turn.pk, person.pk))},
    )


def turn_withdrawn(turn: HostingTurn, person: Person) -> Letter:
    """Tell a host who had been asked that the coordinator planned the month anew."""
    return compose(
        template="meetings/email/turn_withdrawn",
        person=person,
        reply_to=_reply_to(turn.season.group),
        context=_turn_context(turn),
    )


def host_answered(turn: HostingTurn, coordinator: Person, *, accepted: bool, reply_to: str) -> Letter:
    """Tell a coordinator what a host answered; when it cannot, with the address of the repair."""
    name = "host_accepted" if accepted else "host_cancelled"
    return compose(
        template=f"meetings/email/{name}",
        person=coordinator,
        reply_to=reply_to,
        context={
            **_turn_context(turn),
            "note": turn.note,
            "link": absolute(reverse("meetings:season", args=[turn.season_id])),
        },
    )


def swap_asked(swap: Swap, person: Person, reply_to: str) -> Letter:
    """Ask the host of another month to change months."""
    return compose(
        template="meetings/email/swap_asked",
        person=person,
        reply_to=reply_to,
        context={**_swap_context(swap), "link": absolute(swap_path(swap.pk, person.pk))},
    )


def swap_answered(swap: Swap, person: Person, *, accepted: bool, link: str) -> Letter:
    """Tell the asker, the other host and the coordinator what came of a swap."""
    name = "swap_accepted" if accepted else "swap_declined"
    return compose(
        template=f"meetings/email/{name}",
        person=person,
        reply_to=_reply_to(swap.turn.season.group),
        context={**_swap_context(swap), "link": absolute(link)},
    )


def _swap_context(swap: Swap) -> dict[str, Any]:
    return {
        "group": swap.turn.season.group,
        "asker": swap.turn.enterprise.name,
        "other": swap.other.enterprise.name,
        "asker_month": swap.turn.month,
        "other_month": swap.other.month,
        "asker_evening": swap.turn.evening,
        "other_evening": swap.other.evening,
    }
