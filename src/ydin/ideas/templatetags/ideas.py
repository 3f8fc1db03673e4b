"""What pages of other parts show of ideas: the host's preparation, the next evening, a group's, one's own."""

from __future__ import annotations

from typing import Any

from django import template

from ydin.ideas.documents.links import evening_path
from ydin.ideas.documents.words import readers_of_each, wanted_by
from ydin.ideas.policies import can_take_theme, networks_helped_in, visible_ideas
from ydin.ideas.queries.ideas import own_seats, themes_wanted, with_counts
from ydin.ideas.queries.talks import talks_for
from ydin.ideas.rules.states import LIVE, State
from ydin.meetings.documents.audience import seen_now
from ydin.people.policies import as_person

register = template.Library()
SHOWN = 5


@register.inclusion_tag("ideas/_for_host.html")
def ideas_for_host(meeting: Any, person: Any) -> dict[str, Any]:
    """Show whoever prepares an evening the themes that the group wants, and how many speakers could come.

    `person` prepares it, signed in or by personal link: the buttons carry a link of their own.
    """
    wanted = themes_wanted(visible_ideas(person), meeting.group_id).filter(group=meeting.group_id)[:SHOWN]
    return {
        "wanted": [(one, wanted_by(one.wanted)) for one in wanted],
        "may_take": can_take_theme(person, meeting),
        "seen": seen_now(meeting),
        "speakers": sum(not why_not for _talk, why_not in talks_for(meeting)),
        "url": evening_path(meeting, person),
    }


@register.inclusion_tag("ideas/_section.html", takes_context=True)
def themes_of_evening(context: template.Context, meeting: Any) -> dict[str, Any]:
    """List for the next evening what the group's companies want to hear about: what to choose from afterwards."""
    wanted = themes_wanted(visible_ideas(context["request"].user), meeting.group_id)[:SHOWN]
    return {"wanted": [(one, wanted_by(one.wanted)) for one in wanted], "group": meeting.group}


@register.inclusion_tag("ideas/_group.html", takes_context=True)
def ideas_of_group(context: template.Context, group: Any) -> dict[str, Any]:
    """Show the group's most wanted ideas to those inside."""
    request = context["request"]
    person = as_person(request.user)
    if person is None:
        return {"rows": [], "group": group, "may_write": False}
    live = visible_ideas(person).filter(group=group, state__in=[*LIVE, State.ANSWERED])
    rows = list(with_counts(live, person).order_by("-wanted", "-pk")[:SHOWN])
    return {
        "rows": [
            (one, seen, wanted_by(one.wanted)) for one, seen in zip(rows, readers_of_each(rows), strict=True)
        ],
        "group": group,
        "may_write": any(there.pk == group.pk for _company, there in own_seats(person)),
        "request": request,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("ideas/_own.html", takes_context=True)
def own_ideas(context: template.Context) -> dict[str, Any]:
    """Show what came of the ideas that the reader's companies wrote or support; to helpers, where theirs are."""
    person = as_person(context["request"].user)
    if person is None:
        return {"rows": [], "may_write": False, "helps_in": []}
    seats = own_seats(person)
    rows: list[Any] = []
    if seats:
        mine = with_counts(visible_ideas(person), person).exclude(state=State.CLOSED)
        rows = list(mine.filter(is_mine=True).order_by("-pk")[:SHOWN])
        rows += list(mine.filter(is_supported=True, is_mine=False).order_by("-pk")[:SHOWN])
    return {
        "rows": [(one, wanted_by(one.wanted)) for one in rows],
        "may_write": bool(seats),
        "helps_in": networks_helped_in(person),
    }
