"""People from outside: asked in, signing the commitment, leaving. `actor=None` is the system."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.errors import Conflict, Refused
from ydin.networks import emails
from ydin.networks.models import (
    CommitmentText,
    Network,
    Organisation,
    OutsiderCommitment,
    Representative,
    RoleAssignment,
)
from ydin.networks.policies import can_coordinate_network, can_invite_outsider, demand
from ydin.networks.queries import (
    commitment_now,
    commitment_texts_of,
    during,
    outsider_assignments,
    outsider_roles_held,
    utc_today,
)
from ydin.networks.rules.outsiders import NEEDS_INSTITUTE, OUTSIDER_ROLES, TEACHING, SignedHow
from ydin.networks.services.setup import never_began
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.people.services import get_or_create_person


@transaction.atomic
def invite_outsider(
    *,
    actor: Person | None,
    network: Network,
    email: str,
    name: str,
    language: str,
    role: str,
    organisation: Organisation | None = None,
) -> RoleAssignment:
    """Let whoever has this address work in the network from outside, and send them the commitment to sign.

    Args:
        actor: the network's coordinator; for a student also whoever acts for their institute.
        network: which one.
        email, name, language: of the person, known or not yet.
        role: one of `OUTSIDER_ROLES`.
        organisation: for whom they work; an institute or university for students and those who act for one.

    Raises:
        NotAllowed: the actor may not.
        Refused: no such role, or it needs an institute of this network.

    """
    demand(allowed=actor is None or can_invite_outsider(actor, network, role, organisation))
    if role not in OUTSIDER_ROLES:
        raise Refused(_("This is not a role for somebody from outside."))
    if organisation is not None and organisation.network_id != network.pk:
        raise Refused(_("This organisation belongs to another network."))
    if role in NEEDS_INSTITUTE and (organisation is None or organisation.kind not in TEACHING):
        raise Refused(_("Choose the institute or university for which they come."))
    person = get_or_create_person(actor=actor, email=email, name=name, language=language)
    given = _give(actor, network, person, role)
    if organisation is not None:
        _works_for(person, organisation)
    post(actor=actor, letter=emails.commitment_asked(network=network, person=person, by=actor))
    return given


def _give(actor: Person | None, network: Network, person: Person, role: str) -> RoleAssignment:
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=utc_today())
    held = RoleAssignment.objects.filter(running, network=network, person=person, role=role).first()
    if held is None:
        held = RoleAssignment.objects.create(network=network, person=person, role=role, starts_on=utc_today())
    elif held.ends_on is not None:
        held.ends_on = None
        held.save(update_fields=["ends_on"])
    record(actor=actor, action="outsider.invited", target=held, role=str(role))
    return held


def _works_for(person: Person, organisation: Organisation) -> None:
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=utc_today())
    spells = Representative.objects.filter(running, person=person, organisation=organisation)
    if not spells.exists():
        Representative.objects.create(person=person, organisation=organisation, starts_on=utc_today())
    else:
        spells.update(ends_on=None)


@transaction.atomic
def send_commitment_again(*, actor: Person | None, assignment: RoleAssignment) -> None:
    """Send the letter with the personal link once more.

    Raises:
        NotAllowed: the actor does not coordinate the network.
        Refused: the role is no longer held.

    """
    network, person = assignment.network, assignment.person
    demand(allowed=actor is None or can_coordinate_network(actor, network))
    if not outsider_roles_held(person, network):
        raise Refused(_("This person does not work in the network any more."))
    record(actor=actor, action="outsider.asked_again", target=assignment)
    post(actor=actor, letter=emails.commitment_asked(network=network, person=person, by=actor))


@transaction.atomic
def end_outsider_role(*, actor: Person | None, assignment: RoleAssignment, last_day: date) -> None:
    """End a role from outside with `last_day`. What was signed stays; their workplace ends with the last role.

    Raises:
        NotAllowed: the actor does not coordinate the network.
        Refused: the day lies before the first one, or it is no role from outside.

    """
    network, person = assignment.network, assignment.person
    demand(allowed=actor is None or can_coordinate_network(actor, network))
    if assignment.role not in OUTSIDER_ROLES:
        raise Refused(_("This is not a role for somebody from outside."))
    undone = never_began(assignment.starts_on, last_day)
    record(actor=actor, action="outsider.ended", target=assignment, last_day=last_day.isoformat())
    if undone:
        assignment.delete()
    else:
        assignment.ends_on = last_day
        assignment.save(update_fields=["ends_on"])
    if not outsider_assignments(network).filter(person=person, ends_on__isnull=True).exists():
        spells = Representative.objects.filter(
            during(utc_today()), person=person, organisation__network=network, ends_on__isnull=True
        )
        spells.filter(starts_on__gt=last_day).delete()
        spells.update(ends_on=last_day)


@transaction.atomic
def publish_commitment(*, actor: Person | None, network: Network, texts: dict[str, str]) -> int:
    """Write a new version of the commitment, by language, in force at once; return its number.

    Earlier versions stay. Everybody from outside is asked to sign anew, and sees nothing until they have.

    Raises:
        NotAllowed: the actor does not coordinate the network.
        Refused: no text.

    """
    demand(allowed=actor is None or can_coordinate_network(actor, network))
    written = {language: text.strip() for language, text in texts.items() if text.strip()}
    if not written:
        raise Refused(_("Write the commitment in at least one language."))
    Network.objects.select_for_update().get(pk=network.pk)
    last = commitment_texts_of(network).first()
    number = last.number + 1 if last else 1
    CommitmentText.objects.bulk_create(
        CommitmentText(network=network, number=number, language=code, text=text, valid_from=utc_today())
        for code, text in written.items()
    )
    record(actor=actor, action="commitment.published", target=network, number=number)
    people = {row.person_id: row.person for row in outsider_assignments(network)}
    for person in people.values():
        post(actor=actor, letter=emails.commitment_asked(network=network, person=person, by=actor))
    return number


@transaction.atomic
def sign_commitment(
    *, actor: Person, network: Network, number: int, how: SignedHow = SignedHow.SITE
) -> OutsiderCommitment:
    """Sign the version that was shown. Twice is the same as once.

    Raises:
        NotAllowed: the actor has no role from outside in the network.
        Conflict: another version is in force by now; nothing is signed.

    """
    demand(allowed=bool(outsider_roles_held(actor, network)))
    return _sign(actor, network, actor, number, how)


@transaction.atomic
def record_paper_commitment(
    *, actor: Person | None, network: Network, person: Person, number: int
) -> OutsiderCommitment:
    """Write down that somebody signed on paper. Twice is the same as once.

    Raises:
        NotAllowed: the actor does not coordinate the network.
        Refused: the person has no role from outside.
        Conflict: another version is in force by now.

    """
    demand(allowed=actor is None or can_coordinate_network(actor, network))
    if not outsider_roles_held(person, network):
        raise Refused(_("This person does not work in the network any more."))
    return _sign(actor, network, person, number, SignedHow.PAPER)


def _sign(
    actor: Person | None, network: Network, person: Person, number: int, how: SignedHow
) -> OutsiderCommitment:
    current = commitment_now(network, person.language)
    if current.number != number:
        raise Conflict(_("The commitment has changed meanwhile. Read the new text first."))
    signed, is_new = OutsiderCommitment.objects.get_or_create(
        network=network,
        person=person,
        number=number,
        defaults={"language": current.language, "how": how, "recorded_by": actor},
    )
    if is_new:
        record(actor=actor, action="commitment.signed", target=signed, number=number, how=how.value)
    return signed
