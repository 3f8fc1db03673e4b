"""The coordinator's day in words: what needs me, group by group, each with one button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ydin.groups.models import CoreGroup, Seat
from ydin.home.documents.links import (
    address,
    applications_url,
    group_url,
    meeting_url,
    season_url,
    settings_url,
)
from ydin.home.queries.cockpit import (
    coordinated,
    drifting,
    lost_letters,
    meetings_near,
    member_seats_of,
    open_applications,
    seasons_of,
    turns_to_mind,
    waiting_reviews,
)
from ydin.kernel.clock import now
from ydin.meetings.models import HostingTurn, Meeting, Season
from ydin.meetings.rules.states import MeetingState, TurnState
from ydin.people.models import Person
from ydin.ui import dates

ANNOUNCE_WITHIN = timedelta(days=21)
THEME_WITHIN = timedelta(days=35)
REMIND_WITHIN = timedelta(days=14)
MOST_NAMES = 4
_FIRST = ("alert", "cancelled")


@dataclass(frozen=True)
class Task:
    """One line of the list: a badge, a sentence, and what to press."""

    badge: str
    kind: str
    words: str
    url: str
    label: str


@dataclass(frozen=True)
class GroupDay:
    """One group on the coordinator's page. `segments` may be empty."""

    group: CoreGroup
    url: str
    members: int
    next_meeting: Meeting | None
    next_url: str
    season_url: str
    settings_url: str
    tasks: list[Task]


def groups_day(person: Person) -> list[GroupDay]:
    """Return every group that the person coordinates with what needs them, in a fixed number of queries."""
    groups = coordinated(person)
    ids = [g.pk for g in groups]
    if not ids:
        return []
    turns, meetings, seats = turns_to_mind(ids), meetings_near(ids), member_seats_of(ids)
    applications, seasons, away = open_applications(ids), seasons_of(ids), drifting(seats)
    lost, reviews = lost_letters(person), waiting_reviews(person, ids)
    days = []
    for group in groups:
        own_meetings = [m for m in meetings if m.group_id == group.pk]
        season = seasons.get(group.pk)
        tasks = [
            *_turn_tasks([t for t in turns if t.season.group_id == group.pk]),
            *[task for m in own_meetings for task in _meeting_tasks(m)],
            *_letter_tasks(lost.get(group.pk, 0)),
            *_application_tasks(group, applications.get(group.pk, 0)),
            *_review_tasks(reviews.get(group.pk, 0)),
            *_season_tasks(group, season),
            *_seat_tasks(group, len(seats[group.pk]), away.get(group.pk, [])),
        ]
        tasks.sort(key=lambda task: task.kind not in _FIRST)
        days.append(_day(group, len(seats[group.pk]), own_meetings, season, tasks))
    return days


def _day(
    group: CoreGroup, members: int, meetings: list[Meeting], season: Season | None, tasks: list[Task]
) -> GroupDay:
    coming = next((m for m in meetings if m.ends_at >= now()), None)
    return GroupDay(
        group=group,
        url=group_url(group.network.slug, group.slug),
        members=members,
        next_meeting=coming,
        next_url=meeting_url(coming.pk) if coming else "",
        season_url=season_url(season.pk) if season else "",
        settings_url=settings_url(group.pk),
        tasks=tasks,
    )


def _turn_tasks(turns: list[HostingTurn]) -> list[Task]:
    tasks = []
    for turn in turns:
        names = {"company": turn.enterprise.name, "month": dates.month_name(turn.month)}
        url = season_url(turn.season_id)
        if turn.state == TurnState.ASKED:
            words = _("%(company)s has not said yet whether they can host in %(month)s.") % names
            tasks.append(Task(_("asked"), "asked", words, url, _("Open the season")))
        else:
            words = _("%(company)s cannot host in %(month)s. A new host is needed.") % names
            tasks.append(Task(_("no host"), "cancelled", words, url, _("Find a host")))
    return tasks


