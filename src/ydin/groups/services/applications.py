"""Asking to visit, and what a coordinator answers. An applicant has no account; their link is their right."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups import emails
from ydin.groups.models import Application, CoreGroup, Seat
from ydin.groups.policies import can_manage
from ydin.groups.queries import add_to_application, coordinators_of
from ydin.groups.rules import OPEN_APPLICATIONS, ApplicationState, SeatState
from ydin.groups.services.companies import Company, Contact, add_colleague, add_company
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, Refused
from ydin.networks.policies import demand
from ydin.networks.queries import find_enterprise, network_coordinators
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.ui import dates


@transaction.atomic
def apply_to_visit(
    *,
    actor: Person | None,
    group: CoreGroup,
    name: str,
    email: str,
    company: str,
    message: str,
    language: str,
) -> None:
    """Write down that somebody asks to visit; anybody may ask. Who has asked already stays one application.

    What they write the second time is added to it under its day; they get no second letter.

    The coordinators get a mail with a link (the network's coordinators where the group has none), the
    applicant a thank-you with the link by which they follow and withdraw.
    """
    if not group.is_open:
        raise Refused(_("This group takes no visitors at the moment."))
    asked = Application(
        group=group,
        name=name,
        email=email.strip().lower(),
        company=company,
        message=message,
        language=language,
    )
    try:
        with transaction.atomic():
            asked.save(force_insert=True)
    except IntegrityError:
        _add_words(asked)
        return
    record(actor=actor, action="application.received", target=asked, group=group.pk)
    _announce(actor, asked)
    post(actor=actor, letter=emails.application_thanks(application=asked))


def _add_words(asked: Application) -> None:
    group = asked.group
    day = dates.day_year(now(), language=group.language, tz=ZoneInfo(group.time_zone))
    add_to_application(group.pk, asked.email, asked.message.strip(), f"– {day} –")


def _announce(actor: Person | None, asked: Application) -> None:
    readers = coordinators_of(asked.group) or [r.person for r in network_coordinators(asked.group.network)]
    for person in readers:
        post(actor=actor, letter=emails.application_received(application=asked, person=person))


@transaction.atomic
def withdraw_application(*, actor: Person | None, application: Application) -> None:
    """Take an application back. The view has shown by the signed link that it is the applicant's own."""
    if application.state not in OPEN_APPLICATIONS:
        raise Refused(_("There is nothing to withdraw any more."))
    _answer(actor, application, ApplicationState.WITHDRAWN)


@transaction.atomic
def invite_applicant(*, actor: Person | None, application: Application) -> None:
    """Note that the applicant is invited to a meeting. Silent: the invitation itself is the meeting's."""
    demand(allowed=actor is None or can_manage(actor, application.group))
    _check_open(application)
    _answer(actor, application, ApplicationState.INVITED)


@transaction.atomic
def welcome_applicant(*, actor: Person, application: Application, note: str) -> None:
    """Invite the applicant in the coordinator's own words (which evening, where)."""
    invite_applicant(actor=actor, application=application)
    post(actor=actor, letter=emails.application_welcomed(application=application, note=note, by=actor))


@transaction.atomic
def accept_application(
    *, actor: Person | None, application: Application, state: str = SeatState.VISITOR
) -> Seat:
    """Make company, person and seat of an application. A company that sits here already gets a colleague.

    Without a company's name the company bears the applicant's name, as a sole trader's does.
    """
    group = application.group
    demand(allowed=actor is None or can_manage(actor, group))
    _check_open(application)
    name = application.company.strip() or application.name
    contact = Contact(application.name, application.email, language=application.language)
    known = find_enterprise(group.network, name=name)
    seat = None
    if known is not None:
        seat = Seat.objects.filter(group=group, enterprise=known).exclude(state=SeatState.LEFT).first()
    if seat is not None:
        add_colleague(actor=actor, enterprise=seat.enterprise, contact=contact)
    else:
        company = Company(name, languages=[application.language])
        seat = add_company(actor=actor, group=group, company=company, people=[contact], state=state)
    _answer(actor, application, ApplicationState.ACCEPTED)
    return seat


@transaction.atomic
def decline_application(*, actor: Person, application: Application, note: str) -> None:
    """Say no, kindly, with a word of the coordinator's own."""
    demand(allowed=can_manage(actor, application.group))
    _check_open(application)
    _answer(actor, application, ApplicationState.DECLINED)
    post(actor=actor, letter=emails.application_declined(application=application, note=note, by=actor))


@transaction.atomic
def send_application_on(*, actor: Person, application: Application, to: CoreGroup) -> None:
    """Hand an application to another group of the network, and tell the applicant.

    The other group gets an application of its own: its coordinators read that one, not this.
    """
    demand(allowed=can_manage(actor, application.group))
    _check_open(application)
    if to.network_id != application.group.network_id or to.pk == application.group_id:
        raise Refused(_("Choose another group of the same network."))
    if not to.is_open:
        raise Refused(_("This group takes no visitors at the moment."))
    _answer(actor, application, ApplicationState.MOVED, moved_to=to)
    sent = Application(
        group=to,
        name=application.name,
        email=application.email,
        company=application.company,
        message=application.message,
        language=application.language,
    )
    try:
        with transaction.atomic():
            sent.save(force_insert=True)
    except IntegrityError:
        return
    _announce(actor, sent)
    post(actor=actor, letter=emails.application_moved(application=sent, origin=application.group))


def _check_open(application: Application) -> None:
    if application.state not in OPEN_APPLICATIONS:
        raise Refused(
            _("This application has been answered already: %(state)s.")
            % {"state": application.get_state_display()}
        )


def _answer(actor: Person | None, application: Application, state: str, **more: object) -> None:
    moved = Application.objects.filter(pk=application.pk, version=application.version).update(
        state=state, answered_at=now(), answered_by=actor, version=F("version") + 1, **more
    )
    if not moved:
        raise Conflict(_("Somebody else answered this application a moment ago."))
    application.refresh_from_db()
    record(actor=actor, action=f"application.{state}", target=application, group=application.group_id)
