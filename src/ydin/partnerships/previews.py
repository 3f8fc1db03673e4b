"""Letters of the slice with sample data."""

from __future__ import annotations

from datetime import date
from typing import Any

from ydin.ui.samples import SITE, Preview, Sample, said


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


PREVIEWS = [Preview("partnerships/email/lapsing", _lapsing, optional=True)]
