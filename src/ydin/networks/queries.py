"""Reusable querysets of networks and of those who act in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ydin.kernel.clock import now
from ydin.networks.models import (
    LEVEL_LABELS,
    NETWORK_ROLE_LABELS,
    ORGANISATION_LABELS,
    CommitmentText,
    Enterprise,
    Municipality,
    Network,
    Organisation,
    OutsiderCommitment,
    Region,
    Representative,
    RoleAssignment,
)
from ydin.networks.rules import NetworkRole
from ydin.networks.rules.outsiders import OUTSIDER_ROLES, TEACHING, default_commitment
from ydin.networks.rules.texts import Said, best_text
from ydin.people.models import Person

LEVEL_CHOICES = [(level.value, label) for level, label in LEVEL_LABELS.items()]
ORGANISATION_CHOICES = [(kind.value, label) for kind, label in ORGANISATION_LABELS.items()]
OUTSIDER_CHOICES = [(role.value, NETWORK_ROLE_LABELS[role]) for role in OUTSIDER_ROLES]
"""(value, label in the reader's language) for forms."""


def utc_today() -> date:
    """Return today's date as the database's row security sees it (UTC)."""
    return now().date()


def during(day: date, prefix: str = "") -> Q:
    """Return the condition that a spell (`starts_on`, `ends_on`) covers `day`; `prefix` is a lookup path."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day})
    )


def networks_coordinated_by(person: Person) -> QuerySet[Network]:
    """Return the networks in which the person is network coordinator today."""
    return Network.objects.filter(
        during(utc_today(), "role_assignments__"),
        role_assignments__person=person,
        role_assignments__role=NetworkRole.COORDINATOR,
    ).distinct()


def networks_worked_in(person: Person) -> QuerySet[Network]:
    """Return the networks in which the person coordinates today: the whole of it, or one of its groups.

    Groups are reached by the names of their relations: a company is kept by whoever coordinates anything in
    its network, and the lower table has to know it for imports and for its own services.
    """
    day = utc_today()
    in_groups = Network.objects.filter(
        during(day, "groups__coordinators__"), groups__coordinators__person=person
    )
    return Network.objects.filter(Q(pk__in=networks_coordinated_by(person)) | Q(pk__in=in_groups))


def networks_known_to(person: Person) -> QuerySet[Network]:
    """Return the networks of which the person is a part: as coordinator or for a company or organisation."""
    day = utc_today()
    by_company = Network.objects.filter(
        during(day, "enterprises__representatives__"), enterprises__representatives__person=person
    )
    by_organisation = Network.objects.filter(
        during(day, "organisations__representatives__"), organisations__representatives__person=person
    )
    return Network.objects.filter(
        Q(pk__in=networks_worked_in(person)) | Q(pk__in=by_company) | Q(pk__in=by_organisation)
    )


def current_representatives() -> QuerySet[Representative]:
    """Return those who act for an enterprise today, with person and enterprise."""
    return (
        Representative.objects.filter(during(utc_today()), enterprise__isnull=False)
        .select_related("person", "enterprise")
        .order_by("enterprise__name", "person__name", "pk")
    )


def enterprises_of(person: Person) -> QuerySet[Enterprise]:
    """Return the enterprises for which the person acts today."""
    return Enterprise.objects.filter(
        during(utc_today(), "representatives__"), representatives__person=person
    ).distinct()


def find_enterprise(network: Network, *, business_id: str = "", name: str = "") -> Enterprise | None:
    """Return the network's company with this business ID (as stored), or else with this name.

    A company of the same name that has another business ID is another company.
    """
    known = Enterprise.objects.filter(network=network)
    if business_id:
        found = known.filter(business_id=business_id).first()
        if found:
            return found
        known = known.filter(business_id__isnull=True)
    return known.filter(name__iexact=" ".join(name.split())).order_by("pk").first() if name else None


def regions_of(network: Network) -> QuerySet[Region]:
    """Return the network's regions, those of one level together, by Finnish name."""
    return Region.objects.filter(network=network).select_related("parent").order_by("level", "name_fi", "pk")


def organisations_of(network: Network) -> QuerySet[Organisation]:
    """Return the network's organisations by name."""
    return Organisation.objects.filter(network=network).order_by("name", "pk")


def network_coordinators(network: Network) -> QuerySet[RoleAssignment]:
    """Return the assignments of the network's coordinators that have not ended, with the person."""
    return (
        RoleAssignment.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=utc_today()),
            network=network,
            role=NetworkRole.COORDINATOR,
        )
        .select_related("person")
        .order_by("person__name", "pk")
    )


def municipalities_of(network: Network) -> QuerySet[Municipality]:
    """Return the network's municipalities by Finnish name."""
    return Municipality.objects.filter(network=network).order_by("name_fi", "pk")


