"""A speaker is asked for an evening, answers, and stands in its invitation."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.ideas import emails
from ydin.ideas.documents.words import speaker_line, told_of
from ydin.ideas.models import Talk, TalkAsk
from ydin.ideas.queries.talks import full_until, offered_talks, promised, speakers_to_invite
from ydin.ideas.rules.talks import ANSWERS, AskState, season_of
from ydin.ideas.services.ideas_base import line
from ydin.kernel.clock import now
from ydin.kernel.errors import Refused
from ydin.kernel.jobs import defer
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.policies import can_prepare
from ydin.meetings.rules.states import Answer, MeetingState, Standing
from ydin.meetings.services.announce import invite_person
from ydin.meetings.services.answers import answer_meeting
from ydin.meetings.services.planning_preparing import CHANGEABLE, prepare_meeting
from ydin.networks.policies import demand
from ydin.outbox.services import post
from ydin.people.models import Person

LONGEST_EXPERT = 200


@transaction.atomic
def ask_for_talk(*, actor: Person, talk: Talk, meeting: Meeting, note: str = "") -> TalkAsk:
    """Ask a speaker for an evening, by letter; asking again after "another time" or "no" is a new letter.

    Raises:
        NotAllowed: the actor neither hosts the evening nor coordinates its group.
        Refused: the talk is not on offer in that network, the evening is over, or it is asked already.

    """
    demand(allowed=can_prepare(actor, meeting))
    if not offered_talks(meeting.group.network).filter(pk=talk.pk).exists():
        raise Refused(_("This talk is not on offer any more."))
    if meeting.state not in CHANGEABLE or meeting.starts_at <= now():
        raise Refused(_("The meeting is over or cancelled; it cannot be changed any more."))
    ask = TalkAsk.objects.filter(talk=talk, meeting=meeting).first()
    if ask is None:
        ask = TalkAsk(talk=talk, meeting=meeting, group=meeting.group, speaker=talk.speaker, round=0)
    elif ask.state in {AskState.ASKED, AskState.YES}:
        raise Refused(_("They are asked already."))
    ask.state, ask.note, ask.words = AskState.ASKED, line(note)[:500], ""
    ask.asked_by, ask.asked_at, ask.answered_at = actor, now(), None
    ask.round += 1
    ask.version += 1
    ask.save()
    record(actor=actor, action="talk.asked", target=ask, person=ask.speaker_id)
    post(actor=actor, letter=emails.talk_asked(ask, str(actor)))
    return ask


@transaction.atomic
def answer_ask(*, actor: Person, ask: TalkAsk, answer: str, words: str = "") -> TalkAsk:
    """Say yes, no or another time; whoever asked hears of it by letter. One may change one's mind.

    A yes puts the speaker into the evening's invitation.

    Raises:
        NotAllowed: somebody else is asked.
        Refused: it was called off, the evening is over, or the speaker has promised as many as they want.

    """
    held = _locked(ask)
    demand(allowed=held.speaker_id == actor.pk)
    _require_answerable(held, answer)
    if held.state == answer and held.words == line(words):
        return held
    if answer == AskState.YES:
        _require_free(held)
    held.state, held.words, held.answered_at = AskState(answer), line(words)[:500], now()
    held.version += 1
    held.save()
    record(actor=actor, action="talk.answered", target=held, person=held.speaker_id, answer=answer)
    for person in told_of(held):
        post(actor=actor, letter=emails.talk_answered(held, person))
    defer("ideas.settle_ask", ask_id=held.pk)
    return held


def _require_answerable(held: TalkAsk, answer: str) -> None:
    if answer not in ANSWERS:
        raise Refused(_("Choose: yes, no or another time."))
    if held.state == AskState.CALLED_OFF:
        raise Refused(_("This was called off."))
    if held.meeting.state not in CHANGEABLE or held.meeting.starts_at <= now():
        raise Refused(_("The evening is over or cancelled."))


def _require_free(held: TalkAsk) -> None:
    first, last = season_of(held.meeting.starts_at.date())
    days = promised(held.talk, but=held.pk)
    if sum(first <= day <= last for day in days) >= held.talk.most:
        raise Refused(
            _("You have promised as many evenings as you wanted this season. Raise the number first.")
        )


@transaction.atomic
def call_off(*, actor: Person, ask: TalkAsk) -> TalkAsk:
    """Take the question back; the speaker hears of it by letter. Raises NotAllowed."""
    held = _locked(ask)
    demand(allowed=can_prepare(actor, held.meeting))
    if held.state == AskState.CALLED_OFF:
        return held
    was_no = held.state == AskState.NO
    held.state, held.answered_at = AskState.CALLED_OFF, now()
    held.version += 1
    held.save()
    record(actor=actor, action="talk.called_off", target=held, person=held.speaker_id)
    if not was_no:
        post(actor=actor, letter=emails.talk_called_off(held))
    defer("ideas.settle_ask", ask_id=held.pk)
    return held


def _locked(ask: TalkAsk) -> TalkAsk:
    rows = TalkAsk.objects.select_for_update(of=("self",))
    together = ("talk__network", "meeting__group__network", "meeting__host", "speaker", "asked_by")
    return rows.select_related(*together).get(pk=ask.pk)


@transaction.atomic
def settle_ask(*, actor: None, ask_id: int) -> None:
    """Put the speaker's name into the evening's invitation, or take it out, and reckon whether they are full.

    As the system: neither may the speaker change the evening, nor the host the talk. Twice is once.
    """
    held = _locked(TalkAsk(pk=ask_id))
    meeting, name = held.meeting, speaker_line(held.speaker)
    if meeting.state in CHANGEABLE and meeting.starts_at > now():
        experts = _experts(meeting, name, comes=held.state == AskState.YES)
        if experts != meeting.expert:
            prepare_meeting(actor=actor, meeting=meeting, changes={"expert": experts})
        if meeting.state == MeetingState.ANNOUNCED:
            (_invite if held.state == AskState.YES else _leave)(held)
    talk = held.talk
    Talk.objects.filter(pk=talk.pk).update(full_until=full_until(talk))


def _experts(meeting: Meeting, name: str, *, comes: bool) -> str:
    """Return the evening's experts with or without one of them; names are divided by semicolons."""
    known = [one.strip() for one in meeting.expert.split(";") if one.strip() and one.strip() != name]
    return "; ".join([*known, name] if comes else known)[:LONGEST_EXPERT]


def _invite(held: TalkAsk) -> None:
    """Give the speaker the invitation with its calendar entry, and a place; changes then reach them too.

    Places for visitors are for companies that look in: a speaker needs none of them.
    """
    meeting, person = held.meeting, held.speaker
    invite_person(actor=None, meeting=meeting, person=person, enterprise=None, as_visitor=True)
    rsvp = answer_meeting(actor=None, meeting=meeting, person=person, answer=Answer.COMING, by=person)
    Rsvp.objects.filter(pk=rsvp.pk).update(standing=Standing.ADMITTED, queued_at=None)


def _leave(held: TalkAsk) -> None:
    """Free the speaker's place where they were invited as such."""
    there = Rsvp.objects.filter(meeting=held.meeting, person=held.speaker, enterprise=None, is_visitor=True)
    if there.filter(answer=Answer.COMING).exists():
        answer_meeting(actor=None, meeting=held.meeting, person=held.speaker, answer=Answer.NOT_COMING)


@transaction.atomic
def invite_speakers(*, actor: None) -> int:
    """Invite speakers to evenings that have been announced since they promised; returns how many."""
    del actor
    found = speakers_to_invite()
    for ask in found:
        _invite(ask)
    return len(found)
