"""Letters of the slice with sample data."""

from __future__ import annotations

from datetime import date
from typing import Any

from ydin.ui.samples import SITE, Preview, Sample, said


def _nudge() -> dict[str, Any]:
    what = said(
        "Soitan kolmelle vanhalle asiakkaalle joka maanantai",
        "Jag ringer tre gamla kunder varje måndag",
        "I call three old customers every Monday",
    )
    return {
        "experiment": Sample(
            name=what,
            what=what,
            measure=said("Uusia tilauksia", "Nya beställningar", "New orders"),
            ends_on=date(2027, 3, 4),
        ),
        "company": "Hilla & Riite",
        "link": f"{SITE}/e/1-1-2501.sample/",
    }


PREVIEWS = [
    Preview("experiments/email/nudge_half", _nudge),
    Preview("experiments/email/nudge_end", _nudge),
]
