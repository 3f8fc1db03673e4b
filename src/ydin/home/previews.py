"""Letters of the slice with sample data."""

from __future__ import annotations

from datetime import date
from typing import Any

from ydin.ui.samples import SITE, Preview, Sample, said


def _feedback() -> dict[str, Any]:
    feedback = Sample(
        name="1",
        message=said(
            "Kartan pisteisiin ei pääse näppäimistöllä.",
            "Man kommer inte åt punkterna på kartan med tangentbordet.",
            "The dots of the map cannot be reached with the keyboard.",
        ),
        page=f"{SITE}/groups/",
        email="lukija@example.org",
        due_on=date(2027, 2, 18),
        answer=said(
            "Kiitos! Korjasimme asian: luettelo kartan vieressä näyttää nyt samat ryhmät.",
            "Tack! Vi har rättat det: listan bredvid kartan visar nu samma grupper.",
            "Thank you! We have repaired it: the list beside the map shows the same groups now.",
        ),
    )
    return {"feedback": feedback, "by": "Marja-Leena Väisänen", "url": f"{SITE}/feedback/"}


def _answered() -> dict[str, Any]:
    return {**_feedback(), "person": None, "letters_url": ""}


PREVIEWS = [
    Preview("home/email/feedback_received", _feedback),
    Preview("home/email/feedback_answered", _answered),
]
