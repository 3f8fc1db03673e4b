"""A company scopes a demo; the institute takes it, declines kindly or asks for more."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ydin.groups.models import CoreGroup
from ydin.institutes.models import Assignment, Demo
from ydin.institutes.policies import can_ask
from ydin.institutes.queries import places_in
from ydin.institutes.rules import Act, Audience
from ydin.institutes.services.demos_base import (
    line,
    locked,
    stored,
    tell_company,
    tell_institute,
    tell_team,
)
from ydin.kernel.errors import NotAllowed, Refused
from ydin.networks.models import Enterprise
from ydin.networks.queries import utc_today
from ydin.people.models import Person


@dataclass(frozen=True)
class Scope:
    """What a company writes about the demo that it wants, on one page."""

    wanted: str
    contact: str
    done: str = ""
    material: str = ""
    gives_hour: bool = False
    by_when: date | None = None


@transaction.atomic
def ask_for_demo(
    *,
    actor: Person,
    assignment: Assignment,
    enterprise: Enterprise,
    group: CoreGroup,
    scope: Scope,
    audience: str = Audience.TEAM,
) -> Demo:
    """Send a scope to the institute.

    Args:
        actor: who acts for the company.
        assignment: one that is shown and open.
        enterprise, group: a company and where it has its seat.
        scope, audience: what is wanted, and who else reads it once the demo is made.

    Raises:
        NotAllowed: the actor has no such company in that group.
        Refused: the assignment is closed, words are missing, or the company has an open demo of it.

    """
    _check_place(actor, assignment, enterprise, group)
    _check(scope)
    demo = Demo(
        **_of_page(assignment),
        enterprise=enterprise,
        group=group,
        asker=actor,
        audience=audience,
        version=0,
        **_told(scope),
    )
    try:
        with transaction.atomic():
            demo.save()
    except IntegrityError as error:
        raise Refused(_("Your company has asked for this already.")) from error
    tell_institute(actor, demo, "asked")
    return stored(actor, demo, "demo.asked")


@transaction.atomic
def answer_question(*, actor: Person, demo: Demo, version: int, scope: Scope) -> Demo:
    """Change the scope before the institute has decided, mostly because it asked for more.

    Raises:
        NotAllowed, Conflict, Refused: as `locked` says; Refused also where words are missing.

    """
    held = locked(actor, demo, version, Act.ANSWER)
    _check(scope)
    for name, value in _told(scope).items():
        setattr(held, name, value)
    tell_institute(actor, held, "answered")
    return stored(actor, held, "demo.answered")


@transaction.atomic
def take_demo(*, actor: Person, demo: Demo, version: int, answer: str = "") -> Demo:
    """Say for the institute that its students make it.

    Raises:
        NotAllowed, Conflict, Refused: as `locked` says.

    """
    held = locked(actor, demo, version, Act.TAKE)
    held.answer = answer.strip()
    tell_company(actor, held, "taken")
    return stored(actor, held, "demo.taken")


@transaction.atomic
def decline_demo(*, actor: Person, demo: Demo, version: int, answer: str = "") -> Demo:
    """Decline kindly; the words go to the company alone.

    Raises:
        NotAllowed, Conflict, Refused: as `locked` says.

    """
    held = locked(actor, demo, version, Act.DECLINE)
    held.answer = answer.strip()
    tell_company(actor, held, "declined")
    tell_team(actor, held, "withdrawn")
    return stored(actor, held, "demo.declined")


@transaction.atomic
def ask_for_more(*, actor: Person, demo: Demo, version: int, answer: str) -> Demo:
    """Ask the company for more before deciding.

    Raises:
        NotAllowed, Conflict, Refused: as `locked` says; Refused also without a question.

    """
    held = locked(actor, demo, version, Act.ASK_MORE)
    if not answer.strip():
        raise Refused(_("Write what you would like to know."))
    held.answer = answer.strip()
    tell_company(actor, held, "more")
    return stored(actor, held, "demo.more_asked")


@transaction.atomic
def take_demo_back(*, actor: Person, demo: Demo, version: int) -> Demo:
    """Take the demo back for the company.

    Raises:
        NotAllowed, Conflict, Refused: as `locked` says.

    """
    held = locked(actor, demo, version, Act.WITHDRAW)
    tell_institute(actor, held, "withdrawn")
    tell_team(actor, held, "withdrawn")
    return stored(actor, held, "demo.taken_back")


@transaction.atomic
def show_demo_to(*, actor: Person, demo: Demo, version: int, audience: str) -> Demo:
    """Say who else reads the scope: for whoever asked, and nobody else.

    Raises:
        NotAllowed: the actor did not ask for the demo.
        Conflict, Refused: as `locked` says.

    """
    if demo.asker_id != actor.pk:
        raise NotAllowed(_("Only whoever wrote it shows it to more people."))
    held = locked(actor, demo, version, Act.SHOW)
    held.audience = audience
    return stored(actor, held, "demo.audience_changed")


def _check_place(actor: Person, assignment: Assignment, enterprise: Enterprise, group: CoreGroup) -> None:
    mine = {(one.enterprise.pk, one.group.pk) for one in places_in(actor, assignment.network_id)}
    if (enterprise.pk, group.pk) not in mine:
        raise NotAllowed(_("Only companies with a seat in a group ask."))
    if not can_ask(actor, assignment) or assignment.ask_by < utc_today():
        raise Refused(_("This is not open any more."))


def _of_page(assignment: Assignment) -> dict[str, Any]:
    of_institute = {"network_id": assignment.network_id, "institute": assignment.institute}
    return {**of_institute, "assignment": assignment}


def _check(scope: Scope) -> None:
    if not scope.wanted.strip():
        raise Refused(_("Write what you want tried."))
    if not scope.contact.strip():
        raise Refused(_("Say how the institute reaches you."))


def _told(scope: Scope) -> dict[str, Any]:
    return {**asdict(scope), "contact": line(scope.contact)}
