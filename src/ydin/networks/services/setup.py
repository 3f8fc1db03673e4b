"""Making a network and what belongs to it. `actor=None` is the system: commands, jobs, samples."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fi import ytunnus

from ydin.audit.services import record
from ydin.kernel.errors import Refused
from ydin.networks import emails
from ydin.networks.models import (
    ContactCard,
    Enterprise,
    Municipality,
    Network,
    Organisation,
    Region,
    Representative,
    RoleAssignment,
)
from ydin.networks.policies import (
    can_add_people,
    can_coordinate_network,
    can_keep_companies,
    demand,
)
from ydin.networks.queries import utc_today
from ydin.networks.rules import NetworkRole
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.people.rules import DEFAULT_TIME_ZONE, Language
from ydin.people.services import get_or_create_person

RESERVED_SLUGS = frozenset({"companies", "follow", "new"})
"""Words that stand at the same place in addresses as a network's short name."""


def clean_business_id(text: str, country: str = "FI") -> str | None:
    """Return the business ID as it is stored ("1234567-1"), None for an empty text.

    Finnish numbers are checked by length and check digit; those of other countries are kept as written.

    Raises:
        Refused: no Finnish business ID, said in words for a form.

    """
    compact = text.strip().upper().replace(" ", "")
    if not compact:
        return None
    if country != "FI":
        return compact[:20]
    try:
        number = ytunnus.validate(compact.removeprefix("FI"))
    except NumberError as error:
        raise Refused(
            _("%(number)s is not a business ID: seven digits, a hyphen and a check digit, like 1234567-1.")
            % {"number": text.strip()}
        ) from error
    return f"{number[:7]}-{number[7:]}"


def never_began(starts_on: date, last_day: date) -> bool:
    """Tell whether a spell that ends with `last_day` never happened, so that its row goes away.

    True for one that began today or later: a slip of the pen. Raises `Refused` where a spell of the past
    would end before it began.
    """
    if last_day >= starts_on:
        return False
    if starts_on < utc_today():
        raise Refused(_("The last day cannot be before the first day."))
    return True


def check_time_zone(name: str) -> None:
    """Raise `Refused` unless `name` is a time zone of the IANA database."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused(
            _("%(name)s is not a time zone. An example: Europe/Helsinki.") % {"name": name}
        ) from error


@transaction.atomic
def create_network(
    *,
    actor: Person | None,
    slug: str,
    name: str,
    languages: list[str] | None = None,
    time_zone: str = DEFAULT_TIME_ZONE,
    **more: Any,
) -> Network:
    """Create a network. Only the system does it (the command `create_network`, the sample builder).

    Args:
        actor: None; a person is refused.
        slug: short name in addresses, once in the installation.
        name: as people call it.
        languages: BCP 47 tags, the first one is the default language.
        time_zone: IANA name.
        more: further fields of `Network` (about, country, contact_email).

    """
    demand(allowed=actor is None)
    spoken = languages or [Language.FINNISH.value]
    unknown = set(spoken) - set(dict(settings.LANGUAGES))
    if unknown:
        raise Refused(_("Unknown language: %(codes)s") % {"codes": ", ".join(sorted(unknown))})
    if slug in RESERVED_SLUGS or Network.objects.filter(slug=slug).exists():
        raise Refused(_("The short name %(slug)s is already taken.") % {"slug": slug})
    check_time_zone(time_zone)
    network = Network.objects.create(
        slug=slug, name=name, languages=spoken, default_language=spoken[0], time_zone=time_zone, **more
    )
    record(actor=actor, action="network.created", target=network)
    return network


@transaction.atomic
def assign_network_role(
    *,
    actor: Person | None,
    network: Network,
    person: Person,
    role: str = NetworkRole.COORDINATOR,
    starts_on: date | None = None,
) -> RoleAssignment:
    """Give a person a role in the network, silently; one who holds it keeps it."""
    demand(allowed=actor is None or can_coordinate_network(actor, network))
    held = RoleAssignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=utc_today()), network=network, person=person, role=role
    ).first()
    if held:
        if held.ends_on is not None:
            held.ends_on = None
            held.save(update_fields=["ends_on"])
            record(actor=actor, action="role.kept", target=held)
        return held
    given = RoleAssignment.objects.create(
        network=network, person=person, role=role, starts_on=starts_on or utc_today()
    )
    record(actor=actor, action="role.given", target=given, network=network.pk, person=person.pk)
    return given


@transaction.atomic
def invite_network_coordinator(
    *, actor: Person | None, network: Network, email: str, name: str, language: str
) -> RoleAssignment:
    """Give the coordinator's role to whoever has this address, known or not yet, and welcome them by mail."""
    demand(allowed=actor is None or can_coordinate_network(actor, network))
    person = get_or_create_person(actor=actor, email=email, name=name, language=language)
    given = assign_network_role(actor=actor, network=network, person=person)
    post(actor=actor, letter=emails.coordinator_welcome(network=network, person=person, by=actor))
    return given


