"""A turn's meeting: drafted when the host accepts, moved with the turn, dropped while nobody was invited."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F

from ydin.audit.services import record
from ydin.groups.models import CoreGroup
from ydin.groups.rules import GroupKind
from ydin.kernel.clock import at
from ydin.meetings.models import HostingTurn, HostingWish, Meeting
from ydin.meetings.queries.planning import meeting_of
from ydin.meetings.rules.states import Audience, MeetingState
from ydin.meetings.services.announce import change_meeting
from ydin.meetings.services.announce_audience import require_author_to_widen
from ydin.networks.models import Enterprise
from ydin.people.models import Person


def evening_times(group: CoreGroup, evening: date) -> tuple[datetime, datetime]:
    """Return when the group's usual evening begins and ends on the date; past midnight it ends the next day."""
    starts = at(evening, group.evening_start, group.time_zone)
    ends = at(evening, group.evening_end, group.time_zone)
    if ends <= starts:
        ends = at(evening + timedelta(days=1), group.evening_end, group.time_zone)
    return starts, ends


def _place_of_host(turn: HostingTurn) -> dict[str, Any]:
    """Return the fields of a meeting that come from its host; an online group has no place."""
    host: Enterprise = turn.enterprise
    wish = HostingWish.objects.filter(season=turn.season, enterprise=host).first()
    if turn.season.group.kind == GroupKind.ONLINE:
        return {"host": host, "capacity": None}
    municipality = host.municipality
    return {
        "host": host,
        "place": host.name[:200],
        "address": host.address,
        "municipality": municipality.name_fi if municipality else "",
        "latitude": host.latitude,
        "longitude": host.longitude,
        "capacity": (wish.capacity if wish else None) or host.premises_capacity,
    }


def draft_meeting(*, actor: Person | None, turn: HostingTurn) -> Meeting:
    """Draft the evening of an accepted turn, or return the meeting that the turn has already."""
    existing = meeting_of(turn)
    if existing is not None:
        return existing
    group = turn.season.group
    starts_at, ends_at = evening_times(group, turn.evening)
    meeting = Meeting.objects.create(
        group=group,
        turn=turn,
        state=MeetingState.DRAFT,
        audience=Audience.GROUP,
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=group.time_zone,
        visitor_places=group.visitor_places,
        agenda=group.agenda_template,
        **_place_of_host(turn),
    )
    turn.meeting = meeting
    record(actor=actor, action="meeting.drafted", target=meeting, turn=turn.pk)
    return meeting


def drop_draft(*, actor: Person | None, turn: HostingTurn) -> None:
    """Delete the draft of a turn that fell through. An announced meeting stays until somebody decides."""
    meeting = meeting_of(turn)
    if meeting is None or meeting.state != MeetingState.DRAFT:
        return
    record(actor=actor, action="meeting.draft_dropped", target=meeting, turn=turn.pk)
    meeting.delete()
    turn._state.fields_cache.pop("meeting", None)  # noqa: SLF001 - the cached reverse side


def move_meeting(*, actor: Person | None, turn: HostingTurn, evening: date) -> None:
    """Put the turn's meeting on another evening, at the clock time it has; those invited are told."""
    meeting = meeting_of(turn)
    if meeting is None:
        return
    group = turn.season.group
    clock = meeting.starts_at.astimezone(ZoneInfo(meeting.time_zone)).time()
    starts_at, ends_at = evening_times(group, evening)
    if clock != group.evening_start:
        starts_at = at(evening, clock, meeting.time_zone)
        ends_at = starts_at + (meeting.ends_at - meeting.starts_at)
    change_evening(actor=actor, meeting=meeting, changes={"starts_at": starts_at, "ends_at": ends_at})


def change_evening(*, actor: Person | None, meeting: Meeting, changes: dict[str, Any]) -> None:
    """Change a meeting: a draft quietly, an announced one so that everybody invited is told."""
    if meeting.state != MeetingState.DRAFT:
        change_meeting(actor=actor, meeting=meeting, changes=changes)
        return
    before = meeting.audience
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1, **changes)
    meeting.refresh_from_db(fields=["version", *changes])
    require_author_to_widen(actor, meeting, before)
    record(actor=actor, action="meeting.prepared", target=meeting, fields=sorted(changes))


def hand_over(*, actor: Person | None, old: HostingTurn, new: HostingTurn) -> None:
    """Give an announced meeting to the new host of its month: place and time follow, those invited are told."""
    meeting = meeting_of(old) or _stranded(new)
    if meeting is None or meeting.state != MeetingState.ANNOUNCED:
        return
    Meeting.objects.filter(pk=meeting.pk).update(turn=new)
    meeting.turn = new
    starts_at, ends_at = evening_times(new.season.group, new.evening)
    changes = {**_place_of_host(new), "starts_at": starts_at, "ends_at": ends_at}
    change_meeting(actor=actor, meeting=meeting, changes=changes)


def _stranded(new: HostingTurn) -> Meeting | None:
    """Return the announced meeting of the month whose host cancelled."""
    return (
        Meeting.objects.filter(
            turn__season=new.season_id, turn__month=new.month, state=MeetingState.ANNOUNCED
        )
        .order_by("-pk")
        .first()
    )
