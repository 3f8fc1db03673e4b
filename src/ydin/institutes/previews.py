"""Letters of the slice with sample data."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from ydin.ui.samples import SITE, Preview, said

STEPS: Final = (
    "asked", "answered", "more", "declined", "taken", "team", "delivered", "assessed", "withdrawn", "name",
)  # fmt: skip


def _demo(step: str) -> dict[str, Any]:
    question = said(
        "Missä muodossa hinnastonne on nyt?",
        "I vilken form är er prislista nu?",
        "In what form is your price list now?",
    )
    return {
        "step": step,
        "company": "Hilla & Riite",
        "theme": said("Verkkokauppa viikossa", "En webbutik på en vecka", "A web shop in a week"),
        "institute": "Jokilatvan opisto",
        "network": "Pohjoisen kasvuverkosto",
        "words": question if step == "more" else "",
        "link": f"{SITE}/d/1-1.sample/",
    }


def _interest() -> dict[str, Any]:
    return {
        "company": "Puupaja Honka",
        "facility": said("CNC-jyrsin ja opastaja", "CNC-fräs med handledare", "CNC mill with a guide"),
        "institute": "Jokilatvan opisto",
        "how_to_ask": said("Torstaisin kello 14.", "På torsdagar klockan 14.", "On Thursdays at two."),
        "link": f"{SITE}/d/f/1-1-2501.sample/",
    }


def _asked() -> dict[str, Any]:
    wish = said("Kolme pöydänjalkaa koivusta", "Tre bordsben i björk", "Three table legs of birch")
    contact = {"contact": "040 123 4567", "link": f"{SITE}/institutes/work/"}
    return {**_interest(), "wish": wish, **contact}


def _answered(*, agreed: bool) -> dict[str, Any]:
    return {**_interest(), "is_agreed": agreed, "answer": ""}


PREVIEWS = [
    *(Preview("institutes/email/demo", partial(_demo, step), step) for step in STEPS),
    Preview("institutes/email/interest_asked", _asked),
    Preview("institutes/email/interest_answered", partial(_answered, agreed=True)),
    Preview("institutes/email/interest_answered", partial(_answered, agreed=False), "no"),
]