def _meeting_tasks(meeting: Meeting) -> list[Task]:
    url = meeting_url(meeting.pk)
    if meeting.ends_at < now():
        return _after(meeting)
    until = meeting.starts_at - now()
    names = {
        "day": _day_of(meeting.starts_at, meeting.time_zone),
        "host": meeting.host.name if meeting.host else "",
    }
    tasks = []
    if not meeting.theme and until < THEME_WITHIN:
        said = (
            _("The evening of %(day)s has no theme yet. %(host)s chooses it.")
            if meeting.host
            else _("The evening of %(day)s has no theme yet.")
        )
        tasks.append(Task(_("theme"), "waiting", said % names, url, _("Open")))
    if meeting.state == MeetingState.DRAFT and until < ANNOUNCE_WITHIN:
        said = _("Invitations for %(day)s have not been sent.") % names
        tasks.append(
            Task(_("invite"), "alert", said, address("meetings:announce", meeting.pk), _("Look and send"))
        )
    count = getattr(meeting, "unanswered", 0)
    if meeting.state == MeetingState.ANNOUNCED and count and until < REMIND_WITHIN:
        said = ngettext(
            "%(count)d person has not answered the invitation for %(day)s.",
            "%(count)d people have not answered the invitation for %(day)s.",
            count,
        ) % {**names, "count": count}
        tasks.append(
            Task(_("no answer"), "waiting", said, address("meetings:answers", meeting.pk), _("See who"))
        )
    return tasks


def _after(meeting: Meeting) -> list[Task]:
    if meeting.state == MeetingState.DRAFT:
        return []
    names = {"day": _day_of(meeting.starts_at, meeting.time_zone)}
    if not getattr(meeting, "has_attendance", True):
        said = _("Who was there on %(day)s has not been written down.") % names
        return [
            Task(_("attendance"), "alert", said, address("meetings:evening", meeting.pk), _("Write down"))
        ]
    if not getattr(meeting, "has_memo", True):
        said = _("The evening of %(day)s has no memo yet.") % names
        return [Task(_("memo"), "waiting", said, address("meetings:memo_write", meeting.pk), _("Write"))]
    return []


def _application_tasks(group: CoreGroup, count: int) -> list[Task]:
    if not count:
        return []
    words = ngettext(
        "%(count)d person has asked to visit or to join.",
        "%(count)d people have asked to visit or to join.",
        count,
    ) % {"count": count}
    return [Task(_("application"), "waiting", words, applications_url(group.pk), _("Read and answer"))]


def _review_tasks(count: int) -> list[Task]:
    if not count:
        return []
    words = ngettext(
        "%(count)d thing about somebody's personal data waits for you: a correction, or a name to look at.",
        "%(count)d things about somebody's personal data wait for you: corrections, or names to look at.",
        count,
    ) % {"count": count}
    return [Task(_("personal data"), "waiting", words, address("privacy:review"), _("Look at them"))]


def _letter_tasks(count: int) -> list[Task]:
    if not count:
        return []
    words = ngettext(
        "%(count)d letter of the last two weeks did not arrive.",
        "%(count)d letters of the last two weeks did not arrive.",
        count,
    ) % {"count": count}
    url = f"{address('groups:letters')}?only=failed"
    return [Task(_("letters"), "alert", words, url, _("See why"))]


def _season_tasks(group: CoreGroup, season: Season | None) -> list[Task]:
    if season is not None:
        return []
    words, url = _("No season is being planned."), f"{address('meetings:season_new')}?group={group.pk}"
    return [Task(_("season"), "waiting", words, url, _("Start planning"))]


def _seat_tasks(group: CoreGroup, members: int, away: list[Seat]) -> list[Task]:
    tasks = []
    url = address("groups:seats", group.pk)
    if away:
        names = ", ".join(s.enterprise.name for s in away[:MOST_NAMES])
        more = len(away) - MOST_NAMES
        names = _("%(names)s and %(count)d more") % {"names": names, "count": more} if more > 0 else names
        words = _("Away from the last three evenings: %s. A call may help.") % names
        tasks.append(Task(_("drifting"), "alert", words, url, _("Open the seats")))
    if members < group.min_size:
        words = _("The group has %(members)d companies; it is meant to have at least %(least)d.") % {
            "members": members,
            "least": group.min_size,
        }
        add = address("groups:company_add", group.pk)
        tasks.append(Task(_("few seats"), "waiting", words, add, _("Add a company")))
    return tasks


def _day_of(moment: datetime, zone: str) -> str:
    return dates.day(moment, tz=ZoneInfo(zone))
