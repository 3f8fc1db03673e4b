"""The evenings ahead: prepared, announced, answered, cancelled, swapped; and one that was held just now."""

from __future__ import annotations

import random
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from ydin.demo.rules import words
from ydin.demo.rules.network import SEED, TRADES
from ydin.demo.rules.parts import HOST_NEXT, MEMBER, PARTS, SHOWCASE, Twist
from ydin.demo.services.network import BuiltGroup
from ydin.demo.services.seasons import agree, first_evening, give_month, plan_rest
from ydin.groups.rules import GroupKind
from ydin.kernel.clock import month_start
from ydin.meetings.models import HostingTurn, Meeting, Rsvp, Season
from ydin.meetings.queries.planning import living_turns
from ydin.meetings.rules.states import Answer, Audience, TurnState
from ydin.meetings.services.announce import announce_meeting, cancel_meeting
from ydin.meetings.services.answers import answer_meeting
from ydin.meetings.services.planning_hosting import decline_turn
from ydin.meetings.services.planning_plan import apply_proposal, propose_repair
from ydin.meetings.services.planning_preparing import prepare_meeting
from ydin.meetings.services.planning_swaps import propose_swap
from ydin.meetings.services.planning_turns import ask_host, set_lock

SMALL_ROOM = 11
INVITED_DAYS_AGO = 9
ASKED_DAYS_AGO = 6
ANSWERS = (
    *[Answer.COMING] * 11, *[Answer.NOT_COMING] * 4, *[Answer.MAYBE] * 3, *[Answer.NONE] * 6,
)  # fmt: skip
AUDIENCES = {Twist.PUBLIC: Audience.PUBLIC, Twist.NETWORK: Audience.NETWORK}


@transaction.atomic
def build_evenings(*, actor: None, one: BuiltGroup, season: Season, upcoming: date) -> None:
    """Fill the rest of a running season, announce its next evening and let people answer."""
    twist = PARTS[one.area.slug].twist
    if twist is Twist.SHOWCASE:
        month = min(m for m in season.months if m > month_start(upcoming))
        host = one.members[HOST_NEXT]
        turn = give_month(
            actor=actor, season=season, company=host, evening=first_evening(season, host, month)
        )
        agree(actor=actor, one=one, turn=turn)
    ahead = [t for t in plan_rest(actor=actor, season=season) if t.month >= month_start(upcoming)]
    if twist is Twist.SHOWCASE:
        _show_everything(actor, one, season, ahead[2:])
    else:
        _ask_some(actor, one, ahead[1:], twist)
    HostingTurn.objects.filter(season=season, asked_at__isnull=False).update(
        asked_at=F("asked_at") - timedelta(days=ASKED_DAYS_AGO)
    )
    if twist is Twist.JUST_HELD:
        prepare(actor=actor, one=one, meeting=_meeting(ahead[0]))
        return
    meeting = prepare(
        actor=actor, one=one, meeting=_meeting(ahead[0]), audience=AUDIENCES.get(twist), is_next=True
    )
    if twist is Twist.FULL:
        prepare_meeting(actor=actor, meeting=meeting, changes={"capacity": SMALL_ROOM})
        meeting.refresh_from_db()
    announce(actor=actor, one=one, meeting=meeting)


def _meeting(turn: HostingTurn) -> Meeting:
    return Meeting.objects.get(turn=turn)


def _draw(one: BuiltGroup, what: str) -> random.Random:
    return random.Random(f"{SEED} {what} {one.area.slug}")  # noqa: S311 - repeatable, nothing secret


def prepare(
    *,
    actor: None,
    one: BuiltGroup,
    meeting: Meeting,
    audience: Audience | None = None,
    is_next: bool = False,
) -> Meeting:
    """Let the host choose theme and the rest."""
    assert actor is None
    draw = _draw(one, f"prepare {meeting.starts_at:%m}")
    host = meeting.host
    assert host is not None
    trade = next(t for t in TRADES if t.word.lower() in host.name.lower())
    changes: dict[str, object] = {
        "theme": (PARTS[one.area.slug].theme if is_next else "") or trade.offers,
        "description": draw.choice(words.DESCRIPTIONS),
        "expert_wish": draw.choice(words.EXPERT_WISHES),
        "audience": audience or Audience.GROUP,
    }
    if one.group.kind == GroupKind.ONLINE:
        changes["video_link"] = "https://video.example/ydinryhma-verkossa"
    else:
        changes |= {
            "parking": draw.choice(words.PARKING),
            "food": draw.choice(words.FOOD),
            "access": draw.choice(words.ACCESS),
        }
    prepare_meeting(actor=one.people[host.pk][0], meeting=meeting, changes=changes)
    meeting.refresh_from_db()
    return meeting


