"""The institute names a student team; the team delivers; the company assesses; recruitment is recorded."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.institutes.emails import demo_letter, name_letter
from ydin.institutes.models import Demo, Recruitment, RecruitName, TeamMember
from ydin.institutes.policies import can_say_name
from ydin.institutes.queries import students_of, team_of
from ydin.institutes.rules import LARGEST_TEAM, Act, NameState
from ydin.institutes.services.demos_base import (
    locked,
    stored,
    tell_company,
    tell_institute,
    tell_team,
)
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed, Refused
from ydin.outbox.services import post
from ydin.people.models import Person


@transaction.atomic
def name_team(*, actor: Person, demo: Demo, version: int, students: Collection[int]) -> Demo:
    """Say which students make it, anew; those who were not in it before get a letter.

    They see nothing of the scope before they have signed the commitment.

    Args:
        actor: who acts for the institute.
        demo: which one.
        version: that was shown.
        students: ids of the institute's students in the network.

    Raises:
        NotAllowed, Conflict, Refused: as `locked` says; Refused also for somebody who is no student there.

    """
    held = locked(actor, demo, version, Act.NAME_TEAM)
    known = {person.pk: person for person in students_of(held.institute)}
    before = {person.pk: person for person in team_of(held)}
    wanted = set(students)
    if not wanted or not wanted <= known.keys() | before.keys() or len(wanted) > LARGEST_TEAM:
        raise Refused(_("Choose students of your institute."))
    TeamMember.objects.filter(demo=held).exclude(person__in=wanted).delete()
    of_demo = {"network_id": held.network_id, "institute": held.institute, "enterprise": held.enterprise}
    added = sorted(wanted - before.keys())
    TeamMember.objects.bulk_create(TeamMember(demo=held, person_id=pk, **of_demo) for pk in added)
    for pk in added:
        post(actor=actor, letter=demo_letter(held, known[pk], "team", by=actor))
    return stored(actor, held, "demo.team_named")


@transaction.atomic
def deliver_demo(*, actor: Person, demo: Demo, version: int, told: str, link: str = "") -> Demo:
    """Deliver: what was made, in words, and where it is. Again until the company has assessed it.

    Raises:
        NotAllowed, Conflict, Refused: as `locked` says; Refused also without words.

    """
    held = locked(actor, demo, version, Act.DELIVER)
    if not told.strip():
        raise Refused(_("Write what was made, in a few words."))
    held.told, held.link = told.strip(), link
    held.delivered_by, held.delivered_at = actor, now()
    tell_company(actor, held, "delivered")
    return stored(actor, held, "demo.delivered")


@transaction.atomic
def assess_demo(
    *, actor: Person, demo: Demo, version: int, usable: str, learned: str = "", again: bool | None = None
) -> Demo:
    """Say for the company what the demo was worth; it can be corrected.

    Raises:
        NotAllowed, Conflict, Refused: as `locked` says.

    """
    held = locked(actor, demo, version, Act.ASSESS)
    is_new = held.assessed_at is None
    held.usable, held.learned, held.again = usable, learned.strip(), again
    held.assessed_by, held.assessed_at = actor, now()
    if is_new:
        tell_institute(actor, held, "assessed")
        tell_team(actor, held, "assessed")
    return stored(actor, held, "demo.assessed")


@transaction.atomic
def record_recruitment(
    *, actor: Person, demo: Demo, version: int, kind: str, student: Person | None = None
) -> Recruitment:
    """Write down that the company took somebody on after the demo.

    Args:
        actor: who acts for the company.
        demo: delivered or assessed.
        version: that was shown.
        kind: of `RecruitKind`.
        student: of the team; asked by letter whether the name may be shown, to nobody before that.

    Raises:
        NotAllowed, Conflict, Refused: as `locked` says; Refused also for somebody outside the team.

    """
    held = locked(actor, demo, version, Act.RECRUIT)
    if student is not None and student.pk not in {one.pk for one in team_of(held)}:
        raise Refused(_("Choose somebody of the team."))
    of_demo = {"network_id": held.network_id, "institute": held.institute, "enterprise": held.enterprise}
    made = Recruitment.objects.create(demo=held, kind=kind, recorded_by=actor, **of_demo)
    if student is not None:
        name = RecruitName.objects.create(recruitment=made, person=student, **of_demo)
        post(actor=actor, letter=name_letter(name, held, by=actor))
    stored(actor, held, "demo.recruited")
    return made


@transaction.atomic
def answer_name(*, actor: Person, name: RecruitName, shows: bool) -> RecruitName:
    """Say whether one's own name may be shown beside a recruitment; the answer can change.

    Raises:
        NotAllowed: it is somebody else's name.

    """
    if not can_say_name(actor, name):
        raise NotAllowed(_("This is not yours to change."))
    name.state, name.answered_at = NameState.YES if shows else NameState.NO, now()
    name.save(update_fields=["state", "answered_at"])
    record(actor=actor, action="demo.name_answered", target=name)
    return name
