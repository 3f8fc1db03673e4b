"""What the services about demos share: the row locked, the right and the version checked, letters to a side."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.institutes.emails import demo_letter
from ydin.institutes.models import Demo
from ydin.institutes.policies import can_do, is_own_act
from ydin.institutes.queries import people_of_company, people_of_institute, team_of
from ydin.institutes.rules import Act, next_state
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.outbox.services import post
from ydin.people.models import Person


def locked(actor: Person | None, demo: Demo, version: int, act: Act) -> Demo:
    """Return the demo, locked, on its way to the state after the act.

    Raises:
        NotAllowed: the act is never the actor's.
        Conflict: somebody changed it since `version`.
        Refused: the act is not possible in this state.

    """
    if actor is not None and not is_own_act(actor, demo, act):
        raise NotAllowed(_("This is not yours to change."))
    rows = Demo.objects.select_for_update(of=("self",))
    held = rows.select_related("assignment", "institute", "enterprise", "group", "network", "asker").get(
        pk=demo.pk
    )
    if held.version != version:
        raise Conflict(_("Somebody changed this demo meanwhile. Look at it and try again."))
    after = next_state(held.state, act)
    if after is None or (actor is not None and not can_do(actor, held, act)):
        raise Refused(_("This is not possible any more: the demo has gone on."))
    held.state = after
    return held


def stored(actor: Person | None, demo: Demo, action: str) -> Demo:
    """Keep the demo, one version on, and note who did what."""
    demo.version += 1
    demo.save()
    record(actor=actor, action=action, target=demo, enterprise=demo.enterprise_id, network=demo.network_id)
    return demo


def tell_company(actor: Person | None, demo: Demo, step: str) -> None:
    """Write to whoever asked for the company."""
    _tell(actor, demo, step, people_of_company(demo.enterprise_id, demo.asker_id))


def tell_institute(actor: Person | None, demo: Demo, step: str) -> None:
    """Write to those who act for the institute."""
    _tell(actor, demo, step, people_of_institute(demo.institute))


def tell_team(actor: Person | None, demo: Demo, step: str) -> None:
    """Write to the student team."""
    _tell(actor, demo, step, team_of(demo))


def _tell(actor: Person | None, demo: Demo, step: str, people: Iterable[Person]) -> None:
    for person in people:
        if person.is_active and (actor is None or person.pk != actor.pk):
            post(actor=actor, letter=demo_letter(demo, person, step, by=actor))


def line(text: str) -> str:
    """Return the text on one line."""
    return " ".join(text.split())