def announce(*, actor: None, one: BuiltGroup, meeting: Meeting) -> None:
    """Send the invitations, some days ago as it were, and let most of the invited answer."""
    announce_meeting(actor=one.coordinator, meeting=meeting)
    earlier = timedelta(days=INVITED_DAYS_AGO)
    Meeting.objects.filter(pk=meeting.pk).update(announced_at=F("announced_at") - earlier)
    Rsvp.objects.filter(meeting=meeting).update(invited_at=F("invited_at") - earlier)
    meeting.refresh_from_db()
    draw = _draw(one, "answers")
    showcase = one.area.slug == SHOWCASE
    silent = {p.pk for p in one.people[one.members[MEMBER].pk]} if showcase else set()
    invited = list(Rsvp.objects.filter(meeting=meeting, answer=Answer.NONE).select_related("person"))
    for rsvp in invited:
        answer = draw.choice(ANSWERS)
        if rsvp.is_visitor or rsvp.person_id in silent or answer is Answer.NONE:
            continue
        person = rsvp.person
        if draw.random() < 0.2:  # noqa: PLR2004 - one in five adds a word
            comment = words.COMMENTS[(Answer.COMING, Answer.MAYBE, Answer.NOT_COMING).index(answer)]
            answer_meeting(actor=person, meeting=meeting, person=person, answer=answer, comment=comment)
        else:
            answer_meeting(actor=person, meeting=meeting, person=person, answer=answer)
    assert actor is None


def _ask_some(actor: None, one: BuiltGroup, turns: list[HostingTurn], twist: Twist) -> None:
    """Let the next host agree and prepare, ask two more, leave the rest proposed."""
    if not turns:
        return
    meeting = agree(actor=actor, one=one, turn=turns[0])
    if twist is Twist.CANCELLED:
        prepare(actor=actor, one=one, meeting=meeting)
        announce_meeting(actor=one.coordinator, meeting=meeting)
        meeting.refresh_from_db()
        cancel_meeting(actor=one.coordinator, meeting=meeting, note=words.CANCELLED)
    elif len(one.members) % 2:
        prepare(actor=actor, one=one, meeting=meeting)
    draw = _draw(one, "asked")
    agreed = draw.randint(1, 3)
    for turn in turns[1:agreed]:
        agree(actor=actor, one=one, turn=turn)
    for turn in turns[agreed : agreed + draw.randint(1, 3)]:
        ask_host(actor=actor, turn=turn)


def _show_everything(actor: None, one: BuiltGroup, season: Season, turns: list[HostingTurn]) -> None:
    """Show the showcase group's board in every state.

    One prepared, one whose host gave it back, one declined and asked of another, two hosts about to swap, the
    last only proposed and locked.
    """
    prepared, given_back, declined, swapping, asked, *rest = turns
    prepare(actor=actor, one=one, meeting=agree(actor=actor, one=one, turn=prepared))
    ask_host(actor=actor, turn=declined)
    _say_no(one, declined, words.DECLINED)
    season.refresh_from_db()
    repair = propose_repair(actor=actor, season=season, month=declined.month)
    apply_proposal(actor=actor, season=season, proposal=repair, ask_hosts=True)
    season.refresh_from_db()
    living = {turn.month: turn for turn in living_turns(season)}
    for month in (swapping.month, given_back.month):
        turn = living[month]
        if turn.state == TurnState.PROPOSED:
            agree(actor=actor, one=one, turn=turn)
    other = living[asked.month]
    if other.state == TurnState.PROPOSED:
        ask_host(actor=actor, turn=other)
    _say_no(one, living[given_back.month], words.GAVE_BACK)
    mine = living[swapping.month]
    propose_swap(actor=one.people[mine.enterprise_id][0], turn=mine, other=other)
    for turn in rest[-1:]:
        set_lock(actor=one.coordinator, turn=living[turn.month], locked=True)


def _say_no(one: BuiltGroup, turn: HostingTurn, note: str) -> None:
    turn.refresh_from_db()
    decline_turn(actor=one.people[turn.enterprise_id][0], turn=turn, note=note)
