"""Letters of the networks slice."""

from __future__ import annotations

from django.urls import reverse

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
