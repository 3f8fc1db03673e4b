"""From a request to visit to an evening: groups and meetings meet here."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.groups.models import Application
from ydin.groups.policies import can_manage
from ydin.groups.services import invite_applicant
from ydin.kernel.errors import Refused
from ydin.meetings.models import Meeting, Rsvp
from ydin.meetings.services.announce import invite_person
from ydin.networks.policies import demand
from ydin.people.models import Person
from ydin.people.services import get_or_create_person


@transaction.atomic
def invite_to_evening(*, actor: Person, application: Application, meeting: Meeting) -> Rsvp:
    """Invite an applicant to one evening as a visitor; they answer by the letter's link like everybody.

    No seat and no company come of it yet: those are given when they have seen an evening.
    """
    demand(allowed=can_manage(actor, application.group))
    if meeting.group_id != application.group_id:
        raise Refused(_("Choose an evening of this group."))
    invite_applicant(actor=actor, application=application)
    person = get_or_create_person(
        actor=actor, email=application.email, name=application.name, language=application.language
    )
    return invite_person(actor=actor, meeting=meeting, person=person, enterprise=None, as_visitor=True)
