"""An idea goes its way: taken up, planned for an evening, answered, parked, closed. The steps are in the rules."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.ideas import emails
from ydin.ideas.documents.words import speaker_line
from ydin.ideas.models import Idea
from ydin.ideas.policies import can_take_theme, parts_of
from ydin.ideas.queries.ideas import people_who_asked, stranded_themes
from ydin.ideas.rules.states import LONGEST_ANSWER, Act, Kind, Part, acts_for, after
from ydin.ideas.services.ideas_base import line, locked, stored
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed, Refused
from ydin.meetings.models import Meeting
from ydin.meetings.services.planning_preparing import prepare_meeting
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.people.policies import unwanted
from ydin.people.rules import MailKind

ACTIONS = {
    Act.TAKE_UP: "idea.taken_up",
    Act.RELEASE: "idea.released",
    Act.PLAN: "idea.planned",
    Act.UNPLAN: "idea.unplanned",
    Act.ANSWER: "idea.answered",
    Act.PARK: "idea.parked",
    Act.REOPEN: "idea.reopened",
    Act.CLOSE: "idea.closed",
}
"""What each step is called in the log."""


def _step(actor: Person | None, held: Idea, act: Act, extra: set[Part] | None = None) -> None:
    """Move the idea by an act: NotAllowed for somebody who is not the one, Refused from this state."""
    to = after(held.state, act, is_taken=held.taken_by_id is not None)
    if to is None:
        raise Refused(_("That cannot be done with this idea now. Look at it again."))
    if actor is not None and act not in acts_for(held.state, parts_of(actor, held) | (extra or set())):
        raise NotAllowed(_("This step is another one's."))
    record(actor=actor, action=ACTIONS[act], target=held)
    held.state = to


@transaction.atomic
def take_up(*, actor: Person, idea: Idea, version: int | None = None) -> Idea:
    """Take an idea up: the actor will look into it, and those who asked see who it is.

    Raises:
        NotAllowed: the actor is neither its coordinator nor a helper from outside who has signed.
        Refused: it is taken up, planned or settled already.
        Conflict: somebody changed it first.

    """
    held = locked(idea, version)
    _step(actor, held, Act.TAKE_UP)
    held.taken_by, held.taken_at, held.reason = actor, now(), ""
    return stored(held)


@transaction.atomic
def release(*, actor: Person, idea: Idea, version: int | None = None) -> Idea:
    """Give an idea back that the actor had taken up: it is open for others. Raises as `take_up`."""
    held = locked(idea, version)
    _step(actor, held, Act.RELEASE)
    held.taken_by, held.taken_at = None, None
    return stored(held)


@transaction.atomic
def answer_idea(
    *,
    actor: Person,
    idea: Idea,
    text: str,
    link: str = "",
    version: int | None = None,
) -> Idea:
    """Answer, or correct one's answer. It reaches by letter everybody who asked, the first time.

    Raises:
        NotAllowed: the idea is another one's to answer.
        Refused: nothing was written, or it is parked or closed.
        Conflict: somebody changed it first.

    """
    held = locked(idea, version)
    words = text.strip()
    if not words:
        raise Refused(_("Write the answer. A few sentences are enough."))
    if len(words) > LONGEST_ANSWER:
        raise Refused(_("That is too long: at most %(most)d signs.") % {"most": LONGEST_ANSWER})
    _step(actor, held, Act.ANSWER)
    held.answer, held.answer_link, held.answer_language = words, link.strip(), actor.language
    held.answered_by, held.answered_at = actor, held.answered_at or now()
    held.taken_by, held.taken_at = held.taken_by or actor, held.taken_at or now()
    stored(held)
    _tell_those_who_asked(actor, held)
    return held


def _tell_those_who_asked(actor: Person, held: Idea) -> None:
    people = [one for one in people_who_asked(held) if one.pk != actor.pk]
    silent = unwanted(people, MailKind.NEWS)
    by = speaker_line(actor)
    for person in people:
        if person.pk not in silent:
            post(actor=actor, letter=emails.answered(held, person, by))


@transaction.atomic
def park(*, actor: Person, idea: Idea, reason: str, version: int | None = None) -> Idea:
    """Put an idea aside, with the reason. Raises NotAllowed, Refused without a reason, Conflict."""
    held = locked(idea, version)
    if not line(reason):
        raise Refused(_("Write why. Those who asked read it."))
    _step(actor, held, Act.PARK)
    held.reason = line(reason)[:300]
    return stored(held)


@transaction.atomic
def reopen(*, actor: Person, idea: Idea, version: int | None = None) -> Idea:
    """Bring back what was parked or closed, to where it stood. Raises NotAllowed, Refused, Conflict."""
    held = locked(idea, version)
    _step(actor, held, Act.REOPEN)
    held.reason = ""
    return stored(held)


@transaction.atomic
def close(*, actor: Person, idea: Idea, version: int | None = None) -> Idea:
    """Close an idea of one's own company. Raises NotAllowed, Refused, Conflict."""
    held = locked(idea, version)
    _step(actor, held, Act.CLOSE)
    return stored(held)


@transaction.atomic
def plan_for(*, actor: Person, idea: Idea, meeting: Meeting) -> Idea:
    """Take a theme for an evening of the idea's group: it becomes the evening's theme, which its host decides.

    Raises:
        NotAllowed: the actor does not host the evening.
        Refused: it is no theme, of another group, or not open; or the evening is over.

    """
    held = locked(idea)
    if held.kind != Kind.THEME or held.group_id != meeting.group_id:
        raise Refused(_("Only a theme of this group goes on its evening."))
    if not can_take_theme(actor, meeting):
        raise NotAllowed(_("The host decides what the evening is about."))
    _step(actor, held, Act.PLAN, {Part.HOST})
    held.meeting, held.theme_before, held.reason = meeting, meeting.theme, ""
    prepare_meeting(actor=actor, meeting=meeting, changes={"theme": held.text})
    return stored(held)


@transaction.atomic
def unplan(*, actor: Person, idea: Idea) -> Idea:
    """Take a theme off its evening again; the evening gets back the theme that it had, unless that was changed.

    Raises NotAllowed, Refused.
    """
    held = locked(idea)
    meeting = held.meeting
    _step(actor, held, Act.UNPLAN)
    if meeting is not None and meeting.theme == held.text:
        prepare_meeting(actor=actor, meeting=meeting, changes={"theme": held.theme_before})
    held.meeting, held.theme_before = None, ""
    return stored(held)


@transaction.atomic
def bring_back(*, actor: None) -> int:
    """Open the themes again whose evening was cancelled, or fell through before anybody was invited; how many."""
    found = list(stranded_themes())
    for idea in found:
        held = locked(idea)
        _step(actor, held, Act.UNPLAN)
        held.meeting, held.theme_before = None, ""
        stored(held)
    return len(found)
