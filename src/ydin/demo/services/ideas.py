"""What the sample companies wish for, who takes it up, and who comes and speaks."""

from __future__ import annotations

from django.db import transaction

from ydin.demo.rules.ideas import ANSWER, DRAFT, HELPERS, IDEAS, NOTE, TALKS, Said
from ydin.demo.rules.parts import HOST_NEXT, SHOWCASE
from ydin.demo.services.network import Built, BuiltGroup
from ydin.ideas.models import Idea, Talk
from ydin.ideas.rules.talks import AskState
from ydin.ideas.services.asks import answer_ask, ask_for_talk, settle_ask
from ydin.ideas.services.ideas import support_idea, write_idea
from ydin.ideas.services.steps import answer_idea, park, plan_for, take_up
from ydin.ideas.services.talks import offer_talk, write_talk
from ydin.kernel.clock import now
from ydin.meetings.models import Meeting
from ydin.meetings.rules.states import MeetingState
from ydin.networks.models import Enterprise
from ydin.networks.services.outsiders import invite_outsider, sign_commitment
from ydin.people.models import Person


@transaction.atomic
def build_ideas(*, actor: None, built: Built) -> None:
    """Build ideas in every state with their supports, helpers who have signed, and talks that are asked for."""
    helpers = {key: _helper(actor, built, key) for key in HELPERS}
    for said in IDEAS:
        _say(built.groups[said.group], said, helpers)
    talks = [
        offer_talk(actor=talk.speaker, talk=talk)
        for key, offer in TALKS
        for talk in [write_talk(actor=helpers[key], network=built.network, offer=offer)]
    ]
    write_talk(actor=helpers[DRAFT[0]], network=built.network, offer=DRAFT[1])
    _ask(built, talks)


def _helper(actor: None, built: Built, key: str) -> Person:
    one = HELPERS[key]
    given = invite_outsider(
        actor=actor,
        network=built.network,
        email=one.email,
        name=one.name,
        language=one.language,
        role=one.role,
    )
    sign_commitment(actor=given.person, network=built.network, number=0)
    return given.person


def _say(area: BuiltGroup, said: Said, helpers: dict[str, Person]) -> None:
    company = _company(area, said.company)
    idea = write_idea(
        actor=area.people[company.pk][0],
        group=area.group,
        enterprise=company,
        wish=said.wish,
        audience=said.audience,
        language=said.language,
    )
    for place in said.supports:
        other = _company(area, place)
        if other.pk != company.pk:
            support_idea(actor=area.people[other.pk][0], idea=idea, enterprise=other.pk)
    if said.takes:
        idea = take_up(actor=helpers[said.takes], idea=idea)
    if said.answer:
        answer_idea(actor=helpers[said.takes], idea=idea, text=said.answer, link=said.link)
    if said.parked:
        park(actor=area.coordinator, idea=idea, reason=said.parked)
    if said.planned:
        _plan(area, idea)


def _company(area: BuiltGroup, place: int) -> Enterprise:
    return area.members[place % len(area.members)]


def _plan(area: BuiltGroup, idea: Idea) -> None:
    meeting = _next_draft(area)
    if meeting is not None and meeting.host_id in area.people:
        plan_for(actor=area.people[meeting.host_id][0], idea=idea, meeting=meeting)


def _next_draft(area: BuiltGroup) -> Meeting | None:
    coming = Meeting.objects.filter(group=area.group, state=MeetingState.DRAFT, starts_at__gt=now())
    return coming.select_related("group__network", "host").order_by("starts_at").first()


def _ask(built: Built, talks: list[Talk]) -> None:
    """Let one host have a speaker's yes for a coming evening, and the showcase's coordinator wait for one."""
    showcase, other = built.groups[SHOWCASE], built.groups["iisalmi"]
    promised, waits = _next_draft(other), _of_host(showcase)
    if promised is not None:
        ask = ask_for_talk(actor=other.coordinator, talk=talks[0], meeting=promised, note=NOTE)
        answer_ask(actor=talks[0].speaker, ask=ask, answer=AskState.YES, words=ANSWER)
        settle_ask(actor=None, ask_id=ask.pk)
    if waits is not None:
        ask_for_talk(actor=showcase.coordinator, talk=talks[1], meeting=waits, note=NOTE)


def _of_host(area: BuiltGroup) -> Meeting | None:
    host = area.companies[HOST_NEXT]
    found = Meeting.objects.filter(group=area.group, host=host, state=MeetingState.DRAFT, starts_at__gt=now())
    return found.select_related("group__network", "host").order_by("starts_at").first()
