"""Letters of the slice with sample data."""

from __future__ import annotations

from datetime import date
from typing import Any

from ydin.ui.samples import SITE, STARTS, Preview, Sample, said


def _group() -> Sample:
    return Sample(name="Ylivieskan ydinryhmä")


def _lapsing() -> dict[str, Any]:
    text = said(
        "Tuotepakkauksen suunnittelua", "Formgivning av en förpackning", "Somebody to design a package"
    )
    return {
        "listing": Sample(name=text, text=text, kind="need", valid_until=date(2027, 2, 4)),
        "group": _group(),
        "company": "Hilla & Riite",
        "url": f"{SITE}/o/1-1-2501.sample/",
    }


def _after_round() -> dict[str, Any]:
    listing = _lapsing()["listing"]
    return {
        "group": _group(),
        "day": STARTS,
        "items": [{"listing": listing, "company": "Hilla & Riite", "url": f"{SITE}/o/1-1-2501.sample/"}],
        "url": f"{SITE}/o/g/1-1-2501.sample/",
    }


def _reasons() -> list[str]:
    return [
        said(
            "Tarvitset: pakkaussuunnittelu. Muotoilu Kide tarjoaa sitä.",
            "Du behöver: förpackningsdesign. Muotoilu Kide erbjuder det.",
            "You need: packaging design. Muotoilu Kide offers it.",
        ),
        said(
            "Välillänne on noin 40 kilometriä.",
            "Ungefär 40 kilometer ligger mellan er.",
            "About 40 kilometres lie between you.",
        ),
    ]


def _suggested() -> dict[str, Any]:
    item = {"other": "Muotoilu Kide", "reasons": _reasons(), "url": f"{SITE}/o/s/1-1-2501.sample/"}
    return {"items": [item], "first": "Muotoilu Kide"}


def _consent() -> dict[str, Any]:
    return {
        "other": "Hilla & Riite",
        "by": "",
        "reason": "",
        "said": said("Pakkaus hillopurkeille", "En förpackning för syltburkar", "A package for jam jars"),
        "reasons": _reasons(),
        "until": STARTS,
        "url": f"{SITE}/i/1-1-2501.sample/",
    }


def _introduced() -> dict[str, Any]:
    return {
        "company": "Hilla & Riite",
        "name": "Eero Lehtimäki",
        "email": "eero@hilla.example",
        "phone": "040 555 0101",
        "by": "Kaisa Koordinaattori",
    }


def _they_met() -> dict[str, Any]:
    return {"one": "Hilla & Riite", "other": "Muotoilu Kide"}


def _not_this_time() -> dict[str, Any]:
    return {"one": "Hilla & Riite", "other": "Muotoilu Kide", "url": f"{SITE}/market/"}


def _collaboration() -> dict[str, Any]:
    kind = said("yhteinen markkinointi", "gemensam marknadsföring", "marketing together")
    row = Sample(name=kind, get_kind_display=kind, began_on=date(2027, 1, 12))
    names = {"company": "Hilla & Riite", "one": "Hilla & Riite", "other": "Muotoilu Kide"}
    return {"collaboration": row, "url": f"{SITE}/k/1-1-2501.sample/", **names}


PREVIEWS = [
    Preview("partnerships/email/after_round", _after_round, optional=True),
    Preview("partnerships/email/lapsing", _lapsing, optional=True),
    Preview("partnerships/email/suggested", _suggested, optional=True),
    Preview("partnerships/email/consent_asked", _consent),
    Preview("partnerships/email/introduced", _introduced),
    Preview("partnerships/email/they_met", _they_met),
    Preview("partnerships/email/not_this_time", _not_this_time),
    Preview("partnerships/email/confirm_asked", _collaboration),
    Preview("partnerships/email/thanks", _collaboration),
]
