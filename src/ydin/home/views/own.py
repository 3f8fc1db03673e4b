"""A member's own page, the coordinator's day, and the network's health."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ydin.calendar.policies import own_feed_addresses, own_meetings
from ydin.home.documents.links import address, group_url, host_url, meeting_url, season_url, settings_url
from ydin.home.documents.tasks import groups_day
from ydin.home.queries.cockpit import coordinators_around
from ydin.home.queries.feedback import waiting_feedback
from ydin.home.queries.health import groups_health
from ydin.home.queries.inside import coming_meetings, own_answers, own_promises, own_seats, own_turns
from ydin.home.queries.roles import roles_of
from ydin.meetings.rules.states import Answer, TurnState
from ydin.people.policies import as_person
from ydin.privacy.policies import corrections_to_answer, open_passages

HEALTH_ROWS = 50


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show a member what is next for them."""
    person = as_person(request.user)
    if person is None:
        raise PermissionDenied
    meetings = coming_meetings(own_meetings(person))
    answers = own_answers(person, meetings)
    listed = [
        {
            "meeting": m,
            "url": meeting_url(m.pk),
            "group_url": group_url(m.group.network.slug, m.group.slug),
            "answer": answers.get(m.pk),
            "needs_answer": m.pk in answers and answers[m.pk].answer == Answer.NONE,
        }
        for m in meetings
    ]
    seats = own_seats(person)
    if not meetings and not seats and roles_of(person).is_only_outside:
        return redirect("institutes:work")
    turns = own_turns(person)
    context: dict[str, Any] = {
        "next": listed[0] if listed else None,
        "later": listed[1:],
        "turns": [_turn(t, person.pk) for t in turns],
        "promises": own_promises(person),
        "feed_count": own_feed_addresses(person).count(),
        "seats": [(s, group_url(s.group.network.slug, s.group.slug)) for s in seats],
    }
    response = render(request, "home/mine.html", context)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _turn(turn: Any, person: int) -> dict[str, Any]:
    """Return a hosting turn with its next step."""
    meeting = getattr(turn, "meeting", None)
    return {
        "turn": turn,
        "is_asked": turn.state == TurnState.ASKED,
        "has_theme": bool(meeting and meeting.theme),
        "url": host_url(turn.pk, person),
    }


@login_required
@require_safe
def own_groups(request: HttpRequest) -> HttpResponse:
    """Show a coordinator what needs them today, group by group."""
    person = as_person(request.user)
    days = groups_day(person) if person else []
    if not days:
        raise PermissionDenied
    readers = [str(one) for one in coordinators_around([day.group.pk for day in days])]
    context = {"days": days, "count": sum(len(d.tasks) for d in days), "readers": readers}
    response = render(request, "home/own_groups.html", context)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@login_required
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Show a network coordinator every group's health: counts only."""
    person = as_person(request.user)
    if person is None or not roles_of(person).coordinates_networks:
        raise PermissionDenied
    page = Paginator(groups_health(person), HEALTH_ROWS).get_page(request.GET.get("page"))
    rows = [_health(g) for g in page.object_list]
    context = {
        "rows": rows,
        "page": page,
        "networks": _networks(page),
        "feedback": waiting_feedback(person),
        "feedback_url": address("home:feedback"),
        "reviews": open_passages(person).count() + corrections_to_answer(person).count(),
    }
    response = render(request, "home/network.html", context)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _networks(page: Any) -> list[tuple[str, str]]:
    """Return (address, name) of the pages where the shown groups' networks are set up."""
    found = {g.network_id: g.network for g in page.object_list}
    return [(address("groups:network", n.slug), n.name) for n in found.values()]


def _health(group: Any) -> dict[str, Any]:
    return {
        "group": group,
        "url": group_url(group.network.slug, group.slug),
        "settings_url": settings_url(group.pk),
        "season_url": season_url(group.season_id) if group.season_id else "",
        "is_small": group.members < group.min_size,
    }
