"""Letters about data rights."""

from __future__ import annotations

from django.urls import reverse

from ydin.kernel.links import make_token
from ydin.outbox.emails import Letter, absolute, compose
from ydin.people.models import Person
from ydin.privacy.documents.consents import EFFECTS, TEXTS
from ydin.privacy.models import CONSENT_LABELS, Consent, Correction, Erasure, Export
from ydin.privacy.rules import ConsentKind

UNDO = "erasure"
"""Purpose of the link that takes a request to be erased back."""
END_CONSENT = "consent"
"""Purpose of the link that takes a consent back."""


def export_ready(export: Export) -> Letter:
    """Return the letter that tells that the copy can be fetched."""
    return compose(
        template="privacy/email/export_ready",
        person=export.person,
        context={"url": absolute(reverse("privacy:data")), "until": export.expires_at},
        once=f"privacy.export:{export.pk}",
    )


def erasure_asked(erasure: Erasure) -> Letter:
    """Return the letter with the link that takes the request back."""
    token = make_token(UNDO, erasure.pk, erasure.person_id)
    return compose(
        template="privacy/email/erasure_asked",
        person=erasure.person,
        context={"url": absolute(reverse("privacy:undo_by_link", args=[token])), "due": erasure.due_at},
        once=f"privacy.erasure:{erasure.pk}",
    )


def passages_found(erasure: Erasure, receiver: Person, count: int) -> Letter:
    """Return the letter to a coordinator: sentences that name somebody wait for a look."""
    return compose(
        template="privacy/email/passages_found",
        person=receiver,
        context={"url": absolute(reverse("privacy:review")), "count": count},
        once=f"privacy.passages:{erasure.pk}:{receiver.pk}",
    )


def correction_asked(correction: Correction, receiver: Person) -> Letter:
    """Return the letter to a coordinator: something about a member is wrong."""
    url = absolute(reverse("privacy:answer", args=[correction.pk]))
    has_waited = correction.passed_on_at is not None
    context = {
        "url": url,
        "who": str(correction.person),
        "message": correction.message,
        "has_waited": has_waited,
    }
    return compose(template="privacy/email/correction_asked", person=receiver, context=context)


def correction_answered(correction: Correction) -> Letter:
    """Return the letter with the answer."""
    context = {"url": absolute(reverse("privacy:data")), "answer": correction.answer}
    return compose(template="privacy/email/correction_answered", person=correction.person, context=context)


def consent_recorded(consent: Consent) -> Letter:
    """Return the letter to somebody whose signed paper was keyed in: what they agreed to, and the way back."""
    return compose(
        template="privacy/email/consent_recorded",
        person=consent.person,
        context={
            **_about_consent(consent),
            "who": str(consent.recorded_by),
            "day": consent.given_at,
            "url": absolute(reverse("privacy:withdraw_by_link", args=[consent_token(consent)])),
        },
        once=f"privacy.consent:{consent.pk}",
    )


def consent_withdrawn(consent: Consent) -> Letter:
    """Return the letter that confirms a withdrawal which a coordinator keyed in."""
    return compose(
        template="privacy/email/consent_withdrawn",
        person=consent.person,
        context={
            **_about_consent(consent),
            "effect": EFFECTS[ConsentKind(consent.kind)][1],
            "url": absolute(reverse("privacy:consents")),
        },
        once=f"privacy.consent_end:{consent.pk}",
    )


def consent_token(consent: Consent) -> str:
    """Return the token of the link that takes a consent back."""
    return make_token(END_CONSENT, consent.pk, consent.person_id)


def _about_consent(consent: Consent) -> dict[str, object]:
    kind = ConsentKind(consent.kind)
    return {"what": CONSENT_LABELS[kind], "text": TEXTS[kind], "network": consent.network.name}
