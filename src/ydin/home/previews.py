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


def _line(words: str, detail: str, path: str, aside: str = "", aside_path: str = "") -> Sample:
    there = {"url": f"{SITE}{path}", "aside": aside, "aside_url": f"{SITE}{aside_path}"}
    return Sample(name="", words=words, detail=detail, **there)


def _section(title: str, *lines: Sample) -> Sample:
    return Sample(name="", title=title, items=list(lines))


def _digest() -> dict[str, Any]:
    theme = said("Hinta, jota ei tarvitse pyydellä anteeksi", "Ett pris att stå för", "A price to stand by")
    mine = _line(
        gettext("Falls due on %(day)s") % {"day": dates.day(STARTS)},
        gettext("Promised on the evening “%(theme)s”") % {"theme": theme},
        "/meetings/1/",
        gettext("Make it an experiment"),
        "/e/p/1-1-2501.sample/",
    )
    joined = _line(
        gettext("%(company)s has joined") % {"company": "Rajalan Savustamo"},
        "Ylivieskan ydinryhmä",
        "/groups/pohjoinen/ylivieska/",
    )
    tried = _line(
        gettext("%(who)s told what came of an experiment") % {"who": "Kahvila Suvanto"},
        gettext("selling"),
        "/e/1-1-2501.sample/",
    )
    coming = _line(
        said("Kassavirta pöytään", "Kassaflödet på bordet", "Cash flow on the table"),
        f"{dates.meeting_time(STARTS, ENDS, ZONE)}, Nivala",
        "/calendar/events/1/",
    )
    made = _line(
        said("Verkkokauppa viikossa", "En webbutik på en vecka", "A web shop in a week"),
        gettext("%(institute)s: ask for a demo by %(day)s; you need not sign in")
        % {"institute": "Jokilatvan opisto", "day": dates.day(ENDS)},
        "/d/a/1-1-2501.sample/",
    )
    sections = [
        _section(gettext("Your promises"), mine),
        _section(gettext("New in your group"), joined),
        _section(gettext("Experiments that you go along with"), tried),
        _section(gettext("Students make, institutes open"), made),
        _section(gettext("Coming up for everybody"), coming),
    ]
    return {"sections": sections, "slot": STARTS, "url": f"{SITE}/mine/"}


PREVIEWS = [
    Preview("home/email/digest", _digest, optional=True),
    Preview("home/email/feedback_received", _feedback),
    Preview("home/email/feedback_answered", _answered),
]
