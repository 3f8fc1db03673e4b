"""Letters of the slice with sample data."""

from __future__ import annotations

from typing import Any

from ydin.privacy.models import CONSENT_LABELS
from ydin.privacy.rules import ConsentKind
from ydin.ui.samples import ENDS, SITE, STARTS, Preview, said


def _asked() -> dict[str, Any]:
    words = said(
        "Olin paikalla 4.2., mutta listalla minua ei ole.",
        "Jag var på plats den 4.2, men finns inte på listan.",
        "I was there on 4 February, but am not on the list.",
    )
    return {"url": f"{SITE}/review/", "who": "Aino Rantala", "message": words, "has_waited": True}


def _answered() -> dict[str, Any]:
    words = said("Lisäsin sinut listalle.", "Jag lade till dig på listan.", "I put you on the list.")
    return {"url": f"{SITE}/me/data/", "answer": words}


def _consent() -> dict[str, Any]:
    text = said(
        "Yliopisto saa käyttää tutkimukseen sitä, mitä sivusto säilyttää osallistumisestani.",
        "Universitetet får använda det som webbplatsen sparar om mitt deltagande.",
        "The university may use what the site keeps about my taking part.",
    )
    return {"what": CONSENT_LABELS[ConsentKind.DATA], "text": text, "network": "Kasvuverkosto"}


def _recorded() -> dict[str, Any]:
    return {
        **_consent(),
        "who": "Matti Kokko",
        "day": STARTS,
        "url": f"{SITE}/me/consents/withdraw/1.sample/",
    }


def _withdrawn() -> dict[str, Any]:
    effect = said(
        "Tietojasi ei tästä lähtien käytetä tutkimukseen.",
        "Dina uppgifter används inte för forskning från och med nu.",
        "Your data is not used for research from now on.",
    )
    return {**_consent(), "effect": effect, "url": f"{SITE}/me/consents/"}


PREVIEWS = [
    Preview("privacy/email/export_ready", lambda: {"url": f"{SITE}/me/data/", "until": ENDS}),
    Preview("privacy/email/erasure_asked", lambda: {"url": f"{SITE}/me/erase/undo/1.sample/", "due": STARTS}),
    Preview("privacy/email/passages_found", lambda: {"url": f"{SITE}/review/", "count": 3}),
    Preview("privacy/email/correction_asked", _asked),
    Preview("privacy/email/correction_answered", _answered),
    Preview("privacy/email/consent_recorded", _recorded),
    Preview("privacy/email/consent_withdrawn", _withdrawn),
]
