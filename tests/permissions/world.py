"""Two networks, three groups, every kind of reader, one of everything, with secrets that can be recognised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from tests.factories import (
    LONG_AGO,
    EnterpriseFactory,
    GroupWorld,
    PersonFactory,
    make_group,
    make_meeting,
    make_season,
    make_turn,
)
from tests.permissions.ideas_rows import build_ideas
from tests.permissions.institutes_rows import build_institutes
from tests.permissions.partners import build_partners
from tests.permissions.privacy_rows import build_privacy

from ydin.calendar.models import AppPassword, Event, FeedAddress
from ydin.experiments.models import Experiment, PublicText
from ydin.groups.models import Application, Seat
from ydin.groups.rules import SeatState
from ydin.home.models import Feedback
from ydin.kernel.clock import now
from ydin.meetings.models import (
    Attendance,
    HostingWish,
    Meeting,
    Memo,
    Promise,
    Rsvp,
    Season,
    Swap,
    TimeProposal,
)
from ydin.meetings.rules.states import Answer, Audience, MeetingState, Recorded, Standing, TurnState
from ydin.networks.models import ContactCard, Enterprise, ImportBatch, Representative
from ydin.outbox.models import Message
from ydin.people.models import Person
from ydin.people.services import mark_address_failing
from ydin.stories.models import Consent, Story

MEMO, PROMISE, COMMENT = "SECRET-MEMO", "SECRET-PROMISE", "SECRET-COMMENT"
PHONE, APPLICANT, WISH = "040 999 4242", "SECRET-APPLICANT", "SECRET-WISH"
THEME, STREET = "SECRET-THEME", "SECRET-STREET 4"


@dataclass
class World:
    """What the walk needs: the readers by role, and the objects whose ids fill the addresses."""

    roles: dict[str, Person | None]
    ours: GroupWorld
    season: Season
    meeting: Meeting
    held: Meeting
    event: Event
    batch: ImportBatch
    feed: FeedAddress
    password: AppPassword
    application: Application
    feedback: Feedback
    message: Message
    experiment: Experiment
    text: PublicText
    story: Story


def _company_with(world: GroupWorld, state: str, *, left: bool = False) -> tuple[Enterprise, Person, Seat]:
    company, person = EnterpriseFactory(network=world.network), PersonFactory()
    Representative.objects.create(person=person, enterprise=company, starts_on=LONG_AGO)
    seat = Seat.objects.create(
        group=world.group,
        enterprise=company,
        state=state,
        starts_on=LONG_AGO,
        ends_on=LONG_AGO + timedelta(days=400) if left else None,
    )
    return company, person, seat


def build_world() -> World:
    """Build it; the roles' names are the columns of docs/permissions.md."""
    ours = make_group(members=4)
    sister = make_group(members=2, network=ours.network)
    foreign = make_group(members=2)
    visiting, visitor, _ = _company_with(ours, SeatState.VISITOR)
    _, paused, _ = _company_with(ours, SeatState.PAUSED)
    _, former, _ = _company_with(ours, SeatState.LEFT, left=True)
    ours.companies[0].address = STREET
    ours.companies[0].save()
    season = _season(ours)
    meeting, held = _meetings(ours, season)
    Rsvp.objects.create(
        meeting=meeting,
        group=ours.group,
        person=visitor,
        enterprise=visiting,
        is_visitor=True,
        invited_at=now(),
    )
    build_partners(ours)
    build_ideas(ours, meeting)
    build_institutes(ours)
    roles: dict[str, Person | None] = {
        "nobody": None,
        "no role": PersonFactory(),
        "member": ours.members[1],
        "host": ours.members[0],
        "visitor": visitor,
        "on a break": paused,
        "former": former,
        "coordinator": ours.coordinator,
        "national": ours.national,
        "other group": sister.members[0],
        "its coordinator": sister.coordinator,
        "other network": foreign.members[0],
        "its national": foreign.national,
    }
    build_privacy(ours)
    return World(roles, ours, season, meeting, held, **_loose_ends(ours), **_growth(ours))


