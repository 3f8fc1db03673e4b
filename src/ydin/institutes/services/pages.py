"""Facilities and assignments: written, changed, shown to the network, taken down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.institutes.models import Assignment, Facility, Page
from ydin.institutes.policies import can_write_page
from ydin.institutes.rules import NEW_AGAIN_AFTER, PAGE_MOVES, PageState
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.networks.models import Organisation
from ydin.people.models import Person

P = TypeVar("P", Facility, Assignment)


@transaction.atomic
def write_facility(*, actor: Person | None, institute: Organisation, values: Mapping[str, Any]) -> Facility:
    """Write a facility of the institute; nobody else sees it until it is shown.

    Args:
        actor: who acts for the institute.
        institute: whose it is.
        values: title, what, to_try, place, how_to_ask, price, languages, region.

    Raises:
        NotAllowed: the actor does not act for the institute.
        Refused: heading or text is missing.

    """
    made = Facility(network_id=institute.network_id, institute=institute, author=actor, **values)
    _check(actor, made, made.what)
    made.save()
    record(actor=actor, action="facility.written", target=made)
    return made


@transaction.atomic
def write_assignment(
    *, actor: Person | None, institute: Organisation, values: Mapping[str, Any]
) -> Assignment:
    """Write an assignment of the institute's students; nobody else sees it until it is shown.

    Args:
        actor, institute: as for a facility.
        values: title, can, course, starts_on, ends_on, team_size, ask_by, languages, region.

    Raises:
        NotAllowed: as for a facility.
        Refused: a text is missing, or the dates do not follow one another.

    """
    made = Assignment(network_id=institute.network_id, institute=institute, author=actor, **values)
    _check(actor, made, made.can)
    _check_days(made)
    made.save()
    record(actor=actor, action="assignment.written", target=made)
    return made


@transaction.atomic
def change_facility(
    *, actor: Person | None, facility: Facility, version: int, values: Mapping[str, Any]
) -> Facility:
    """Change what a facility says.

    Raises:
        NotAllowed, Refused: as `write_facility`.
        Conflict: somebody changed it since `version`.

    """
    held = _locked(Facility, actor, facility, version)
    for name, value in values.items():
        setattr(held, name, value)
    _check(actor, held, held.what)
    return _stored(actor, held, "facility.changed")


@transaction.atomic
def change_assignment(
    *, actor: Person | None, assignment: Assignment, version: int, values: Mapping[str, Any]
) -> Assignment:
    """Change what an assignment says.

    Raises:
        NotAllowed, Refused: as `write_assignment`.
        Conflict: somebody changed it since `version`.

    """
    held = _locked(Assignment, actor, assignment, version)
    for name, value in values.items():
        setattr(held, name, value)
    _check(actor, held, held.can)
    _check_days(held)
    return _stored(actor, held, "assignment.changed")


@transaction.atomic
def show_page(*, actor: Person | None, page: P, version: int) -> P:
    """Show a facility or an assignment to the network.

    Raises:
        NotAllowed: the actor does not act for the institute.
        Conflict: somebody changed it since `version`.
        Refused: it is shown already.

    """
    return _move(actor, page, version, PageState.SHOWN)


@transaction.atomic
def take_page_down(*, actor: Person | None, page: P, version: int) -> P:
    """Take it off the lists; whoever has the address still reads it, and what was asked goes on.

    Raises:
        NotAllowed, Conflict: as `show_page`.
        Refused: it is not shown.

    """
    return _move(actor, page, version, PageState.DOWN)


def _check(actor: Person | None, page: Page, text: str) -> None:
    if actor is not None and not can_write_page(actor, page):
        raise NotAllowed(_("This is not yours to change."))
    if not page.title.strip() or not text.strip():
        raise Refused(_("Write a heading and a text."))


def _check_days(assignment: Assignment) -> None:
    if assignment.ends_on < assignment.starts_on:
        raise Refused(_("The last day cannot be before the first day."))
    if assignment.ask_by > assignment.ends_on:
        raise Refused(_("Companies have to be able to ask before the course ends."))


def _locked(model: type[P], actor: Person | None, page: P, version: int) -> P:
    held = model._default_manager.select_for_update(of=("self",)).select_related("institute").get(pk=page.pk)  # noqa: SLF001 - Django's documented attribute
    if actor is not None and not can_write_page(actor, held):
        raise NotAllowed(_("This is not yours to change."))
    if held.version != version:
        raise Conflict(_("Somebody changed this meanwhile. Look at it and try again."))
    return held


def _stored(actor: Person | None, page: P, action: str) -> P:
    page.version += 1
    page.save()
    record(actor=actor, action=action, target=page)
    return page


def _move(actor: Person | None, page: P, version: int, after: PageState) -> P:
    noun = page._meta.model_name  # noqa: SLF001 - Django's documented attribute
    held = _locked(type(page), actor, page, version)
    if held.state not in PAGE_MOVES[after]:
        raise Refused(_("It is so already."))
    held.state = after
    moment = now()
    if after == PageState.SHOWN and (held.shown_at is None or moment - held.shown_at > NEW_AGAIN_AFTER):
        held.shown_at = moment
    return _stored(actor, held, f"{noun}.{'shown' if after == PageState.SHOWN else 'taken_down'}")
