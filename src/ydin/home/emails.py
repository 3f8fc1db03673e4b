"""Letters of the public site: feedback and its answer."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from ydin.home.documents.digest import Section
from ydin.home.models import Feedback
from ydin.outbox.emails import Letter, absolute, compose, compose_to_address
from ydin.people.models import Person
from ydin.people.rules import MailKind


def feedback_received(*, feedback: Feedback, person: Person) -> Letter:
    """Tell a coordinator that somebody met an obstacle, and by which day to answer."""
    return compose(
        template="home/email/feedback_received",
        person=person,
        context={"feedback": feedback, "url": absolute(reverse("home:feedback"))},
        reply_to=feedback.email,
    )


def feedback_forwarded(*, feedback: Feedback, address: str) -> Letter:
    """Tell the network's own contact address, which is no person of the system."""
    return compose_to_address(
        template="home/email/feedback_received",
        address=address,
        name=feedback.network.name,
        language=feedback.network.default_language,
        context={"feedback": feedback, "url": absolute(reverse("home:feedback"))},
        reply_to=feedback.email,
    )


def feedback_answered(*, feedback: Feedback, by: Person) -> Letter:
    """Bring the answer to whoever wrote."""
    return compose_to_address(
        template="home/email/feedback_answered",
        address=feedback.email,
        name="",
        language=feedback.language,
        context={"feedback": feedback, "by": str(by)},
        reply_to=by.email,
    )


def digest(*, person: Person, sections: list[Section], slot: datetime) -> Letter:
    """Bring what is not urgent, gathered; once for an hour."""
    return compose(
        template="home/email/digest",
        person=person,
        context={"sections": sections, "slot": slot, "url": absolute(reverse("home:mine"))},
        optional=MailKind.DIGEST,
        once=f"digest:{person.pk}:{slot.date()}",
    )
