"""What a company of the group wishes for, and a talk that is asked for its evening, for the walk."""

from __future__ import annotations

from tests.factories import LONG_AGO, GroupWorld, PersonFactory

from ydin.ideas.models import Idea, Talk, TalkAsk
from ydin.kernel.clock import now
from ydin.kernel.links import make_token
from ydin.meetings.models import Meeting
from ydin.networks.models import OutsiderCommitment, RoleAssignment

IDEA, NOTE = "SECRET-IDEA", "SECRET-NOTE"


def build_ideas(ours: GroupWorld, meeting: Meeting) -> None:
    """Let the member wish for a theme, and the host ask an expert for the evening."""
    Idea.objects.create(
        network=ours.network,
        group=ours.group,
        enterprise=ours.companies[1],
        author=ours.members[1],
        language="en",
        text=IDEA,
    )
    speaker = PersonFactory()
    RoleAssignment.objects.create(network=ours.network, person=speaker, role="expert", starts_on=LONG_AGO)
    OutsiderCommitment.objects.create(
        network=ours.network, person=speaker, number=0, language="en", how="site"
    )
    talk = Talk.objects.create(
        network=ours.network, speaker=speaker, title="Price", gives="A figure", language="en",
        languages=["fi"], state="offered",
    )  # fmt: skip
    TalkAsk.objects.create(
        talk=talk, speaker=speaker, meeting=meeting, group=ours.group, asked_by=ours.members[0], note=NOTE,
        asked_at=now(),
    )  # fmt: skip


def idea_keys() -> tuple[tuple[str, object], ...]:
    """Return the ids by the beginning of the address."""
    return (("ideas/", Idea.objects.latest("pk").pk), ("talks/", Talk.objects.latest("pk").pk))


def idea_tokens() -> tuple[tuple[str, str], ...]:
    """Return the beginnings of addresses behind a link, with their tokens."""
    idea, ask = Idea.objects.latest("pk"), TalkAsk.objects.latest("pk")
    return (
        ("ideas/by/", make_token("idea", idea.pk, idea.author_id or 0)),
        ("talks/for/", make_token("evening", ask.meeting_id, ask.asked_by_id or 0)),
        ("talks/by/", make_token("talk", ask.pk, ask.speaker_id)),
    )