def municipality_named(network: Network, name: str) -> Municipality | None:
    """Return the municipality with this Finnish or Swedish name, letter case ignored."""
    wanted = name.strip()
    same = Q(name_fi__iexact=wanted) | Q(name_sv__iexact=wanted)
    return municipalities_of(network).filter(same).first() if wanted else None


def find_network(slug: str) -> Network | None:
    """Return the network of a short name."""
    return Network.objects.filter(slug=slug).first()


def about_network(network: Network, language: str) -> Said:
    """Return what the network says about itself, in the reader's language or the best there is."""
    texts = {**network.about_texts, network.default_language: network.about}
    return best_text(texts, language, [network.default_language, *network.languages])


def commitment_texts_of(network: Network) -> QuerySet[CommitmentText]:
    """Return the versions of what people from outside promise, the newest first."""
    return CommitmentText.objects.filter(network=network).order_by("-number", "language")


@dataclass(frozen=True)
class CommitmentNow:
    """The commitment in force in one language. `number` 0 is the text that every network begins with."""

    number: int
    language: str
    text: str

    def said(self, wanted: str) -> Said:
        """Return the text for a reader of the wanted language, with a note where it is another one."""
        own = wanted.partition("-")[0].lower()
        return Said(self.text, self.language, "" if self.language == own else self.language)


def commitment_now(network: Network, language: str) -> CommitmentNow:
    """Return the commitment in force, in this language, else in the network's, else in any."""
    valid = commitment_texts_of(network).filter(valid_from__lte=utc_today())
    newest = valid.first()
    if newest is None:
        return CommitmentNow(0, *default_commitment(language, network.default_language))
    texts = {row.language: row.text for row in valid.filter(number=newest.number)}
    chosen = next(one for one in (language, network.default_language, *texts) if one in texts)
    return CommitmentNow(newest.number, chosen, texts[chosen])


def outsider_assignments(network: Network) -> QuerySet[RoleAssignment]:
    """Return the roles from outside that have not ended, with the person, by name."""
    return (
        RoleAssignment.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=utc_today()), network=network, role__in=OUTSIDER_ROLES
        )
        .select_related("person", "network")
        .order_by("person__name", "pk")
    )


def commitments_of(network: Network) -> dict[int, dict[int, OutsiderCommitment]]:
    """Return who signed what, by person and version, as far as the acting person may read it."""
    found: dict[int, dict[int, OutsiderCommitment]] = {}
    for row in OutsiderCommitment.objects.filter(network=network):
        found.setdefault(row.person_id, {})[row.number] = row
    return found


def workplaces(network: Network) -> dict[int, list[Organisation]]:
    """Return for which of the network's organisations people act today, by person."""
    found: dict[int, list[Organisation]] = {}
    spells = Representative.objects.filter(during(utc_today()), organisation__network=network)
    for acts in spells.select_related("organisation").order_by("organisation__name", "pk"):
        if acts.organisation is not None:
            found.setdefault(acts.person_id, []).append(acts.organisation)
    return found


def organisations_acted_for(person: Person) -> QuerySet[Organisation]:
    """Return the organisations for which the person acts today."""
    return Organisation.objects.filter(
        during(utc_today(), "representatives__"), representatives__person=person
    ).distinct()


def teaching_organisations(network: Network) -> QuerySet[Organisation]:
    """Return the network's institutes and universities by name."""
    return organisations_of(network).filter(kind__in=TEACHING)


def networks_held_by_outsider(
    person: Person, roles: Iterable[NetworkRole] = OUTSIDER_ROLES
) -> QuerySet[Network]:
    """Return the networks in which the person has one of these roles from outside today, signed or not."""
    held = RoleAssignment.objects.filter(during(utc_today()), person=person, role__in=list(roles))
    return Network.objects.filter(pk__in=held.values("network"))


def networks_signed_by(person: Person) -> QuerySet[Network]:
    """Return those of them whose commitment in force the person has signed."""
    newest = (
        CommitmentText.objects.filter(network=OuterRef("pk"), valid_from__lte=utc_today())
        .order_by("-number")
        .values("number")[:1]
    )
    signed = OutsiderCommitment.objects.filter(
        network=OuterRef("pk"), person=person, number=OuterRef("in_force")
    )
    return (
        networks_held_by_outsider(person).alias(in_force=Coalesce(Subquery(newest), 0)).filter(Exists(signed))
    )


def outsider_roles_held(person: Person, network: Network) -> set[NetworkRole]:
    """Return the roles from outside that the person has in the network today, signed or not."""
    held = RoleAssignment.objects.filter(
        during(utc_today()), person=person, network=network, role__in=OUTSIDER_ROLES
    )
    return {NetworkRole(role) for role in held.values_list("role", flat=True)}
