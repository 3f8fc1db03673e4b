"""Letters of the networks slice."""

from __future__ import annotations

from django.urls import reverse

from ydin.kernel.links import make_token
from ydin.networks.models import Network
from ydin.outbox.emails import Letter, absolute, compose
from ydin.people.models import Person


def coordinator_welcome(*, network: Network, person: Person, by: Person | None) -> Letter:
    """Tell a person that they coordinate the network, and where to sign in."""
    return compose(
        template="networks/email/coordinator_welcome",
        person=person,
        context={
            "network": network,
            "by": str(by) if by else "",
            "url": absolute(reverse("groups:network", args=[network.slug])),
            "sign_in_url": absolute(reverse("account_login")),
        },
        reply_to=by.email if by else network.contact_email,
    )


COMMITMENT_LINK = "commitment"


def commitment_path(network: Network, person: Person) -> str:
    """Return the page on which the person reads and signs the commitment without signing in."""
    return reverse("networks:pledge", args=[make_token(COMMITMENT_LINK, network.pk, person.pk)])


def commitment_asked(*, network: Network, person: Person, by: Person | None) -> Letter:
    """Ask somebody from outside to read and sign the commitment in force."""
    return compose(
        template="networks/email/commitment_asked",
        person=person,
        context={
            "network": network,
            "by": str(by) if by else "",
            "link": absolute(commitment_path(network, person)),
        },
        reply_to=by.email if by else network.contact_email,
        thread=f"commitment:{network.pk}",
    )
