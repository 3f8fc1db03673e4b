"""Talks: who offers what, which fit an evening, and for which evenings they are asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from ydin.groups.models import CoreGroup
from ydin.groups.rules import GroupKind
from ydin.ideas.models import TALK_LABELS, Talk, TalkAsk
from ydin.ideas.queries.ideas import current_role_exists
from ydin.ideas.rules.talks import AskState, Evening, Misfit, Offer, TalkState, misfits, season_of
from ydin.kernel.clock import now
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.rules.states import MeetingState
from ydin.networks.models import Network, Region, Representative
from ydin.networks.queries import during, enterprises_of, utc_today
from ydin.networks.rules import NetworkRole, RegionLevel
from ydin.people.models import Person

TALK_CHOICES = [(one.value, label) for one, label in TALK_LABELS.items()]
SPEAKERS = (NetworkRole.EXPERT, NetworkRole.RESEARCHER, NetworkRole.INSTITUTE)
"""Roles from outside that offer talks, and take ideas up."""


def offered_talks(network: Network) -> QuerySet[Talk]:
    """Return the talks on offer of speakers who are still there, by title."""
    return (
        Talk.objects.filter(current_role_exists(SPEAKERS, "speaker", "network"), network=network)
        .filter(state=TalkState.OFFERED)
        .select_related("speaker", "region", "network")
        .order_by("title", "pk")
    )


def offer_of(talk: Talk) -> Offer:
    """Return what a talk's row says."""
    return Offer(
        talk.title, talk.gives, talk.topic, list(talk.languages), talk.online, talk.region_id, talk.minutes,
        list(talk.months), talk.most,
    )  # fmt: skip


def evening_of(meeting: Meeting) -> Evening:
    """Return what matters of an evening for talks, on the clocks of its time zone."""
    group = meeting.group
    day = meeting.starts_at.astimezone(ZoneInfo(meeting.time_zone)).date()
    regions = _upwards(group.region) if group.region else set()
    return Evening(day, group.language, group.kind == GroupKind.ONLINE, regions)


def _upwards(region: Region) -> set[int]:
    found = {region.pk}
    if region.parent_id is not None:
        found.add(region.parent_id)
    return found


def talks_for(meeting: Meeting) -> list[tuple[Talk, list[Misfit]]]:
    """Return the talks on offer with what does not fit the evening, those that fit first."""
    evening = evening_of(meeting)
    rows = [(t, misfits(offer_of(t), evening, t.full_until)) for t in offered_talks(meeting.group.network)]
    return sorted(rows, key=lambda row: len(row[1]))


def asks_of(meeting: Meeting) -> QuerySet[TalkAsk]:
    """Return what was asked for an evening, the latest first, as far as row security shows it."""
    return (
        TalkAsk.objects.filter(meeting=meeting)
        .select_related("talk", "speaker", "asked_by")
        .order_by("-asked_at", "-pk")
    )


def asks_to(speaker: Person) -> QuerySet[TalkAsk]:
    """Return for which evenings somebody is asked, the coming ones, soonest first."""
    return (
        TalkAsk.objects.filter(speaker=speaker, meeting__ends_at__gte=now())
        .exclude(state=AskState.CALLED_OFF)
        .select_related("talk", "meeting__group", "meeting__host")
        .order_by("meeting__starts_at", "pk")
    )


def promised(talk: Talk, *, but: int = 0) -> list[date]:
    """Return the days of the evenings that the speaker promised for this talk."""
    asks = TalkAsk.objects.filter(talk=talk, state=AskState.YES).exclude(pk=but).select_related("meeting")
    return [one.meeting.starts_at.astimezone(ZoneInfo(one.meeting.time_zone)).date() for one in asks]


def full_until(talk: Talk) -> date | None:
    """Return the end of the latest season for which as many evenings are promised as the speaker wants."""
    ends = [season_of(day)[1] for day in promised(talk)]
    return max((end for end in ends if ends.count(end) >= talk.most), default=None)


def meetings_prepared_by(person: Person, coordinated: QuerySet[CoreGroup]) -> QuerySet[Meeting]:
    """Return the evenings for which the person asks speakers: those they host, and of groups they coordinate."""
    return Meeting.objects.filter(host__in=enterprises_of(person)) | Meeting.objects.filter(
        group__in=coordinated
    )


def speakers_to_invite() -> list[TalkAsk]:
    """Return the promises of speakers for announced evenings to come to which they are not invited yet."""
    coming = TalkAsk.objects.filter(
        state=AskState.YES, meeting__state=MeetingState.ANNOUNCED, meeting__starts_at__gt=now()
    )
    invited = set(
        Rsvp.objects.filter(meeting__in=coming.values("meeting")).values_list("meeting_id", "person_id")
    )
    found = coming.select_related("meeting__group", "speaker", "talk").order_by("pk")
    return [one for one in found if (one.meeting_id, one.speaker_id) not in invited]


def affiliations(people: Iterable[int]) -> dict[int, str]:
    """Return the organisation for which each of these people works today, by the person's id."""
    rows = Representative.objects.filter(
        during(utc_today()), person__in=list(people), organisation__isnull=False
    ).order_by("pk")
    return dict(rows.values_list("person", "organisation__name"))


def wide_regions(network: Network) -> list[tuple[int, str]]:
    """Return (id, Finnish name) of the network's regions, by name."""
    rows = Region.objects.filter(network=network, level=RegionLevel.REGION).order_by("name_fi", "pk")
    return list(rows.values_list("pk", "name_fi"))


def ask_at(pk: int) -> TalkAsk | None:
    """Return one ask with all that its pages show, as far as row security shows it."""
    together = ("talk__network", "meeting__group__network", "meeting__host", "speaker", "asked_by")
    return TalkAsk.objects.select_related(*together).filter(pk=pk).first()
