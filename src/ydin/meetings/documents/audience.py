"""Who sees an evening, in words and by name: for its label, and before that changes."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ydin.groups.documents.seen import seen_by_coordinators, seen_by_everybody, seen_inside
from ydin.groups.models import CoreGroup, Seat
from ydin.groups.queries import coordinators_of
from ydin.groups.rules import READING_STATES
from ydin.meetings.models import Meeting
from ydin.meetings.rules.states import WIDTH, Audience, MeetingState
from ydin.networks.models import Network
from ydin.networks.queries import current_representatives
from ydin.ui.audience import AudienceChange, Seen


def seen_in_network(network: Network) -> Seen:
    """Return who is of a network: those with a seat or a role in one of its groups, the groups by name."""
    groups = list(
        CoreGroup.objects.filter(network=network).order_by("name", "pk").values_list("name", flat=True)
    )
    seats = Seat.objects.filter(group__network=network, state__in=READING_STATES)
    count = seats.values("enterprise").distinct().count()
    words = ngettext(
        "%(count)s company of the network's groups, and all its coordinators",
        "%(count)s companies of the network's groups, and all its coordinators",
        count,
    ) % {"count": count}
    return Seen(words, groups)


def seen_evening(meeting: Meeting, audience: str) -> Seen:
    """Return who would see theme, time and place of an announced evening with this audience."""
    if audience == Audience.PUBLIC:
        return seen_by_everybody()
    if audience == Audience.NETWORK:
        return seen_in_network(meeting.group.network)
    return seen_inside(meeting.group)


def seen_now(meeting: Meeting) -> Seen:
    """Return who sees the evening as it stands: a draft is seen by those who prepare and by who oversees them."""
    if meeting.state != MeetingState.DRAFT:
        return seen_evening(meeting, meeting.audience)
    few, overseers = seen_by_preparers(meeting), seen_by_coordinators(meeting.group)
    words = _("A draft: seen by the host, the group's coordinators and the network's")
    return Seen(words, list(dict.fromkeys([*few.names, *overseers.names])))


def audience_change(meeting: Meeting, audience: str) -> AudienceChange:
    """Return what it means to give the evening another audience."""
    is_draft = meeting.state == MeetingState.DRAFT
    return AudienceChange(
        what=_(
            "The evening's theme, time, place and what is told about it. Answers and memos stay in the group."
        ),
        before=seen_evening(meeting, meeting.audience),
        after=seen_evening(meeting, audience),
        is_wider=WIDTH[Audience(audience)] > WIDTH[Audience(meeting.audience)],
        answer=audience,
        note=_("From when the invitations are out. Until then: the host and the coordinators.")
        if is_draft
        else "",
    )


def seen_by_preparers(meeting: Meeting) -> Seen:
    """Return who prepares the evening: the host's people and the group's coordinators."""
    hosts = current_representatives().filter(enterprise=meeting.host_id) if meeting.host_id else ()
    people = [*(acts.person for acts in hosts), *coordinators_of(meeting.group)]
    names = list(dict.fromkeys(str(person) for person in people))
    return Seen(_("The host and the group's coordinators"), names)


def summary_change(meeting: Meeting, *, publish: bool) -> AudienceChange:
    """Return what it means to publish the public text of an evening, or to take it back."""
    few, all_ = seen_by_preparers(meeting), seen_by_everybody()
    return AudienceChange(
        what=_("The public summary of the evening. The memo is another text and stays in the group."),
        before=few if publish else all_,
        after=all_ if publish else few,
        is_wider=publish,
        answer="everybody" if publish else "preparers",
        back="" if publish else reverse("meetings:summary", args=[meeting.pk]),
    )
