"""Sessions and second steps."""

from __future__ import annotations

import hashlib

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from ydin.access.models import Session, SignInRule
from ydin.kernel.clock import now
from ydin.networks.models import Network
from ydin.networks.queries import networks_worked_in
from ydin.people.models import Person

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def sessions_of(person: Person) -> QuerySet[Session]:
    """Return where the person is signed in, last used first."""
    return Session.objects.filter(person=person, expire_date__gt=now()).order_by("-seen_at", "session_key")


def handle_of(session: Session) -> str:
    """Return a name for the session that pages may show: its key would open it."""
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:20]


def second_steps_of(person: Person) -> list[str]:
    """Return the kinds of second step that the person has set up: `totp`, `webauthn`."""
    rows = Authenticator.objects.filter(user_id=person.pk, type__in=SECOND_STEPS)
    return sorted(set(rows.values_list("type", flat=True)))


def passkeys_of(person: Person) -> QuerySet[Authenticator]:
    """Return the person's passkeys, oldest first."""
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(
        user_id=person.pk, type=Authenticator.Type.WEBAUTHN
    )
    return rows.order_by("pk")


def unused_recovery_codes(person: Person) -> int | None:
    """Return how many recovery codes are left, None if there never were any."""
    row = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return None if row is None else len(row.wrap().get_unused_codes())


def strict_networks() -> QuerySet[Network]:
    """Return the networks whose coordinators need a second step."""
    return Network.objects.filter(sign_in_rule__needs_second_step=True)


def strict_networks_of(person: Person) -> QuerySet[Network]:
    """Return those of them in which the person coordinates today, the whole or a group."""
    return networks_worked_in(person).filter(sign_in_rule__needs_second_step=True)


def rule_of(network: Network) -> SignInRule:
    """Return the network's rule; where none was ever saved, an unsaved one that demands nothing."""
    return SignInRule.objects.filter(network=network).first() or SignInRule(network=network, version=0)