@transaction.atomic
def create_organisation(
    *, actor: Person | None, network: Network, name: str, kind: str, website: str = ""
) -> Organisation:
    """Add an organisation to the network; its name is taken once."""
    demand(allowed=actor is None or can_coordinate_network(actor, network))
    try:
        with transaction.atomic():
            made = Organisation.objects.create(network=network, name=name, kind=kind, website=website)
    except IntegrityError as error:
        raise Refused(_("The network already has an organisation of this name.")) from error
    record(actor=actor, action="organisation.created", target=made)
    return made


@transaction.atomic
def create_region(
    *, actor: Person | None, network: Network, level: str, code: str, name_fi: str, **more: Any
) -> Region:
    """Add a node to the region tree. `more`: parent, name_sv, name_en, nuts_code, nuts_version."""
    demand(allowed=actor is None or can_coordinate_network(actor, network))
    try:
        with transaction.atomic():
            made = Region.objects.create(network=network, level=level, code=code, name_fi=name_fi, **more)
    except IntegrityError as error:
        raise Refused(_("The network already has a region with this code.")) from error
    record(actor=actor, action="region.created", target=made)
    return made


@transaction.atomic
def create_enterprise(
    *,
    actor: Person | None,
    network: Network,
    name: str,
    business_id: str | None = None,
    municipality: Municipality | None = None,
    **more: Any,
) -> Enterprise:
    """Add a company to the network. The actor is a coordinator of the network or of one of its groups.

    Args:
        actor: who adds it.
        network: the company's network.
        name: as the company writes it.
        business_id: checked, see `clean_business_id`; held once in a network.
        municipality: of the same network.
        more: further fields of `Enterprise` (address, industry_code, industry_version, head_count,
            languages, description, website, premises_capacity, latitude, longitude, is_sample).

    """
    demand(allowed=actor is None or can_keep_companies(actor, network))
    number = clean_business_id(business_id or "", network.country)
    if municipality is not None and municipality.network_id != network.pk:
        raise Refused(_("This municipality belongs to another network."))
    try:
        with transaction.atomic():
            made = Enterprise.objects.create(
                network=network,
                name=" ".join(name.split()),
                business_id=number,
                municipality=municipality,
                **more,
            )
    except IntegrityError as error:
        raise Refused(_("Another company of the network has this business ID.")) from error
    record(actor=actor, action="enterprise.created", target=made)
    return made


def _running_spell(enterprise: Enterprise, person: Person) -> Representative | None:
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=utc_today())
    return Representative.objects.filter(running, person=person, enterprise=enterprise).first()


@transaction.atomic
def add_representative(
    *,
    actor: Person | None,
    enterprise: Enterprise,
    person: Person,
    starts_on: date | None = None,
    phone: str = "",
    shared: bool = False,
    title: str = "",
) -> Representative:
    """Let a person act for a company, with a contact card; who already acts for it keeps their spell.

    Args:
        actor: one who acts for the company, or coordinates every group in which it sits, or the network.
            A group coordinator therefore gives a new company its seat first.
        enterprise: the company.
        person: who acts for it.
        starts_on: first day, today by default.
        phone: for the contact card.
        shared: whether the company's groups read the card, not only their coordinators.
        title: what the person is in the company.

    """
    acts = _running_spell(enterprise, person)
    if acts is not None and acts.ends_on is None:
        return acts
    _check_may_add(actor, enterprise)
    if acts is not None:
        acts.ends_on = None
        acts.save(update_fields=["ends_on"])
    else:
        acts = Representative.objects.create(
            person=person, enterprise=enterprise, starts_on=starts_on or utc_today(), title=title
        )
    record(actor=actor, action="representative.added", target=acts, enterprise=enterprise.pk)
    if phone or shared:
        ContactCard.objects.update_or_create(
            representative=acts, defaults={"phone": phone, "shared_with_group": shared}
        )
    return acts


@transaction.atomic
def add_representative_by_email(
    *,
    actor: Person | None,
    enterprise: Enterprise,
    email: str,
    name: str,
    language: str = "",
    phone: str = "",
    shared: bool = False,
) -> Representative:
    """Let whoever has this address, known or not yet, act for a company. Silent; see `add_representative`."""
    person = get_or_create_person(
        actor=actor, email=email, name=name, language=language or enterprise.languages[0]
    )
    return add_representative(actor=actor, enterprise=enterprise, person=person, phone=phone, shared=shared)


def _check_may_add(actor: Person | None, enterprise: Enterprise) -> None:
    if actor is None or can_add_people(actor, enterprise):
        return
    demand(allowed=can_keep_companies(actor, enterprise.network))
    raise Refused(
        _(
            "%(company)s also sits in a group that is not yours, and whoever acts for it reads what is said "
            "there. Ask the company itself or the national coordinator to add the person."
        )
        % {"company": enterprise.name}
    )
