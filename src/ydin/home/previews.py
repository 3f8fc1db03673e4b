"""Letters of the slice with sample data."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext

from ydin.ui import dates
from ydin.ui.samples import ENDS, SITE, STARTS, ZONE, Preview, Sample, said


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


def _digest() -> dict[str, Any]:
    theme = said("Hinta, jota ei tarvitse pyydellä anteeksi", "Ett pris att stå för", "A price to stand by")
    mine = Sample(
        name="",
        title=gettext("Your promises"),
        items=[
            Sample(
                name="",
                words=gettext("Falls due on %(day)s") % {"day": dates.day(STARTS)},
                detail=gettext("Promised on the evening “%(theme)s”") % {"theme": theme},
                url=f"{SITE}/meetings/1/",
            )
        ],
    )
    joined = Sample(
        name="",
        title=gettext("New in your group"),
        items=[
            Sample(
                name="",
                words=gettext("%(company)s has joined") % {"company": "Rajalan Savustamo"},
                detail="Ylivieskan ydinryhmä",
                url=f"{SITE}/groups/pohjoinen/ylivieska/",
            )
        ],
    )
    events = Sample(
        name="",
        title=gettext("Coming up for everybody"),
        items=[
            Sample(
                name="",
                words=said("Kassavirta pöytään", "Kassaflödet på bordet", "Cash flow on the table"),
                detail=f"{dates.meeting_time(STARTS, ENDS, ZONE)}, Nivala",
                url=f"{SITE}/calendar/events/1/",
            )
        ],
    )
    tried = Sample(
        name="",
        title=gettext("Experiments that you go along with"),
        items=[
            Sample(
                name="",
                words=gettext("%(who)s told what came of an experiment") % {"who": "Kahvila Suvanto"},
                detail=gettext("selling"),
                url=f"{SITE}/e/1-1-2501.sample/",
            )
        ],
    )
    return {"sections": [mine, joined, tried, events], "slot": STARTS, "url": f"{SITE}/mine/"}


PREVIEWS = [
    Preview("home/email/digest", _digest, optional=True),
    Preview("home/email/feedback_received", _feedback),
    Preview("home/email/feedback_answered", _answered),
]
