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


def _copied() -> dict[str, Any]:
    sample = _nudge()
    return {
        "tried": sample["experiment"].what,
        "who": "Kahvila Suvanto",
        "what": said(
            "Viesti ensin, puhelu sitten",
            "Ett meddelande först, sedan ett samtal",
            "A message first, then a call",
        ),
        "link": sample["link"],
    }


def _hidden() -> dict[str, Any]:
    return {**_copied(), "who": "", "what": ""}


def _reviewed() -> dict[str, Any]:
    return {
        **_copied(),
        "outcome": said(
            "6 tilausta · Pidämme sen", "6 beställningar · Vi behåller det", "6 orders · We keep it"
        ),
        "learned": said(
            "Maanantaiaamuna vastataan.", "På måndag morgon svarar man.", "People answer on Monday mornings."
        ),
    }


def _written() -> dict[str, Any]:
    return {**_nudge(), "by": "Kaisa Koskela"}


PREVIEWS = [
    Preview("experiments/email/nudge_half", _nudge, optional=True),
    Preview("experiments/email/nudge_end", _nudge, optional=True),
    Preview("experiments/email/copied", _copied, optional=True),
    Preview("experiments/email/copied", _hidden, "hidden", optional=True),
    Preview("experiments/email/reviewed", _reviewed, optional=True),
    Preview("experiments/email/written_down", _written),
]