def _growth(ours: GroupWorld) -> dict[str, object]:
    company, author = ours.companies[1], ours.members[1]
    experiment = Experiment.objects.create(
        network=ours.network,
        enterprise=company,
        group=ours.group,
        author=author,
        kind="sales",
        what=PROMISE,
        weeks=4,
    )
    told = Experiment.objects.create(
        network=ours.network,
        enterprise=company,
        group=ours.group,
        author=author,
        kind="sales",
        what="Told",
        weeks=4,
        audience="public",
    )
    text = PublicText.objects.create(
        experiment=told,
        network=ours.network,
        kind="sales",
        title="Tried",
        text="Told",
        language="en",
        lineage=[told.pk],
        published_at=now(),
    )
    story = Story.objects.create(
        network=ours.network, titles={"en": "Story"}, texts={"en": "Told"}, state="asked"
    )
    Consent.objects.create(story=story, network=ours.network, enterprise=company, asked_at=now())
    return {"experiment": experiment, "text": text, "story": story}


def _season(ours: GroupWorld) -> Season:
    season = make_season(ours, months=4, state="planning")
    for company in ours.companies:
        HostingWish.objects.create(
            season=season,
            group=ours.group,
            enterprise=company,
            answered_at=now(),
            months=season.months,
            capacity=30,
            theme_wanted=WISH,
        )
    states = (TurnState.ACCEPTED, TurnState.ASKED, TurnState.PROPOSED)
    for company, month, state in zip(ours.companies, season.months, states, strict=False):
        make_turn(season, company, month, state=state)
    first, second = season.turns.order_by("month")[:2]
    Swap.objects.create(turn=first, other=second, asked_by=ours.members[0])
    return season


def _meetings(ours: GroupWorld, season: Season) -> tuple[Meeting, Meeting]:
    turn = season.turns.order_by("month").first()
    meeting = make_meeting(ours, theme=THEME, address=STREET, place="Verstas", turn=turn)
    answer = meeting.rsvps.get(person=ours.members[1])
    answer.answer, answer.standing, answer.comment = Answer.COMING, Standing.ADMITTED, COMMENT
    answer.save()
    TimeProposal.objects.create(
        meeting=meeting,
        group=ours.group,
        person=ours.members[1],
        starts_at=meeting.starts_at + timedelta(days=1),
        ends_at=meeting.ends_at + timedelta(days=1),
        comment=COMMENT,
        sequence=0,
        proposed_at=now(),
    )
    held = make_meeting(ours, days=-30, state=MeetingState.HELD, theme=THEME, address=STREET, held_at=now())
    Memo.objects.create(meeting=held, group=ours.group, discussed=MEMO)
    Promise.objects.create(meeting=held, group=ours.group, enterprise=ours.companies[1], what=PROMISE)
    Attendance.objects.create(
        meeting=held,
        group=ours.group,
        person=ours.members[1],
        enterprise=ours.companies[1],
        recorded=Recorded.COORDINATOR,
    )
    return meeting, held


def _loose_ends(ours: GroupWorld) -> dict[str, object]:
    acts = Representative.objects.get(person=ours.members[1])
    ContactCard.objects.create(representative=acts, phone=PHONE)
    mark_address_failing(actor=None, address=acts.person.email, reason="550", permanent=True)
    starts = now() + timedelta(days=20)
    return {
        "event": Event.objects.create(
            network=ours.network,
            group=ours.group,
            title="Training",
            audience=Audience.NETWORK,
            state="announced",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            time_zone="Europe/Helsinki",
        ),
        "batch": ImportBatch.objects.create(
            network=ours.network,
            uploaded_by=ours.coordinator,
            kind="companies",
            target=ours.group.slug,
            file_name="a.csv",
            content=b"Yritys;Y-tunnus\nKuura Oy;\n",
        ),
        "feed": FeedAddress.objects.create(person=ours.members[1], name="phone"),
        "password": AppPassword.objects.create(person=ours.members[1], name="phone", digest=uuid4().hex * 2),
        "application": Application.objects.create(
            group=ours.group, name=APPLICANT, email="a@example.org", message=APPLICANT, language="en"
        ),
        "feedback": Feedback.objects.create(
            network=ours.network,
            message=APPLICANT,
            email="b@example.org",
            language="en",
            due_on=now().date() + timedelta(days=14),
        ),
        "message": Message.objects.create(
            person=ours.members[1],
            to_address="x@example.org",
            language="en",
            kind="x",
            subject="Subject",
            text="Text",
            html="<html><head></head></html>",
            calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        ),
    }
